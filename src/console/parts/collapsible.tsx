import type { Child } from "hono/jsx";

/** Secondary content, collapsed on screen and open on paper. */
export function Collapsible(given: { readonly summary: string; readonly isOpen?: boolean; readonly children?: Child }): Child {
  return (
    <details class="moisson-folded fr-mb-3w" open={given.isOpen === true}>
      <summary class="fr-mb-1w">{given.summary}</summary>
      {given.children}
    </details>
  );
}
