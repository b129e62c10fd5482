import type { Child } from "hono/jsx";
import { capitalize, counted, french, isPlural } from "../../../french/typography.ts";
import type { Filter } from "../../lists/list.ts";
import { formatNumber } from "../../parts/table.tsx";
import { addressOfPublishers, aidsOf, authorityLabel, type CoverageRow } from "./coverage-rows.ts";
import { type CoverageState, coverageStates, stateExplanations, stateLabels } from "./coverage-states.tsx";

/** How the map colours its territories, and where they lead. */
export interface Shading {
  /** A sentence above the map. */
  readonly summary: string;
  readonly legend: Child;
  /** Class of a territory: `is-…`. */
  classOf(row: CoverageRow): string;
  /** The fill of a territory, or undefined if its class sets it. `prefix`: prefix of the pattern's id. */
  fillOf(row: CoverageRow, prefix?: string): string | undefined;
  labelOf(row: CoverageRow): string;
  addressOf(row: CoverageRow): string;
}

/** A territory on the map: a link with its name and figures as text. `children`: its shape. */
export function PlaceLink(given: {
  readonly row: CoverageRow;
  readonly shading: Shading;
  readonly patterns?: string;
  readonly children?: Child;
}): Child {
  const { row, shading, patterns, children } = given;
  const label = shading.labelOf(row);
  return (
    <a href={shading.addressOf(row)} aria-label={label} class={`moisson-map__place ${shading.classOf(row)}`} data-etat={row.state}>
      <title>{label}</title>
      <g fill={shading.fillOf(row, patterns)}>{children}</g>
    </a>
  );
}

/** Shades the map by the state of each territory's authority. Each territory links to its publishers. */
export function shadeByState(drawn: readonly CoverageRow[], theme: string | null): Shading {
  const online = drawn.filter(({ state }) => state === "online").length;
  return {
    summary: french`Producteurs : ${online} en ligne sur ${drawn.length}. Chaque territoire mène à ses producteurs ; le tableau dit la même chose.`,
    legend: <StateLegend />,
    classOf: ({ state }) => `is-${state}`,
    fillOf: ({ state }, prefix) => fillOf(state, prefix),
    labelOf: (row) => placeSentence(row, theme),
    addressOf: ({ key }) => addressOfPublishers(key),
  };
}

/** Returns a label like « Bretagne : en discussion (accord), 3 aides propres au territoire ». */
function placeSentence(row: CoverageRow, theme: string | null): string {
  const { territory, state } = row;
  const stage = authorityLabel(row);
  const detail = stage === null || stage === stateLabels[state] ? "" : ` (${stage})`;
  return french`${territory.name} : ${stateLabels[state]}${detail}, ${counted(aidsOf(row, theme).own, "aide propre", "aides propres")} au territoire`;
}

/** Returns the pattern of a state, for people who do not see colours. `prefix`: prefix of the pattern's id. */
function fillOf(state: CoverageState, prefix = "carte"): string {
  return `url(#${prefix}-${state})`;
}

/** The patterns of the states. `scale`: factor of their size; `prefix`: makes their ids unique in the page. */
export function CoveragePatterns({ scale, prefix = "carte" }: { readonly scale: number; readonly prefix?: string }): Child {
  const size = 8 * scale;
  const pattern = (state: CoverageState, mark: Child) => (
    <pattern id={`${prefix}-${state}`} width={size} height={size} patternUnits="userSpaceOnUse">
      <rect class={`moisson-map__ground is-${state}`} width={size} height={size} />
      {mark}
    </pattern>
  );
  const stripes = `M${-scale} ${scale}L${scale} ${-scale}M0 ${size}L${size} 0M${size - scale} ${size + scale}L${size + scale} ${size - scale}`;
  return (
    <defs>
      {pattern("online", null)}
      {pattern("talking", <path class="moisson-map__mark is-talking" d={stripes} stroke-width={3 * scale} />)}
      {pattern("stopped", <circle class="moisson-map__dot" cx={size / 2} cy={size / 2} r={2 * scale} />)}
      {pattern("absent", null)}
    </defs>
  );
}

function StateLegend(): Child {
  return (
    <ul class="moisson-map__legend">
      {coverageStates.map((state) => (
        <li>
          <svg width="28" height="20" viewBox="0 0 28 20" aria-hidden="true">
            <CoveragePatterns scale={1} prefix={`legende-${state}`} />
            <rect class={`moisson-map__place is-${state}`} x="1" y="1" width="26" height="18" fill={fillOf(state, `legende-${state}`)} />
          </svg>{" "}
          <span>{`${capitalize(stateLabels[state])} – ${stateExplanations[state]}`}</span>
        </li>
      ))}
    </ul>
  );
}

/** Number of shades, without the one for territories that have no aid. */
const shadeCount = 4;

/** Shades the map by the number of open aids of each territory, whoever published them. Each territory links to these aids. */
export function shadeByAids(drawn: readonly CoverageRow[], filter: Filter): Shading {
  const theme = filter.theme ?? null;
  const countOf = (row: CoverageRow) => aidsOf(row, theme).own;
  const ranges = rangesOf(drawn.map(countOf));
  const classOf = (row: CoverageRow) => `is-shade-${shadeOf(countOf(row), ranges)}`;
  const covered = drawn.filter((row) => countOf(row) > 0).length;
  return {
    summary: french`${coveredInWords(covered, drawn.length)}, quel que soit leur producteur. Chaque territoire mène à ses aides ; le tableau dit la même chose.`,
    legend: <AidsLegend ranges={ranges} />,
    classOf,
    fillOf: () => undefined,
    labelOf: (row) =>
      french`${row.territory.name} : ${counted(countOf(row), "aide ouverte propre", "aides ouvertes propres")} au territoire`,
    addressOf: ({ key }) => `/aides?${new URLSearchParams({ ...aidQuery(filter), territoire: key, portee: "dedans" })}`,
  };
}

function coveredInWords(covered: number, of: number): string {
  if (covered === 0) return french`aucun territoire sur ${of} n'a d'aides ouvertes qui lui soient propres`;
  return isPlural(covered)
    ? french`${covered} territoires sur ${of} ont des aides ouvertes qui leur sont propres`
    : french`${covered} territoire sur ${of} a des aides ouvertes qui lui sont propres`;
}

/** Returns the query of the list of open aids with this theme and audience. */
function aidQuery({ theme, public: audience }: Filter): Record<string, string> {
  return {
    situation: "live",
    cloture: "a-venir",
    ...(theme !== undefined && { theme }),
    ...(audience !== undefined && { public: audience }),
  };
}

/** The least and greatest count of a shade. */
type Range = readonly [least: number, greatest: number];

/** Returns the ranges of the shades: each has about as many territories as the others. Empty if no territory has an aid. */
function rangesOf(counts: readonly number[]): readonly Range[] {
  const sorted = counts.filter((count) => count > 0).sort((a, b) => a - b);
  const starts = Array.from({ length: shadeCount }, (_, shade) => sorted[Math.floor((shade * sorted.length) / shadeCount)] ?? 0);
  const distinct = [...new Set(starts)].filter((start) => start > 0);
  return distinct.map((start, place) => [start, (distinct[place + 1] ?? (sorted.at(-1) ?? 0) + 1) - 1] as const);
}

/** Returns 0 for a territory without aids. The shade with the most aids is always the darkest. */
function shadeOf(count: number, ranges: readonly Range[]): number {
  const place = ranges.findIndex(([least, greatest]) => count >= least && count <= greatest);
  return place < 0 ? 0 : shadeCount - (ranges.length - 1 - place);
}

function AidsLegend({ ranges }: { readonly ranges: readonly Range[] }): Child {
  const shades = [[0, 0] as const, ...ranges];
  return (
    <ul class="moisson-map__legend">
      {shades.map(([least, greatest]) => (
        <li>
          <svg width="28" height="20" viewBox="0 0 28 20" aria-hidden="true">
            <rect class={`moisson-map__place is-shade-${shadeOf(least, ranges)}`} x="1" y="1" width="26" height="18" />
          </svg>{" "}
          <span>{rangeInWords(least, greatest)}</span>
        </li>
      ))}
    </ul>
  );
}

function rangeInWords(least: number, greatest: number): string {
  if (greatest === 0) return "aucune aide";
  return least === greatest ? counted(least, "aide") : french`de ${formatNumber(least)} à ${counted(greatest, "aide")}`;
}
