import type { Child } from "hono/jsx";
import type { RunRecord } from "../../../catalogue/runs/run-repository.ts";
import { guardMessage } from "../../../french/guards.ts";
import { runErrorMessage } from "../../../french/runs.ts";
import { counted, french } from "../../../french/typography.ts";
import { goodOutcomes } from "../../../model/run/run-error.ts";
import type { RunReport } from "../../../model/run/run-report.ts";
import { Alert } from "../../parts/alert.tsx";
import { formatNumber } from "../../parts/table.tsx";

/** While the last feed is read again. `said`: what keeps it from being read. */
export function TrialWaiting({ said }: { readonly said: string }): Child {
  return (
    <div id="essai" class="fr-callout" data-live>
      <p class="fr-callout__text">
        Le dernier flux est relu avec ce changement : cela prend quelques secondes, davantage pour un grand flux.
      </p>
      {said !== "" && <p>{said}</p>}
    </div>
  );
}

/** What a trial would do to the catalogue, or why it came to nothing. */
export function TrialEffect({ run }: { readonly run: RunRecord }): Child {
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
          <ul>
            {report.guards.map((finding) => (
              <li>{guardMessage(finding)}</li>
            ))}
          </ul>
        </Alert>
      )}
      <p>
        {report.planId !== null && outcome !== "unchanged" && (
          <a class="fr-link fr-icon-arrow-right-line fr-link--icon-right fr-mr-3w" href={`/plans/${report.planId}`}>
            Lire le plan de cet essai, aide par aide
          </a>
        )}
        <a class="fr-link" href={`/collectes/${run.runId}`}>
          Voir la collecte d’essai, ses anomalies et ses comptes
        </a>
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
      <dl class="moisson-figures">
        {figures
          .filter(([, count]) => count > 0)
          .map(([name, count]) => (
            <div>
              <dt>{name}</dt>
              <dd>{formatNumber(count)}</dd>
            </div>
          ))}
      </dl>
    </>
  );
}
