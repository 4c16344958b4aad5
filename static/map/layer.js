// Geometry: fetched once per address, kept for every later drawing of this visit.

const TILE = 256;
export const ZOOM = 8;
const SIZE = TILE * 2 ** ZOOM;
const kept = new Map();

export function loadLayer(url, name) {
  if (!kept.has(url)) {
    const loading = fetchLayer(url, name);
    loading.catch(() => kept.delete(url));
    kept.set(url, loading);
  }
  return kept.get(url);
}

async function fetchLayer(url, name) {
  const answer = await fetch(new URL(url, document.baseURI));
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return read(await answer.json(), name);
}

/** Web Mercator in pixels of the reference zoom. */
export function project(longitude, latitude) {
  const sine = Math.sin((latitude * Math.PI) / 180);
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return [(longitude / 360 + 0.5) * SIZE, y * SIZE];
}

function read(topology, name) {
  const shapes = topology.objects[name].geometries;
  const [west, south, east, north] = topology.bbox ?? globalThis.topojson.bbox(topology);
  const origin = project(west, north);
  const layer = {
    origin,
    shapes,
    count: shapes.length,
    keys: shapes.map((shape) => shape.id),
    names: shapes.map((shape) => shape.properties.name),
    kinds: shapes.map((shape) => shape.properties.kind ?? ""),
    paths: [],
    boxes: new Float64Array(4 * shapes.length),
    points: new Float64Array(2 * shapes.length),
  };
  const arcs = topology.arcs.map((arc) => projected(arc, topology.transform, origin));
  const used = new Uint8Array(arcs.length);
  shapes.forEach((shape, index) => trace(layer, arcs, used, shape, index));
  layer.borders = linePath(arcs, used);
  return layer;
}

/** One piece of border, between two neighbours: each of its points is projected once. */
function projected(arc, transform, [left, top]) {
  const [scaleX, scaleY] = transform?.scale ?? [1, 1];
  const [moveX, moveY] = transform?.translate ?? [0, 0];
  const points = new Float64Array(2 * arc.length);
  let [x, y] = [0, 0];
  for (let step = 0; step < arc.length; step += 1) {
    // Quantised pieces hold the way from point to point, others the points themselves.
    x = transform ? x + arc[step][0] : arc[step][0];
    y = transform ? y + arc[step][1] : arc[step][1];
    const sine = Math.sin(((y * scaleY + moveY) * Math.PI) / 180);
    points[2 * step] = ((x * scaleX + moveX) / 360 + 0.5) * SIZE - left;
    points[2 * step + 1] = (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * SIZE - top;
  }
  return points;
}

function trace(layer, arcs, used, shape, index) {
  const polygons = shape.type === "Polygon" ? [shape.arcs] : shape.arcs;
  const path = new Path2D();
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  let largest = 0;
  for (const rings of polygons) {
    rings.forEach((ring, number) => {
      const { area, centre } = ringPath(path, arcs, used, ring, box);
      if (number === 0 && area >= largest) {
        largest = area;
        layer.points.set(centre, 2 * index);
      }
    });
  }
  layer.paths.push(path);
  layer.boxes.set(box, 4 * index);
}

/** Adds a ring to the path; gives its area and centre of gravity. */
function ringPath(path, arcs, used, ring, box) {
  let [twice, sumX, sumY, lastX, lastY] = [0, 0, 0, 0, 0];
  let [west, north, east, south] = box;
  let begun = false;
  for (const one of ring) {
    const number = one < 0 ? ~one : one;
    const points = arcs[number];
    used[number] = 1;
    const count = points.length / 2;
    // A piece begins where the last one ended.
    for (let step = begun ? 1 : 0; step < count; step += 1) {
      const at = 2 * (one < 0 ? count - 1 - step : step);
      const x = points[at];
      const y = points[at + 1];
      if (begun) {
        path.lineTo(x, y);
        const cross = lastX * y - x * lastY;
        twice += cross;
        sumX += (lastX + x) * cross;
        sumY += (lastY + y) * cross;
      } else {
        path.moveTo(x, y);
        begun = true;
      }
      lastX = x;
      lastY = y;
      if (x < west) west = x;
      if (y < north) north = y;
      if (x > east) east = x;
      if (y > south) south = y;
    }
  }
  box.splice(0, 4, west, north, east, south);
  path.closePath();
  const centre = twice ? [sumX / (3 * twice), sumY / (3 * twice)] : [lastX, lastY];
  return { area: Math.abs(twice), centre };
}

function linePath(arcs, used) {
  const path = new Path2D();
  arcs.forEach((points, number) => {
    if (!used[number]) return;
    path.moveTo(points[0], points[1]);
    for (let at = 2; at < points.length; at += 2) path.lineTo(points[at], points[at + 1]);
  });
  return path;
}
