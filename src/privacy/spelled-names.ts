import type { FoundEmail } from "./find-emails.ts";
import { foldName, nameWords } from "./fold-name.ts";
import { goesOn, type NameToken } from "./name-tokens.ts";
import { mailboxWords } from "./name-vocabulary.ts";
import type { Stretch } from "./readable-view.ts";

/** Finds names that an address spells out, in any form: "dupont anne" beside anne.dupont@. Ignores words that are `taken`. */
export function spelledNames(
  tokens: readonly NameToken[],
  emails: readonly FoundEmail[],
  taken: readonly Stretch[],
): (readonly NameToken[])[] {
  const spelled = new Map<string, number>();
  for (const { local } of emails) {
    const parts = wordsOf(local);
    const isName = parts.length >= 2 && parts.every((part) => part.length > 1 && !mailboxWords.has(part));
    if (isName) spelled.set(foldName(parts), parts.length);
  }
  if (spelled.size === 0) return [];
  const longest = Math.max(...spelled.values());
  const isFree = ({ start, end }: NameToken) => !taken.some((other) => start < other.end && end > other.start);
  return tokens.flatMap((first, at) => {
    if (!isFree(first)) return [];
    const all = [first];
    for (let last = at; last < at + longest; last++) {
      const [token, before] = [tokens[last], tokens[last - 1]];
      if (token === undefined || (last > at && (!goesOn(token, before) || !isFree(token)))) return [];
      if (last > at) all.push(token);
      if (spelled.has(foldName(all.flatMap(({ text }) => wordsOf(text))))) return [all];
    }
    return [];
  });
}

function wordsOf(text: string): string[] {
  return nameWords(text).map(({ folded }) => folded);
}
