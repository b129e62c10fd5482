import type { Child } from "hono/jsx";

/** A list of texts or other contents, with a bullet for each. Leaves out items that are `false`. Nothing for an empty list. */
export function List({ items, class: classes }: { readonly items: readonly Child[]; readonly class?: string }): Child {
  const shown = items.filter((item) => item !== false);
  if (shown.length === 0) return null;
  return (
    <ul class={classes}>
      {shown.map((item) => (
        <li>{item}</li>
      ))}
    </ul>
  );
}
