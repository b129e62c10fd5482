/** Returns the UTF-16 encoding of a feed by its byte order mark, or null. */
export function markedUtf16(head: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return null;
}

/** Returns true if a feed begins with the byte order mark of UTF-8. */
export function hasUtf8Mark(head: Uint8Array): boolean {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
}

/** Returns the UTF-16 encoding of a text without a mark, or null. In UTF-16, every other byte of a Latin letter is zero. */
export function unmarkedUtf16(head: Uint8Array): "utf-16le" | "utf-16be" | null {
  const pairs = Math.min(512, Math.floor(head.length / 2));
  if (pairs === 0) return null;
  let firstZeros = 0;
  let secondZeros = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (head[2 * pair] === 0) firstZeros++;
    if (head[2 * pair + 1] === 0) secondZeros++;
  }
  if (secondZeros > pairs / 2 && firstZeros < pairs / 20) return "utf-16le";
  if (firstZeros > pairs / 2 && secondZeros < pairs / 20) return "utf-16be";
  return null;
}

/**
 * Returns the encoding with this label, or undefined if it is unknown. Returns UTF-8 for a UTF-16 label: the callers
 * recognise UTF-16 by its bytes, so such a label is wrong.
 */
export function declaredEncoding(label: string): string | undefined {
  try {
    const { encoding } = new TextDecoder(label);
    return encoding.startsWith("utf-16") ? "utf-8" : encoding;
  } catch {
    return undefined;
  }
}
