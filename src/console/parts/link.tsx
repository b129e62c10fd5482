import type { Child } from "hono/jsx";

/** An address and the text of its link. */
interface LinkGiven {
  readonly href: string;
  readonly label: Child;
}

/** A link on its own, outside a sentence. `icon`: classes of an icon and of its side. */
export function Link({ href, label, icon }: LinkGiven & { readonly icon?: string }): Child {
  return (
    <a class={icon === undefined ? "fr-link" : `fr-link ${icon}`} href={href}>
      {label}
    </a>
  );
}

/** A link in a paragraph of its own. */
export function ParagraphLink(given: LinkGiven): Child {
  return (
    <p>
      <Link {...given} />
    </p>
  );
}

/** A link with the look of a button. */
export function ButtonLink(
  given: LinkGiven & { readonly kind?: "primary" | "secondary" | "tertiary"; readonly size?: "sm" | "md" },
): Child {
  const { href, label, kind = "primary", size } = given;
  return (
    <a class={`fr-btn${kind === "primary" ? "" : ` fr-btn--${kind}`}${size === "sm" ? " fr-btn--sm" : ""}`} href={href}>
      {label}
    </a>
  );
}
