// Arrow keys: from a place to the nearest one in that direction, neighbours first.

const WIDEST = Math.cos((60 * Math.PI) / 180);

/** Where an arrow key leads from the place in focus; the start when there is none yet. */
export function walk(part, from, direction) {
  const places = candidates(part);
  if (!places.length) return null;
  if (!from || from.kind === "listed") return start(part, places);
  const bordering = neighbours(part, from);
  const near = bordering.length ? nearest(part, from, bordering, direction) : null;
  return near ?? nearest(part, from, places, direction) ?? from;
}

function candidates({ data, areas }) {
  const kind = data.walk;
  const count = kind === "area" ? areas?.count ?? 0 : data.symbols.length;
  return Array.from({ length: count }, (_, index) => ({ kind, index }));
}

/** The chosen place, otherwise the one nearest to the middle of the view. */
function start(part, places) {
  const chosen = part.painter._chosen().find(({ kind }) => kind === part.data.walk);
  if (chosen) return chosen;
  const middle = part.map.project(part.map.getCenter(), 8);
  const distance = (place) => {
    const [x, y] = part.painter.middle(place);
    return Math.hypot(x - middle.x, y - middle.y);
  };
  return places.reduce((best, place) => (distance(place) < distance(best) ? place : best));
}

function neighbours({ areas }, { kind, index }) {
  if (kind !== "area" || !areas) return [];
  areas.neighbours ??= globalThis.topojson.neighbors(areas.shapes);
  return areas.neighbours[index].map((other) => ({ kind, index: other }));
}

function nearest(part, from, places, [dx, dy]) {
  const [x, y] = part.painter.middle(from);
  let best = null;
  let least = Infinity;
  for (const place of places) {
    const [px, py] = part.painter.middle(place);
    const distance = Math.hypot(px - x, py - y);
    if (!distance) continue;
    const straight = ((px - x) * dx + (py - y) * dy) / distance;
    if (straight < WIDEST) continue;
    // Straight ahead counts double: a step to the side feels wrong although it is shorter.
    const cost = distance * (2 - straight);
    if (cost < least) [best, least] = [place, cost];
  }
  return best;
}
