import type { Child } from "hono/jsx";
import type { CoverageState } from "./coverage-state.ts";

/** By what a place is filled, that colours are not alone to say how far one is. `prefix`: of the ids, of which a page has each once. */
export function fillOf(state: CoverageState, prefix = "carte"): string {
  return `url(#${prefix}-${state})`;
}

/** The patterns of the map: full, striped, dotted, empty. `scale`: how large they are, in units of the plane that they are drawn in. */
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
