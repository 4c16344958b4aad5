// The legend: swatches drawn with the same pens as the map, words beside them.

const near = (name) => import(new URL(name + new URL(import.meta.url).search, import.meta.url).href);
const [{ groundOf, hatchTile }, { drawLine, drawSymbol }, { greatest, largest }] = await Promise.all(
  ["hatch.js", "shapes.js", "bubbles.js"].map(near),
);

const [WIDTH, HEIGHT] = [24, 16];
const SIZES = [1, 0.25, 0.04];

export function drawLegend(box, part) {
  const { data, colours } = part;
  const inScale = (entry) => data.faces && entry.kind === "class";
  const parts = [];
  if (data.words.legend) parts.push(text("p", "tk-map-legend-title", data.words.legend));
  if (data.legend.some(inScale)) parts.push(scale(data.legend.filter(inScale), data, colours));
  if (data.mode === "symbols") parts.push(sizes(part));
  // A stage asks for larger swatches: its type is larger, too.
  const larger = Number(getComputedStyle(box).getPropertyValue("--tk-map-swatch")) || 1;
  const list = document.createElement("ul");
  for (const entry of data.legend) if (!inScale(entry)) list.append(row(entry, colours, larger));
  if (list.children.length) parts.push(list);
  box.replaceChildren(...parts);
  box.hidden = data.legend.length === 0;
}

/** The class of the place pointed at or walked to stands out. */
export function markLegend({ legend, hover, focus, values }) {
  const found = hover ?? focus;
  const code = found?.kind === "area" && values ? values.classes[found.index] : -1;
  for (const step of legend.querySelectorAll("[data-step]")) {
    step.classList.toggle("tk-map-step-on", Number(step.dataset.step) === code);
  }
}

/** All classes as one bar with the limits below it; each class still has its own words. */
function scale(entries, data, colours) {
  const box = document.createElement("div");
  box.className = "tk-map-scale";
  const steps = document.createElement("ol");
  for (const { index, label } of entries) {
    const step = document.createElement("li");
    step.dataset.step = index;
    step.style.background = groundOf({ code: index }, colours);
    step.title = label;
    step.append(text("span", "tk-map-unseen", label));
    steps.append(step);
  }
  const limits = document.createElement("div");
  limits.className = "tk-map-limits";
  limits.setAttribute("aria-hidden", "true");
  data.faces.limits.forEach((limit) => limits.append(text("span", "", limit)));
  box.append(steps, limits);
  return box;
}

/** Three circles that say how much their size means. */
function sizes(part) {
  const box = document.createElement("div");
  box.className = "tk-map-sizes";
  const most = greatest(part.values, part.data);
  const widest = largest(part.areas);
  for (const share of most ? SIZES : []) {
    const radius = widest * Math.sqrt(share);
    const canvas = pad(2 * widest + 2, 2 * radius + 2, (pen) => {
      pen.beginPath();
      pen.arc(widest + 1, radius + 1, radius, 0, 2 * Math.PI);
      pen.strokeStyle = part.colours.ink;
      pen.stroke();
    });
    const item = document.createElement("span");
    item.append(canvas, text("span", "", part.number.format(most * share)));
    box.append(item);
  }
  return box;
}

function row(entry, colours, larger) {
  const item = document.createElement("li");
  const canvas = pad(WIDTH * larger, HEIGHT * larger, (pen) => {
    pen.scale(larger, larger);
    DRAW[entry.kind](pen, entry, colours);
  });
  item.append(canvas, text("span", "", entry.label));
  return item;
}

function pad(width, height, draw) {
  const canvas = document.createElement("canvas");
  const ratio = window.devicePixelRatio || 1;
  [canvas.width, canvas.height] = [Math.ceil(width * ratio), Math.ceil(height * ratio)];
  [canvas.style.width, canvas.style.height] = [`${width}px`, `${height}px`];
  canvas.setAttribute("aria-hidden", "true");
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  draw(pen);
  return canvas;
}

function text(tag, className, words) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = words;
  return made;
}

const DRAW = {
  class: (pen, { index }, colours) => fill(pen, colours.classes[index], colours),
  plain: (pen, _entry, colours) => fill(pen, colours.ground, colours),
  missing: (pen, { missing }, colours) => {
    const { tile, shrink } = hatchTile(missing, colours.no_value, colours.hatch);
    const pattern = pen.createPattern(tile, "repeat");
    pattern.setTransform(new DOMMatrix().scale(shrink));
    fill(pen, pattern, colours);
  },
  symbol: (pen, { shape, role, filled, dot, cross, joint }, colours) => {
    const symbol = { shape, filled, dot, cross, joint, size: joint ? 8 : 11 };
    drawSymbol(pen, symbol, WIDTH / 2, HEIGHT / 2, colours.marks[role], colours.paper);
  },
  line: (pen, { role, dashed }, colours) =>
    drawLine(pen, { width: 2, dashed }, [1, 12], [WIDTH - 1, 8], colours.marks[role]),
};

function fill(pen, style, colours) {
  pen.fillStyle = style;
  pen.fillRect(0.5, 0.5, WIDTH - 1, HEIGHT - 1);
  pen.strokeStyle = colours.border;
  pen.strokeRect(0.5, 0.5, WIDTH - 1, HEIGHT - 1);
}
