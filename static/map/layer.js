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
    topology,
    shapes,
    count: shapes.length,
    keys: shapes.map((shape) => shape.id),
    names: shapes.map((shape) => shape.properties.name),
    kinds: shapes.map((shape) => shape.properties.kind ?? ""),
    paths: [],
    boxes: new Float64Array(4 * shapes.length),
    points: new Float64Array(2 * shapes.length),
  };
  shapes.forEach((shape, index) => trace(layer, topology, shape, index));
  layer.borders = linePath(layer, globalThis.topojson.mesh(topology, topology.objects[name]));
  return layer;
}

function trace(layer, topology, shape, index) {
  const { geometry } = globalThis.topojson.feature(topology, shape);
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const path = new Path2D();
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  let largest = 0;
  for (const rings of polygons) {
    rings.forEach((ring, number) => {
      const { area, centre } = ringPath(path, layer.origin, ring, box);
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
function ringPath(path, origin, ring, box) {
  let [twice, sumX, sumY, lastX, lastY] = [0, 0, 0, 0, 0];
  ring.forEach(([longitude, latitude], step) => {
    const [px, py] = project(longitude, latitude);
    const [x, y] = [px - origin[0], py - origin[1]];
    if (step === 0) path.moveTo(x, y);
    else {
      path.lineTo(x, y);
      const cross = lastX * y - x * lastY;
      twice += cross;
      sumX += (lastX + x) * cross;
      sumY += (lastY + y) * cross;
    }
    [lastX, lastY] = [x, y];
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  });
  path.closePath();
  const centre = twice ? [sumX / (3 * twice), sumY / (3 * twice)] : [lastX, lastY];
  return { area: Math.abs(twice), centre };
}

function linePath(layer, mesh) {
  const path = new Path2D();
  for (const line of mesh.coordinates) {
    line.forEach(([longitude, latitude], step) => {
      const [x, y] = project(longitude, latitude);
      path[step ? "lineTo" : "moveTo"](x - layer.origin[0], y - layer.origin[1]);
    });
  }
  return path;
}
