import type { Child } from "hono/jsx";
import { capital } from "../../../french/typography.ts";
import { CoveragePatterns, fillOf } from "./coverage-patterns.tsx";
import { coverageStates } from "./coverage-state.ts";
import { stateExplained, stateWord } from "./state-words.ts";

/** What colours and patterns of the map stand for. */
export function MapLegend(): Child {
  return (
    <ul class="moisson-map__legend">
      {coverageStates.map((state) => (
        <li>
          <svg width="28" height="20" viewBox="0 0 28 20" aria-hidden="true">
            <CoveragePatterns scale={1} prefix={`legende-${state}`} />
            <rect class={`moisson-map__place is-${state}`} x="1" y="1" width="26" height="18" fill={fillOf(state, `legende-${state}`)} />
          </svg>{" "}
          <span>{`${capital(stateWord(state))} – ${stateExplained(state)}`}</span>
        </li>
      ))}
    </ul>
  );
}
