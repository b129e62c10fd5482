import { Buffer } from "node:buffer";

/** The characters of windows-1252 at 0x80–0x9f, by byte. It has none at 0x81, 0x8d, 0x8f, 0x90 and 0x9d: ISO 8859-1 has control characters. */
const windows1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";
const byteOfCharacter = new Map(Array.from(windows1252, (character, index) => [character.charCodeAt(0), 0x80 + index]));
const continuation = `[\\u0080-\\u00bf${windows1252.replace(/[\x80-\x9f]/g, "")}]`;

/** Matches remains of characters that were encoded twice: "â€", and "Ã" outside of words in capitals, such as "SÃO PAULO". */
const remains = new RegExp(`Ã${continuation}|(?<![A-ZÀ-Þ])Ã(?![A-ZÀ-Þ])|â€`);
const lost = "\ufffd";

/**
 * Latin-1, œ, combining accents, small and bold letters, punctuation, "€", signs, arrows, ligatures, byte order mark, emoji, and U+FFFD,
 * which stays.
 */
const frenchCharacters =
  "\\u00a0-\\u00ff\\u0152\\u0153\\u0178\\u0300-\\u0302\\u0308\\u0327\\u1d2c-\\u1d6a\\u2000-\\u209f\\u20ac\\u2100-\\u22ff\\u2500-\\u27bf\\ufb00-\\ufb06\\ufe0f\\ufeff\\ufffd\\u{1d400}-\\u{1d7ff}\\u{1f000}-\\u{1faff}";
/** Other characters of European texts: Latin letters, Greek, Cyrillic, currencies, private use (bullets of Word). */
const europeanCharacters = "\\u0100-\\u017f\\u0303-\\u0328\\u0384-\\u03ce\\u0400-\\u045f\\u1e00-\\u1eff\\u20a0-\\u20bf\\ue000-\\uf8ff";
const hasFrench = new RegExp(`[${frenchCharacters}]`, "u");
const isFrench = new RegExp(`^[${frenchCharacters}]+$`, "u");
const isEuropean = new RegExp(`^[${frenchCharacters}${europeanCharacters}]+$`, "u");

/** Layers of encoding that are removed. */
const maxLayers = 4;

/** A repaired text, and the repairs. */
export interface RepairedText {
  readonly text: string;
  /** Characters that were encoded twice or more were decoded. */
  readonly isRepaired: boolean;
  /** Characters are lost or remain illegible. */
  readonly isBroken: boolean;
}

/**
 * The beginnings of most French characters when they are encoded twice: of letters, combining accents, signs, quotes, dashes, "€" and the byte order mark.
 * Damaged texts without any of them are a few words with a single arrow or emoji.
 */
const beginnings = ["Ã", "Â", "â€", "â\u0080", "Å", "Ì", "â‚", "â\u0082", "ï»", lost];

/** Returns true if `repairText` may change the text or find it broken. Searches of fixed texts are three times faster than a pattern. */
export function isSuspect(text: string): boolean {
  for (const beginning of beginnings) if (text.includes(beginning)) return true;
  return false;
}

/**
 * Decodes characters that were encoded in UTF-8 twice or more: "l’été" that became "lâ€™Ã©tÃ©". A run of characters outside ASCII is decoded
 * if its bytes in windows-1252 or ISO 8859-1 are valid UTF-8 that gives characters of French texts. If every run of the text is such a run,
 * other European characters are accepted, too. A text that would keep illegible remains is not changed.
 */
export function repairText(text: string): RepairedText {
  const decoded = new Map<string, string | null>();
  let isCertain = false;
  let isWhole = true;
  for (const [run] of text.matchAll(nonAscii)) {
    const plain = decodedRun(run, maxLayers);
    decoded.set(run, plain);
    isCertain ||= plain !== null && hasFrench.test(plain);
    isWhole &&= plain !== null;
  }
  const repaired = isCertain
    ? text.replace(nonAscii, (run) => {
        const plain = decoded.get(run) ?? null;
        return plain !== null && (isWhole || isFrench.test(plain)) ? plain : run;
      })
    : text;
  if (repaired === text || remains.test(repaired)) {
    return { text, isRepaired: false, isBroken: text.includes(lost) || remains.test(text) };
  }
  return { text: repaired, isRepaired: true, isBroken: repaired.includes(lost) };
}

const nonAscii = /[\u0080-\uffff]+/g;

/** Returns the text whose UTF-8 the run shows, or null. */
function decodedRun(run: string, layers: number): string | null {
  const bytes = bytesOf(run);
  if (bytes === null) return null;
  let plain: string;
  try {
    plain = strict.decode(bytes);
  } catch {
    return null;
  }
  const deeper = layers > 1 ? decodedRun(plain, layers - 1) : null;
  if (deeper !== null && hasFrench.test(deeper)) return deeper;
  return isEuropean.test(plain) ? plain : null;
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Returns the bytes of characters of windows-1252 or ISO 8859-1; null if there are others. */
function bytesOf(run: string): Uint8Array | null {
  const bytes = Buffer.alloc(run.length);
  for (let at = 0; at < run.length; at++) {
    const code = run.charCodeAt(at);
    const byte = code < 0x100 ? code : byteOfCharacter.get(code);
    if (byte === undefined) return null;
    bytes[at] = byte;
  }
  return bytes;
}
