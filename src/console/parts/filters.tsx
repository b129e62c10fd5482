import type { Child } from "hono/jsx";
import { counted } from "../../french/typography.ts";
import { Link } from "./link.tsx";

/**
 * A form of filters. On a narrow screen it is folded, so that the list is on the first screen. `action`: address of the list; `inUse`: number
 * of filters in use; `level`: level of its hidden heading.
 */
export function Filters(given: {
  readonly action: string;
  readonly all: string;
  readonly inUse: number;
  readonly title?: string;
  readonly level?: 2 | 3;
  readonly children?: Child;
}): Child {
  const { action, all, inUse, title = "Filtrer", level = 2 } = given;
  const Title = `h${level}` as "h2";
  return (
    <form method="get" action={action} class="moisson-filters">
      <Title class="fr-sr-only">{title}</Title>
      <details class="moisson-filters__fold">
        <summary>{inUse === 0 ? "Filtrer" : `Filtrer : ${counted(inUse, "filtre actif", "filtres actifs")}`}</summary>
        {given.children}
      </details>
      {inUse > 0 && <Link href={all} label="Tout afficher" />}
    </form>
  );
}
