// Points per criterion: sliders of the browser's own, in one piece. Fed by views/widgets/points_part.py.
// Text reaches the page through textContent only; nothing here asks any host for anything.

const kept = new WeakMap();

export function draw({ data, parentElement, setTriggerValue }) {
  let held = kept.get(parentElement);
  if (!held || held.rows.length !== data.rows.length) {
    held = { sent: data.answered, rows: data.rows.map(() => row()) };
    kept.set(parentElement, held);
    const box = document.createElement("div");
    box.className = "points";
    box.append(...held.rows.map((one) => one.label));
    parentElement.replaceChildren(box);
  }
  held.send = () => {
    held.sent += 1;
    setTriggerValue("moved", { number: held.sent, points: held.rows.map((one) => Number(one.slider.value)) });
  };
  // Points still on their way count more than an answer to earlier ones.
  const current = data.answered >= held.sent;
  held.sent = Math.max(held.sent, data.answered);
  data.rows.forEach(({ name, share, points }, at) => {
    const { slider, words, value } = held.rows[at];
    words.textContent = `${name} (${share})`;
    slider.max = data.most;
    slider.onchange = () => held.send();
    if (!current) return;
    slider.value = points;
    value.textContent = points;
  });
}

function row() {
  const label = document.createElement("label"), words = document.createElement("span");
  const value = document.createElement("output"), slider = document.createElement("input");
  slider.type = "range";
  slider.min = 0;
  slider.step = 1;
  slider.oninput = () => { value.textContent = slider.value; };
  label.append(words, value, slider);
  return { label, words, value, slider };
}
