// Words about one place: what stands in the tip, in the list row and in the sentence.

/** Numbers of the reader's language, with the decimals the values are read with. */
export function numberFormat({ lang, decimals }) {
  return new Intl.NumberFormat(lang, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

export function keyOf({ data, areas }, { kind, index }) {
  if (kind === "area") return areas.keys[index];
  return (kind === "symbol" ? data.symbols : data.faces.places)[index].ags;
}

/** Name and kind of a place, the kind in the reader's language; symbols have a label only. */
export function nameOf({ data, areas }, { kind, index }) {
  if (kind === "area") {
    const own = areas.kinds[index];
    return [areas.names[index], data.faces?.kinds[own] ?? own];
  }
  if (kind === "symbol") return [data.symbols[index].label, ""];
  const { name, detail } = data.faces.places[index];
  return [name, detail];
}

/** Its number, or the code of the kind of missing. */
export function stateOf({ data, values }, { kind, index }) {
  if (kind === "listed") {
    const { number, missing } = data.faces.places[index];
    return missing ? { missing } : { number };
  }
  const missing = data.missing[values.classes[index]];
  if (missing !== undefined) return { missing };
  return values.numbers ? { number: values.numbers[index] } : {};
}

export function valueOf(part, found) {
  if (found.kind === "symbol") return "";
  const { number, missing } = stateOf(part, found);
  if (missing !== undefined) return part.data.words.missing[missing];
  if (number === undefined) return "";
  return fill(part.data.words.value, { value: part.number.format(number) });
}

/** First the name, then what there is to say about it: lines of the tip. */
export function linesOf(part, found) {
  const [name, detail] = nameOf(part, found);
  const note = part.data.notes[keyOf(part, found)];
  const head = detail ? `${name} (${detail})` : name;
  return [head, valueOf(part, found), note].filter(Boolean);
}

/** The whole sentence in named pieces: name, value, rest. */
export function sentenceOf(part, found) {
  const { words } = part.data.faces;
  const [head, value, ...notes] = linesOf(part, found);
  if (found.kind === "symbol") return { name: head, value: "", rest: [value, ...notes].join(" ") };
  const place = stateOf(part, found).number === undefined ? "" : standing(part, found);
  const rest = [place, ...notes, words.absent, words.source].filter(Boolean).join(" ");
  return { name: `${head}: `, value: `${value} (${words.period}). `, rest };
}

/**
 * In how many of 100 places the value is lower, as a range: from those surely below to those
 * not surely above. Equal values and places without a value widen it; it is never one number.
 */
export function standing(part, found) {
  const { number } = stateOf(part, found);
  const { known, all } = part.spread;
  const below = lowerBound(known, number);
  const above = known.length - upperBound(known, number);
  const low = Math.floor((100 * below) / all);
  const high = Math.ceil((100 * (all - above)) / all);
  return fill(part.data.faces.words.standing, { low, high });
}

/** All numbers in order, and how many places there are with and without one. */
export function spreadOf(part) {
  const places = part.data.faces?.places ?? [];
  const numbers = places.filter(({ missing }) => !missing).map(({ number }) => number);
  part.values.classes.forEach((code, index) => {
    if (part.data.missing[code] === undefined && part.values.numbers) {
      numbers.push(part.values.numbers[index]);
    }
  });
  // A place without a value could stand anywhere: it counts among all, and so widens.
  return { known: Float64Array.from(numbers).sort(), all: part.values.classes.length + places.length };
}

function lowerBound(sorted, number) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

function upperBound(sorted, number) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function fill(template, places) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole);
}
