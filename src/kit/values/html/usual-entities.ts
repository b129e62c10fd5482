import { kindOf, kinds } from "../text/character-kinds.ts";
import { decodeEntitiesOnce } from "./decode-entities.ts";

const names = `amp lt gt quot apos nbsp lsquo rsquo ldquo rdquo laquo raquo hellip ndash mdash bull middot euro deg sup2 oelig OElig aelig AElig
  agrave acirc auml aacute eacute egrave ecirc euml icirc iuml igrave iacute ocirc ouml ograve oacute ugrave ucirc uuml uacute ccedil ntilde
  Agrave Acirc Eacute Egrave Ecirc Euml Icirc Iuml Ocirc Ugrave Ucirc Ccedil`;
const characters: ReadonlyMap<string, string> = new Map(names.split(/\s+/).map((name) => [name, decodeEntitiesOnce(`&${name};`)]));

const noBreakSpace = "\u00a0";
/** Maximum length of a usual entity. */
const maxLength = 10;

interface Decoded {
  readonly text: string;
  readonly found: number;
}

/**
 * Decodes one layer of entities in a text of usual characters: cleans it as `cleanCharacters(decodeEntitiesOnce(text))` does. `found` has
 * the kinds of the text's characters. Returns null if the text contains an entity that is not usual.
 */
export function decodeUsual(text: string, found: number): Decoded | null {
  let decoded = "";
  let from = 0;
  let kindsFound = found & ~kinds.ampersand;
  for (let at = text.indexOf("&"); at >= 0; at = text.indexOf("&", from)) {
    const end = text.indexOf(";", at);
    if (end < 0 || end - at > maxLength) return null;
    const character = characterOf(text.slice(at + 1, end));
    if (character === undefined) return null;
    if (character === noBreakSpace) {
      decoded += `${text.slice(from, at)} `;
      if ((at === from && at > 0) || isBlankAt(text, at - 1) || isBlankAt(text, end + 1)) kindsFound |= kinds.doubledBlank;
    } else {
      decoded += text.slice(from, at) + character;
      kindsFound |= kindOf[character.charCodeAt(0)] as number;
    }
    from = end + 1;
  }
  return { text: decoded + text.slice(from), found: kindsFound };
}

function isBlankAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x20 || code === 0x0a;
}

/** Returns the character of an entity without `&` and `;`, or undefined if it is not usual. */
function characterOf(entity: string): string | undefined {
  if (entity.charCodeAt(0) !== 0x23) return characters.get(entity);
  let code = 0;
  for (let at = 1; at < entity.length; at++) {
    const digit = entity.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    code = code * 10 + digit;
  }
  if (code === 0xa0) return noBreakSpace;
  const isUsual = code > 0x20 && code < kindOf.length && kindOf[code] !== kinds.unusual;
  return isUsual ? String.fromCharCode(code) : undefined;
}
