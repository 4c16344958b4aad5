// Paints areas, borders, lines and symbols on one canvas and the marks on a second above it,
// so that pointing and walking never repaint the areas.

const near = (name) => import(new URL(name + new URL(import.meta.url).search, import.meta.url).href);
const [
  { ZOOM, project },
  { dottedTile, hatchTile },
  { drawLine, drawSymbol },
  { bubblePath, bubbles, drawBubbles },
] = await Promise.all(["layer.js", "hatch.js", "shapes.js", "bubbles.js"].map(near));

/** A Leaflet layer for one map part; reads areas, values, colours and focus from it. */
export function makePainter(L, part) {
  const Painter = L.Renderer.extend(members(L, part));
  return new Painter({ padding: 0.25 });
}

function members(L, part) {
  return {
    // --- what Leaflet asks of a renderer ---
    _initContainer() {
      this._container = document.createElement("div");
      this._pens = ["tk-map-areas", "tk-map-marks"].map((name) => {
        const canvas = document.createElement("canvas");
        canvas.className = name;
        this._container.append(canvas);
        return canvas.getContext("2d");
      });
      this._probe = document.createElement("canvas").getContext("2d");
    },
    _destroyContainer() {
      this._container.remove();
      delete this._container;
    },
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      const ratio = window.devicePixelRatio || 1;
      L.DomUtil.setPosition(this._container, this._bounds.min);
      for (const { canvas } of this._pens) {
        canvas.width = Math.round(size.x * ratio);
        canvas.height = Math.round(size.y * ratio);
        canvas.style.width = `${size.x}px`;
        canvas.style.height = `${size.y}px`;
      }
      if (part.data) part.repaint();
    },

    // --- places on the screen ---
    _scale() {
      return 2 ** (this._map.getZoom() - ZOOM);
    },
    /** From degrees to pixels of the canvas. */
    place(lat, lon) {
      const point = this._map.latLngToLayerPoint([lat, lon]).subtract(this._bounds.min);
      return [point.x, point.y];
    },
    /** Point of an area in pixels of the canvas. */
    spot(index) {
      const scale = this._scale();
      const corner = this._map.getPixelOrigin().add(this._bounds.min);
      const [x, y] = this.middle({ kind: "area", index });
      return [x * scale - corner.x, y * scale - corner.y];
    },
    /** Symbols grow with the map, but slower than the areas below them. */
    growth() {
      return 2 ** ((this._map.getZoom() - part.wholeZoom) / 2);
    },
    /** Canvas pixels become reference pixels of a layer until the pen is restored. */
    _enter(pen, layer) {
      const scale = this._scale();
      const corner = this._map.getPixelOrigin().add(this._bounds.min);
      const ratio = window.devicePixelRatio || 1;
      const [x, y] = layer.origin;
      pen.save();
      pen.setTransform(
        ratio * scale, 0, 0, ratio * scale,
        ratio * (x * scale - corner.x), ratio * (y * scale - corner.y),
      );
      return scale;
    },
    _clear(pen) {
      const ratio = window.devicePixelRatio || 1;
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height);
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    },

    // --- painting ---
    /** Paints everything but the marks; gives the number of shapes painted. */
    paint() {
      const [pen] = this._pens;
      this._clear(pen);
      let painted = part.areas ? this._areas(pen) : 0;
      this._bubbles = part.data.mode === "symbols" ? bubbles(part) : [];
      part.outlines.forEach((layer) => this._borders(pen, layer, 1, part.colours.outline));
      drawBubbles(pen, part, this);
      for (const line of part.data.lines) {
        const colour = part.colours.marks[line.role];
        drawLine(pen, line, this.place(...line.from), this.place(...line.to), colour);
        painted += 1;
      }
      for (const symbol of part.data.symbols) {
        const [x, y] = this.place(symbol.lat, symbol.lon);
        drawSymbol(pen, symbol, x, y, part.colours.marks[symbol.role], part.colours.paper);
        painted += 1;
      }
      return painted;
    },
    _areas(pen) {
      const { areas, values } = part;
      const scale = this._enter(pen, areas);
      let painted = 0;
      pen.globalAlpha = part.data.tiles ? 0.72 : 1;
      for (const [code, { path, count }] of this._groups(areas, values.classes)) {
        pen.fillStyle = this._fill(pen, code, scale);
        pen.fill(path, "evenodd");
        painted += count;
      }
      pen.restore();
      this._borders(pen, areas, this._hair(areas.count), part.colours.border);
      return painted;
    },
    /** Thousands of borders would hide what lies between them: they grow with the map. */
    _hair(count) {
      const finest = count > 2000 ? 0.15 : 0.6;
      return Math.min(0.6, finest * 2 ** Math.max(0, this._map.getZoom() - part.wholeZoom));
    },
    /** One path per class, kept until the classes change. */
    _groups(areas, classes) {
      if (this._grouped?.classes === classes) return this._grouped.groups;
      const groups = new Map();
      classes.forEach((code, index) => {
        if (!groups.has(code)) groups.set(code, { path: new Path2D(), count: 0 });
        const group = groups.get(code);
        group.path.addPath(areas.paths[index]);
        group.count += 1;
      });
      this._grouped = { classes, groups };
      return groups;
    },
    _fill(pen, code, scale) {
      const { colours, data } = part;
      const kind = data.missing[code];
      if (code === data.plain || (kind === undefined && data.mode === "symbols")) return colours.ground;
      if (kind === undefined && code < colours.dotted) return colours.classes[code];
      const { tile, shrink } = kind === undefined
        ? dottedTile(colours.classes[code])
        : hatchTile(kind, colours.no_value, colours.hatch);
      const pattern = pen.createPattern(tile, "repeat");
      pattern.setTransform(new DOMMatrix().scale(shrink / scale));
      return pattern;
    },
    _borders(pen, layer, width, colour) {
      const scale = this._enter(pen, layer);
      pen.strokeStyle = colour;
      pen.lineWidth = width / scale;
      pen.lineJoin = "round";
      pen.stroke(layer.borders);
      pen.restore();
    },

    /** Paints what is pointed at, walked to and chosen. */
    paintMarks() {
      if (!part.data || !this._pens) return;
      const [, pen] = this._pens;
      const { colours } = part;
      this._clear(pen);
      for (const found of this._chosen()) this._ring(pen, found, 3, colours.selected);
      const rings = [[part.hover, 1.8, []], [part.focus, 2.6, [6, 3]]];
      for (const [found, width, dash] of rings) {
        if (found && found.kind !== "listed") this._ring(pen, found, width, colours.ink, dash);
      }
    },
    _chosen() {
      const { selected, symbols } = part.data;
      if (!selected) return [];
      const found = symbols
        .map((symbol, index) => ({ kind: "symbol", index, ags: symbol.ags }))
        .filter((symbol) => symbol.ags === selected);
      const area = part.chosen();
      return area?.kind === "area" ? [area, ...found] : found;
    },
    _ring(pen, found, width, colour, dash = []) {
      const bubble = found.kind === "area" && this._bubbles.find(({ index }) => index === found.index);
      const area = found.kind === "area" && !bubble;
      const inside = area ? this._enter(pen, part.areas) : (pen.save(), 1);
      const path = area
        ? part.areas.paths[found.index]
        : bubble ? bubblePath(bubble, this, 1.5) : this._halo(found.index);
      pen.lineJoin = "round";
      for (const [line, stroke, dashes] of [[width + 2, part.colours.paper, []], [width, colour, dash]]) {
        pen.lineWidth = line / inside;
        pen.strokeStyle = stroke;
        pen.setLineDash(dashes.map((length) => length / inside));
        pen.stroke(path);
      }
      pen.restore();
    },
    _halo(index) {
      const { lat, lon, size } = part.data.symbols[index];
      const path = new Path2D();
      path.arc(...this.place(lat, lon), size / 2 + 5, 0, 2 * Math.PI);
      return path;
    },

    // --- finding ---
    /** The symbol or area under a point of the stage, symbols first; null when none. */
    at(spot, reach) {
      const layerPoint = this._map.containerPointToLayerPoint(spot);
      return this._symbolAt(layerPoint, reach) ?? this._bubbleAt(layerPoint) ?? this._areaAt(layerPoint);
    },
    _symbolAt(spot, reach) {
      let best = null;
      let least = Infinity;
      part.data.symbols.forEach(({ lat, lon, size }, index) => {
        const distance = this._map.latLngToLayerPoint([lat, lon]).distanceTo(spot);
        if (distance <= Math.max(size / 2, reach) && distance < least) {
          least = distance;
          best = { kind: "symbol", index };
        }
      });
      return best;
    },
    _bubbleAt(spot) {
      const corner = this._bounds.min;
      const on = ({ index, radius }) => {
        const [x, y] = this.spot(index);
        return Math.hypot(spot.x - corner.x - x, spot.y - corner.y - y) <= radius * this.growth();
      };
      const found = this._bubbles.findLast(on);
      return found ? { kind: "area", index: found.index } : null;
    },
    _areaAt(spot) {
      const { areas } = part;
      if (!areas || !part.data.areas.active) return null;
      const pixel = spot.add(this._map.getPixelOrigin()).divideBy(this._scale());
      const [x, y] = [pixel.x - areas.origin[0], pixel.y - areas.origin[1]];
      for (let index = 0; index < areas.count; index += 1) {
        const [west, north, east, south] = areas.boxes.subarray(4 * index, 4 * index + 4);
        if (x < west || x > east || y < north || y > south) continue;
        if (this._probe.isPointInPath(areas.paths[index], x, y, "evenodd")) {
          return { kind: "area", index };
        }
      }
      return null;
    },
    /** Middle of an area or symbol in pixels of the reference zoom. */
    middle({ kind, index }) {
      if (kind === "symbol") {
        const { lat, lon } = part.data.symbols[index];
        return project(lon, lat);
      }
      const { origin, points } = part.areas;
      return [points[2 * index] + origin[0], points[2 * index + 1] + origin[1]];
    },
    latLng(found) {
      return this._map.unproject(this.middle(found), ZOOM);
    },
    containerPoint(found) {
      return this._map.latLngToContainerPoint(this.latLng(found));
    },
  };
}
