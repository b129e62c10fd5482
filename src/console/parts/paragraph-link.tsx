import type { Child } from "hono/jsx";

/** A link in a paragraph of its own. */
export function ParagraphLink({ href, label }: { readonly href: string; readonly label: string }): Child {
  return (
    <p>
      <a class="fr-link" href={href}>
        {label}
      </a>
    </p>
  );
}
