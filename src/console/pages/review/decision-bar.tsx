import type { Child } from "hono/jsx";
import { isUuid } from "../../../catalogue/store.ts";
import { french } from "../../../french/typography.ts";
import { undoAtOnce } from "../../curation/act-on-aid.ts";
import { Facts } from "../../parts/facts.tsx";
import { ActButton } from "../../parts/form-controls.tsx";
import { KeysSwitch } from "../../parts/keys-switch.tsx";
import { Link } from "../../parts/link.tsx";
import { formatNumber } from "../../parts/table.tsx";
import { actRoute, CannotDo } from "../../route.ts";
import { mayCurate, type Visit } from "../../visit.ts";
import { queryOf, queuePath, queueQuery, readQueue, reviewPath } from "./queue-address.ts";

/** Renders the bar of decisions, which is always visible: its buttons, the place in the queue, the last act, and the keyboard shortcuts. */
export function DecisionBar(given: {
  readonly visit: Visit;
  readonly rank: { readonly place: number; readonly of: number } | null;
  readonly keys: readonly (readonly [key: string, what: string])[];
  readonly children?: Child;
}): Child {
  const { visit, rank, keys, children } = given;
  return (
    <div class="moisson-bar moisson-no-print" role="region" aria-label="Décider">
      <div class="moisson-bar__acts">
        {children}
        {rank !== null && <span class="moisson-mention">{french`${formatNumber(rank.place)} sur ${formatNumber(rank.of)}`}</span>}
      </div>
      <p class="moisson-bar__said" role="status" data-says-unseen={french`Lisez d'abord ce qui change : la touche agit ensuite.`} />
      <div class="moisson-bar__more">
        <UndoLast visit={visit} />
        <details class="moisson-keys">
          <summary data-key="?">Raccourcis clavier</summary>
          <Facts
            class="moisson-keys__list"
            facts={[
              ...keys,
              ["s", "passer à la suivante"],
              ["Échap", "quitter le champ où l’on écrit"],
              ["?", "montrer ou cacher cette aide"],
            ].map(([key, value]) => ({ name: <kbd>{key}</kbd>, value }))}
          />
          <KeysSwitch />
        </details>
      </div>
    </div>
  );
}

/** Renders the link to the next item. */
export function SkipLink({ href }: { readonly href: string }): Child {
  return (
    <a class="fr-btn fr-btn--tertiary fr-btn--sm" href={href} data-key="s">
      Passer
    </a>
  );
}

/** Offers to undo the last action (`?fait=<plan>`): on the page of its aid (`&sur=<aide>`), or of several aids at once. */
export function UndoLast({ visit }: { readonly visit: Visit }): Child {
  const plan = idIn(visit, "fait");
  const aidId = idIn(visit, "sur");
  if (plan === null) return null;
  return (
    <div class="moisson-bar__undo">
      {mayCurate(visit) && (
        <ActButton
          action={aidId === null ? "/relecture/annuler" : `/aides/${aidId}/annuler`}
          csrf={visit.csrf}
          label="Annuler ce qui vient d’être fait"
          kind="tertiary"
          icon="fr-icon-arrow-go-back-line"
          fields={{ plan, ...(aidId === null && { file: queueQuery(readQueue(visit.query)) }) }}
        />
      )}
      <Link href={`/plans/${plan}`} label="Voir ce qui vient d’être fait" />
    </div>
  );
}

/** Undoes an action on several aids, and returns to the change, or to the list. */
export const undoMany = actRoute("/relecture/annuler", { who: "bizdev", act: "review.undo" }, async (visit, form) => {
  const planId = form.text("plan");
  const plan = isUuid(planId) ? await visit.catalogue.plans.find(planId) : null;
  if (plan === null || plan.origin !== "curator") throw new CannotDo("Ce qui est à annuler ici n’a pas été fait à la main.");
  const undone = await undoAtOnce(visit, plan);
  const requested = readQueue(queryOf(form));
  const change = plan.asked?.change;
  return {
    message: undone.message,
    to: typeof change === "string" ? reviewPath(change, requested) : queuePath(requested),
    subject: `plan ${plan.planId}`,
    details: { undid: plan.planId, plan: undone.planId },
  };
});

function idIn({ query }: Visit, name: string): string | null {
  const id = query.get(name) ?? "";
  return isUuid(id) ? id : null;
}
