/** A longer cell is read as strict JSON only. */
const longestLoose = 5_000;
/** Deepest nesting: publishers write lists of objects; what nests without end would exhaust the stack of whoever walks it. */
const deepest = 64;
const bracketOrText = /"(?:[^"\\]|\\.)*"|[[\]{}]/gs;
/** A text in single quotes (an apostrophe inside ends nothing), one in double quotes, a bare key, a comma too many. */
const loosePiece =
  /'((?:[^'\\]|\\.|'(?!\s*[,:}\]]))*)'|"(?:[^"\\]|\\.)*"|(?<![\p{L}\p{N}_$])([\p{L}_$][\p{L}\p{N}_$]*)(?=\s*:)|,(?=\s*[}\]])/gu;

/**
 * JSON, or the notation in which the national schema shows it: `[{ nom: 'ADEME', roles: ['instructeur'] }]`, keys bare, texts in single quotes.
 * Undefined where it is neither, or nests more than 64 deep.
 */
export function readLooseJson(text: string): unknown {
  const strict = parsed(text.replace(/^\ufeff/, ""));
  return strict === undefined && text.length <= longestLoose ? parsed(strictJson(text)) : strict;
}

function strictJson(text: string): string {
  return text.replace(loosePiece, (piece: string, single: string | undefined, key: string | undefined) => {
    if (single !== undefined) return JSON.stringify(single.replace(/\\(.)/gu, "$1"));
    if (key !== undefined) return JSON.stringify(key);
    return piece === "," ? "" : piece;
  });
}

function parsed(text: string): unknown {
  if (isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // No JSON: the caller says so.
  }
}

function isTooDeep(json: string): boolean {
  let depth = 0;
  for (const [piece] of json.matchAll(bracketOrText)) {
    if (piece === "[" || piece === "{") depth++;
    else if (piece === "]" || piece === "}") depth--;
    if (depth > deepest) return true;
  }
  return false;
}
