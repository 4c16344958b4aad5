// The stage in the browser: scale, loop and clock. Fed by views/widgets/stage_part.py.
// Text reaches the page through textContent only; nothing here asks any host for anything.

const SIZE = [1920, 1080];
const REST = 60_000; // after a touch a loop waits this long
const loops = new WeakMap();
let touched = 0;

for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) {
  addEventListener(kind, (event) => { if (event.isTrusted) touched = Date.now(); }, { passive: true, capture: true });
}
addEventListener("resize", fit);
addEventListener("keydown", darken);

// The blank key of clickers sends B or a full stop; the next key or a click brings the picture back.
function darken(event) {
  const dark = document.querySelector(".stage-dark");
  if (dark) return dark.remove();
  const blank = ["b", "."].includes(event.key.toLowerCase()) && !(event.ctrlKey || event.altKey || event.metaKey);
  if (!blank || !document.querySelector(".st-key-stage")) return;
  const cover = document.createElement("div");
  cover.className = "stage-dark";
  Object.assign(cover.style, { position: "fixed", inset: "0", background: "#000", zIndex: "1000000" });
  cover.addEventListener("click", () => cover.remove());
  document.body.append(cover);
}

function fit() {
  const [width, height] = SIZE;
  const scale = Math.min(innerWidth / width, innerHeight / height);
  const root = document.documentElement.style;
  root.setProperty("--stage-scale", scale);
  root.setProperty("--stage-left", `${(innerWidth - width * scale) / 2}px`);
  root.setProperty("--stage-top", `${(innerHeight - height * scale) / 2}px`);
}

export function draw({ data, parentElement, setTriggerValue }) {
  if (data.kind === "clock") return clock(parentElement, data);
  fit();
  turn(parentElement, data, () => setTriggerValue("turn", data.step));
  return () => clearInterval(loops.get(parentElement)?.timer);
}

function turn(parent, { loop, step }, next) {
  const before = loops.get(parent);
  clearInterval(before?.timer);
  if (!loop) return;
  const since = before?.step === step ? before.since : Date.now();
  const held = { step, since, timer: setInterval(look, 250) };
  loops.set(parent, held);
  function look() {
    const now = Date.now();
    if (now - touched < REST) { held.since = now; return; }
    if (now - held.since < loop * 1000) return;
    clearInterval(held.timer);
    next();
  }
}

function clock(parent, { started, minutes, words }) {
  let box = parent.querySelector(".stage-clock");
  if (!box) {
    box = document.createElement("div");
    box.className = "stage-clock";
    for (const name of ["now", "gone", "left"]) {
      const item = document.createElement("p");
      item.dataset.name = name;
      item.append(document.createElement("small"), document.createElement("b"));
      box.append(item);
    }
    parent.append(box);
  }
  const parts = Object.fromEntries([...box.children].map((item) => [item.dataset.name, item]));
  const say = (name, text, label = words[name]) => {
    parts[name].firstChild.textContent = label;
    parts[name].lastChild.textContent = text;
  };
  const tick = () => {
    const gone = Math.max(0, Math.floor(Date.now() / 1000 - started));
    const left = minutes * 60 - gone;
    say("now", new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }));
    say("gone", span(gone));
    say("left", span(Math.abs(left)), left < 0 ? words.over : words.left);
    parts.left.dataset.over = left < 0;
  };
  tick();
  clearInterval(box.timer);
  box.timer = setInterval(tick, 500);
  return () => { clearInterval(box.timer); };
}

function span(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
