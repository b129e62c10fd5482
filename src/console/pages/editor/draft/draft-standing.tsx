import type { Child } from "hono/jsx";
import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import type { Catalogue } from "../../../../catalogue/open-catalogue.ts";
import type { PlanRecord } from "../../../../catalogue/plans/plan-reader.ts";
import { counted, french } from "../../../../french/typography.ts";
import { parisDay } from "../../../../model/text/paris-day.ts";
import type { Visit } from "../../../visit.ts";
import { ApplyRequest } from "../../plans/apply-request.tsx";
import { FirstQuestions } from "../../questions/questions-page.tsx";
import { draftSteps, nextStep } from "./draft-steps.ts";

/** Where a draft is, and the next act. */
interface DraftStanding {
  readonly state: string;
  readonly act: string;
  readonly href: string;
  /** The held plan, if there is one. */
  readonly plan?: PlanRecord;
}

/** Returns where a draft is between its first step and the review of its aids. */
export async function draftStanding(catalogue: Catalogue, draft: Draft, now: Date): Promise<DraftStanding> {
  const { connector, draftId } = draft;
  const step = nextStep(draft);
  const title = draftSteps.find(({ path }) => path === step)?.title ?? "";
  if (connector === null) return { state: french`Étape « ${title} »`, act: "Continuer", href: `/brouillons/${draftId}/${step}` };
  const [plan] = await catalogue.plans.list({ connector, isOpen: true, limit: 1 });
  if (plan !== undefined) {
    const request = plan.applyRequest === null ? "" : `, application demandée par ${plan.applyRequest.by}`;
    return { state: `Première collecte retenue${request}`, act: "Relire son plan", href: `/plans/${plan.planId}`, plan };
  }
  const applied = await catalogue.appliedRuns.lastReports(connector, 1);
  if (applied.length > 0) {
    const toReview = await catalogue.reviewQueue.count({ queue: "review", connectors: [connector], today: parisDay(now) });
    const act = toReview === 0 ? "Voir le connecteur" : `Relire ${counted(toReview, "aide")}`;
    const href = toReview === 0 ? `/connecteurs/${connector}` : `/relecture?connecteur=${connector}`;
    return { state: "Au catalogue", act, href };
  }
  const [run] = await catalogue.runs.list({ connector, limit: 1 });
  if (run === undefined) return { state: "Connecteur créé", act: "Lancer sa première collecte", href: `/brouillons/${draftId}/essai` };
  const state = run.state === "ended" ? "Première collecte terminée, sans plan à relire" : "Première collecte en cours";
  return { state, act: "Voir la collecte", href: `/collectes/${run.runId}` };
}

/** What remains to do after the connector is created: plan, missing values, letter, review. */
export async function AfterCreation({ visit, draft }: { readonly visit: Visit; readonly draft: Draft }): Promise<Child> {
  const { catalogue, now } = visit;
  const { connector } = draft;
  if (connector === null) return null;
  const { state, act, href, plan } = await draftStanding(catalogue, draft, now);
  return (
    <section aria-labelledby="suite">
      <h3 id="suite">La suite</h3>
      <p>{`${state}.`}</p>
      <ol>
        <li>
          <a href={href}>{act}</a>
          {plan !== undefined && <ApplyRequest visit={visit} plan={plan} />}
        </li>
        <li>
          <a href={`/questions?connecteur=${connector}`}>Répondre aux questions sur ses aides</a>, pour toutes à la fois
          {await FirstQuestions({ visit, connector })}
        </li>
        <li>
          <a href={`/connecteurs/${connector}/courriers`}>Écrire au producteur</a> ce qui est à corriger dans ses données
        </li>
        <li>
          <a href={`/relecture?connecteur=${connector}`}>Relire ses aides</a>
        </li>
      </ol>
      <p>
        <a href={`/connecteurs/${connector}`}>Page du connecteur</a>
        {" ; "}
        <a href={`/connecteurs/${connector}/fichiers.zip`}>fichiers pour un développeur (zip)</a>
      </p>
    </section>
  );
}
