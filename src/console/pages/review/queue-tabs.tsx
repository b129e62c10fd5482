import type { Child } from "hono/jsx";
import { formatNumber } from "../../parts/table.tsx";
import type { Visit } from "../../visit.ts";
import { type AskedQueue, queuePath, queues, reviewFilterOf } from "./queue-address.ts";

/** The queues with how many wait in each, under the filter of this one. */
export async function QueueTabs({ asked, visit }: { readonly asked: AskedQueue; readonly visit: Visit }): Promise<Child> {
  const counts = await visit.catalogue.reviewQueue.counts(reviewFilterOf(asked, visit.now));
  return (
    <nav class="fr-mb-3w" aria-label="Files de relecture">
      <ul class="moisson-tabs">
        {queues.map(({ queue, title }) => (
          <li>
            <a href={queuePath({ queue, filter: asked.filter })} aria-current={queue === asked.queue ? "page" : undefined}>
              {`${title} (${formatNumber(counts[queue])})`}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
