import type { Child } from "hono/jsx";

/** Secondary content: collapsed on screen, open on paper. `summary`: what it contains, and how much. */
export function Collapsible(given: { readonly summary: string; readonly isOpen?: boolean; readonly children?: Child }): Child {
  return (
    <details class="moisson-folded fr-mb-3w" open={given.isOpen === true}>
      <summary class="fr-mb-1w">{given.summary}</summary>
      {given.children}
    </details>
  );
}
