import type { Child } from "hono/jsx";
import type { KindCounts, PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { fieldName } from "../../../french/fields.ts";
import { guardMessage } from "../../../french/guards.ts";
import { momentOf } from "../../../french/moments.ts";
import { changedAidsMessage } from "../../../french/plans.ts";
import { runErrorMessage } from "../../../french/runs.ts";
import { counted, french, isPlural, sentence } from "../../../french/typography.ts";
import { changeKinds } from "../../../model/plan/plan.ts";
import { Alert } from "../../parts/alert.tsx";
import { ActForm, TextArea } from "../../parts/form-controls.tsx";
import { CannotDo, type Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { type Chosen, chosenWords, fieldsOf, isAll, partOf } from "./change-filter.ts";
import { isOpen } from "./plan-state.tsx";
import { type NamedPlan, planBreadcrumb, titleOfPlan, totalOf } from "./read-plan.ts";

/** The page lists the aids if the plan changes no more than this many. */
const aidsNamed = 10;

/** Why the confirmation page is shown again, and the typed note. */
export interface Retry {
  readonly note?: string;
  /** The problem, shown above the confirmation form. */
  readonly problem: Child;
  /** Excludes the aids that changed since the plan was created. */
  readonly skipMoved?: boolean;
  readonly status: 409 | 422;
}

/** Renders the confirmation page before a plan, or the selected part of it, is applied. @throws CannotDo if there is nothing to apply */
export async function applyPage(visit: Visit, plan: NamedPlan, chosen: Chosen, again?: Retry): Promise<Page> {
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
      {totalOf(left) <= aidsNamed && <AidList aids={await catalogue.planPages.aids(planId, { ...part, isLeft: true }, aidsNamed)} />}
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
          <a class="fr-btn fr-btn--secondary" href={back}>
            Revenir au plan
          </a>
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
          <ul>
            {guards.map((finding) => (
              <li>{sentence(guardMessage(finding))}</li>
            ))}
          </ul>
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
      <ul class="fr-mb-3w">
        {aids.map(({ title, externalId }) => (
          <li>{french`${(title ?? externalId).slice(0, 200)} (${externalId.slice(0, 200)})`}</li>
        ))}
      </ul>
    </>
  );
}
