import { Buffer, isUtf8 } from "node:buffer";
import type { TextPiece } from "./text-piece.ts";
import { obsoleteSequenceLength, utf8SequenceLength } from "./utf8-sequence.ts";

const windows1252 = new TextDecoder("windows-1252");

/**
 * Reads bytes as UTF-8. An invalid byte is read as windows-1252, in a piece marked `repaired`. An obsolete five- or six-byte sequence
 * becomes one U+FFFD.
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
    pieces.push({ text: obsolete > 0 ? "\uFFFD" : windows1252.decode(bytes.subarray(index, index + 1)), repaired: true });
    index += obsolete > 0 ? obsolete : 1;
    validFrom = index;
  }
  if (index > validFrom) pieces.push({ text: utf8Text(bytes.subarray(validFrom)), repaired: false });
  return pieces;
}

function utf8Text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
