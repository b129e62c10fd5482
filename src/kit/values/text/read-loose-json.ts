/** Maximum length of a cell in loose notation, in characters. */
const maxLooseLength = 5_000;
/** Maximum nesting. Endless nesting would exhaust the stack. */
const deepest = 64;
const bracketOrText = /"(?:[^"\\]|\\.)*"|[[\]{}]/gs;
/** Matches a text in single quotes, which may contain apostrophes; a text in double quotes; an unquoted key; or a superfluous comma. */
const loosePiece =
  /'((?:[^'\\]|\\.|'(?!\s*[,:}\]]))*)'|"(?:[^"\\]|\\.)*"|(?<![\p{L}\p{N}_$])([\p{L}_$][\p{L}\p{N}_$]*)(?=\s*:)|,(?=\s*[}\]])/gu;

/** Parses JSON, or the loose notation `[{ nom: 'ADEME' }]` of the national schema. Undefined for anything else, and nesting above 64. */
export function readLooseJson(text: string): unknown {
  const strict = parsed(text.replace(/^\ufeff/, ""));
  return strict === undefined && text.length <= maxLooseLength ? parsed(strictJson(text)) : strict;
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
    return undefined; // not JSON: the caller reports it
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
