// The map part: one stage, one legend, one sentence. Fed by views/maps/wire.py.
// Text reaches the page through textContent only; nothing here writes markup.

const HERE = new URL(import.meta.url);
const VERSION = HERE.search;
const asset = (path) => new URL(path + VERSION, HERE).href;

const [{ loadLayer }, { makePainter }, { drawLegend }, { unpack }, { walk }] = await Promise.all([
  import(asset("map/layer.js")),
  import(asset("map/painter.js")),
  import(asset("map/legend.js")),
  import(asset("map/numbers.js")),
  import(asset("map/walk.js")),
  style("vendor/leaflet/leaflet.css"),
  style("map.css"),
  import(asset("vendor/leaflet/leaflet.js")),
  import(asset("vendor/topojson/topojson-client.min.js")),
]);
const L = globalThis.L;

const parts = new WeakMap();

function style(path) {
  return new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = asset(path);
    link.onload = link.onerror = done;
    document.head.append(link);
  });
}

export async function draw({ data, parentElement, setTriggerValue }) {
  let part = parts.get(parentElement);
  if (!part || !part.root.isConnected) {
    part = new MapPart(parentElement, data.height);
    parts.set(parentElement, part);
  }
  part.tell = (ags) => setTriggerValue("picked", ags);
  await part.show(data);
  // A newer drawing may already use this part: only what left the page is taken down.
  return () => setTimeout(() => parentElement.isConnected || part.remove());
}

function element(tag, className, parent) {
  const made = document.createElement(tag);
  made.className = className;
  parent.append(made);
  return made;
}

class MapPart {
  constructor(parent, height) {
    this.root = element("div", "tk-map", parent);
    this.frame = element("div", "tk-map-frame", this.root);
    this.stage = element("div", "tk-map-stage", this.frame);
    this.stage.style.height = `${height}px`;
    this.stage.tabIndex = 0;
    this.stage.setAttribute("role", "application");
    this.ground = element("div", "tk-map-ground", this.stage);
    this.tip = element("div", "tk-map-tip", this.stage);
    this.tip.hidden = true;
    this.hint = element("div", "tk-map-hint", this.stage);
    this.hint.hidden = true;
    this.buttons = ["zoom_in", "zoom_out", "whole"].map((name) => this.button(name));
    this.legend = element("div", "tk-map-legend", this.frame);
    this.sentence = element("p", "tk-map-sentence", this.root);
    this.sentence.setAttribute("aria-live", "polite");
    this.help = element("p", "tk-map-help", this.root);
    this.help.id = `tk-map-help-${Math.random().toString(36).slice(2)}`;
    this.stage.setAttribute("aria-describedby", this.help.id);
    this.foot = element("p", "tk-map-foot", this.root);
    this.hover = this.focus = null;
    this.moved = false;
    this.listen();
  }

  button(name) {
    const signs = { zoom_in: "+", zoom_out: "−", whole: "⤢" };
    this.bar ??= element("div", "tk-map-buttons", this.frame);
    const made = element("button", "tk-map-button", this.bar);
    made.type = "button";
    made.dataset.name = name;
    made.textContent = signs[name];
    made.addEventListener("click", () => this.act(name));
    return made;
  }

  act(name) {
    if (!this.map) return;
    if (name === "zoom_in") this.map.zoomIn(1);
    if (name === "zoom_out") this.map.zoomOut(1);
    if (name === "whole") this.fit();
    else this.moved = true;
  }

  // --- what to show -------------------------------------------------------

  async show(data) {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    this.say(data.words);
    if (!this.map) this.sentence.textContent = data.words.loading;
    const layers = [data.areas, ...data.outlines].filter(Boolean);
    let loaded;
    try {
      loaded = await Promise.all(layers.map((layer) => loadLayer(layer.url, layer.object)));
    } catch (fault) {
      console.warn(fault);
      this.sentence.textContent = data.words.failed;
      this.root.dataset.drawn = "0";
      return;
    }
    if (turn !== this.turn) return;
    const first = !this.data;
    this.accept(data, loaded);
    if (!this.map) this.open();
    const bounds = JSON.stringify(data.bounds);
    if (this.bounds !== bounds) {
      this.bounds = bounds;
      this.fit(false);
    }
    if (first) this.sentence.textContent = "";
    this.repaint();
  }

  accept(data, loaded) {
    const sameLayer = this.data?.areas?.url === data.areas?.url;
    if (!sameLayer || this.data.symbols.length !== data.symbols.length) this.hover = this.focus = null;
    this.data = data;
    this.areas = data.areas ? loaded[0] : null;
    this.outlines = loaded.slice(data.areas ? 1 : 0);
    this.values = unpack(data, this.areas ? this.areas.count : 0);
    this.colours = data.colours[this.scheme()];
    this.number = new Intl.NumberFormat(data.lang, {
      minimumFractionDigits: data.decimals,
      maximumFractionDigits: data.decimals,
    });
    this.root.lang = data.lang;
    drawLegend(this.legend, data, this.colours);
    for (const [name, colour] of Object.entries(this.colours)) {
      if (typeof colour === "string") this.root.style.setProperty(`--tk-${name}`, colour);
    }
  }

  say(words) {
    this.stage.setAttribute("aria-label", words.label);
    this.help.textContent = words.help;
    this.foot.textContent = [words.without_outline, words.attribution].filter(Boolean).join(" ");
    for (const button of this.buttons) {
      button.setAttribute("aria-label", words[button.dataset.name]);
      button.title = words[button.dataset.name];
    }
    this.hint.textContent = words.gesture;
  }

  scheme() {
    const ground = getComputedStyle(this.root).getPropertyValue("--st-background-color").trim();
    const digits = /^#([0-9a-f]{6})/i.exec(ground)?.[1];
    if (!digits) return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const [r, g, b] = [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16));
    return 0.299 * r + 0.587 * g + 0.114 * b < 128 ? "dark" : "light";
  }

  // --- the stage ----------------------------------------------------------

  open() {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map = L.map(this.ground, {
      attributionControl: false,
      zoomControl: false,
      keyboard: false,
      scrollWheelZoom: false,
      boxZoom: false,
      zoomSnap: 0,
      minZoom: 3,
      maxZoom: 13,
      zoomAnimation: !still,
      inertia: !still,
      worldCopyJump: false,
    });
    this.map.setView([51.2, 10.4], 5);
    this.painter = makePainter(L, this);
    this.painter.addTo(this.map);
    this.map.on("mousemove", (event) => this.point(event.containerPoint));
    this.map.on("mouseout", () => this.unpoint());
    this.map.on("click", (event) => this.press(event.containerPoint));
    this.map.on("dragstart", () => (this.moved = true));
    this.map.on("movestart zoomstart", () => (this.tip.hidden = true));
    this.map.on("moveend", () => this.focus && this.showTip(this.focus));
    this.watcher = new ResizeObserver(() => this.resize());
    this.watcher.observe(this.ground);
  }

  resize() {
    if (!this.ground.clientWidth) return;
    this.map.invalidateSize({ animate: false, pan: false });
    if (!this.moved) this.fit(false);
  }

  fit(animate = true) {
    this.moved = false;
    // In a hidden tab there is nothing to fit to; the first resize comes when it opens.
    if (!this.ground.clientWidth) return;
    const [west, south, east, north] = this.data.bounds;
    const corners = [[south, west], [north, east]];
    this.map.fitBounds(corners, { animate, padding: [6, 6] });
    this.map.setMinZoom(this.map.getBoundsZoom(corners) - 0.5);
  }

  repaint() {
    this.root.dataset.drawn = String(this.painter.paint());
    this.painter.paintMarks();
  }

  remove() {
    this.watcher?.disconnect();
    this.map?.remove();
    this.root.remove();
  }

  // --- pointing, walking, picking -----------------------------------------

  listen() {
    this.stage.addEventListener("keydown", (event) => this.key(event));
    this.stage.addEventListener("blur", () => this.setFocus(null));
    this.stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    // One finger scrolls the page; two fingers move the map.
    const byType = (event) => {
      this.touched = event.pointerType === "touch";
      this.map?.dragging[this.touched ? "disable" : "enable"]();
    };
    this.stage.addEventListener("pointerdown", byType, { capture: true });
    this.stage.addEventListener("touchmove", (event) => this.touch(event), { passive: true });
  }

  wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return this.showHint();
    event.preventDefault();
    const box = this.ground.getBoundingClientRect();
    const at = L.point(event.clientX - box.left, event.clientY - box.top);
    const zoom = this.map.getZoom() - Math.max(-1, Math.min(1, event.deltaY / 100));
    this.map.setZoomAround(at, zoom, { animate: false });
    this.moved = true;
  }

  touch(event) {
    if (event.touches.length === 1) this.showHint();
    else this.moved = true;
  }

  showHint() {
    this.hint.hidden = false;
    clearTimeout(this.hinted);
    this.hinted = setTimeout(() => (this.hint.hidden = true), 1500);
  }

  point(at) {
    const found = this.painter.at(at, 10);
    this.setHover(found);
    if (found) this.showTip(found, at);
    else if (!this.focus) this.tip.hidden = true;
  }

  unpoint() {
    this.setHover(null);
    if (!this.focus) this.tip.hidden = true;
  }

  press(at) {
    const found = this.painter.at(at, 16);
    if (!found) return;
    this.setFocus(found, at);
    this.pick(found);
  }

  pick(found) {
    const ags = this.keyOf(found);
    this.data.selected = ags;
    this.painter.paintMarks();
    this.tell(ags);
  }

  key(event) {
    if (!this.map || event.altKey || event.ctrlKey || event.metaKey) return;
    const directions = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
    const direction = directions[event.key];
    if (direction) this.setFocus(walk(this, this.focus, direction));
    else if ((event.key === "Enter" || event.key === " ") && this.focus) this.pick(this.focus);
    else if (event.key === "Escape") this.setFocus(null);
    else if (event.key === "+") this.act("zoom_in");
    else if (event.key === "-") this.act("zoom_out");
    else if (event.key === "Home" || event.key === "0") this.act("whole");
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  setHover(found) {
    if (found?.kind === this.hover?.kind && found?.index === this.hover?.index) return;
    this.hover = found;
    this.stage.classList.toggle("tk-map-pointing", Boolean(found));
    this.painter.paintMarks();
  }

  setFocus(found, at) {
    this.focus = found;
    this.painter?.paintMarks();
    if (!found) {
      this.tip.hidden = true;
      return;
    }
    this.root.dataset.focus = this.keyOf(found);
    if (!at) this.map.panInside(this.painter.latLng(found), { padding: [40, 40], animate: false });
    this.showTip(found, at);
    this.sentence.textContent = this.textOf(found).join(" ");
  }

  // --- words --------------------------------------------------------------

  keyOf({ kind, index }) {
    return kind === "area" ? this.areas.keys[index] : this.data.symbols[index].ags;
  }

  /** First the name, then what there is to say about it. */
  textOf({ kind, index }) {
    if (kind === "symbol") {
      const symbol = this.data.symbols[index];
      return [symbol.label, this.data.notes[symbol.ags]].filter(Boolean);
    }
    const [name, detail] = [this.areas.names[index], this.areas.kinds[index]];
    const head = detail ? `${name} (${detail}):` : `${name}:`;
    const note = this.data.notes[this.areas.keys[index]];
    return [head, this.valueOf(index), note].filter(Boolean);
  }

  valueOf(index) {
    const { words } = this.data;
    const code = this.values.classes[index];
    const kind = this.data.missing[code];
    if (kind !== undefined) return words.missing[kind];
    if (!this.values.numbers) return "";
    const value = this.number.format(this.values.numbers[index]);
    return words.value.replace("{value}", () => value);
  }

  showTip(found, at) {
    const spot = at ?? this.painter.containerPoint(found);
    const [head, ...rest] = this.textOf(found);
    this.tip.replaceChildren();
    element("strong", "", this.tip).textContent = head.replace(/:$/, "");
    for (const line of rest) element("span", "", this.tip).textContent = line;
    this.tip.hidden = false;
    const [width, height] = [this.stage.clientWidth, this.stage.clientHeight];
    const [w, h] = [this.tip.offsetWidth, this.tip.offsetHeight];
    const left = Math.max(4, Math.min(spot.x + 14, width - w - 4));
    // Above the finger or the focused place, below the mouse; never outside the stage.
    const above = spot.y - h - 16 > 4 && (!at || this.touched || spot.y + 16 + h > height);
    const top = above ? spot.y - h - 16 : Math.min(spot.y + 16, height - h - 4);
    this.tip.style.transform = `translate(${left}px, ${top}px)`;
  }
}
