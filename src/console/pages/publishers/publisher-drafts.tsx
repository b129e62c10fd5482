import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import type { Visit } from "../../visit.ts";

/** Drafts of connectors that were begun for a publisher; nothing where there are none. */
export async function PublisherDrafts({
  visit,
  publisher,
}: {
  readonly visit: Visit;
  readonly publisher: StoredPublisher;
}): Promise<Child> {
  const drafts = await visit.catalogue.publishers.draftsOf(publisher.publisherId);
  if (drafts.length === 0) return null;
  return (
    <section class="fr-mb-4w">
      <h2>Brouillons</h2>
      <ul>
        {drafts.map(({ draftId, title, connector }) => (
          <li>
            <a href={`/brouillons/${draftId}`}>{title}</a>
            {connector !== null && <span class="moisson-mention">{` connecteur ${connector} créé`}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
