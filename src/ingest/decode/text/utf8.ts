import { Buffer, isUtf8 } from "node:buffer";
import { decodeBytes } from "./decode-bytes.ts";

/** Returns the length of the UTF-8 sequence at `index`, 1 to 4, or 0 if it is invalid (RFC 3629: no overlong forms, no surrogates). */
export function utf8SequenceLength(bytes: Uint8Array, index: number): number {
  const lead = bytes[index] ?? 0;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const second = bytes[index + 1] ?? 0;
  if (lead < 0xe0) return isContinuation(second) ? 2 : 0;
  if (!isContinuation(second) || !isContinuation(bytes[index + 2] ?? 0)) return 0;
  if (lead < 0xf0) return (lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f) ? 0 : 3;
  if ((lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f)) return 0;
  return isContinuation(bytes[index + 3] ?? 0) ? 4 : 0;
}

/**
 * Returns the length of an obsolete five- or six-byte sequence (RFC 2279) at `index`, or 0. The statistics program R writes such sequences
 * for characters that it cannot convert, as in an export of Pays de la Loire in 2021.
 */
export function obsoleteSequenceLength(bytes: Uint8Array, index: number): number {
  const lead = bytes[index] ?? 0;
  const length = lead >= 0xfc && lead <= 0xfd ? 6 : lead >= 0xf8 && lead <= 0xfb ? 5 : 0;
  for (let offset = 1; offset < length; offset++) if (!isContinuation(bytes[index + offset] ?? 0)) return 0;
  return length;
}

/** Returns the number of bytes at the end that may begin an incomplete sequence, 0 to 5. */
export function incompleteTailLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(5, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (isContinuation(byte)) continue;
    return announcedLength(byte) > back ? back : 0;
  }
  return 0;
}

function announcedLength(lead: number): number {
  if (lead < 0xc2) return 1;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  if (lead < 0xf8) return 4;
  return lead < 0xfc ? 5 : lead < 0xfe ? 6 : 1;
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf;
}

/** A piece of a feed's text. */
export interface TextPiece {
  readonly text: string;
  /** True if the piece replaces bytes that are invalid in the feed's encoding. */
  readonly repaired: boolean;
}

/**
 * Decodes UTF-8. Decodes an invalid byte as windows-1252, in a piece marked `repaired`. An obsolete five- or six-byte sequence becomes one
 * U+FFFD.
 */
export function repairUtf8(bytes: Uint8Array): TextPiece[] {
  if (isUtf8(bytes)) return bytes.length === 0 ? [] : [{ text: utf8Text(bytes), repaired: false }];
  const pieces: TextPiece[] = [];
  let validFrom = 0;
  let index = 0;
  while (index < bytes.length) {
    const length = utf8SequenceLength(bytes, index);
    if (length > 0) {
      index += length;
      continue;
    }
    if (index > validFrom) pieces.push({ text: utf8Text(bytes.subarray(validFrom, index)), repaired: false });
    const obsolete = obsoleteSequenceLength(bytes, index);
    pieces.push({ text: obsolete > 0 ? "\uFFFD" : decodeBytes(bytes.subarray(index, index + 1), "windows-1252"), repaired: true });
    index += obsolete > 0 ? obsolete : 1;
    validFrom = index;
  }
  if (index > validFrom) pieces.push({ text: utf8Text(bytes.subarray(validFrom)), repaired: false });
  return pieces;
}

function utf8Text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
