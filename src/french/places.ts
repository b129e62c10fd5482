import { french } from "./typography.ts";

/** Whole places that are no list of steps. */
const wholePlaces: Readonly<Record<string, string>> = { zip: "archive zip", "its content encoding": "compression de la réponse" };

/** A step of a place: how it is written, and what comes before the number or the name in French. */
const steps: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/^row (\d+)$/, "ligne"],
  [/^line (\d+)$/, "ligne"],
  [/^column (\d+)$/, "colonne"],
  [/^page (\d+)$/, "page"],
  [/^byte (\d+)$/, "octet"],
  [/^sheet (.+)$/, "feuille"],
  [/^after item (\d+)$/, "après l’enregistrement"],
  [/^after (\/.+)$/, "après"],
  [/^in (\/.+)$/, "dans"],
];

/** Where something stands in a feed (`page 2, item 17`), in French; numbers stay as they are, to be looked for. */
export function placeMessage(locator: string): string {
  return wholePlaces[locator] ?? locator.split(", ").map(stepMessage).join(", ");
}

function stepMessage(step: string): string {
  const item = /^item (\d+)$/.exec(step)?.[1];
  if (item !== undefined) return french`enregistrement n° ${item}`;
  for (const [pattern, word] of steps) {
    const named = pattern.exec(step)?.[1];
    if (named !== undefined) return `${word} ${named}`;
  }
  return step;
}
