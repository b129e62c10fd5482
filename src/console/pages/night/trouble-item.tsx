import type { Child } from "hono/jsx";
import { counted } from "../../../french/typography.ts";
import type { OfConnector } from "../../../model/run/digest.ts";

/** Written out of each kind: a night in which our network was down is no page of hundreds. */
const itemsShown = 20;

/** Connectors with which the same is wrong. `more`: where those that are not written out are found. */
export function TroubleSection<T>(given: {
  readonly title: string;
  readonly items: readonly T[];
  readonly more: string;
  readonly children: (item: T) => Child;
}): Child {
  const { title, items, more, children } = given;
  if (items.length === 0) return null;
  return (
    <section class="fr-mb-4w">
      <h2>
        {title} ({items.length})
      </h2>
      <ul class="moisson-items">
        {items.slice(0, itemsShown).map((item) => (
          <li>{children(item)}</li>
        ))}
      </ul>
      {items.length > itemsShown && (
        <p>
          <a href={more}>{`Voir aussi ${counted(items.length - itemsShown, "autre")}`}</a>
        </p>
      )}
    </section>
  );
}

/** What is said of one connector, and what to do. */
export function TroubleItem({
  of,
  said,
  children,
}: {
  readonly of: OfConnector;
  readonly said: readonly string[];
  readonly children?: Child;
}): Child {
  return (
    <>
      <h3 class="fr-h6 fr-mb-1v">
        <a href={`/connecteurs/${of.connector}`}>{of.publisher}</a>
      </h3>
      {said.map((sentence) => (
        <p class="fr-mb-1v">{sentence}</p>
      ))}
      {children !== undefined && <div class="fr-mt-1w">{children}</div>}
    </>
  );
}
