/**
 * Decodes bytes in an encoding (WHATWG label). Node's decoder reads windows-1252 as ISO 8859-1 unless it streams: "€" would become a
 * control character (https://github.com/nodejs/node/issues/56542).
 */
export function decodeBytes(bytes: Uint8Array, encoding: string): string {
  const decoder = new TextDecoder(encoding);
  return decoder.decode(bytes, { stream: true }) + decoder.decode();
}
