import type { Child } from "hono/jsx";
import { sentence } from "../../../french/typography.ts";
import { badSentences, heldSentences, lateSentence, nextTrySentence, settingsFirst } from "../../../jobs/digest/french/ops.ts";
import type { Trouble } from "../../../jobs/digest/gather-trouble.ts";
import type { BadRun, HeldPlan, LateRun } from "../../../model/run/digest.ts";
import { ActButton } from "../../parts/form.tsx";
import type { Visit } from "../../visit.ts";
import { isOps } from "../connectors/run-buttons.tsx";
import { TroubleItem, TroubleSection } from "./trouble-item.tsx";

/** Runs that are held, did not go well, or are late: most pressing first. */
export function RunTrouble({ visit, trouble }: { readonly visit: Visit; readonly trouble: Trouble }): Child {
  const bad = (title: string, outcome: BadRun["outcome"], runs: readonly BadRun[]) => (
    <TroubleSection title={title} items={runs} more={`/collectes?resultat=${outcome}`}>
      {(run) => <Bad visit={visit} run={run} />}
    </TroubleSection>
  );
  return (
    <>
      <TroubleSection title="Retenues par un garde-fou" items={trouble.held} more="/plans?etat=held">
        {(plan) => <Held visit={visit} plan={plan} />}
      </TroubleSection>
      {bad("En échec, de notre fait", "failed", trouble.failed)}
      {bad("Abandonnées", "abandoned", trouble.abandoned)}
      <TroubleSection title="En retard" items={trouble.late} more="/connecteurs">
        {(run) => <Late visit={visit} run={run} />}
      </TroubleSection>
      {bad("Accès au flux refusé", "refused", trouble.refused)}
      {bad("Flux illisibles", "unreadable", trouble.unreadable)}
      {bad("Flux interrompus avant la fin", "stopped-early", trouble.stoppedEarly)}
      {bad("Serveurs injoignables", "unreachable", trouble.unreachable)}
    </>
  );
}

function Held({ visit, plan }: { readonly visit: Visit; readonly plan: HeldPlan }): Child {
  const { planId, publisher } = plan;
  return (
    <TroubleItem of={plan} said={heldSentences(plan)}>
      <a class="fr-btn fr-btn--sm moisson-inline" href={`/plans/${planId}`}>
        Voir et décider<span class="fr-sr-only"> du plan de {publisher}</span>
      </a>
      {isOps(visit) && (
        <a class="fr-btn fr-btn--sm fr-btn--secondary moisson-inline" href={`/plans/${planId}/ecarter`}>
          Écarter<span class="fr-sr-only"> le plan de {publisher}</span>
        </a>
      )}
    </TroubleItem>
  );
}

function Bad({ visit, run }: { readonly visit: Visit; readonly run: BadRun }): Child {
  const { connector, publisher, runId, nextTryAt, error, waitingPlan } = run;
  const said = [...badSentences(run), ...(nextTryAt === null ? [] : [sentence(nextTrySentence(nextTryAt, visit.now.toISOString()))])];
  const isOurs = error !== null && settingsFirst.has(error.code);
  return (
    <TroubleItem of={run} said={said}>
      <a class="fr-btn fr-btn--sm fr-btn--secondary moisson-inline" href={`/collectes/${runId}`}>
        Voir la collecte<span class="fr-sr-only"> de {publisher}</span>
      </a>
      {nextTryAt === null && isOps(visit) && (
        <RunAgain
          visit={visit}
          connector={connector}
          publisher={publisher}
          label={isOurs ? "Relancer, une fois le réglage corrigé" : "Relancer"}
        />
      )}
      {waitingPlan !== null && (
        <a class="fr-link fr-link--sm" href={`/plans/${waitingPlan.planId}`}>
          Un plan retenu attend toujours<span class="fr-sr-only"> de {publisher}</span>
        </a>
      )}
    </TroubleItem>
  );
}

function Late({ visit, run }: { readonly visit: Visit; readonly run: LateRun }): Child {
  const { connector, publisher, state } = run;
  return (
    <TroubleItem of={run} said={[lateSentence(run)]}>
      {state === "not-begun" && isOps(visit) ? (
        <RunAgain visit={visit} connector={connector} publisher={publisher} label="Lancer" />
      ) : (
        <a class="fr-link fr-link--sm" href={`/collectes?connecteur=${connector}`}>
          Voir où elle en est<span class="fr-sr-only"> ({publisher})</span>
        </a>
      )}
    </TroubleItem>
  );
}

function RunAgain({
  visit,
  connector,
  publisher,
  label,
}: {
  readonly visit: Visit;
  readonly connector: string;
  readonly publisher: string;
  readonly label: string;
}): Child {
  return (
    <ActButton action={`/connecteurs/${connector}/lancer`} csrf={visit.csrf} label={label} about={publisher} fields={{ retour: "/" }} />
  );
}
