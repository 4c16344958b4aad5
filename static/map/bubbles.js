// Proportional symbols: the area of a circle follows the value, so large places do not win by size.

const MANY = 2000;

/** Radius of the largest circle: smaller where thousands of circles share the map. */
export function largest({ count }) {
  return count > MANY ? 14 : 24;
}

/** Circles of all places with a value, largest first, so that small ones stay on top. */
export function bubbles({ areas, values, data }) {
  const most = greatest(values, data);
  const widest = areas ? largest(areas) : 0;
  if (!areas || !most) return [];
  const found = [];
  for (let index = 0; index < areas.count; index += 1) {
    if (data.missing[values.classes[index]] !== undefined) continue;
    const share = Math.sqrt(Math.abs(values.numbers[index]) / most);
    found.push({ index, radius: Math.max(widest / 16, widest * share), code: values.classes[index] });
  }
  return found.sort((one, other) => other.radius - one.radius);
}

/** Greatest value without its sign; 0 when there is none. */
export function greatest({ numbers, classes }, { missing }) {
  if (!numbers) return 0;
  return numbers.reduce(
    (most, value, index) =>
      missing[classes[index]] === undefined ? Math.max(most, Math.abs(value)) : most,
    0,
  );
}

export function drawBubbles(pen, { colours }, painter) {
  pen.save();
  pen.lineWidth = 1;
  pen.strokeStyle = colours.paper;
  for (const bubble of painter._bubbles) {
    const path = bubblePath(bubble, painter, 0);
    pen.globalAlpha = 0.88;
    pen.fillStyle = colours.classes[bubble.code];
    pen.fill(path);
    pen.globalAlpha = 1;
    pen.stroke(path);
  }
  pen.restore();
}

export function bubblePath({ index, radius }, painter, more) {
  const path = new Path2D();
  const [x, y] = painter.spot(index);
  path.arc(x, y, radius * painter.growth() + more, 0, 2 * Math.PI);
  return path;
}
