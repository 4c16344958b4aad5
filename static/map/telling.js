// What is said about a place: the sentence, read aloud, and the tip at the place itself.

const near = (name) => import(new URL(name + new URL(import.meta.url).search, import.meta.url).href);
const { linesOf, sentenceOf } = await near("sentence.js");

/** The sentence about the place walked to, else the one chosen; else how to begin. */
export function speak(part, element) {
  const { sentence, list } = part;
  const found = part.focus ?? (list ? part.chosen() : null);
  sentence.replaceChildren();
  if (found && list) {
    for (const [name, text] of Object.entries(sentenceOf(part, found))) {
      element("span", `tk-map-said-${name}`, sentence).textContent = text;
    }
  } else if (found) {
    const [head, ...rest] = linesOf(part, found);
    sentence.textContent = [rest.length ? `${head}:` : head, ...rest].join(" ");
  } else if (list) sentence.textContent = part.data.faces.words.idle;
}

export function showTip(part, found, at, element) {
  const { stage, tip } = part;
  const spot = at ?? part.painter.containerPoint(found);
  const [head, ...rest] = linesOf(part, found);
  tip.replaceChildren();
  element("strong", "", tip).textContent = head;
  for (const line of rest) element("span", "", tip).textContent = line;
  tip.hidden = false;
  const [width, height] = [stage.clientWidth, stage.clientHeight];
  const [w, h] = [tip.offsetWidth, tip.offsetHeight];
  const left = Math.max(4, Math.min(spot.x + 14, width - w - 4));
  // Above the finger or the focused place, below the mouse; never outside the stage.
  const above = spot.y - h - 16 > 4 && (!at || part.touched || spot.y + 16 + h > height);
  const top = above ? spot.y - h - 16 : Math.min(spot.y + 16, height - h - 4);
  tip.style.transform = `translate(${left}px, ${top}px)`;
}
