import type { Child } from "hono/jsx";
import type { CoverageState } from "./coverage-state.ts";

/** Said by its shape and not by its colour alone: full, half, barred, empty. */
const shapes: Readonly<Record<CoverageState, string>> = {
  online: "M1 1h12v12h-12z",
  talking: "M1 13L13 1V13z",
  stopped: "M1 6h12v2h-12z",
  absent: "",
};

/** A small mark of how far one is; the word stands beside it. */
export function StateMark({ state }: { readonly state: CoverageState }): Child {
  return (
    <svg class={`moisson-map__small is-${state}`} width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      <rect x="1" y="1" width="12" height="12" fill="none" />
      <path d={shapes[state]} />
    </svg>
  );
}
