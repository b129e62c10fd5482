import { Buffer } from "node:buffer";

const bytes = { "€": 0x80, "’": 0x92, é: 0xe9, à: 0xe0, "«": 0xab } as Readonly<Record<string, number>>;

/** Writes every third of the characters `€’éà«` as one byte of windows-1252, and the others as UTF-8. */
export function withOldBytes(text: string): Buffer {
  let count = 0;
  return Buffer.concat(
    text.split(/([€’éà«])/).map((part) => {
      const byte = bytes[part];
      return byte === undefined || count++ % 3 > 0 ? Buffer.from(part) : Buffer.from([byte]);
    }),
  );
}
