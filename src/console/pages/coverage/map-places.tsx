import type { Child } from "hono/jsx";
import { capitalize, counted, french } from "../../../french/typography.ts";
import { addressOfPublishers, aidsOf, authorityLabel, type CoverageRow } from "./coverage-rows.ts";
import { type CoverageState, coverageStates, stateExplained, stateLabel } from "./coverage-states.tsx";

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
  const detail = stage === null || stage === stateLabel(state) ? "" : ` (${stage})`;
  return french`${territory.name} : ${stateLabel(state)}${detail}, ${counted(aidsOf(row, theme).own, "aide propre", "aides propres")} au territoire`;
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
          <span>{`${capitalize(stateLabel(state))} – ${stateExplained(state)}`}</span>
        </li>
      ))}
    </ul>
  );
}
