import type { Child } from "hono/jsx";
import type { RunRecord } from "../../../../catalogue/runs/run-repository.ts";
import { guardMessage } from "../../../../french/guards.ts";
import { runErrorMessage } from "../../../../french/runs.ts";
import { counted, french } from "../../../../french/typography.ts";
import { versionChanges } from "../../../../french/versions.ts";
import { goodOutcomes } from "../../../../model/run/run-error.ts";
import type { RunReport } from "../../../../model/run/run-report.ts";
import { shownAddress } from "../../../../platform/shown-address.ts";
import { contentNow } from "../../../../registry/change-content.ts";
import { connectorAs } from "../../../../registry/stored-versions.ts";
import { Alert } from "../../../parts/alert.tsx";
import { Figures } from "../../../parts/facts.tsx";
import { ActButton } from "../../../parts/form-controls.tsx";
import { Link } from "../../../parts/link.tsx";
import { List } from "../../../parts/list.tsx";
import { formatDateTime } from "../../../parts/time.ts";
import { pageRoute } from "../../../route.ts";
import { runBlocker } from "../../../run-blockers.ts";
import { param, type Visit } from "../../../visit.ts";
import { breadcrumbOf, comparable, type DefinitionView, definitionOf } from "./definition-of.ts";
import { type TrialView, trialOf } from "./trial-acts.ts";

/** Shows a tried change, its effect on the catalogue, and the buttons to save or abandon it. */
export const trialPage = pageRoute("/connecteurs/:connecteur/essais/:run", "read", async (visit) => {
  const view = await definitionOf(visit);
  const trial = await trialOf(visit, param(visit, "run"));
  const changes = await changesOf(view, trial);
  return {
    title: "Essai d’un changement",
    breadcrumb: breadcrumbOf(view, { title: "Définition", href: `/connecteurs/${view.id}/definition` }),
    menuPath: "/connecteurs",
    content: (
      <>
        <h1>Essai d’un changement</h1>
        <p>{french`Préparé par ${trial.trial.by}, le ${formatDateTime(trial.trial.at)} : ${trial.trial.why}`}</p>
        <h2>Ce qui change dans la définition</h2>
        {changes.length === 0 ? <p>Rien : la définition en vigueur est déjà celle-ci.</p> : <List items={changes} />}
        <h2>Ce que cela ferait</h2>
        {trial.run.state === "ended" ? <TrialEffect run={trial.run} /> : <TrialWaiting reason={await runBlocker(visit)} />}
        {decision(visit, view, trial)}
      </>
    ),
  };
});

async function changesOf(view: DefinitionView, { trial }: TrialView): Promise<string[]> {
  const tried = await connectorAs(view.registry, trial);
  const before = view.connector ?? view.ofFile;
  if (tried === null || "problems" in tried || before === null) return [];
  return versionChanges(comparable(before, contentNow(view.ofFile, view.version).terms), comparable(tried, trial.terms), shownAddress);
}

/** The buttons to save or abandon a trial. A version that was added meanwhile is never overwritten. */
function decision(visit: Visit, view: DefinitionView, { run, after }: TrialView): Child {
  const id = view.id;
  if ((view.version?.version ?? 0) !== after)
    return (
      <Alert kind="info">
        <p>
          La définition a changé depuis cet essai : <a href={`/connecteurs/${id}/versions`}>voir ses versions</a>.
        </p>
      </Alert>
    );
  const isGood = run.outcome !== null && (goodOutcomes.has(run.outcome) || run.outcome === "held");
  return (
    <p>
      {isGood && (
        <ActButton
          action={`/connecteurs/${id}/versions`}
          csrf={visit.csrf}
          label="Enregistrer cette version"
          kind="primary"
          size="md"
          fields={{ essai: run.runId }}
        />
      )}
      <ActButton action={`/connecteurs/${id}/essais/${run.runId}/abandonner`} csrf={visit.csrf} label="Abandonner cet essai" size="md" />
    </p>
  );
}

/** Shown while the trial runs. `reason`: why it is waiting. */
function TrialWaiting({ reason }: { readonly reason: string }): Child {
  return (
    <div id="essai" class="fr-callout" data-live>
      <p class="fr-callout__text">
        Le dernier flux est relu avec ce changement : cela prend quelques secondes, davantage pour un grand flux.
      </p>
      {reason !== "" && <p>{reason}</p>}
    </div>
  );
}

function TrialEffect({ run }: { readonly run: RunRecord }): Child {
  const { report, outcome } = run;
  if (report === null || outcome === null || !(goodOutcomes.has(outcome) || outcome === "held"))
    return (
      <Alert kind="error" title="L’essai n’a pas abouti">
        <p>{report?.error == null ? "Le flux n’a pas pu être relu." : runErrorMessage(report.error.code, report.error.params)}</p>
        <p>
          <a href={`/collectes/${run.runId}`}>Voir la collecte d’essai</a>
        </p>
      </Alert>
    );
  return (
    <>
      <Counts report={report} />
      {outcome === "held" && (
        <Alert kind="warning">
          <p>Un garde-fou retiendrait ce plan : lisez-le avant d’enregistrer.</p>
          <List items={report.guards.map((finding) => guardMessage(finding))} />
        </Alert>
      )}
      <p>
        {report.planId !== null && outcome !== "unchanged" && (
          <Link
            icon="fr-icon-arrow-right-line fr-link--icon-right fr-mr-3w"
            href={`/plans/${report.planId}`}
            label="Lire le plan de cet essai, aide par aide"
          />
        )}
        <Link href={`/collectes/${run.runId}`} label="Voir la collecte d’essai, ses anomalies et ses comptes" />
      </p>
    </>
  );
}

function Counts({ report: { counts } }: { readonly report: RunReport }): Child {
  const figures: readonly (readonly [string, number])[] = [
    ["créées", counts.created],
    ["modifiées", counts.updated],
    ["rétablies", counts.restored],
    ["retirées", counts.withdrawn],
    ["inchangées", counts.unchanged],
    ["propositions aux relecteurs", counts.proposals],
    ["enregistrements rejetés", counts.rejected],
    ["enregistrements laissés de côté", counts.skipped],
  ];
  const touched = counts.created + counts.updated + counts.restored + counts.withdrawn + counts.proposals;
  return (
    <>
      <p>
        {touched === 0
          ? "Aucune aide ne changerait."
          : french`${counted(touched, "changement")} d'aides, sur ${counted(counts.received, "enregistrement reçu", "enregistrements reçus")}.`}
      </p>
      <Figures figures={figures.filter(([, count]) => count > 0)} />
    </>
  );
}
