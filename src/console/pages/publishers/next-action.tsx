import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { Badge } from "../../parts/badge.tsx";
import { ActButton, ActForm, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { formatDay, truncate } from "../../parts/time.ts";
import type { Visit } from "../../visit.ts";
import type { FormState } from "./publisher-at.ts";
import type { PublisherRow } from "./read-publisher-rows.ts";

/** The next action for a publisher, with its date. */
export type Action = Pick<StoredPublisher, "nextAction" | "nextActionOn">;

/** Returns the next action as a hidden form value that detects concurrent changes; "" without an action. */
export function actionKey({ nextAction, nextActionOn }: Action): string {
  return `${nextActionOn ?? ""} ${nextAction ?? ""}`.trim();
}

/** The next action of a publisher, with a button to complete it and a form to change it. */
export function NextAction(given: { readonly visit: Visit; readonly publisher: StoredPublisher; readonly again: FormState }): Child {
  const { visit, publisher, again } = given;
  const { publisherId, nextAction, nextActionOn } = publisher;
  const path = `/producteurs/${publisherId}/action`;
  const current = actionKey(publisher);
  const isOverdue = nextActionOn !== null && nextActionOn < parisDay(visit.now);
  const isPlanned = nextAction !== null || nextActionOn !== null;
  return (
    <section class="fr-mb-4w" id="action">
      <h2>Prochaine action</h2>
      {!isPlanned ? (
        <p>Rien n’est prévu : que faire ensuite, et quand ?</p>
      ) : (
        <div class="fr-mb-3w">
          {nextAction ?? "À préciser"}
          {nextActionOn !== null && ` – pour le ${formatDay(nextActionOn)} `}
          {isOverdue && <Badge tone="error" label="en retard" />}{" "}
          <ActButton action={`${path}/faite`} csrf={visit.csrf} label="C’est fait" fields={{ etait: current }} />
        </div>
      )}
      <details class="moisson-no-print" open={!isPlanned || "action" in again.problems || "action-jour" in again.problems}>
        <summary>Prévoir la suite</summary>
        <ActForm action={path} csrf={visit.csrf} class="moisson-narrow fr-mt-1w">
          <input type="hidden" name="etait" value={current} />
          <div class="moisson-short-fields fr-mb-2w">
            <TextField
              name="action"
              label="Quoi"
              value={again.typed.action ?? nextAction ?? ""}
              problem={again.problems.action}
              maxlength={300}
              required={false}
            />
            <TextField
              name="action-jour"
              label="Pour quand"
              type="date"
              value={again.typed["action-jour"] ?? nextActionOn ?? ""}
              problem={again.problems["action-jour"]}
              required={false}
            />
          </div>
          <SubmitButton label="Enregistrer l’action" isSecondary />
        </ActForm>
      </details>
    </section>
  );
}

const maxShownLength = 80;

/** The next action of a publisher in the list. `showsText`: false for visitors who may not see names of people. */
export function NextActionCell(given: {
  readonly row: Pick<PublisherRow, "isOverdue"> & { readonly publisher: Action };
  readonly showsText: boolean;
}): Child {
  const {
    row: {
      publisher: { nextAction, nextActionOn },
      isOverdue,
    },
    showsText,
  } = given;
  return (
    <>
      {showsText && nextAction !== null && <div>{truncate(nextAction, maxShownLength)}</div>}
      {nextActionOn !== null && (
        <>
          <span class="moisson-unbroken">{formatDay(nextActionOn)}</span> {isOverdue && <Badge tone="error" label="en retard" />}
        </>
      )}
    </>
  );
}
