import { foldWord } from "./fold-name.ts";

/** A word with its surroundings. "Jean-Pierre" and "d’Arcy" are one word each. */
export interface NameToken {
  readonly text: string;
  readonly folded: string;
  readonly start: number;
  readonly end: number;
  /** Text between the previous word and this one. */
  readonly gap: string;
  /** A full stop follows directly. */
  readonly hasDot: boolean;
  readonly style: "capital" | "capitals" | "initial" | "small";
}

const word = /\p{L}[\p{L}\p{M}]*(?:[-‐‑'’ʼ]\p{L}[\p{L}\p{M}]*)*/gu;
const blank = /^(?:\.?[ \t\u00a0\u202f]{1,60}|\.[-‐‑])$/;

const forms = new Map<string, Pick<NameToken, "folded" | "style">>();
const maxKept = 20_000;
/** Longer words are not cached: V8 stores them as slices, which keep the whole text in memory. */
const maxKeptLength = 12;

/** Splits a text into words. */
export function nameTokens(text: string): NameToken[] {
  const tokens: NameToken[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(word)) {
    const { folded, style } = formOf(found);
    const start = index;
    const gap = text.slice(end, start);
    end = start + found.length;
    tokens.push({ text: found, folded, start, end, gap, hasDot: text[end] === ".", style });
  }
  return tokens;
}

function formOf(word: string): Pick<NameToken, "folded" | "style"> {
  const known = forms.get(word);
  if (known !== undefined) return known;
  const form = { folded: foldWord(word).replace(/[‐‑]/g, "-").replace(/[’ʼ]/g, "'"), style: styleOf(word) };
  if (word.length > maxKeptLength) return form;
  if (forms.size >= maxKept) forms.clear();
  forms.set(word, form);
  return form;
}

/** Returns true if only blanks separate a word from the one before, or a full stop after an initial or a civility. */
export function goesOn(token: NameToken | undefined, before: NameToken | undefined): boolean {
  if (token === undefined || before === undefined || !blank.test(token.gap)) return false;
  return !token.gap.startsWith(".") || before.text.length <= 2;
}

function styleOf(text: string): NameToken["style"] {
  const letters = text.replace(/^(?:[dlDL]['’ʼ]|(?:el|al)-)(?=\p{Lu})/u, "");
  if (!/^\p{Lu}/u.test(letters)) return "small";
  if (letters.length === 1 || /^\p{Lu}-\p{Lu}$/u.test(letters)) return "initial";
  return /\p{Ll}/u.test(letters.replace(/^Mc|^Mac/, "")) ? "capital" : "capitals";
}
