// The map part: stage, legend, sentence and, where asked for, the list of all places.
// Fed by views/maps/wire.py.
// Text reaches the page through textContent only; nothing here writes markup.

const HERE = new URL(import.meta.url);
const VERSION = HERE.search;
const asset = (path) => new URL(path + VERSION, HERE).href;

const [
  { loadLayer },
  { makePainter },
  { drawLegend, markLegend },
  { listenForGestures },
  { openGround },
  { dottedFrom },
  { dressed, schemeOf },
  { unpack },
  { listenForKeys },
  { ListFace, same },
  { Player },
  { keyOf, numberFormat, spreadOf },
  { showTip, speak },
] = await Promise.all([
  import(asset("map/layer.js")),
  import(asset("map/painter.js")),
  import(asset("map/legend.js")),
  import(asset("map/gestures.js")),
  import(asset("map/ground.js")),
  import(asset("map/hatch.js")),
  import(asset("map/look.js")),
  import(asset("map/numbers.js")),
  import(asset("map/keys.js")),
  import(asset("map/list.js")),
  import(asset("map/play.js")),
  import(asset("map/sentence.js")),
  import(asset("map/telling.js")),
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
    part = new MapPart(parentElement, data);
    parts.set(parentElement, part);
  }
  part.tell = setTriggerValue;
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
  constructor(parent, data) {
    // The outer box is what widths are measured by.
    this.host = element("div", "tk-map-host", parent);
    this.root = element("div", "tk-map", this.host);
    this.frame = element("div", "tk-map-frame", this.root);
    this.stage = element("div", "tk-map-stage", this.frame);
    this.stage.style.setProperty("--tk-height", `${data.height}px`);
    this.stage.tabIndex = 0;
    this.stage.setAttribute("role", "application");
    this.ground = element("div", "tk-map-ground", this.stage);
    this.tip = element("div", "tk-map-tip", this.stage);
    this.tip.hidden = true;
    this.hint = element("div", "tk-map-hint", this.stage);
    this.hint.hidden = true;
    this.buttons = ["zoom_in", "zoom_out", "whole"].map((name) => this.button(name));
    this.hover = this.focus = null;
    this.moved = false;
    if (data.faces) this.addFaces();
    else this.legend = element("div", "tk-map-legend", this.frame);
    this.addWords();
    this.listen();
    if (data.faces) this.listenForLooks(parent);
  }

  /** A choice of other classes or colours is worn at once; the server's answer follows. */
  listenForLooks(parent) {
    this.looked = ({ detail }) => {
      if (!this.data || !parent.closest(`.st-key-${detail.target}`)) return;
      this.look = detail;
      this.wear(dressed(this.data, this.values, detail.look));
      this.repaint();
      this.list.render();
    };
    document.addEventListener("tk-look", this.looked);
  }

  /** Sentence and list stand beside the stage, or below it where there is no room. */
  addFaces() {
    this.root.classList.add("tk-map-faces");
    this.sentence = element("p", "tk-map-sentence", this.root);
    this.legend = element("div", "tk-map-legend", this.root);
    this.list = new ListFace(this, element);
    this.player = new Player(this.button("play"), (index) => this.tell("step", index));
  }

  addWords() {
    this.sentence ??= element("p", "tk-map-sentence", this.root);
    this.sentence.setAttribute("aria-live", "polite");
    this.help = element("p", "tk-map-help", this.root);
    this.help.id = `tk-map-help-${Math.random().toString(36).slice(2)}`;
    this.stage.setAttribute("aria-describedby", this.help.id);
    this.foot = element("p", "tk-map-foot", this.root);
  }

  button(name) {
    const signs = { zoom_in: "+", zoom_out: "−", whole: "⤢" };
    this.bar ??= element("div", "tk-map-buttons", this.frame);
    const made = element("button", "tk-map-button", this.bar);
    made.type = "button";
    made.dataset.name = name;
    made.textContent = signs[name] ?? "";
    if (name in signs) made.addEventListener("click", () => this.act(name));
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
    this.say(data.words, data.tiles);
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
    this.once(() => {
      if (!this.map) this.open();
      this.showTiles(data.tiles);
      const bounds = JSON.stringify(data.bounds);
      if (this.bounds === bounds) return;
      this.bounds = bounds;
      this.fit(false);
    });
    this.player?.accept(data.faces.play, data.faces.words);
    this.list?.accept();
    if (first && this.list) this.list.reveal(this.chosen());
    if (this.focus && !this.tip.hidden) this.showTip(this.focus);
    else if (!this.focus) this.tip.hidden = true;
    if (first || data.faces) this.speak();
  }

  accept(data, loaded) {
    const sameLayer = this.data?.areas?.url === data.areas?.url;
    // What is walked to stays walked to while its place is still there.
    const stays = (found) => found?.kind === "area" && sameLayer;
    if (!stays(this.hover)) this.hover = null;
    if (!stays(this.focus)) this.focus = null;
    const sameValues = this.data?.numbers?.data === data.numbers?.data;
    this.areas = data.areas ? loaded[0] : null;
    this.outlines = loaded.slice(data.areas ? 1 : 0);
    this.values = unpack(data, this.areas ? this.areas.count : 0);
    this.number = numberFormat(data);
    this.root.lang = data.lang;
    // A look chosen meanwhile counts more than an answer to what was chosen before it.
    const later = this.look?.number > data.answered && sameValues;
    this.wear(later ? dressed(data, this.values, this.look.look) : data);
    if (data.faces) this.spread = spreadOf(this);
  }

  /** Classes, colours and legend. */
  wear(data) {
    this.data = data;
    this.colours = data.colours[schemeOf(this.root)];
    // Circles tell much from little by their size already.
    this.colours.dotted = data.mode === "symbols" ? Infinity : dottedFrom(this.colours.classes);
    drawLegend(this.legend, this);
    for (const [name, colour] of Object.entries(this.colours)) {
      if (typeof colour === "string") this.root.style.setProperty(`--tk-${name}`, colour);
    }
  }

  say(words, tiles) {
    this.stage.setAttribute("aria-label", words.label);
    this.help.textContent = words.help;
    this.foot.textContent = [words.without_outline, words.attribution, tiles?.credit].filter(Boolean).join(" ");
    for (const button of this.buttons) {
      button.setAttribute("aria-label", words[button.dataset.name]);
      button.title = words[button.dataset.name];
    }
    this.hint.textContent = words.gesture;
  }

  // --- the stage ----------------------------------------------------------

  open() {
    this.map = openGround(this.ground);
    this.wholeZoom = 5;
    this.painter = makePainter(L, this);
    this.painter.addTo(this.map);
    this.map.on("mousemove", (event) => this.point(event.containerPoint));
    this.map.on("mouseout", () => this.unpoint());
    this.map.on("click", (event) => this.press(event.containerPoint));
    this.map.on("dragstart", () => (this.moved = true));
    this.map.on("movestart zoomstart", () => (this.tip.hidden = true));
    this.map.on("moveend", () => {
      if (this.focus && this.focus.kind !== "listed") this.showTip(this.focus);
    });
    this.watcher = new ResizeObserver(() => this.resize());
    this.watcher.observe(this.ground);
  }

  /** Pictures behind the areas, only where the operator named a server for them. */
  showTiles(tiles) {
    const url = tiles?.url ?? "";
    if (url === (this.tilesFrom ?? "")) return;
    this.tilesFrom = url;
    this.tiles?.remove();
    this.tiles = url ? L.tileLayer(url, { maxZoom: 13, zIndex: 0 }).addTo(this.map) : null;
  }

  resize() {
    if (!this.ground.clientWidth || this.sized === this.size()) return;
    this.sized = this.size();
    this.once(() => {
      this.map.invalidateSize({ animate: false, pan: false });
      if (!this.moved) this.fit(false);
    });
  }

  size() {
    return `${this.ground.clientWidth} ${this.ground.clientHeight}`;
  }

  fit(animate = true) {
    this.moved = false;
    // In a hidden tab there is nothing to fit to; the first resize comes when it opens.
    if (!this.ground.clientWidth) return;
    this.sized = this.size();
    const [west, south, east, north] = this.data.bounds;
    const corners = [[south, west], [north, east]];
    this.map.fitBounds(corners, { animate, padding: [6, 6] });
    this.wholeZoom = this.map.getBoundsZoom(corners);
    this.map.setMinZoom(this.wholeZoom - 0.5);
  }

  /** Several changes, painted once: Leaflet asks for painting at each of them. */
  once(change) {
    this.waits = true;
    try {
      change();
    } finally {
      this.waits = false;
    }
    this.repaint();
  }

  repaint() {
    if (this.waits) return;
    this.root.dataset.drawn = String(this.painter.paint());
    this.painter.paintMarks();
  }

  remove() {
    this.watcher?.disconnect();
    if (this.looked) document.removeEventListener("tk-look", this.looked);
    this.map?.remove();
    this.host.remove();
  }

  // --- pointing, walking, picking -----------------------------------------

  listen() {
        this.root.addEventListener("focusout", ({ relatedTarget }) => {
      if (!this.root.contains(relatedTarget)) this.setFocus(null);
    });
    listenForGestures(this);
    listenForKeys(this);
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
    const ags = keyOf(this, found);
    this.data.selected = ags;
    this.painter.paintMarks();
    this.list?.follow(this.focus);
    this.tell("picked", ags);
  }

  /** Walked to and picked in one, as a press on a row does. */
  choose(found) {
    this.setFocus(found);
    this.pick(found);
  }

  /** The chosen place: its own outline, or the one it lies in. */
  chosen() {
    const { selected } = this.data;
    if (!selected || !this.areas) return null;
    const exact = this.areas.keys.indexOf(selected);
    const index = exact >= 0 ? exact : this.areas.keys.findIndex((key) => selected.startsWith(key));
    if (index >= 0) return { kind: "area", index };
    const listed = this.data.faces?.places.findIndex(({ ags }) => ags === selected) ?? -1;
    return listed >= 0 ? { kind: "listed", index: listed } : null;
  }

  shownKey() {
    const found = this.chosen();
    return found ? keyOf(this, found) : "";
  }

  setHover(found) {
    if (same(found, this.hover) || (!found && !this.hover)) return;
    this.hover = found;
    this.stage.classList.toggle("tk-map-pointing", Boolean(found));
    this.painter?.paintMarks();
    this.list?.render();
    markLegend(this);
  }

  setFocus(found, at) {
    this.focus = found;
    this.painter?.paintMarks();
    if (this.list && this.data) this.list.follow(found);
    markLegend(this);
    if (!found) this.tip.hidden = true;
    else this.root.dataset.focus = keyOf(this, found);
    if (found && found.kind !== "listed") this.showFocus(found, at);
    if (found || this.list) this.speak();
  }

  showFocus(found, at) {
    if (!at) this.map.panInside(this.painter.latLng(found), { padding: [40, 40], animate: false });
    this.showTip(found, at);
  }

  speak() {
    speak(this, element);
  }

  showTip(found, at) {
    showTip(this, found, at, element);
  }
}
