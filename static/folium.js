// Inside the frame of a folium map: keyboard, outlines by address, years that play.
// Texts come percent-encoded and are set as text; popups are markup of the server's escaping.

(() => {
  const STEP_MS = 1100;
  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const read = decodeURIComponent;
  let told = {};

  function make(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  }

  // The bridge gives its frame no title of its own.
  function named(words) {
    document.documentElement.lang = words.lang;
    const frame = window.frameElement;
    if (frame) frame.title = words.label;
    document.getElementById("map_div").setAttribute("aria-label", words.label);
    document.getElementById("map_div").setAttribute("role", "group");
  }

  function tell(change) {
    told = { ...told, ...change };
    window.Streamlit?.setComponentValue(told);
  }

  function fitted(parts) {
    const frame = () => {
      const used = parts.reduce((sum, part) => sum + part.getBoundingClientRect().height, 0);
      window.Streamlit?.setFrameHeight(Math.ceil(used) + 4);
    };
    const watcher = new ResizeObserver(frame);
    parts.forEach((part) => watcher.observe(part));
    // The bridge sets its own height once more when it has run.
    setTimeout(frame, 60);
    setTimeout(frame, 400);
  }

  function count() {
    const shapes = document.querySelectorAll("#map_div .leaflet-overlay-pane path");
    const marks = document.querySelectorAll("#map_div .tk-mark");
    document.documentElement.dataset.drawn = shapes.length + marks.length;
  }

  async function outlines(map, setting) {
    const answer = await fetch(setting.url);
    const topology = await answer.json();
    const shapes = topojson.feature(topology, topology.objects[setting.object]);
    L.geoJSON(shapes, { interactive: false, style: setting.style }).addTo(map).bringToBack();
    count();
  }

  // One mark of all takes part in the tab order; arrow keys walk to the next one that way.
  function walk(map, marks) {
    const shown = () => marks.filter((mark) => map.hasLayer(mark) && mark.getElement());
    const choose = (mark, focus) => {
      shown().forEach((one) => (one.getElement().tabIndex = one === mark ? 0 : -1));
      if (focus) mark.getElement().focus();
    };
    const next = (mark, [x, y]) => {
      const from = map.latLngToLayerPoint(mark.getLatLng()).add(mark.options.shift);
      const far = (one) => {
        const step = map.latLngToLayerPoint(one.getLatLng()).add(one.options.shift).subtract(from);
        const along = step.x * x + step.y * y;
        const aside = Math.abs(step.x * y - step.y * x);
        return along > 0 ? along + 2 * aside : Infinity;
      };
      const others = shown().filter((one) => one !== mark && far(one) < Infinity);
      return others.sort((a, b) => far(a) - far(b))[0];
    };
    const dress = (mark) => {
      const node = mark.getElement();
      node.setAttribute("aria-label", read(mark.options.label));
      node.onkeydown = (event) => {
        if (!WAYS[event.key]) return;
        event.preventDefault();
        event.stopPropagation();
        const other = next(mark, WAYS[event.key]);
        if (other) choose(other, true);
      };
      node.onfocus = () => choose(mark, false);
    };
    marks.forEach((mark) => mark.on("add", () => dress(mark)));
    return () => {
      shown().forEach(dress);
      if (shown().length) choose(shown()[0], false);
    };
  }

  function marksOf(layers) {
    const found = [];
    const look = (layer) => {
      if (layer.options?.label) found.push(layer);
      else if (layer.eachLayer) layer.eachLayer(look);
    };
    layers.forEach(look);
    found.forEach((mark) => {
      mark.options.shift = L.point(mark.options.icon.options.shift ?? 0, 0);
      mark.on("popupopen", () => tell({ place: read(mark.options.ags) }));
    });
    return found;
  }

  // Mercator keeps angles, so one rotation holds at every zoom; short lines need no arrow.
  function pointed(map, groups) {
    const arrows = [];
    for (const group of groups) {
      const lines = group.getLayers().filter((layer) => layer instanceof L.Polyline);
      for (const line of lines) {
        const [a, b] = line.getLatLngs().map((end) => map.project(end, 0));
        const turn = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
        const at = map.unproject(a.add(b.subtract(a).multiplyBy(0.62)), 0);
        const html =
          `<svg viewBox="-7 -7 14 14" width="14" height="14" aria-hidden="true">` +
          `<path d="M0-4 7 0 0 4Z" fill="${line.options.color}" transform="rotate(${turn.toFixed(1)}) translate(-3)"/></svg>`;
        const icon = L.divIcon({ html, className: "tk-arrow", iconSize: [14, 14] });
        const arrow = L.marker(at, { icon, interactive: false, keyboard: false });
        arrows.push([arrow.addTo(group), a.distanceTo(b)]);
      }
    }
    const fade = () => {
      const scale = 2 ** map.getZoom();
      for (const [arrow, length] of arrows) arrow.setOpacity(length * scale < 70 ? 0 : 1);
    };
    map.on("zoomend", fade);
    fade();
  }

  function sized(map) {
    const far = () => map.getContainer().classList.toggle("tk-far", map.getZoom() < 7.5);
    map.on("zoomend", far);
    far();
  }

  function legend(rows) {
    const list = make("ul", "tk-legend");
    for (const row of rows) {
      const item = make("li", row.head ? "tk-head" : "");
      if (row.svg) item.innerHTML = row.svg;
      item.append(make("span", "", read(row.label)));
      list.append(item);
    }
    return list;
  }

  function player(map, setting, groups, ready) {
    const bar = make("div", "tk-bar");
    const button = make("button", "tk-play");
    const slider = make("input");
    const year = make("output", "tk-year");
    const said = make("p", "tk-said");
    const last = setting.steps.length - 1;
    const end = setting.steps.findLastIndex((step) => !step.undated);
    let at = Math.max(0, setting.steps.findIndex((step) => step.id === setting.start));
    if (!setting.steps.some((step) => step.id === setting.start)) at = last;
    let timer = 0;
    button.type = "button";
    Object.assign(slider, { type: "range", min: 0, max: last, step: 1, value: at });
    slider.setAttribute("aria-label", setting.words.until);
    said.setAttribute("aria-live", "polite");

    function face() {
      button.textContent = timer ? "❚❚" : "▶";
      button.setAttribute("aria-label", timer ? setting.words.pause : setting.words.play);
      button.title = button.getAttribute("aria-label");
    }
    function show(number) {
      at = number;
      const step = setting.steps[at];
      slider.value = at;
      slider.setAttribute("aria-valuetext", step.label);
      year.textContent = step.label;
      said.textContent = step.sentence;
      for (const [name, group] of Object.entries(groups)) {
        const seen = step.undated || (name !== "undated" && Number(name) <= step.year);
        if (seen === map.hasLayer(group)) continue;
        if (seen) map.addLayer(group);
        else map.removeLayer(group);
      }
      ready();
    }
    function stop() {
      clearInterval(timer);
      timer = 0;
      face();
      tell({ until: setting.steps[at].id });
    }
    button.onclick = () => {
      if (timer) return stop();
      if (at >= end) show(0);
      timer = setInterval(() => (at < end ? show(at + 1) : stop()), STEP_MS);
      face();
    };
    slider.oninput = () => {
      if (timer) stop();
      show(Number(slider.value));
    };
    slider.onchange = () => tell({ until: setting.steps[at].id });
    face();
    show(at);
    if (last > 0) {
      const line = make("div", "tk-line");
      line.append(button, slider, year);
      bar.append(line);
    }
    bar.append(said);
    return bar;
  }

  // Called once by the script of a map.
  function begin(map, setting, groups) {
    const root = document.getElementById("root");
    for (const [name, text] of Object.entries(setting.words)) setting.words[name] = read(text);
    for (const step of setting.steps ?? []) {
      step.label = read(step.label);
      step.sentence = read(step.sentence);
    }
    named(setting.words);
    const titles = { zoomInTitle: setting.words.zoom_in, zoomOutTitle: setting.words.zoom_out, position: "bottomright" };
    L.control.zoom(titles).addTo(map);
    map.options.keyboard = true;
    const marks = marksOf(Object.values(groups));
    const ready = walk(map, marks);
    const parts = [document.getElementById("map_div")];
    const seen = () => (ready(), count());
    if (setting.steps) {
      pointed(map, Object.values(groups));
      const bar = player(map, setting, groups, seen);
      root.before(bar);
      parts.push(bar);
    } else {
      Object.values(groups).forEach((group) => group.addTo(map));
      seen();
    }
    sized(map);
    if (setting.legend.length) {
      const list = legend(setting.legend);
      root.after(list);
      parts.push(list);
    }
    if (setting.outlines) outlines(map, setting.outlines);
    // One finger scrolls the page, two move the map.
    if (L.Browser.mobile) map.dragging.disable();
    fitted(parts);
  }

  window.house = { begin };
})();
