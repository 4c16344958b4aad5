// The legend: swatches drawn with the same pens as the map, words beside them.

const near = (name) => import(new URL(name + new URL(import.meta.url).search, import.meta.url).href);
const [{ hatchTile }, { drawLine, drawSymbol }] = await Promise.all(["hatch.js", "shapes.js"].map(near));

const [WIDTH, HEIGHT] = [24, 16];

export function drawLegend(box, data, colours) {
  const title = document.createElement("p");
  title.className = "tk-map-legend-title";
  title.textContent = data.words.legend;
  const list = document.createElement("ul");
  for (const entry of data.legend) list.append(row(entry, colours));
  box.replaceChildren(...(data.words.legend ? [title] : []), list);
  box.hidden = data.legend.length === 0;
}

function row(entry, colours) {
  const item = document.createElement("li");
  const canvas = document.createElement("canvas");
  const ratio = window.devicePixelRatio || 1;
  [canvas.width, canvas.height] = [WIDTH * ratio, HEIGHT * ratio];
  canvas.setAttribute("aria-hidden", "true");
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  DRAW[entry.kind](pen, entry, colours);
  const label = document.createElement("span");
  label.textContent = entry.label;
  item.append(canvas, label);
  return item;
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
  symbol: (pen, { shape, role, filled }, colours) => {
    const symbol = { shape, filled, size: 11 };
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
