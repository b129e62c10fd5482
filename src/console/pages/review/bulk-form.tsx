import type { Child } from "hono/jsx";
import type { ReviewQueue } from "../../../catalogue/aids/review-queue-repository.ts";
import { CsrfField } from "../../parts/form.tsx";
import type { Visit } from "../../visit.ts";
import { type BulkAct, bulkActs } from "./bulk-acts.ts";
import { mayCurate } from "./may-curate.ts";
import { type AskedQueue, queueQuery } from "./queue-address.ts";

const actsOf: Readonly<Record<ReviewQueue, readonly BulkAct[]>> = {
  review: ["publish", "reject"],
  proposals: ["accept", "refuse"],
  expired: ["publish", "reject", "accept", "refuse"],
  duplicates: ["publish", "reject"],
};

/** The table of a queue with what can be done to the aids that are ticked. Nothing is done before a second page has said what it would be. */
export function BulkForm(given: {
  readonly table: Child;
  readonly visit: Visit;
  readonly asked: AskedQueue;
  /** Rows of this page. */
  readonly rows: number;
}): Child {
  const { table, visit, asked, rows } = given;
  if (rows === 0 || !mayCurate(visit)) return table;
  return (
    <form method="post" action="/relecture/ensemble">
      <CsrfField csrf={visit.csrf} />
      <input type="hidden" name="file" value={queueQuery(asked)} />
      <div class="moisson-bulk">
        <div class="fr-checkbox-group fr-checkbox-group--sm">
          <input type="checkbox" id="tout-cocher" data-ticks="aide" />
          <label class="fr-label" for="tout-cocher">
            Cocher toute la page
          </label>
        </div>
        <ul class="fr-btns-group fr-btns-group--inline fr-btns-group--sm">
          {actsOf[asked.queue].map((act) => (
            <li>
              <button type="submit" class="fr-btn fr-btn--secondary" name="faire" value={act}>
                {bulkActs[act].button}
              </button>
            </li>
          ))}
        </ul>
      </div>
      {table}
    </form>
  );
}

/** The box of an aid: its revision goes with it, so that nothing is done to what nobody has seen. */
export function Tick({ aidId, revision, title }: { readonly aidId: string; readonly revision: number; readonly title: string }): Child {
  return (
    <div class="fr-checkbox-group fr-checkbox-group--sm">
      <input type="checkbox" id={`choix-${aidId}`} name="aide" value={`${aidId}.${revision}`} />
      <label class="fr-label" for={`choix-${aidId}`}>
        <span class="fr-sr-only">{`Cocher « ${title} »`}</span>
      </label>
    </div>
  );
}
