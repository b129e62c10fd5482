import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import type { QueuePlace } from "../../../catalogue/aids/review-queue-repository.ts";
import { sentence } from "../../../french/typography.ts";
import { shownContent } from "../../../model/aid/shown-value.ts";
import type { ActResult } from "../../curation/act-on-aid.ts";
import { whatHappenedMeanwhile } from "../../curation/aid-moved.tsx";
import { findAid } from "../../curation/find-aid.ts";
import type { ReadAidForm } from "../../curation/read-aid-form.ts";
import { CannotDo, type Done, type Form, type Page } from "../../route.ts";
import { param, type Visit, visitorOf } from "../../visit.ts";
import { subjectOf } from "../aids/perform-aid-act.ts";
import { benchOf } from "./bench-page.tsx";
import { type AskedQueue, benchPath, nextPath, queryOf, readAskedQueue } from "./queue-address.ts";
import type { SentForm } from "./read-bench.ts";

/** A form of the workbench, and the aid that it is about as it is now. */
export interface BenchAct {
  readonly visit: Visit;
  readonly form: Form;
  readonly aid: CuratedAid;
  readonly asked: AskedQueue;
  /** Where the aid stands in its queue before anything is done. */
  readonly place: QueuePlace | null;
}

/** Reads what every form of the workbench has. @throws NotFound */
export async function readBenchAct(visit: Visit, form: Form): Promise<BenchAct> {
  const aid = await findAid(visit, param(visit, "aide"));
  return { visit, form, aid, asked: readAskedQueue(queryOf(form)), place: await visit.catalogue.reviewQueue.placeOf(aid.aidId) };
}

/** What was done, in the words of the next page. */
export interface DoneOnBench {
  readonly result: ActResult;
  readonly said: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** Something is left to do on the same aid. */
  readonly stays?: boolean;
}

/** Leads to the next aid of the queue, from where this one stood: what was passed stays passed. What could not be done is said. */
export async function doneOrMoved({ visit, form, aid, asked, place }: BenchAct, done: DoneOnBench): Promise<Done | Page> {
  const { result, said, details, stays = false } = done;
  if ("refused" in result) throw new CannotDo(sentence(result.refused), 409);
  if ("moved" in result) return movedBench(visit, await findAid(visit, aid.aidId), form, onlyRevision(aid.revision));
  if (!stays) await visit.catalogue.visits.leave(aid.aidId, visitorOf(visit).personId);
  const more = { fait: result.planId, sur: aid.aidId };
  return {
    message: [said, ...result.cautions.map(sentence)].join(" "),
    to: stays ? benchPath(aid.aidId, asked, more) : await nextPath(visit, asked, place, more),
    subject: subjectOf(aid),
    details: { ...details, plan: result.planId },
  };
}

/** The workbench again, with what was typed and what is wrong with it. */
export function benchAgain({ visit, form, aid }: Pick<BenchAct, "visit" | "form" | "aid">, sent: SentForm): Promise<Page> {
  return benchOf(visit, aid, queryOf(form), sent);
}

/** The workbench again where somebody else was first: who, what the catalogue holds now, and what was typed. */
export async function movedBench(visit: Visit, aid: CuratedAid, form: Form, read: ReadAidForm): Promise<Page> {
  const meanwhile = whatHappenedMeanwhile(await visit.catalogue.aids.history(aid.aidId), read);
  return benchAgain({ visit, form, aid }, { typed: read.typed, why: form.text("motif").slice(0, 300), meanwhile });
}

/** What is read of a form that changes no field. */
export function onlyRevision(revision: number): ReadAidForm {
  return { revision, values: {}, typed: {}, problems: {} };
}

/** Title of an aid as it is shown. */
export function titleOf(aid: CuratedAid): string {
  return shownContent(aid).name;
}
