import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { french } from "../../../french/typography.ts";
import { isDay } from "../../../model/text/is-day.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { writeCalendar } from "../../../publish/exports/calendar.ts";
import { backTo } from "../../access/sign-in.ts";
import { controlsOf } from "../../forms/form.tsx";
import { Badge } from "../../parts/badge.tsx";
import { ActButton, ActForm, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { formatDay, truncate } from "../../parts/time.ts";
import { CannotDo, pageRoute } from "../../route.ts";
import { actorOf, publicAddress, type Visit, visitorOf } from "../../visit.ts";
import { type PublisherAct, type PublisherView, publisherAct, publisherAt } from "./publisher-at.ts";
import type { PublisherRow } from "./read-publisher-rows.ts";

/** The next action for a publisher, with its date. */
type Action = Pick<StoredPublisher, "nextAction" | "nextActionOn">;

/** Returns the next action as a hidden form value that detects concurrent changes; "" without an action. */
export function actionKey({ nextAction, nextActionOn }: Action): string {
  return `${nextActionOn ?? ""} ${nextAction ?? ""}`.trim();
}

/** The next action of a publisher, with a button to complete it and a form to change it. */
export function NextAction({ visit, publisher, again }: PublisherView): Child {
  const { publisherId, nextAction, nextActionOn } = publisher;
  const path = `/producteurs/${publisherId}/action`;
  const current = actionKey(publisher);
  const isOverdue = nextActionOn !== null && nextActionOn < parisDay(visit.now);
  const isPlanned = nextAction !== null || nextActionOn !== null;
  const control = controlsOf({ action: nextAction ?? "", "action-jour": nextActionOn ?? "", ...again.typed }, again.problems);
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
            <TextField {...control("action")} label="Quoi" maxlength={300} required={false} />
            <TextField {...control("action-jour")} label="Pour quand" type="date" required={false} />
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
  const { row, showsText } = given;
  const { nextAction, nextActionOn } = row.publisher;
  return (
    <>
      {showsText && nextAction !== null && <div>{truncate(nextAction, maxShownLength)}</div>}
      {nextActionOn !== null && (
        <>
          <span class="moisson-unbroken">{formatDay(nextActionOn)}</span> {row.isOverdue && <Badge tone="error" label="en retard" />}
        </>
      )}
    </>
  );
}

const set = publisherAct("action", "publisher.next-action", async (visit, publisher, form) => {
  const typed = { action: form.text("action").slice(0, 300), "action-jour": form.text("action-jour") };
  const [action, day] = [typed.action, typed["action-jour"]];
  const problems: Record<string, string> = {
    ...(day !== "" && !isDay(day) && { "action-jour": "Cette date n’existe pas : écrivez-la comme 2026-12-31." }),
    ...(action === "" && day !== "" && { action: "Dites quoi faire ce jour-là." }),
  };
  if (Object.keys(problems).length > 0) return { again: { typed, problems } };
  const isSame = form.text("etait") === actionKey(publisher);
  if (!isSame || !(await save(visit, publisher, { nextAction: action || null, nextActionOn: day || null })))
    return { again: { typed, problems: {}, moved: movedSentence(await publisherAt(visit)) } };
  return {
    message: action === "" ? "Aucune action n’est plus prévue." : "La prochaine action est notée.",
    at: "#action",
    details: day === "" ? {} : { day },
  };
});

const done = publisherAct("action/faite", "publisher.action-done", async (visit, publisher, form) => {
  const { publisherId, nextAction } = publisher;
  const isSame = actionKey(publisher) !== "" && form.text("etait") === actionKey(publisher);
  if (!isSame || !(await save(visit, publisher, { nextAction: null, nextActionOn: null })))
    throw new CannotDo("Cette action a été changée entre-temps : rechargez la page.", 409);
  const text = nextAction === null ? null : french`Fait : ${nextAction}`;
  if (text !== null) await visit.catalogue.exchanges.add(publisherId, { at: visit.now, kind: "note", by: visitorOf(visit).name, text });
  return {
    message: "C’est fait, et noté au journal. Que faire ensuite, et quand ?",
    to: backTo(form, `/producteurs/${publisherId}#action`),
  };
});

export const nextActionActs: readonly PublisherAct[] = [set, done];

function save(visit: Visit, publisher: StoredPublisher, action: Action): Promise<boolean> {
  return visit.catalogue.publishers.save(publisher, { ...publisher, ...action }, actorOf(visit));
}

function movedSentence({ updatedBy, nextAction, nextActionOn }: StoredPublisher): string {
  const what =
    nextAction === null
      ? "rien n’est prévu"
      : french`« ${nextAction} »${nextActionOn === null ? "" : ` pour le ${formatDay(nextActionOn)}`}`;
  return french`${updatedBy} a enregistré ce producteur entre-temps ; à la place de ce que vous avez saisi : ${what}. Enregistrez à nouveau pour le remplacer.`;
}

/** The next actions of the publishers that the visitor is in charge of, as a calendar. Actions without a day are left out. */
export const nextActionCalendar = pageRoute("/producteurs/actions.ics", "bizdev", async (visit) => {
  const { personId } = visitorOf(visit);
  const publishers = await visit.catalogue.publishers.list();
  const events = publishers.flatMap(({ publisherId, name, personInCharge, nextAction, nextActionOn, updatedAt }) =>
    personInCharge !== personId || nextActionOn === null
      ? []
      : [
          {
            uid: `producteur-${publisherId}@moisson`,
            day: nextActionOn,
            title: french`${name} : ${nextAction ?? "à préciser"}`,
            description: nextAction ?? "",
            url: publicAddress(visit, `/producteurs/${publisherId}`),
            changedAt: updatedAt,
          },
        ],
  );
  const body = writeCalendar(events, { name: "Mes prochaines actions", now: visit.now });
  return { fileName: "prochaines-actions.ics", type: "text/calendar; charset=utf-8", body };
});
