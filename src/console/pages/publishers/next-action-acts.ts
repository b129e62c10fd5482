import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { french } from "../../../french/typography.ts";
import { isDay } from "../../../model/text/is-day.ts";
import { writeCalendar } from "../../../publish/exports/calendar.ts";
import { backTo } from "../../access/sign-in.ts";
import { formatDay } from "../../parts/time.ts";
import { actRoute, CannotDo, pageRoute } from "../../route.ts";
import { publicAddress, type Visit, visitorOf } from "../../visit.ts";
import { type Action, actionKey } from "./next-action.tsx";
import { publisherAt, subjectOf } from "./publisher-at.ts";
import { pageOf } from "./publisher-page.tsx";

const set = actRoute("/producteurs/:producteur/action", { who: "bizdev", act: "publisher.next-action" }, async (visit, form) => {
  const publisher = await publisherAt(visit);
  const typed = { action: form.text("action").slice(0, 300), "action-jour": form.text("action-jour") };
  const [action, day] = [typed.action, typed["action-jour"]];
  const problems: Record<string, string> = {
    ...(day !== "" && !isDay(day) && { "action-jour": "Cette date n’existe pas : écrivez-la comme 2026-12-31." }),
    ...(action === "" && day !== "" && { action: "Dites quoi faire ce jour-là." }),
  };
  if (Object.keys(problems).length > 0) return pageOf(visit, publisher, { typed, problems });
  const isSaved =
    form.text("etait") === actionKey(publisher) &&
    (await save(visit, publisher, { nextAction: action || null, nextActionOn: day || null }));
  if (!isSaved) {
    const now = await publisherAt(visit);
    return pageOf(visit, now, { typed, problems: {}, moved: movedSentence(now) });
  }
  return {
    message: action === "" ? "Aucune action n’est plus prévue." : "La prochaine action est notée.",
    to: `/producteurs/${publisher.publisherId}#action`,
    subject: subjectOf(publisher),
    details: { name: publisher.name, ...(day !== "" && { day }) },
  };
});

const done = actRoute("/producteurs/:producteur/action/faite", { who: "bizdev", act: "publisher.action-done" }, async (visit, form) => {
  const publisher = await publisherAt(visit);
  const { publisherId, nextAction, name } = publisher;
  const isSame = actionKey(publisher) !== "" && form.text("etait") === actionKey(publisher);
  if (!isSame || !(await save(visit, publisher, { nextAction: null, nextActionOn: null })))
    throw new CannotDo("Cette action a été changée entre-temps : rechargez la page.", 409);
  const text = nextAction === null ? null : french`Fait : ${nextAction}`;
  if (text !== null) await visit.catalogue.exchanges.add(publisherId, { at: visit.now, kind: "note", by: visitorOf(visit).name, text });
  return {
    message: "C’est fait, et noté au journal. Que faire ensuite, et quand ?",
    to: backTo(form, `/producteurs/${publisherId}#action`),
    subject: subjectOf(publisher),
    details: { name },
  };
});

async function save(visit: Visit, publisher: StoredPublisher, action: Action): Promise<boolean> {
  const by = { by: visitorOf(visit).name, now: visit.now };
  return visit.catalogue.publishers.save(publisher, { ...publisher, ...action }, by);
}

function movedSentence({ updatedBy, nextAction, nextActionOn }: StoredPublisher): string {
  const what =
    nextAction === null
      ? "rien n’est prévu"
      : french`« ${nextAction} »${nextActionOn === null ? "" : ` pour le ${formatDay(nextActionOn)}`}`;
  return french`${updatedBy} a enregistré ce producteur entre-temps ; à la place de ce que vous avez saisi : ${what}. Enregistrez à nouveau pour le remplacer.`;
}

export const nextActionActs = [set, done] as const;

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
