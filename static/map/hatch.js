// Grounds for places without a value: each kind of missing has a pattern of its own.

const TILE = 8;

const PATTERNS = {
  not_reported: (pen) => diagonal(pen, 1),
  suppressed: (pen) => (diagonal(pen, 1), diagonal(pen, -1)),
  not_applicable: (pen) => dot(pen),
  not_yet_available: (pen) => diagonal(pen, -1),
  unreliable: (pen) => level(pen),
  no_row: (pen) => cross(pen),
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
  pen.fillRect(TILE / 2 - 1.5, TILE / 2 - 0.5, 3, 1);
  pen.fillRect(TILE / 2 - 0.5, TILE / 2 - 1.5, 1, 3);
}

function dot(pen) {
  pen.beginPath();
  pen.arc(TILE / 2, TILE / 2, 1.2, 0, 2 * Math.PI);
  pen.fill();
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
