import type { Child } from "hono/jsx";

/** What is long and not what a page is opened for: folded away on a screen, whole on paper. `summary`: what is in it, and how much. */
export function Collapsible(given: { readonly summary: string; readonly isOpen?: boolean; readonly children?: Child }): Child {
  return (
    <details class="moisson-folded fr-mb-3w" open={given.isOpen === true}>
      <summary class="fr-mb-1w">{given.summary}</summary>
      {given.children}
    </details>
  );
}
