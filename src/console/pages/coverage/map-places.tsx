import type { Child } from "hono/jsx";
import { capitalize, counted, french } from "../../../french/typography.ts";
import { addressOfPublishers, aidsOf, authorityLabel, type CoverageRow } from "./coverage-rows.ts";
import { type CoverageState, coverageStates, stateExplained, stateLabel } from "./coverage-states.tsx";

/** A territory on the map: a link to its publishers, with its name and state as text. `children`: its shape. */
export function PlaceLink(given: {
  readonly row: CoverageRow;
  readonly theme: string | null;
  readonly patterns?: string;
  readonly children?: Child;
}): Child {
  const { row, theme, patterns, children } = given;
  const label = placeSentence(row, theme);
  return (
    <a href={addressOfPublishers(row.key)} aria-label={label} class={`moisson-map__place is-${row.state}`} data-etat={row.state}>
      <title>{label}</title>
      <g fill={fillOf(row.state, patterns)}>{children}</g>
    </a>
  );
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

/** The legend of the map. */
export function MapLegend(): Child {
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
