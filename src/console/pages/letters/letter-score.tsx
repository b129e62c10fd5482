import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { scoreSentences } from "../../../partners/letters/french/letter.ts";
import type { Letter } from "../../../partners/letters/letter.ts";
import { ScoreTrend } from "./score-trend.tsx";

/** The score of a feed, how it went on, and what it is made of. */
export function LetterScore({ letter }: { readonly letter: Letter }): Child {
  if (letter.score === null) return null;
  return (
    <section>
      <h2>{french`La note de vos données : ${letter.score} sur 100`}</h2>
      <ScoreTrend trend={letter.trend} />
      <p class="fr-mb-1w">Elle mesure ce qui peut être repris sans retouche, et se calcule ainsi :</p>
      <ul class="fr-mb-3w">
        {scoreSentences(letter).map((one) => (
          <li>{one}</li>
        ))}
      </ul>
    </section>
  );
}
