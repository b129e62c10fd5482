import type { Child } from "hono/jsx";
import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { frenchDay } from "../../../french/dates.ts";
import { guardMessage } from "../../../french/guards.ts";
import { counted, french, sentence } from "../../../french/typography.ts";
import type { PastRun } from "../../../ingest/plan/guard-facts.ts";
import { type GuardSeries, guardSeries, pastRunOf, runsLearnedFrom } from "../../../ingest/plan/guard-series.ts";
import type { GuardFinding } from "../../../model/plan/guard.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { Table } from "../../parts/table.tsx";
import { isOpen } from "./plan-state.tsx";

/** Renders the findings of guards, with the figures of earlier runs. */
export async function GuardFindings({ catalogue, plan }: { readonly catalogue: Catalogue; readonly plan: PlanRecord }): Promise<Child> {
  const { guards, warnings } = plan;
  if (guards.length + warnings.length === 0) return null;
  const past = await pastOf(catalogue, plan);
  const day = parisDay(plan.createdAt);
  return (
    <section aria-labelledby="garde-fous">
      {guards.length > 0 && (
        <>
          <h2 id="garde-fous">{isOpen(plan) ? "Pourquoi ce plan attend" : "Pourquoi ce plan a été retenu"}</h2>
          <ul class="fr-raw-list">
            {guards.map((finding, place) => (
              <Finding finding={finding} past={past} day={day} id={`garde-fou-${place}`} isListed={isOpen(plan)} />
            ))}
          </ul>
        </>
      )}
      {warnings.length > 0 && (
        <>
          <h2 id={guards.length > 0 ? undefined : "garde-fous"}>À regarder</h2>
          <ul class="fr-raw-list">
            {warnings.map((finding, place) => (
              <Finding finding={finding} past={past} day={day} id={`remarque-${place}`} isListed={isOpen(plan)} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Finding(given: {
  readonly finding: GuardFinding;
  readonly past: readonly PastRun[];
  readonly day: string;
  readonly id: string;
  /** The page lists the aids that are missing from the feed. */
  readonly isListed: boolean;
}): Child {
  const { finding, past, day, id, isListed } = given;
  const series = guardSeries(finding, past);
  return (
    <li class="fr-mb-2w">
      <p class="fr-text--bold fr-mb-1w">{sentence(guardMessage(finding))}</p>
      {finding.code === "aids-gone" && isListed && (
        <p class="fr-mb-1w">
          <a href="#absentes">Voir ces aides, et quand elles seraient retirées</a>
        </p>
      )}
      {series !== null && <GuardChart series={series} day={day} id={id} />}
    </li>
  );
}

/** Returns the runs that the guards compared with the plan: the last runs applied before its creation. */
async function pastOf({ appliedRuns }: Catalogue, { connector, runId, createdAt }: PlanRecord): Promise<readonly PastRun[]> {
  if (connector === null || runId === null) return [];
  const reports = await appliedRuns.lastReports(connector, runsLearnedFrom, { runId, at: createdAt });
  return reports.map(({ report, appliedAt }) => pastRunOf(report, appliedAt));
}

const measureLabels: Readonly<Record<GuardSeries["what"], string>> = {
  aids: "Aides dans le flux",
  records: "Enregistrements reçus",
  "new-ids": "Part d’aides sous un identifiant nouveau",
  rejected: "Part d’enregistrements rejetés",
  filled: "Part d’aides dont le champ est rempli",
  unmapped: "Enregistrements aux mots sans correspondance",
};

const bar = 44;
const gap = 12;
const height = 110;
const above = 18;
const below = 18;

/** Renders a guard's measure in the last applied runs and in this one, as a bar chart with the limit and as a table. */
function GuardChart({ series, day, id }: { readonly series: GuardSeries; readonly day: string; readonly id: string }): Child {
  const { past, now, limit, lost, tripsBelow } = series;
  const bars = [...past, { day, value: now }];
  const top = Math.max(...bars.map(({ value }) => value), limit ?? 0) || 1;
  const width = bars.length * (bar + gap) + gap;
  const yOf = (value: number) => above + height - (value / top) * height;
  const shown = (value: number) => formatValue(series, value);
  const limitWords =
    limit === null
      ? ""
      : french` Seuil : ${lost === undefined ? shown(limit) : lostLimit(lost, limit)} ; ${tripsBelow ? "à ce seuil ou en dessous" : "à partir de ce seuil"}, une personne décide.`;
  return (
    <figure class="fr-mb-2w moisson-figure">
      <figcaption class="moisson-mention">{`${measureLabels[series.what]}, ${counted(past.length, "dernière collecte appliquée", "dernières collectes appliquées")} et celle-ci.${limitWords}`}</figcaption>
      <svg
        class="moisson-trend moisson-chart"
        viewBox={`0 0 ${width} ${above + height + below}`}
        width={width}
        height={above + height + below}
        role="img"
        aria-labelledby={`${id}-titre`}
      >
        <title
          id={`${id}-titre`}
        >{french`${measureLabels[series.what]} : ${shown(now)} dans cette collecte, ${rangeOf(series)} auparavant.${limitWords}`}</title>
        {bars.map(({ day: when, value }, place) => {
          const x = gap + place * (bar + gap);
          const isNow = place === bars.length - 1;
          return (
            <>
              <rect
                class={isNow ? "is-held" : "is-other"}
                x={x}
                y={yOf(value)}
                width={bar}
                height={Math.max(1, above + height - yOf(value))}
              />
              <text x={x + bar / 2} y={yOf(value) - 5} text-anchor="middle">
                {shown(value)}
              </text>
              <text x={x + bar / 2} y={above + height + 14} text-anchor="middle">
                {isNow ? "ce plan" : shortDay(when)}
              </text>
            </>
          );
        })}
        {limit !== null && <line class="is-limit" x1="0" x2={width} y1={yOf(limit)} y2={yOf(limit)} />}
      </svg>
      <details>
        <summary>Les mêmes nombres en tableau</summary>
        <Table
          caption={measureLabels[series.what]}
          head={["Collecte appliquée le", { title: "Valeur", isNumber: true }]}
          rows={[
            ...bars.map(({ day: when, value }, place) => [place === bars.length - 1 ? "ce plan" : frenchDay(when), shown(value)]),
            ...(limit === null ? [] : [["seuil du garde-fou", shown(limit)]]),
          ]}
        />
      </details>
    </figure>
  );
}

/** Returns the limit of `aids-gone` as the share of its sentence, and as the number of aids of the chart. */
function lostLimit({ share, least }: NonNullable<GuardSeries["lost"]>, limit: number): string {
  return french`${Math.round(100 * share)} % d'aides perdues${least === null ? "" : french`, au moins ${least}`}, soit ${limit} restantes`;
}

function formatValue({ isShare }: GuardSeries, value: number): string {
  return isShare ? french`${Math.round(1000 * value) / 10} %` : french`${value}`;
}

function rangeOf(series: GuardSeries): string {
  const values = series.past.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? formatValue(series, least) : french`de ${formatValue(series, least)} à ${formatValue(series, most)}`;
}

function shortDay(day: string): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}`;
}
