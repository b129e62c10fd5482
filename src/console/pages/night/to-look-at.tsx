import type { Child } from "hono/jsx";
import { counted, french } from "../../../french/typography.ts";
import { lookSentences, rejectsSentence, repairSentence } from "../../../jobs/digest/french/ops.ts";
import { type FeedToLookAt, isNoted } from "../../../model/run/digest.ts";
import { TroubleItem, TroubleSection } from "./troubles.tsx";

/** Renders the applied feeds with warnings. Those that only have rejected or repaired records are collapsed into one line. */
export function ToLookAt({ feeds }: { readonly feeds: readonly FeedToLookAt[] }): Child {
  const others = feeds.filter((feed) => !isNoted(feed));
  return (
    <>
      <TroubleSection title="Collectes à regarder" items={feeds.filter(isNoted)} more="/collectes">
        {(feed) => (
          <TroubleItem of={feed} messages={lookSentences(feed)}>
            <a class="fr-link fr-link--sm" href={`/collectes/${feed.runId}`}>
              Voir la collecte<span class="fr-sr-only"> de {feed.publisher}</span>
            </a>
          </TroubleItem>
        )}
      </TroubleSection>
      {others.length > 0 && (
        <section class="fr-mb-4w">
          <h2>Collectes avec des rejets ou des réparations ({others.length})</h2>
          <details>
            <summary>{`${counted(others.length, "connecteur")} : leurs autres enregistrements sont au catalogue`}</summary>
            <ul>
              {others.map((feed) => (
                <li>
                  <a href={`/connecteurs/${feed.connector}`}>{feed.publisher}</a>
                  {french` : `}
                  {feed.rejected > 0 && <a href={`/collectes/${feed.runId}/rejets`}>{rejectsSentence(feed)}</a>}{" "}
                  {feed.repairs.length > 0 && (
                    <a href={`/collectes/${feed.runId}#attention`}>{feed.repairs.map(repairSentence).join(" ")}</a>
                  )}
                </li>
              ))}
            </ul>
          </details>
        </section>
      )}
    </>
  );
}
