import type { Letter } from "./letter.ts";
import { pointsOf } from "./points.ts";

/** True where two letters say the same: what is to be mended and asked, how often, and which words. Examples, scores and days do not matter. */
export function saysTheSame(a: Letter, b: Letter): boolean {
  return essence(a) === essence(b);
}

/** What a letter comes to, as text; in one order, whichever it was found in. */
function essence(letter: Letter): string {
  const points = pointsOf(letter).map(({ code, field, count }) => JSON.stringify([code, field, count]));
  const words = letter.words.flatMap(({ vocabulary, terms, more }) => [
    ...terms.map(({ term, count }) => JSON.stringify(["word", vocabulary, term, count])),
    JSON.stringify(["more", vocabulary, more]),
  ]);
  const gone = letter.questions.flatMap(({ code, field }) => (code === "field-never-seen" ? [JSON.stringify(["gone", field])] : []));
  const { notFound, identifier, trouble } = letter;
  const rest = JSON.stringify([[...notFound].sort(), identifier, trouble?.outcome ?? null]);
  return [...[...points, ...words, ...gone].sort(), rest].join("\n");
}
