import type { Child } from "hono/jsx";
import type { KindCounts, PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { type AppliedPart, applyPlanPart, type PlanTrial, trialOfPlan } from "../../../curation/apply-plan-part.ts";
import { fieldName } from "../../../french/fields.ts";
import { guardMessage } from "../../../french/guards.ts";
import { momentOf } from "../../../french/moments.ts";
import { changedAidsMessage } from "../../../french/plans.ts";
import { runErrorMessage } from "../../../french/runs.ts";
import { counted, french, isPlural, sentence } from "../../../french/typography.ts";
import { changeKinds } from "../../../model/plan/plan.ts";
import { RunFailed } from "../../../model/run/run-error.ts";
import { backTo } from "../../access/sign-in.ts";
import { refusedPage } from "../../layout/refused-page.tsx";
import { Alert } from "../../parts/alert.tsx";
import { ActForm, TextArea } from "../../parts/form-controls.tsx";
import { ButtonLink } from "../../parts/link.tsx";
import { List } from "../../parts/list.tsx";
import { CannotDo, type Done, type Form, type Page } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { type Chosen, chosenWords, fieldsOf, isAll, isMisread, partOf, readChosen } from "./change-filter.ts";
import { isOpen } from "./plan-state.tsx";
import { mayDecide, type NamedPlan, planBreadcrumb, planOf, titleOfPlan, totalOf } from "./read-plan.ts";

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
      problem: <Alert kind="error" isAnnounced text={problem} />,
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

/** The page lists the aids if the plan changes no more than this many. */
const aidsListed = 10;

/** Why the confirmation page is shown again, and the typed note. */
interface Retry {
  readonly note?: string;
  /** The problem, shown above the confirmation form. */
  readonly problem: Child;
  /** Excludes the aids that changed since the plan was created. */
  readonly skipMoved?: boolean;
  readonly status: 409 | 422;
}

/** Renders the confirmation page before a plan, or the selected part of it, is applied. @throws CannotDo if there is nothing to apply */
async function applyPage(visit: Visit, plan: NamedPlan, chosen: Chosen, again?: Retry): Promise<Page> {
  refuseClosed(plan);
  const { catalogue, csrf } = visit;
  const { planId } = plan;
  const part = await partOf(catalogue, planId, chosen);
  const left = await catalogue.plans.countLeft(planId, part);
  const path = `/plans/${planId}`;
  if (part !== undefined && totalOf(left) === 0 && again === undefined)
    throw new CannotDo("Rien de ce qui reste de ce plan ne répond à ce choix.");
  const isWhole = isAll(chosen);
  const skipMoved = again?.skipMoved === true;
  const title = isWhole ? "Appliquer tout ce qui reste du plan" : "Appliquer une partie du plan";
  const content = (
    <>
      <h1>{title}</h1>
      <p>{titleOfPlan(plan)}</p>
      {again?.problem}
      <Summary plan={plan} chosen={chosen} left={left} />
      {totalOf(left) <= aidsListed && <AidList aids={await catalogue.planPages.aids(planId, { ...part, isLeft: true }, aidsListed)} />}
      <ActForm action={`${path}/appliquer`} csrf={csrf}>
        {fieldsOf(chosen).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {skipMoved && <input type="hidden" name="sauf-changees" value="oui" />}
        <NoteAndButtons
          hint="Pourquoi : elle reste avec le plan et dans l’histoire des aides."
          note={again?.note ?? ""}
          button={skipMoved ? "Appliquer le reste" : "Appliquer"}
          back={path}
        />
      </ActForm>
    </>
  );
  return { title, content, breadcrumb: planBreadcrumb(plan), ...(again && { status: again.status }) };
}

/** Renders the end of a form that applies or discards a plan: the note and the buttons. `back`: address of the plan. */
export function NoteAndButtons(given: Readonly<Record<"hint" | "note" | "button" | "back", string>>): Child {
  const { hint, note, button, back } = given;
  return (
    <>
      <TextArea name="note" label="Note" hint={hint} required={false} rows={2} maxlength={500} value={note} />
      <ul class="fr-btns-group fr-btns-group--inline">
        <li>
          <button type="submit" class="fr-btn">
            {button}
          </button>
        </li>
        <li>
          <ButtonLink href={back} kind="secondary" label="Revenir au plan" />
        </li>
      </ul>
    </>
  );
}

/** Refuses a decision about a closed plan, and says who decided before. @throws CannotDo if the plan is closed */
export function refuseClosed(plan: PlanRecord): void {
  if (isOpen(plan)) return;
  const { planId, state, closedBy, closedAt, appliedBy, appliedAt } = plan;
  const [by, at] = closedBy === null ? [appliedBy, appliedAt] : [closedBy, closedAt];
  const who = by === null || by === "run" || at === null ? "" : french` ${by} en a décidé le ${momentOf(at.toISOString())}.`;
  throw new CannotDo(`${sentence(runErrorMessage("plan-closed", { plan: planId, state }))}${who}`, 409);
}

function Summary({ plan, chosen, left }: { readonly plan: PlanRecord; readonly chosen: Chosen; readonly left: KindCounts }): Child {
  const { guards, counts } = plan;
  const waiting = Math.max(counts.missing - counts.withdrawn, 0);
  return (
    <>
      {guards.length > 0 && (
        <Alert kind="warning" title="Un garde-fou retient ce plan" level={2}>
          <List items={guards.map((finding) => sentence(guardMessage(finding)))} />
        </Alert>
      )}
      {!isAll(chosen) && <p>{french`Ce qui est choisi : ${chosenWords(chosen)}.`}</p>}
      {totalOf(left) === 0 ? (
        <p>Aucune aide ne change aujourd’hui.</p>
      ) : (
        <>
          <p>{french`Voici ce qui va changer dans le catalogue :`}</p>
          <ul>{changeKinds.flatMap((kind) => (left[kind] === undefined ? [] : [<li>{changedAidsMessage(kind, left[kind])}</li>]))}</ul>
        </>
      )}
      {isAll(chosen) && waiting > 0 && (
        <p>
          {absentMessage(waiting)} <a href={`/plans/${plan.planId}#absentes`}>Les voir, et la date de leur retrait</a>
        </p>
      )}
      {chosen.field !== null && (
        <p>{french`Seul le champ « ${fieldName(chosen.field)} » est appliqué : les autres champs de ces aides restent à décider.`}</p>
      )}
      <p class="moisson-mention">Ce qui est appliqué peut être défait ensuite, depuis la page du plan.</p>
    </>
  );
}

/** Returns a sentence about aids missing from the feed, which are withdrawn after a delay. */
function absentMessage(count: number): string {
  return isPlural(count)
    ? french`${count} aides qui ne sont plus dans le flux seront comptées comme absentes, et retirées après leur délai.`
    : "1 aide qui n’est plus dans le flux sera comptée comme absente, et retirée après son délai.";
}

function AidList(given: {
  readonly aids: readonly { readonly aidId: string; readonly externalId: string; readonly title: string | null }[];
}): Child {
  const { aids } = given;
  if (aids.length === 0) return null;
  return (
    <>
      <p class="fr-mb-1v">{french`${counted(aids.length, "aide concernée", "aides concernées")} :`}</p>
      <List
        class="fr-mb-3w"
        items={aids.map(({ title, externalId }) => french`${(title ?? externalId).slice(0, 200)} (${externalId.slice(0, 200)})`)}
      />
    </>
  );
}

/** Explains that the tried change must be saved before its plan is applied; otherwise the next run would revert the plan. */
export function KeepFirst({ trial: { connector, runId } }: { readonly trial: PlanTrial }): Child {
  return (
    <Alert kind="info">
      <p>
        Ce plan vient de l’essai d’un changement que personne n’a enregistré : la prochaine collecte reprendrait ce qu’il aurait fait. Il
        s’applique une fois le changement enregistré.
      </p>
      <p>
        <a href={`/connecteurs/${connector}/essais/${runId}`}>Voir l’essai, et l’enregistrer</a>
      </p>
    </Alert>
  );
}

/** Returns the page that explains why the plan of an unsaved trial cannot be applied. */
function keepFirstPage(plan: NamedPlan, trial: PlanTrial): Page {
  return {
    title: "Ce plan ne s’applique pas encore",
    status: 409,
    breadcrumb: planBreadcrumb(plan),
    content: (
      <>
        <h1>Ce plan ne s’applique pas encore</h1>
        <KeepFirst trial={trial} />
      </>
    ),
  };
}
