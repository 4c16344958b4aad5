// Other classes and colours for values already here; see Look in views/maps/description.py.

/** The message with another look; ``values.classes`` follow it. */
export function dressed(data, values, { breaks, limits, light, dark }) {
  values.classes = values.classes.map((code, index) =>
    data.missing[code] === undefined && code !== data.plain ? classOf(values.numbers[index], breaks) : code);
  const classes = limits.slice(1).map((high, index) => ({
    kind: "class",
    index,
    label: data.faces.interval.replace("{low}", limits[index]).replace("{high}", high),
  }));
  const colours = (scheme, own) => ({ ...data.colours[scheme], classes: own });
  return {
    ...data,
    colours: { light: colours("light", light), dark: colours("dark", dark) },
    legend: [...classes, ...data.legend.filter(({ kind }) => kind !== "class")],
    faces: { ...data.faces, limits },
  };
}

/** A break belongs to the class above it. */
function classOf(number, breaks) {
  let found = 0;
  while (found < breaks.length && number >= breaks[found]) found += 1;
  return found;
}

/** Whether the page round the map is light or dark. */
export function schemeOf(root) {
  const ground = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
  const digits = /^#([0-9a-f]{6})/i.exec(ground)?.[1];
  if (!digits) return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const [r, g, b] = [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b < 128 ? "dark" : "light";
}
