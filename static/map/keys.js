// The stage by keyboard: arrows walk from place to place, Enter picks, + and - zoom.

const near = (name) => import(new URL(name + new URL(import.meta.url).search, import.meta.url).href);
const { walk } = await near("walk.js");

const DIRECTIONS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const ACTS = { "+": "zoom_in", "-": "zoom_out", Home: "whole", 0: "whole" };

export function listenForKeys(part) {
  part.stage.addEventListener("keydown", (event) => {
    if (!part.map || event.altKey || event.ctrlKey || event.metaKey) return;
    const direction = DIRECTIONS[event.key];
    if (direction) part.setFocus(walk(part, part.focus, direction));
    else if ((event.key === "Enter" || event.key === " ") && part.focus) part.pick(part.focus);
    else if (event.key === "Escape") part.setFocus(null);
    else if (event.key in ACTS) part.act(ACTS[event.key]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
