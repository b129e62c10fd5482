import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { scoreSentences, trendSentence } from "../../../partners/letters/french/letter.ts";
import type { Letter } from "../../../partners/letters/letter.ts";

/** The score of a feed, its history and how it is computed. */
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

const barWidth = 16;
const gap = 6;
const height = 60;

/** Bar chart of the last scores, with a sentence that describes it. */
function ScoreTrend({ trend }: { readonly trend: Letter["trend"] }): Child {
  if (trend.length === 0) return null;
  if (trend.length === 1) return <p>{trendSentence(trend)}</p>;
  const width = trend.length * (barWidth + gap);
  const path = trend.map(({ score }, index) => {
    const bar = Math.max(2, Math.round((score / 100) * height));
    return `M${index * (barWidth + gap)} ${height - bar}h${barWidth}v${bar}h-${barWidth}z`;
  });
  return (
    <figure class="moisson-figure fr-mb-3w">
      <svg class="moisson-trend" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <path class="moisson-score" d={path.join("")} />
      </svg>
      <figcaption>{trendSentence(trend)}</figcaption>
    </figure>
  );
}
