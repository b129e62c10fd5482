import type { Child } from "hono/jsx";
import type { KindCounts, PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { type PlanTrial, trialOfPlan } from "../../../curation/apply-plan-part.ts";
import { counted, french, isPlural } from "../../../french/typography.ts";
import { advisedAct } from "../../../model/plan/advised-act.ts";
import { Alert } from "../../parts/alert.tsx";
import { ActButton } from "../../parts/form-controls.tsx";
import { ParagraphLink } from "../../parts/link.tsx";
import type { Page } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { KeepFirst } from "./apply-plan.tsx";
import { ApplyRequest } from "./apply-request.tsx";
import { readChosen } from "./change-filter.ts";
import { ChangeList } from "./change-list.tsx";
import { CureFeed } from "./cure-feed.tsx";
import { GuardFindings } from "./guard-findings.tsx";
import { MissingAids } from "./missing-aids.tsx";
import { PlanBars } from "./plan-bars.tsx";
import { PlanFacts } from "./plan-facts.tsx";
import { PlanRemarks } from "./plan-remarks.tsx";
import { isOpen } from "./plan-state.tsx";
import { mayDecide, mayUndo, planOf, plansBreadcrumb, titleOfPlan, totalOf } from "./read-plan.ts";

/** Changed aids are counted in plans up to this size. Larger plans are only checked when they are applied. */
const maxCheckedChanges = 5_000;

/** Renders a plan: facts, guards, decisions and changes, aid by aid. */
export async function planPage(visit: Visit): Promise<Page> {
  const { catalogue, query } = visit;
  const plan = await planOf(visit);
  const { planId } = plan;
  const kinds = await catalogue.plans.countByKind(planId);
  const left = plan.state === "part-applied" ? await catalogue.plans.countLeft(planId) : isOpen(plan) ? kinds : {};
  const decides = await mayDecide(catalogue, visitorOf(visit).role, plan);
  const trial = isOpen(plan) ? await trialOfPlan(catalogue, plan) : null;
  const notKept = trial?.isKept === false ? trial : null;
  const page = Math.max(1, Number.parseInt(query.get("page") ?? "1", 10) || 1);
  const chosen = readChosen((name) => query.getAll(name));
  const title = titleOfPlan(plan);
  const content = (
    <>
      <h1>{title}</h1>
      <PlanFacts plan={plan} />
      <GuardFindings catalogue={catalogue} plan={plan} />
      {isOpen(plan) && (
        <Decide visit={visit} plan={plan} left={left} decides={decides} notKept={notKept} moved={await movedOf(visit, plan, left)} />
      )}
      <Undo visit={visit} plan={plan} />
      <PlanBars plan={plan} kinds={kinds} left={left} fields={await catalogue.planPages.countByField(planId)} chosen={chosen} />
      <MissingAids visit={visit} plan={plan} />
      <PlanRemarks catalogue={catalogue} plan={plan} />
      <ChangeList catalogue={catalogue} plan={plan} chosen={chosen} page={page} all={kinds} mayDecide={decides && notKept === null} />
    </>
  );
  return { title, content, breadcrumb: plansBreadcrumb };
}

/** Returns how many of the remaining aids have changed since the plan was created; null for a large plan. */
async function movedOf({ catalogue }: Visit, { planId }: PlanRecord, left: KindCounts): Promise<number | null> {
  return totalOf(left) > maxCheckedChanges ? null : catalogue.planPages.countMoved(planId, maxCheckedChanges);
}

function Decide(given: {
  readonly visit: Visit;
  readonly plan: PlanRecord;
  readonly left: KindCounts;
  readonly decides: boolean;
  /** The plan's trial, if the tried change must be saved first; otherwise null. */
  readonly notKept: PlanTrial | null;
  readonly moved: number | null;
}): Child {
  const { visit, plan, left, decides, notKept, moved } = given;
  // The card of the plan recommends the same act.
  const advised = plan.state === "open" && plan.origin === "run" && plan.guards.length > 0 ? advisedAct(plan.guards) : "read";
  const count = totalOf(left);
  const path = `/plans/${plan.planId}`;
  return (
    <section class="fr-mb-4w" aria-labelledby="decider">
      <h2 id="decider">{plan.state === "part-applied" ? "Décider du reste" : "Décider"}</h2>
      {plan.state === "part-applied" && <p>{french`${counted(count, "changement reste", "changements restent")} à décider.`}</p>}
      {moved !== null && moved > 0 && (
        <Alert
          kind="warning"
          text={french`${counted(moved, "aide a changé", "aides ont changé")} depuis que ce plan a été préparé : le reste peut s'appliquer sans ${isPlural(moved) ? "elles" : "elle"}.`}
        />
      )}
      {notKept !== null && <KeepFirst trial={notKept} />}
      {decides && notKept === null && <CureFeed visit={visit} plan={plan} />}
      {decides ? (
        <ul class="fr-btns-group fr-btns-group--inline">
          {advised === "discard" && <Discard plan={plan} isAdvised />}
          {notKept === null && (
            <li>
              <a class={advised === "read" ? "fr-btn" : "fr-btn fr-btn--secondary"} href={`${path}/appliquer`}>
                {plan.state === "part-applied" ? "Appliquer le reste…" : "Appliquer tout le plan…"}
              </a>
            </li>
          )}
          {advised !== "discard" && <Discard plan={plan} isAdvised={false} />}
        </ul>
      ) : (
        <>
          <p>{french`Une personne qui a le rôle « exploitation » en décide : elle le trouve à la page « Dernière nuit ».`}</p>
          {notKept === null && <ApplyRequest visit={visit} plan={plan} />}
        </>
      )}
      {decides && notKept === null && plan.origin === "run" && plan.guards.length > 0 && plan.state === "open" && (
        <p class="moisson-mention">
          {french`« Appliquer tout » : le flux est accepté tel qu'il est, et sert de modèle aux collectes suivantes. « Écarter » : rien ne change, et la prochaine collecte prépare un nouveau plan.`}
        </p>
      )}
      {decides && notKept === null && count > 1 && (
        <p class="moisson-mention">Une partie seulement : cochez des aides plus bas, ou filtrez les changements.</p>
      )}
    </section>
  );
}

function Discard({ plan, isAdvised }: { readonly plan: PlanRecord; readonly isAdvised: boolean }): Child {
  return (
    <li>
      <a class={isAdvised ? "fr-btn" : "fr-btn fr-btn--secondary"} href={`/plans/${plan.planId}/ecarter`}>
        {plan.state === "part-applied" ? "Écarter le reste…" : "Écarter le plan…"}
      </a>
    </li>
  );
}

async function Undo({ visit, plan }: { readonly visit: Visit; readonly plan: PlanRecord }): Promise<Child> {
  const { planId, appliedAt, undoneBy, origin, asked } = plan;
  if (appliedAt === null || undoneBy !== null || origin === "undo" || !mayUndo(visitorOf(visit).role, plan)) return null;
  const open = await visit.catalogue.history.openUndo(planId);
  if (open !== null) {
    return <ParagraphLink href={`/plans/${open}`} label="Un plan qui défait celui-ci attend une décision" />;
  }
  if (asked?.decision !== undefined) return <UndoDecision visit={visit} planId={planId} />;
  return (
    <div class="fr-mb-3w">
      <ActButton
        action={`/plans/${planId}/defaire`}
        csrf={visit.csrf}
        label="Préparer le retour en arrière"
        about="de ce plan"
        icon="fr-icon-arrow-go-back-line"
      />
      <p class="moisson-mention">Rien n’est défait tout de suite : un plan inverse est préparé, que vous lirez avant de l’appliquer.</p>
    </div>
  );
}

/** Undoes in one act what a decision did, which then ends. */
function UndoDecision({ visit, planId }: { readonly visit: Visit; readonly planId: string }): Child {
  return (
    <div class="fr-mb-3w">
      <ActButton
        action={`/plans/${planId}/defaire`}
        csrf={visit.csrf}
        label="Annuler cette décision"
        icon="fr-icon-arrow-go-back-line"
        fields={{ appliquer: "1", retour: `/plans/${planId}` }}
      />
      <p class="moisson-mention">
        {french`Ce qu'elle a fait est défait, sauf ce qui a changé depuis, et les prochaines collectes ne la suivent plus.`}
      </p>
    </div>
  );
}
