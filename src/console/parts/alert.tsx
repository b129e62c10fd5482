import type { Child } from "hono/jsx";

/** Something to know before reading on. `isSaid`: it answers what was just done, so that the page begins at it, and screen readers say it at once. */
export function Alert(given: {
  readonly kind: "info" | "success" | "warning" | "error";
  readonly title?: string;
  readonly children?: Child;
  readonly isAnnounced?: boolean;
  /** Level of the title in the page. Default 3. */
  readonly level?: 2 | 3 | 4;
}): Child {
  const Title = `h${given.level ?? 3}` as "h3";
  return (
    <div
      class={`fr-alert fr-alert--${given.kind}${given.title === undefined ? " fr-alert--sm" : ""} fr-mb-3w`}
      {...(given.isAnnounced && { role: "alert", tabindex: -1, autofocus: true })}
    >
      {given.title !== undefined && <Title class="fr-alert__title">{given.title}</Title>}
      {given.children}
    </div>
  );
}

/** What is wrong in a form that was sent, as a list whose entries lead to the fields. */
export function Problems({ problems }: { readonly problems: Readonly<Record<string, string>> }): Child {
  const found = Object.entries(problems);
  if (found.length === 0) return null;
  return (
    <Alert
      kind="error"
      title={found.length === 1 ? "Une information est à corriger" : `${found.length} informations sont à corriger`}
      isAnnounced
      level={2}
    >
      <ul>
        {found.map(([name, problem]) => (
          <li>
            <a href={`#champ-${name.replace(/[^\w-]/g, "-")}`}>{problem}</a>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
