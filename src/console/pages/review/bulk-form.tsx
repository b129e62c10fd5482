import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { decidePublish, decideReject } from "../../../curation/decide-status.ts";
import type { Curator } from "../../../curation/person-plan.ts";
import type { Verdict } from "../../../curation/persons-change.ts";
import { counted, french } from "../../../french/typography.ts";
import { Checkbox } from "../../parts/checkbox.tsx";
import { CsrfField } from "../../parts/form-controls.tsx";
import { mayCurate, type Visit } from "../../visit.ts";
import { type FilteredQueue, queueQuery } from "./queue-address.ts";

/** Renders the table of a queue with the actions on ticked new aids. A second page asks for confirmation. */
export function BulkForm(given: {
  readonly table: Child;
  readonly visit: Visit;
  readonly requested: FilteredQueue;
  readonly rows: number;
}): Child {
  const { table, visit, requested, rows } = given;
  if (rows === 0 || !mayCurate(visit)) return table;
  return (
    <form method="post" action="/relecture/ensemble">
      <CsrfField csrf={visit.csrf} />
      <input type="hidden" name="file" value={queueQuery(requested)} />
      <div class="moisson-bulk">
        <Checkbox id="tout-cocher" ticks="aide">
          Cocher toute la page
        </Checkbox>
        <ul class="fr-btns-group fr-btns-group--inline fr-btns-group--sm">
          {(Object.keys(bulkActs) as BulkAct[]).map((act) => (
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

/** Renders the checkbox of an aid. It carries the revision, so that an action never applies to an unseen revision. */
export function Tick({ aidId, revision, title }: { readonly aidId: string; readonly revision: number; readonly title: Child }): Child {
  return (
    <Checkbox id={`choix-${aidId}`} name="aide" value={`${aidId}.${revision}`}>
      <span class="fr-sr-only">
        {french`Cocher « `}
        {title}
        {french` »`}
      </span>
    </Checkbox>
  );
}

/** An action on several new aids at once. Proposals are answered by change: see `changeActs`. */
export type BulkAct = "publish" | "reject";

interface BulkActWords {
  readonly button: string;
  readonly question: (count: number) => string;
  readonly confirm: (count: number) => string;
  readonly done: (count: number) => string;
  readonly decide: (aid: CuratedAid, curator: Curator) => Verdict;
}

/** Bulk actions by name, which is also the name of the plan's action. */
export const bulkActs: Readonly<Record<BulkAct, BulkActWords>> = {
  publish: {
    button: "Publier…",
    question: (count) => french`Publier ${counted(count, "aide")} ?`,
    confirm: (count) => french`Publier ${counted(count, "aide")}`,
    done: (count) => counted(count, "aide publiée", "aides publiées"),
    decide: decidePublish,
  },
  reject: {
    button: "Rejeter…",
    question: (count) => french`Rejeter ${counted(count, "aide")} ?`,
    confirm: (count) => french`Rejeter ${counted(count, "aide")}`,
    done: (count) => counted(count, "aide rejetée", "aides rejetées"),
    decide: decideReject,
  },
};

export function bulkActNamed(name: string): BulkAct | null {
  return (Object.keys(bulkActs) as BulkAct[]).find((act) => act === name) ?? null;
}
