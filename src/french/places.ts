import { french } from "./typography.ts";

/** Locators that are not a list of steps. */
const wholePlaces: Readonly<Record<string, string>> = { zip: "archive zip", "its content encoding": "compression de la réponse" };

/** A step of a locator: its pattern, and the French word before its number or name. */
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

/** Returns a location in a feed (`page 2, item 17`) in French. Numbers are not formatted, so that people can search for them. */
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
