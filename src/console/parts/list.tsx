import type { Child } from "hono/jsx";

/** A list of texts or other contents, with a bullet for each. Nothing for an empty list. */
export function List({ items, class: classes }: { readonly items: readonly Child[]; readonly class?: string }): Child {
  if (items.length === 0) return null;
  return (
    <ul class={classes}>
      {items.map((item) => (
        <li>{item}</li>
      ))}
    </ul>
  );
}
