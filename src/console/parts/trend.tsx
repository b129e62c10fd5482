import type { Child } from "hono/jsx";
import { counted, french } from "../../french/typography.ts";
import { isToLookAt, type RunFigures } from "../../model/run/run-attention.ts";
import { outcomeLabel } from "./badge.tsx";
import { type RunTone, toneOf } from "./run-tone.ts";

/** A run of a trend. `size`: number of records. The height of the bar shows it. */
export interface TrendRun extends RunFigures {
  readonly size?: number | null;
}

/** Heights if sizes are unknown. Like the colour, the height shows how the run ended, for colour-blind people. */
const heights: Readonly<Record<RunTone, number>> = { good: 1, same: 1, look: 0.8, held: 0.6, other: 0.3, bad: 0.3 };

/** The last runs of a connector as bars, oldest first, with a text alternative. Bars of one colour share one SVG path: this keeps the page small. */
export function Trend(given: { readonly runs: readonly TrendRun[]; readonly barWidth?: number; readonly height?: number }): Child {
  const { runs, barWidth = 3, height = 16 } = given;
  if (runs.length === 0) return <span class="moisson-mention moisson-unbroken">jamais collecté</span>;
  const max = Math.max(1, ...runs.map(({ size }) => size ?? 0));
  const hasSizes = runs.some(({ size }) => typeof size === "number");
  const step = barWidth + 1;
  const paths = new Map<RunTone, string>();
  for (const [index, run] of runs.entries()) {
    const { outcome, size } = run;
    const tone = isToLookAt(run) ? "look" : outcome === null ? "other" : toneOf(outcome);
    const share = hasSizes && tone !== "bad" ? (size ?? 0) / max : heights[tone];
    const bar = Math.max(2, Math.round(share * height));
    paths.set(tone, `${paths.get(tone) ?? ""}M${index * step} ${height - bar}h${barWidth}v${bar}h-${barWidth}z`);
  }
  const width = runs.length * step;
  return (
    <svg class="moisson-trend" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={trendMessage(runs)}>
      {[...paths].map(([tone, path]) => (
        <path class={`is-${tone}`} d={path} />
      ))}
    </svg>
  );
}

/** Returns the text alternative: « 30 dernières collectes : 27 sans changement, 2 appliquées, 1 retenue ; la dernière : appliquée ». */
export function trendMessage(runs: readonly TrendRun[]): string {
  const counts = new Map<string, number>();
  for (const { outcome } of runs) {
    const word = outcome === null ? "sans fin connue" : outcomeLabel(outcome);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const parts = [...counts].sort(([, a], [, b]) => b - a).map(([word, count]) => french`${count} ${count > 1 ? pluralOf(word) : word}`);
  const last = runs.at(-1)?.outcome ?? null;
  return french`${counted(runs.length, "dernière collecte", "dernières collectes")} : ${parts.join(", ")} ; la plus récente : ${last === null ? "sans fin connue" : outcomeLabel(last)}`;
}

/** Returns « appliquées, avec des rejets ». Words without a feminine, such as « sans changement », stay as they are. */
function pluralOf(outcome: string): string {
  return outcome.replace(/^\p{L}+e(?=\P{L}|$)/u, "$&s");
}
