import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import type { StoredPublisher } from "../../../../catalogue/publishers/publisher-repository.ts";
import { syncPublishers } from "../../../../partners/sync-publishers.ts";
import { ConflictAlert } from "../../../forms/conflict.tsx";
import { type ActRoute, CannotDo, type Done, type Form, NotFound, type Page, type PageRoute } from "../../../route.ts";
import { param, type Visit, visitorOf } from "../../../visit.ts";
import { breadcrumbOf } from "../../publishers/publisher-at.ts";
import { withHistory } from "./draft-definition.ts";
import { answersOf, canOpen, type DraftAnswers, draftSteps, type StepPath } from "./draft-steps.ts";

/** Returns the draft of the path. @throws NotFound */
export async function draftOf(visit: Visit): Promise<Draft> {
  const draft = await visit.catalogue.drafts.find(param(visit, "brouillon"));
  if (draft === null) throw new NotFound("Ce brouillon n’existe pas, ou il a été supprimé.");
  return draft;
}

/** The result of a step. */
export interface StepResult {
  readonly answers: DraftAnswers;
  readonly title?: string;
  readonly upload?: string | null;
  readonly message?: string | null;
  /** Next page. Default: the next step. */
  readonly to?: string;
  /** The step has already saved the draft. */
  readonly isSaved?: true;
}

/** Another address that shows the step. */
export type Elsewhere = { readonly to: string };

/** Returns the routes of a step: its page and its form. */
export function stepRoutes(given: {
  readonly step: StepPath;
  readonly act: string;
  readonly maxBytes?: number;
  show(visit: Visit, draft: Draft): Promise<Page | Elsewhere> | Page | Elsewhere;
  /** Returns the result to save, or the page with the problems of the form. */
  save(visit: Visit, draft: Draft, form: Form): Promise<StepResult | Page | Elsewhere> | StepResult | Page;
  /** Returns the merged form if somebody else saved meanwhile. By default, shows the step as it is now, with the alert. */
  moved?(visit: Visit, draft: Draft, form: Form): Promise<Page | Elsewhere> | Page;
}): readonly [PageRoute, ActRoute] {
  const path = `/brouillons/:brouillon/${given.step}`;
  const overtaken = async (visit: Visit, draft: Draft, form: Form) => {
    if (given.moved !== undefined) return inFrame(visit, draft, await given.moved(visit, draft, form));
    const page = await given.show(visit, draft);
    if ("to" in page) return page;
    const content = (
      <>
        <ConflictAlert who={draft.updatedBy} conflicts={[]} />
        {page.content}
      </>
    );
    return inFrame(visit, draft, { ...page, status: 409, content });
  };
  return [
    {
      method: "get",
      path,
      who: "bizdev",
      async answer(visit) {
        const draft = await draftOf(visit);
        return canOpen(given.step, draft) ? inFrame(visit, draft, await given.show(visit, draft)) : { to: `/brouillons/${draft.draftId}` };
      },
    },
    {
      method: "post",
      path,
      who: "bizdev",
      act: given.act,
      ...(given.maxBytes !== undefined && { maxBytes: given.maxBytes }),
      async perform(visit, form): Promise<Done | Page | Elsewhere> {
        const draft = await draftOf(visit);
        if (form.has("version") && form.text("version") !== String(draft.revision)) return overtaken(visit, draft, form);
        if (!canOpen(given.step, draft)) return { to: `/brouillons/${draft.draftId}` };
        const saved = await given.save(visit, draft, form);
        if (!("answers" in saved)) return inFrame(visit, draft, saved);
        if (saved.isSaved !== true && !(await isDraftSaved(visit, draft, saved))) return overtaken(visit, await draftOf(visit), form);
        const next = draftSteps[draftSteps.findIndex(({ path: step }) => step === given.step) + 1]?.path ?? "essai";
        return {
          message: saved.message ?? null,
          to: saved.to ?? `/brouillons/${draft.draftId}/${next}`,
          subject: `brouillon ${saved.title ?? draft.title}`,
        };
      },
    },
  ];
}

async function inFrame({ catalogue }: Visit, { draftId }: Draft, page: Page | Elsewhere): Promise<Page | Elsewhere> {
  if ("to" in page) return page;
  return underPublisher(await catalogue.publishers.findByDraft(draftId), page);
}

/** Adds the draft's publisher, if it has one, to the breadcrumb. */
export function underPublisher(begunFor: StoredPublisher | null, page: Page): Page {
  return begunFor === null ? page : { ...page, breadcrumb: breadcrumbOf(begunFor) };
}

/** Saves the answers of a step. @throws CannotDo if somebody saved meanwhile */
export async function saveDraft(
  visit: Visit,
  draft: Draft,
  saved: Pick<StepResult, "answers" | "title" | "upload">,
  connector?: string,
): Promise<void> {
  if (!(await isDraftSaved(visit, draft, saved, connector)))
    throw new CannotDo("Quelqu’un d’autre vient d’enregistrer ce brouillon : rechargez la page.", 409);
}

/** Saves the answers of a draft. Returns false if somebody else saved meanwhile. */
export async function isDraftSaved(
  visit: Visit,
  draft: Draft,
  { answers, title, upload }: Pick<StepResult, "answers" | "title" | "upload">,
  connector?: string,
): Promise<boolean> {
  const changed = {
    title: title ?? draft.title,
    answers: withHistory(draft, answers) as Draft["answers"],
    upload: upload === undefined ? draft.upload : upload,
    ...(connector !== undefined && { connector }),
  };
  return visit.catalogue.drafts.save(draft, changed, { by: visitorOf(visit).name, now: visit.now });
}

/** Returns the answers with a step marked as done. */
export function withStepDone(draft: Draft, step: StepPath, more: Partial<DraftAnswers>): DraftAnswers {
  const answers = answersOf(draft);
  return { ...answers, ...more, seen: [...new Set([...(answers.seen ?? []), step])] };
}

/** Links a draft to its publisher, and logs it. */
export async function linkPublisher(visit: Visit, draftId: string, { publisherId }: StoredPublisher): Promise<void> {
  const { catalogue, now } = visit;
  await catalogue.publishers.giveDraft(draftId, publisherId);
  await catalogue.exchanges.add(publisherId, { at: now, kind: "draft-begun", by: visitorOf(visit).name, details: { draft: draftId } });
}

/** Links a new connector to the publisher of its draft or, failing that, to the publisher that its definition names. Logs the link. */
export async function linkConnector(visit: Visit, draftId: string, connector: string): Promise<void> {
  const { catalogue, now, console: services } = visit;
  const publisher = await catalogue.publishers.findByDraft(draftId);
  if (publisher !== null) await catalogue.publishers.giveConnector(connector, publisher.publisherId);
  await syncPublishers(catalogue, await services.jobs.registry(), now);
  await catalogue.exchanges.addOfConnector(connector, { at: now, kind: "connector-made", by: visitorOf(visit).name });
}
