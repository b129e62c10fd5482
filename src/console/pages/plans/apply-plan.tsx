import type { PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { type AppliedPart, applyPlanPart, trialOfPlan } from "../../../curation/apply-plan-part.ts";
import { runErrorMessage } from "../../../french/runs.ts";
import { counted, french, isPlural, sentence } from "../../../french/typography.ts";
import { RunFailed } from "../../../model/run/run-error.ts";
import { backTo } from "../../access/sign-in.ts";
import { refusedPage } from "../../layout/refused-page.tsx";
import { Alert } from "../../parts/alert.tsx";
import { CannotDo, type Done, type Form, type Page } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { applyPage, refuseClosed } from "./apply-page.tsx";
import { type Chosen, isMisread, partOf, readChosen } from "./change-filter.ts";
import { keepFirstPage } from "./keep-first.tsx";
import { mayDecide, planOf, totalOf } from "./read-plan.ts";

/** Max listed aids that changed since the plan was created. */
const aidsNamed = 20;

/** Renders the page that asks for confirmation before a plan, or a part of it, is applied. */
export async function confirmApply(visit: Visit): Promise<Page> {
  const plan = await planOf(visit);
  if (!(await mayDecide(visit.catalogue, visitorOf(visit).role, plan))) return refusedPage({ code: "not-yours", needed: "ops" }, visit);
  const trial = await trialOfPlan(visit.catalogue, plan);
  if (trial?.isKept === false) return keepFirstPage(plan, trial);
  const chosen = readChosen((name) => visit.query.getAll(name));
  if (isMisread((name) => visit.query.getAll(name), chosen)) throw misread();
  if (visit.query.has("coches") && chosen.aids.length === 0) return nothingTicked(visit);
  return applyPage(visit, plan, chosen);
}

/** Applies a plan, or the selected part of it. If aids have changed since it was created, writes nothing and proposes to apply the rest. */
export async function performApply(visit: Visit, form: Form): Promise<Done | Page> {
  const { catalogue, now } = visit;
  const plan = await planOf(visit);
  const visitor = visitorOf(visit);
  if (!(await mayDecide(catalogue, visitor.role, plan))) return refusedPage({ code: "not-yours", needed: "ops" }, visit);
  refuseClosed(plan);
  const chosen = readChosen(form.all);
  if (isMisread(form.all, chosen)) throw misread();
  const note = form.text("note").slice(0, 500);
  const curator = { by: visitor.name, now, ...(note !== "" && { note }) };
  const skipMoved = form.has("sauf-changees");
  const part = await partOf(catalogue, plan.planId, chosen);
  try {
    const done = await applyPlanPart(catalogue, plan.planId, curator, { part, skipMoved });
    if (!("refused" in done)) return { ...doneOf(plan, chosen, done), to: backTo(form, `/plans/${plan.planId}`) };
    if (done.refused === "not-kept") return keepFirstPage(plan, done.trial);
    const problem =
      done.refused === "all-moved"
        ? "Toutes ces aides ont changé depuis : rien n’a été écrit."
        : "Rien de ce qui reste de ce plan ne répond à ce choix.";
    return applyPage(visit, plan, chosen, {
      note,
      status: 409,
      problem: (
        <Alert kind="error" isAnnounced>
          <p>{problem}</p>
        </Alert>
      ),
    });
  } catch (error) {
    if (!(error instanceof RunFailed) || error.code !== "world-moved") throw error;
    const problem = await MovedAids(visit, plan, chosen, error);
    return applyPage(visit, plan, chosen, { note, status: 409, skipMoved: true, problem });
  }
}

/** Lists the aids that changed since the plan was created. */
async function MovedAids({ catalogue }: Visit, { planId }: PlanRecord, chosen: Chosen, error: RunFailed) {
  const part = (await partOf(catalogue, planId, chosen)) ?? {};
  const moved = await catalogue.planPages.movedAids(planId, part, aidsNamed + 1);
  return (
    <Alert kind="error" title="Rien n’a été écrit" isAnnounced level={2}>
      {moved.length === 0 ? (
        <p>{sentence(runErrorMessage(error.code, error.params))}</p>
      ) : (
        <>
          <p>{french`${isPlural(moved.length) ? "Ces aides ont changé" : "Cette aide a changé"} depuis que le plan a été préparé :`}</p>
          <ul>
            {moved.slice(0, aidsNamed).map(({ aidId, externalId, title }) => (
              <li>
                <a href={`/aides/${aidId}`}>{(title ?? externalId).slice(0, 200)}</a> ({externalId.slice(0, 200)})
              </li>
            ))}
            {moved.length > aidsNamed && <li>et d’autres</li>}
          </ul>
          <p>{french`Vous pouvez appliquer le reste : ces aides garderont ce qu'elles ont, et leurs changements resteront à décider.`}</p>
        </>
      )}
    </Alert>
  );
}

function doneOf({ planId, connector }: PlanRecord, chosen: Chosen, { applied, left, moved }: AppliedPart): Omit<Done, "to"> {
  const { state, ...counts } = applied;
  const rest = totalOf(left);
  const summary = [
    ...(counts.created > 0 ? [counted(counts.created, "aide créée", "aides créées")] : []),
    ...(counts.updated > 0 ? [counted(counts.updated, "aide modifiée", "aides modifiées")] : []),
    ...(counts.withdrawn > 0 ? [counted(counts.withdrawn, "aide retirée", "aides retirées")] : []),
    ...(counts.removed > 0 ? [counted(counts.removed, "aide supprimée", "aides supprimées")] : []),
  ].join(", ");
  const whole = french`Plan appliqué : ${summary || "aucune aide n’était à changer"}.`;
  const waits = isPlural(rest) ? french`${rest} changements restent à décider` : "1 changement reste à décider";
  const because = moved.count === 0 ? "" : french`, dont ${counted(moved.count, "aide qui a changé", "aides qui ont changé")} depuis`;
  return {
    message: state === "applied" ? whole : french`Appliqué en partie : ${summary}. ${waits}${because}.`,
    subject: `plan ${planId}`,
    details: { connector, state, ...counts, left: rest, kind: chosen.kind, field: chosen.field, aids: chosen.aids.length },
  };
}

function misread(): CannotDo {
  return new CannotDo("Ce qui est choisi de ce plan ne se lit plus : rien n’a été appliqué. Revenez au plan, et choisissez à nouveau.");
}

function nothingTicked(visit: Visit): Page {
  return refusedPage(
    { code: "cannot", message: "Aucune aide n’est cochée. Revenez au plan, cochez des aides, puis recommencez.", status: 422 },
    visit,
  );
}
