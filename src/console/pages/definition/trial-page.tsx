import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { versionChanges } from "../../../french/versions.ts";
import { goodOutcomes } from "../../../model/run/run-error.ts";
import { shownAddress } from "../../../platform/shown-address.ts";
import { connectorAs } from "../../../registry/stored-versions.ts";
import { Alert } from "../../parts/alert.tsx";
import { ActButton } from "../../parts/form.tsx";
import { formatDateTime } from "../../parts/time.ts";
import type { PageRoute } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { runBlocker } from "../connectors/run-blockers.ts";
import { comparable } from "./comparable.ts";
import { breadcrumbOf, contentNow, type DefinitionView, definitionOf } from "./definition-of.ts";
import { TrialEffect, TrialWaiting } from "./trial-effect.tsx";
import { type TrialView, trialOf } from "./trial-of.ts";

/** A change before it counts: what it is, what it would do, and whether it is kept. */
export const trialPage: PageRoute = {
  method: "get",
  path: "/connecteurs/:connecteur/essais/:run",
  who: "read",
  async answer(visit) {
    const view = await definitionOf(visit);
    const trial = await trialOf(visit, param(visit, "run"));
    return {
      title: "Essai d’un changement",
      breadcrumb: breadcrumbOf(view, { title: "Définition", href: `/connecteurs/${view.id}/definition` }),
      menuPath: "/connecteurs",
      content: (
        <>
          <h1>Essai d’un changement</h1>
          <p>{french`Préparé par ${trial.trial.by}, le ${formatDateTime(trial.trial.at)} : ${trial.trial.why}`}</p>
          <h2>Ce qui change dans la définition</h2>
          <Changes changes={await changesOf(view, trial)} />
          <h2>Ce que cela ferait</h2>
          {trial.run.state === "ended" ? <TrialEffect run={trial.run} /> : <TrialWaiting said={await runBlocker(visit)} />}
          {decision(visit, view, trial)}
        </>
      ),
    };
  },
};

async function changesOf(view: DefinitionView, { trial }: TrialView): Promise<string[]> {
  const tried = await connectorAs(view.registry, trial);
  const before = view.connector ?? view.ofFile;
  if (tried === null || "problems" in tried || before === null) return [];
  return versionChanges(comparable(before, contentNow(view).terms), comparable(tried, trial.terms), shownAddress);
}

function Changes({ changes }: { readonly changes: readonly string[] }): Child {
  if (changes.length === 0) return <p>Rien : la définition en vigueur est déjà celle-ci.</p>;
  return (
    <ul>
      {changes.map((change) => (
        <li>{change}</li>
      ))}
    </ul>
  );
}

/** What a person decides: it is kept, or not. Somebody else's version that has come meanwhile is not overwritten. */
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
