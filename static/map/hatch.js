// Grounds for places without a value: each kind of missing has a pattern of its own.

const TILE = 8;

const PATTERNS = {
  not_reported: (pen) => diagonal(pen, 1),
  suppressed: (pen) => (diagonal(pen, 1), diagonal(pen, -1)),
  not_applicable: (pen) => dot(pen),
  not_yet_available: (pen) => upright(pen),
  unreliable: (pen) => level(pen),
  no_row: (pen) => cross(pen),
  dotted: (pen) => [[2, 2], [6, 6]].forEach(([x, y]) => pen.fillRect(x - 0.7, y - 0.7, 1.4, 1.4)),
  no_inhabitants: (pen) => (level(pen), upright(pen)),
};

function diagonal(pen, way) {
  pen.beginPath();
  for (const shift of [-TILE, 0, TILE]) {
    pen.moveTo(shift, way > 0 ? TILE : 0);
    pen.lineTo(shift + TILE, way > 0 ? 0 : TILE);
  }
  pen.stroke();
}

function level(pen) {
  pen.beginPath();
  pen.moveTo(0, TILE / 2);
  pen.lineTo(TILE, TILE / 2);
  pen.stroke();
}

function upright(pen) {
  pen.beginPath();
  pen.moveTo(TILE / 2, 0);
  pen.lineTo(TILE / 2, TILE);
  pen.stroke();
}

function cross(pen) {
  pen.fillRect(TILE / 2 - 2.5, TILE / 2 - 0.5, 5, 1);
  pen.fillRect(TILE / 2 - 0.5, TILE / 2 - 2.5, 1, 5);
}

function dot(pen) {
  pen.beginPath();
  pen.arc(TILE / 2, TILE / 2, 1.2, 0, 2 * Math.PI);
  pen.fill();
}

/**
 * Classes beyond the turn of colours that are dark (or light) at both ends: they carry dots, so
 * that the two sides differ in grey as well. Nothing for colours from little to much.
 */
export function dottedFrom(classes) {
  const levels = classes.map(luminance);
  const middle = levels[levels.length >> 1];
  const darkest = Math.min(levels[0], levels.at(-1)) > middle;
  const turn = levels.indexOf(darkest ? Math.min(...levels) : Math.max(...levels));
  return turn > 0 && turn < levels.length - 1 ? turn + 1 : Infinity;
}

function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The ground of a class with dots in whatever stands out from it. */
export function dottedTile(colour) {
  return hatchTile("dotted", colour, luminance(colour) < 0.3 ? "#FFFFFF" : "#16232B");
}

/** A small canvas to repeat: ground colour plus the lines of this kind of missing. */
export function hatchTile(kind, ground, line) {
  const ratio = window.devicePixelRatio || 1;
  const tile = document.createElement("canvas");
  tile.width = tile.height = Math.round(TILE * ratio);
  const pen = tile.getContext("2d");
  pen.scale(tile.width / TILE, tile.height / TILE);
  pen.fillStyle = ground;
  pen.fillRect(0, 0, TILE, TILE);
  pen.strokeStyle = pen.fillStyle = line;
  pen.lineWidth = 1;
  (PATTERNS[kind] ?? PATTERNS.not_reported)(pen);
  return { tile, shrink: TILE / tile.width };
}

const pictures = new Map();

/** What a class or a kind of missing looks like as the ground of an element. */
export function groundOf({ missing, code }, colours) {
  if (missing === undefined && code < colours.dotted) return colours.classes[code] ?? colours.ground;
  const ground = missing === undefined ? colours.classes[code] : colours.no_value;
  const name = `${missing} ${ground}`;
  if (!pictures.has(name)) {
    const { tile, shrink } =
      missing === undefined ? dottedTile(ground) : hatchTile(missing, ground, colours.hatch);
    const edge = tile.width * shrink;
    pictures.set(name, `url(${tile.toDataURL()}) 0 0 / ${edge}px`);
  }
  return pictures.get(name);
}
