import { Buffer } from "node:buffer";

/** UTF-16 code units of a text, followed by 0. Reading them takes half the time of `charCodeAt`. */
export interface CodeUnits {
  readonly units: Uint16Array;
  readonly bytes: Buffer;
}

/** Larger arrays are not kept for the next text. */
const maxKeptLength = 1 << 17;
let kept: CodeUnits | null = null;

/** Copies the code units of a text into an array that may be longer. Call `giveBack` when you have read it. */
export function copyOf(text: string): CodeUnits {
  let copy = kept;
  kept = null;
  if (copy === null || copy.units.length <= text.length) copy = newCodeUnits(Math.max(1 << 14, text.length + 1));
  copy.bytes.write(text, 0, "utf16le");
  copy.units[text.length] = 0;
  return copy;
}

/** Keeps the array for the next text. */
export function giveBack(copy: CodeUnits): void {
  if (copy.units.length <= maxKeptLength) kept = copy;
}

function newCodeUnits(length: number): CodeUnits {
  const units = new Uint16Array(length);
  return { units, bytes: Buffer.from(units.buffer) };
}
