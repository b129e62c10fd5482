import type { Child } from "hono/jsx";
import { frenchDay } from "../../../french/dates.ts";
import { counted, french, joinedWithAnd } from "../../../french/typography.ts";
import { type Night, type NightTone, nightTone } from "./read-nights.ts";

const shownTones = ["bad", "held", "look"] as const satisfies readonly NightTone[];
const barWidth = 24;
const height = 72;
/** Room for the number above a bar. */
const above = 16;

/** Number of connectors to look at, night by night, as stacked bars: failures below, then held runs, then runs with rejects. A bar leads to its night. */
export function TroubledNights({
  days,
  nights,
}: {
  readonly days: readonly string[];
  readonly nights: readonly (readonly Night[])[];
}): Child {
  const counts = days.map((day, place) => ({
    day,
    tones: shownTones.map((tone) => nights.flatMap((own) => own[place] ?? []).filter((night) => nightTone(night) === tone).length),
  }));
  const totals = counts.map(({ tones }) => tones.reduce((sum, count) => sum + count, 0));
  const max = Math.max(...totals);
  if (max === 0) return <p>Aucune nuit retenue, en échec ou avec des rejets.</p>;
  return (
    <figure class="moisson-figure fr-mb-3w">
      <figcaption class="fr-mb-1w">Connecteurs à regarder, nuit par nuit</figcaption>
      <svg
        class="moisson-bars"
        viewBox={`0 0 ${days.length * barWidth} ${height + above}`}
        role="group"
        aria-label="Connecteurs à regarder, nuit par nuit"
      >
        {counts.map(({ day, tones }, place) => (
          <Bar day={day} tones={tones} total={totals[place] ?? 0} max={max} x={place * barWidth} />
        ))}
        <path class="is-axis" d={`M0 ${height + above - 0.5}h${days.length * barWidth}`} />
      </svg>
    </figure>
  );
}

function Bar(given: {
  readonly day: string;
  readonly tones: readonly number[];
  readonly total: number;
  readonly max: number;
  readonly x: number;
}): Child {
  const { day, tones, total, max, x } = given;
  if (total === 0) return null;
  let bottom = height + above;
  const parts = tones.map((count, place) => {
    const part = (count / max) * height;
    bottom -= part;
    return count === 0 ? null : (
      <path class={`is-${shownTones[place]}`} d={`M${x + 2} ${bottom.toFixed(1)}h${barWidth - 4}v${part.toFixed(1)}h-${barWidth - 4}z`} />
    );
  });
  return (
    <a href={`/collectes?depuis=${day}&jusque=${day}`}>
      <title>{french`${frenchDay(day)} : ${inWords(tones)}`}</title>
      {parts}
      <text x={x + barWidth / 2} y={bottom - 4} text-anchor="middle">
        {total}
      </text>
    </a>
  );
}

function inWords(tones: readonly number[]): string {
  const [bad = 0, held = 0, look = 0] = tones;
  return joinedWithAnd([
    ...(bad > 0 ? [french`${bad} en échec`] : []),
    ...(held > 0 ? [counted(held, "retenue")] : []),
    ...(look > 0 ? [french`${look} avec des rejets`] : []),
  ]);
}
