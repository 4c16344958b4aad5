// Values travel as bytes: one class per place, and scaled whole numbers for reading.

const ARRAYS = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, f8: Float64Array };

export function bytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** Classes and readable numbers; places the description does not speak of are plain. */
export function unpack(data, count) {
  const classes = data.classes === null ? new Uint8Array(count).fill(data.plain) : bytes(data.classes);
  if (classes.length !== count) throw new Error(`${classes.length} classes for ${count} outlines`);
  if (data.numbers === null) return { classes, numbers: null };
  const { kind, offset, scale, data: text } = data.numbers;
  const packed = new ARRAYS[kind](bytes(text).buffer);
  return { classes, numbers: Float64Array.from(packed, (whole) => (whole + offset) / scale) };
}
