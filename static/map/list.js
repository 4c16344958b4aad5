// The list face: every place of the map as a row, found by name, in the order asked for.
// Only the rows in view exist; focus stays on the list or the field, rows are pointed at by id.

const near = (name) => import(new URL(name + new URL(import.meta.url).search, import.meta.url).href);
const [{ groundOf }, { keyOf, nameOf, stateOf, valueOf }] = await Promise.all(
  ["hatch.js", "sentence.js"].map(near),
);

const ROW = 34;
const SPARE = 4;
const ORDERS = ["high", "low", "name"];
let lists = 0;

export class ListFace {
  constructor(part, make) {
    this.part = part;
    this.id = `tk-map-list-${(lists += 1)}`;
    this.root = make("div", "tk-map-list", part.root);
    this.bar = make("div", "tk-map-find", this.root);
    this.field = make("input", "tk-map-field", this.bar);
    this.field.type = "search";
    this.field.autocomplete = "off";
    this.field.spellcheck = false;
    this.turn = make("button", "tk-map-order", this.bar);
    this.turn.type = "button";
    this.rows = make("div", "tk-map-rows", this.root);
    this.none = make("p", "tk-map-none", this.root);
    this.none.hidden = true;
    this.pane = make("div", "tk-map-pane", this.rows);
    this.order = "high";
    this.active = null;
    this.describe();
    this.listen();
  }

  describe() {
    this.rows.id = this.id;
    this.rows.tabIndex = 0;
    this.rows.setAttribute("role", "listbox");
    this.pane.setAttribute("role", "presentation");
    this.field.setAttribute("role", "combobox");
    this.field.setAttribute("aria-expanded", "true");
    this.field.setAttribute("aria-autocomplete", "list");
    this.field.setAttribute("aria-controls", this.id);
  }

  listen() {
    this.field.addEventListener("input", () => this.sift());
    this.turn.addEventListener("click", () => {
      this.order = ORDERS[(ORDERS.indexOf(this.order) + 1) % ORDERS.length];
      this.say();
      this.sift();
    });
    this.rows.addEventListener("scroll", () => this.render(), { passive: true });
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.rows.addEventListener("pointerover", (event) => this.part.setHover(this.rowOf(event)));
    this.rows.addEventListener("pointerleave", () => this.part.setHover(null));
    this.rows.addEventListener("click", (event) => {
      const found = this.rowOf(event);
      if (found) this.part.choose(found);
    });
    new ResizeObserver(() => this.render()).observe(this.rows);
  }

  rowOf(event) {
    const row = event.target.closest?.("[role=option]");
    return row ? this.found[Number(row.dataset.at)] : null;
  }

  // --- what to list -------------------------------------------------------

  accept() {
    const { data, areas } = this.part;
    // Other colours for the same values: the same rows in the same order.
    const { words, places } = data.faces;
    const absent = this.part.values.classes.map((code) => (data.missing[code] ? code : 0)).join();
    const shown = JSON.stringify([data.lang, data.decimals, data.numbers, absent, words, places]);
    if (this.areas === areas && this.shown === shown) return this.render();
    [this.areas, this.shown] = [areas, shown];
    const listed = data.faces.places.map((_, index) => ({ kind: "listed", index }));
    const drawn = Array.from({ length: areas.count }, (_, index) => ({ kind: "area", index }));
    this.all = [...drawn, ...listed];
    this.words = data.faces.words;
    this.collator ??= new Intl.Collator(data.lang);
    this.texts = null;
    this.say();
    this.sift(false);
  }

  say() {
    const { words } = this;
    this.rows.setAttribute("aria-label", words.list);
    this.field.setAttribute("aria-label", words.find);
    this.field.placeholder = words.find;
    this.turn.textContent = words[`order_${this.order}`];
    this.turn.title = words.order;
    this.none.textContent = words.none;
  }

  /** Rows that hold the text, in order; a new text begins at the top. */
  sift(fromTop = true) {
    const asked = folded(this.field.value).trim();
    this.found = this.sorted(asked ? this.holding(asked) : this.all);
    if (asked) {
      const starts = (found) => folded(nameOf(this.part, found)[0]).startsWith(asked);
      this.found = [...this.found.filter(starts), ...this.found.filter((one) => !starts(one))];
    }
    this.places = null;
    this.none.hidden = this.found.length > 0;
    this.pane.style.height = `${this.found.length * ROW}px`;
    if (fromTop) {
      this.rows.scrollTop = 0;
      this.active = asked && this.found.length ? this.found[0] : null;
    }
    this.render();
  }

  /** Places whose words hold a text; the words are made ready when somebody looks for one. */
  holding(asked) {
    this.texts ??= this.all.map((found) => folded(nameOf(this.part, found).join(" ")));
    return this.all.filter((_, at) => this.texts[at].includes(asked));
  }

  /** Where a place stands in the list; undefined when it does not. */
  at(found) {
    this.places ??= new Map(this.found.map((one, at) => [keyOf(this.part, one), at]));
    return this.places.get(keyOf(this.part, found));
  }

  /** In the order asked for; each number is looked up once, names only where numbers are equal. */
  sorted(places) {
    const name = (at) => nameOf(this.part, places[at])[0];
    const byName = (a, b) => this.collator.compare(name(a), name(b));
    const order = Uint32Array.from(places.keys());
    const sign = this.order === "low" ? 1 : -1;
    const numbers = this.order === "name" ? null
      : Float64Array.from(places, (found) => sign * (stateOf(this.part, found).number ?? NaN));
    order.sort(numbers === null ? byName : (a, b) => {
      const [first, second] = [numbers[a], numbers[b]];
      if (first !== first || second !== second) return (first !== first) - (second !== second) || byName(a, b);
      return first - second || byName(a, b);
    });
    return Array.from(order, (at) => places[at]);
  }

  // --- rows ---------------------------------------------------------------

  render() {
    if (!this.found) return;
    const first = Math.max(0, Math.floor(this.rows.scrollTop / ROW) - SPARE);
    const last = Math.ceil((this.rows.scrollTop + this.rows.clientHeight) / ROW) + SPARE;
    const wanted = new Set();
    for (let at = first; at < Math.min(last, this.found.length); at += 1) wanted.add(at);
    const active = this.active && this.at(this.active);
    if (active !== undefined && active !== null) wanted.add(active);
    this.pane.replaceChildren(...[...wanted].sort((a, b) => a - b).map((at) => this.row(at)));
    for (const owner of [this.rows, this.field]) {
      if (active === undefined || active === null) owner.removeAttribute("aria-activedescendant");
      else owner.setAttribute("aria-activedescendant", `${this.id}-${active}`);
    }
  }

  row(at) {
    const { part } = this;
    const found = this.found[at];
    const row = document.createElement("div");
    row.className = "tk-map-row";
    row.id = `${this.id}-${at}`;
    row.dataset.at = at;
    row.style.top = `${at * ROW}px`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-setsize", this.found.length);
    row.setAttribute("aria-posinset", at + 1);
    const key = keyOf(part, found);
    row.setAttribute("aria-selected", String(key === part.shownKey()));
    if (same(found, part.hover)) row.classList.add("tk-map-row-hover");
    if (same(found, this.active)) row.classList.add("tk-map-row-active");
    const [name, detail] = nameOf(part, found);
    const label = span("tk-map-row-name", name);
    if (detail) label.append(span("tk-map-row-kind", ` ${detail}`));
    row.append(swatch(part, found), label, this.amount(found));
    return row;
  }

  amount(found) {
    const { number } = stateOf(this.part, found);
    if (number === undefined) return span("tk-map-row-missing", valueOf(this.part, found));
    return span("tk-map-row-value", this.part.number.format(number));
  }

  /** The row of a place comes into view when the place is walked to on the map. */
  follow(found) {
    this.active = found && this.at(found) !== undefined ? found : null;
    this.reveal(this.active);
    this.render();
  }

  reveal(found) {
    const at = found ? this.at(found) : undefined;
    if (at === undefined) return;
    const { scrollTop, clientHeight } = this.rows;
    if (at * ROW < scrollTop) this.rows.scrollTop = at * ROW;
    const over = (at + 1) * ROW - scrollTop - clientHeight;
    if (over > 0) this.rows.scrollTop = scrollTop + over;
  }

  key(event) {
    if (event.target === this.turn || event.altKey || event.ctrlKey || event.metaKey) return;
    const typing = event.target === this.field;
    const page = Math.max(1, Math.floor(this.rows.clientHeight / ROW) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    const jumps = typing ? {} : { Home: 0, End: this.found.length - 1 };
    if (event.key in steps) this.step(steps[event.key]);
    else if (event.key in jumps) this.go(jumps[event.key]);
    else if (event.key === "Enter" || (event.key === " " && !typing)) this.press();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  step(by) {
    const at = this.active ? this.at(this.active) : undefined;
    this.go(at === undefined ? 0 : at + (this.typed() && this.part.focus === null ? 0 : by));
  }

  typed() {
    return this.field.value !== "";
  }

  go(at) {
    const found = this.found[Math.max(0, Math.min(this.found.length - 1, at))];
    if (found) this.part.setFocus(found);
  }

  press() {
    const found = this.active ?? this.found[0];
    if (found) this.part.choose(found);
  }
}

export function same(one, other) {
  return Boolean(one && other) && one.kind === other.kind && one.index === other.index;
}

/** Without case and accents: "konigs" finds "Königs". */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/ß/g, "ss").toLowerCase();
}

function span(className, text) {
  const made = document.createElement("span");
  made.className = className;
  made.textContent = text;
  return made;
}

function swatch(part, found) {
  const made = span("tk-map-row-swatch", "");
  made.setAttribute("aria-hidden", "true");
  const { missing } = stateOf(part, found);
  const code = found.kind === "area" ? part.values.classes[found.index] : undefined;
  if (missing === undefined && code === undefined) made.classList.add("tk-map-row-bare");
  else made.style.background = groundOf({ missing, code }, part.colours);
  if (part.data.mode === "symbols" && missing === undefined) made.classList.add("tk-map-row-round");
  return made;
}
