import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { frenchMonth } from "../../../french/month.ts";
import { french } from "../../../french/typography.ts";
import { readMonthlyFigures } from "../../../partners/figures/monthly-figures.ts";
import { formatNumber } from "../../parts/table.tsx";
import type { Visit } from "../../visit.ts";

/** Figures of a publisher, by its connectors: of the month that goes on, and where the others are. */
export async function PublisherFigures(given: {
  readonly visit: Visit;
  readonly publisher: StoredPublisher;
  readonly connectors: readonly string[];
}): Promise<Child> {
  const { visit, publisher, connectors } = given;
  if (connectors.length === 0) return null;
  const [current] = await readMonthlyFigures(visit.catalogue, connectors, visit.now, 1);
  if (current === undefined) return null;
  const shown: readonly (readonly [string, number | null])[] = [
    ["En ligne", current.onSite],
    ["Entrées", current.entered],
    ["Sorties", current.left],
    ["Modifiées", current.updated],
    ["Date limite passée", current.expired],
    ["Note de qualité", current.score],
  ];
  return (
    <section class="fr-mb-4w">
      <h2>{french`Ses chiffres en ${frenchMonth(current.month)}`}</h2>
      <dl class="moisson-figures">
        {shown.map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value === null ? "–" : formatNumber(value)}</dd>
          </div>
        ))}
      </dl>
      <p>
        <a href={`/producteurs/${publisher.publisherId}/chiffres`}>Les chiffres mois par mois</a>
      </p>
    </section>
  );
}
