import type { Child } from "hono/jsx";
import { counted } from "../../../french/typography.ts";
import { lookSentences, rejectsSentence } from "../../../jobs/digest/french/ops.ts";
import type { FeedToLookAt } from "../../../model/run/digest.ts";
import { TroubleItem, TroubleSection } from "./troubles.tsx";

/** Renders the applied feeds with warnings or repairs. Those that only have rejected records are collapsed into one line. */
export function ToLookAt({ feeds }: { readonly feeds: readonly FeedToLookAt[] }): Child {
  const noted = feeds.filter(({ warnings, repairs }) => warnings.length + repairs.length > 0);
  const onlyRejects = feeds.filter((feed) => !noted.includes(feed));
  return (
    <>
      <TroubleSection title="Collectes à regarder" items={noted} more="/collectes">
        {(feed) => (
          <TroubleItem of={feed} messages={lookSentences(feed)}>
            <a class="fr-link fr-link--sm" href={`/collectes/${feed.runId}`}>
              Voir la collecte<span class="fr-sr-only"> de {feed.publisher}</span>
            </a>
          </TroubleItem>
        )}
      </TroubleSection>
      {onlyRejects.length > 0 && (
        <section class="fr-mb-4w">
          <h2>Collectes avec des rejets ({onlyRejects.length})</h2>
          <details>
            <summary>{`${counted(onlyRejects.length, "connecteur")} : leurs autres enregistrements sont au catalogue`}</summary>
            <ul>
              {onlyRejects.map((feed) => (
                <li>
                  <a href={`/connecteurs/${feed.connector}`}>{feed.publisher}</a>
                  {", "}
                  <a href={`/collectes/${feed.runId}/rejets`}>{rejectsSentence(feed)}</a>
                </li>
              ))}
            </ul>
          </details>
        </section>
      )}
    </>
  );
}
