// Symbols told apart by shape as well as colour, each with a rim in the colour of paper.

const OUTLINES = {
  circle: (path, r) => path.arc(0, 0, r, 0, 2 * Math.PI),
  square: (path, r) => path.rect(-0.88 * r, -0.88 * r, 1.76 * r, 1.76 * r),
  triangle: (path, r) => polygon(path, [[0, -1.15 * r], [1.08 * r, 0.8 * r], [-1.08 * r, 0.8 * r]]),
  wedge: (path, r) => polygon(path, [[0, 1.15 * r], [1.08 * r, -0.8 * r], [-1.08 * r, -0.8 * r]]),
  star: (path, r) => polygon(path, star(1.5 * r)),
  diamond: (path, r) => polygon(path, [[0, -1.25 * r], [1.1 * r, 0], [0, 1.25 * r], [-1.1 * r, 0]]),
};

function polygon(path, corners) {
  corners.forEach(([x, y], step) => path[step ? "lineTo" : "moveTo"](x, y));
  path.closePath();
}

/** Five points, the first upwards. */
function star(r) {
  return Array.from({ length: 10 }, (_, step) => {
    const [turn, reach] = [(step * Math.PI) / 5, step % 2 ? 0.45 * r : r];
    return [reach * Math.sin(turn), -reach * Math.cos(turn)];
  });
}

// The middle of a triangle lies off the middle of its box.
const MIDDLES = { triangle: 0.18, wedge: -0.18 };

// How far out the second outline of several municipalities together lies.
const JOINT = 1.6;

export function drawSymbol(pen, { shape, size, filled, dot, cross, joint }, x, y, colour, paper) {
  const outline = (radius) => {
    const made = new Path2D();
    (OUTLINES[shape] ?? OUTLINES.circle)(made, radius);
    return made;
  };
  const path = outline(size / 2);
  pen.save();
  pen.translate(x, y);
  pen.lineJoin = "round";
  if (joint) {
    const second = outline((JOINT * size) / 2);
    pen.strokeStyle = pen.fillStyle = paper;
    pen.lineWidth = 3;
    pen.stroke(second);
    pen.fill(second);
    pen.strokeStyle = colour;
    pen.lineWidth = Math.max(1, size / 9);
    pen.stroke(second);
  }
  pen.strokeStyle = paper;
  pen.lineWidth = 3.5;
  pen.stroke(path);
  pen.fillStyle = filled ? colour : paper;
  pen.fill(path);
  if (!filled) {
    pen.strokeStyle = colour;
    pen.lineWidth = 2;
    pen.stroke(path);
  }
  const middle = (MIDDLES[shape] ?? 0) * (size / 2);
  if (dot) {
    pen.fillStyle = filled ? paper : colour;
    pen.beginPath();
    pen.arc(0, middle, Math.max(1.5, size / 6), 0, 2 * Math.PI);
    pen.fill();
  }
  if (cross) {
    const arm = 0.19 * size;
    pen.strokeStyle = filled ? paper : colour;
    pen.lineWidth = Math.max(1.5, size / 9);
    pen.beginPath();
    pen.moveTo(-arm, middle - arm);
    pen.lineTo(arm, middle + arm);
    pen.moveTo(arm, middle - arm);
    pen.lineTo(-arm, middle + arm);
    pen.stroke();
  }
  pen.restore();
}

/** A slightly bent line with an arrow head at its end. */
export function drawLine(pen, line, [x1, y1], [x2, y2], colour) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const [mx, my] = [(x1 + x2) / 2 - 0.12 * dy, (y1 + y2) / 2 + 0.12 * dx];
  pen.save();
  pen.strokeStyle = pen.fillStyle = colour;
  pen.lineWidth = line.width;
  pen.setLineDash(line.dashed ? [5, 4] : []);
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.quadraticCurveTo(mx, my, x2, y2);
  pen.stroke();
  pen.translate(x2, y2);
  pen.rotate(Math.atan2(y2 - my, x2 - mx));
  pen.beginPath();
  polygon(pen, [[-4, 0], [-12, 4], [-12, -4]]);
  pen.fill();
  pen.restore();
}
