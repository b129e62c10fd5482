import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { decideEdit } from "../../../curation/decide-edit.ts";
import { frenchDay } from "../../../french/dates.ts";
import { french } from "../../../french/typography.ts";
import { isDay } from "../../../model/text/is-day.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { textWithoutPeople } from "../../../privacy/text-without-people.ts";
import type { Done, Form } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import type { ActingPublisher } from "./acting-publisher.ts";
import { done, planAct, plannedOr } from "./publisher-acts.ts";
import { shownToPublisher } from "./shown-aid.ts";

export const maxNoteLength = 500;
/** The form of a closing with mistakes, to show it again. */
export interface ClosingAgain {
  readonly typed: { readonly day: string; readonly note: string };
  readonly problems: Readonly<Record<string, string>>;
}

/** A closing may be at most this many days ahead. */
const maxDaysAhead = 1100;

/** Stores the announcement that an aid closes, or returns the form with its mistakes. */
export async function performClosing(
  visit: Visit,
  acting: ActingPublisher,
  aid: CuratedAid,
  form: Form,
): Promise<Done | { readonly again: ClosingAgain }> {
  const typed = { day: form.text("jour"), note: form.text("remarque") };
  const problems = problemsOf(typed, parisDay(visit.now));
  if (Object.keys(problems).length > 0) return { again: { typed, problems } };
  const services = await visit.catalogue.personAnswers.services();
  const { content } = await shownToPublisher(visit.catalogue, aid);
  const note = textWithoutPeople(typed.note, services) ?? "";
  const { day } = typed;
  // An open-ended aid that closes is no longer open-ended.
  const wasOngoing = (aid.edits.recurrence?.value ?? aid.imported.recurrence) === "ongoing";
  const values = { submissionDeadline: day, ...(wasOngoing && { recurrence: "oneoff" }) };
  const acts = await planAct(visit, acting, [aid], {
    asked: { act: "close", day, title: content.name },
    // It takes the aid off the site.
    isDirect: false,
    note,
    decide: (each, curator) => decideEdit(each, { values, withdrawn: [] }, curator),
  });
  return done(visit, acting, "close", {
    message: french`Clôture annoncée pour le ${frenchDay(day)}. Nous la relisons, puis la fiche change.`,
    to: `${acting.base}/aides/${aid.aidId}`,
    details: { plan: plannedOr("Cette aide ne change pas.", acts).planId, day },
  });
}

function problemsOf({ day, note }: ClosingAgain["typed"], today: string): Record<string, string> {
  const last = new Date(Date.parse(today) + maxDaysAhead * 86_400_000).toISOString().slice(0, 10);
  return {
    ...((!isDay(day) || day < today || day > last) && { jour: "Donnez aujourd’hui, ou un jour dans les trois ans qui viennent." }),
    ...([...note].length > maxNoteLength && { remarque: french`Une remarque a ${maxNoteLength} caractères au plus.` }),
  };
}
