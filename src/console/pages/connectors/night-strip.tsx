import type { Child } from "hono/jsx";
import { frenchDay } from "../../../french/dates.ts";
import { counted, french } from "../../../french/typography.ts";
import { runLabel } from "../../parts/badge.tsx";
import { type Night, type NightTone, nightTone } from "./read-nights.ts";

/** Nights of a group. The groups of a connector are side by side, or one below the other on a narrow screen. */
export const nightsPerGroup = 10;
const cell = 24;

/** The tones, in the order of the legend and of the table. */
export const nightTones: readonly NightTone[] = ["good", "same", "look", "held", "bad", "other", "none"];

const labels: Readonly<Record<NightTone, readonly [one: string, many: string]>> = {
  good: ["appliquée", "appliquées"],
  same: ["sans changement", "sans changement"],
  look: ["appliquée avec des rejets", "appliquées avec des rejets"],
  held: ["retenue", "retenues"],
  bad: ["en échec", "en échec"],
  other: ["préparée", "préparées"],
  none: ["sans collecte", "sans collecte"],
};

/** Returns the label of a tone, for `count` nights. */
export function nightToneLabel(tone: NightTone, count = 1): string {
  return labels[tone][count > 1 ? 1 : 0];
}

/** The mark of a tone inside its cell, so that tones differ without colours. `x`: left side of the cell. */
const marks: Readonly<Partial<Record<NightTone, (x: number) => string>>> = {
  look: (x) => `M${x + 11} 6h2v8h-2zm0 10h2v2h-2z`,
  held: (x) => `M${x + 8} 7h3v10h-3zm5 0h3v10h-3z`,
  bad: (x) => `M${x + 7.5} 9l1.5-1.5 3 3 3-3 1.5 1.5-3 3 3 3-1.5 1.5-3-3-3 3-1.5-1.5 3-3z`,
  none: (x) => `M${x + 9} 11h6v2h-6z`,
};

/** The last thirty nights of a connector. Each cell leads to its run, or to the runs of that night. */
export function NightStrip({
  connector,
  name,
  nights,
}: {
  readonly connector: string;
  readonly name: string;
  readonly nights: readonly Night[];
}): Child {
  const groups = Array.from({ length: Math.ceil(nights.length / nightsPerGroup) }, (_, at) =>
    nights.slice(at * nightsPerGroup, (at + 1) * nightsPerGroup),
  );
  return (
    <div class="moisson-nights" role="group" aria-label={french`${name} : ${nightsInWords(nights)}`}>
      {groups.map((group) => (
        <svg
          viewBox={`0 0 ${nightsPerGroup * cell} ${cell}`}
          role="group"
          aria-label={french`à partir du ${frenchDay(group[0]?.day ?? "")}`}
        >
          {group.map((night, place) => (
            <Cell night={night} x={place * cell} connector={connector} />
          ))}
        </svg>
      ))}
    </div>
  );
}

function Cell({ night, x, connector }: { readonly night: Night; readonly x: number; readonly connector: string }): Child {
  const tone = nightTone(night);
  const mark = marks[tone]?.(x);
  const { day, run } = night;
  const shape = (
    <>
      <title>{nightLabel(night)}</title>
      {tone !== "none" && <rect x={x + 1} />}
      {mark !== undefined && <path d={mark} />}
    </>
  );
  if (run === null) return <g class="is-none">{shape}</g>;
  const to = run.runs === 1 ? `/collectes/${run.runId}` : `/collectes?connecteur=${connector}&depuis=${day}&jusque=${day}`;
  return (
    <a class={`is-${tone}`} href={to}>
      {shape}
    </a>
  );
}

/** Returns for example « 12 novembre 2026 : retenue, puis appliquée (2 collectes) ». */
function nightLabel({ day, run }: Night): string {
  if (run === null) return french`${frenchDay(day)} : sans collecte`;
  const label = runLabel({ outcome: run.outcome, since: run.since }) ?? "";
  return french`${frenchDay(day)} : ${label}${run.runs > 1 ? french` (${counted(run.runs, "collecte")})` : ""}`;
}

/** Counts nights by tone. */
export function countTones(nights: readonly Night[]): ReadonlyMap<NightTone, number> {
  const counts = new Map<NightTone, number>();
  for (const night of nights) counts.set(nightTone(night), (counts.get(nightTone(night)) ?? 0) + 1);
  return counts;
}

/** Returns « 30 dernières nuits : 27 sans changement, 2 retenues ». */
function nightsInWords(nights: readonly Night[]): string {
  const counts = countTones(nights);
  const parts = nightTones.flatMap((tone) => {
    const count = counts.get(tone) ?? 0;
    return count === 0 ? [] : [french`${count} ${nightToneLabel(tone, count)}`];
  });
  return french`${counted(nights.length, "dernière nuit", "dernières nuits")} : ${parts.join(", ")}`;
}

/** The legend: each tone with its mark. */
export function NightLegend(): Child {
  return (
    <ul class="moisson-legend">
      {nightTones.map((tone) => (
        <li>
          <svg class="moisson-legend__mark" viewBox={`0 0 ${cell} ${cell}`} aria-hidden="true">
            <g class={`is-${tone}`}>
              {tone !== "none" && <rect x={1} />}
              {marks[tone] !== undefined && <path d={marks[tone]?.(0)} />}
            </g>
          </svg>{" "}
          {nightToneLabel(tone)}
        </li>
      ))}
    </ul>
  );
}
