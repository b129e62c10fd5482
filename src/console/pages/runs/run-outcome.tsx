import type { Child } from "hono/jsx";
import { guardMessage, outcomeMessage, runErrorMessage } from "../../../french/outcomes.ts";
import { french } from "../../../french/typography.ts";
import { sentence } from "../../../jobs/digest/french/lines.ts";
import type { Outcome } from "../../../model/run/run-error.ts";
import { Alert } from "../../parts/alert.tsx";
import { formatDateTime } from "../../parts/time.ts";
import { runNextMessage } from "./next-step.ts";
import type { RunView } from "./read-run-view.ts";

const kinds: Readonly<Record<Outcome, "success" | "info" | "warning" | "error">> = {
  applied: "success",
  "applied-with-rejects": "success",
  unchanged: "success",
  planned: "info",
  held: "warning",
  unreachable: "error",
  refused: "error",
  unreadable: "error",
  "stopped-early": "error",
  cancelled: "info",
  abandoned: "warning",
  failed: "error",
};

/** How a run ended and why, what became of it since, and what to do now. */
export function RunOutcome({ view }: { readonly view: RunView }): Child {
  const { run, plan, undo, triedAgainBy } = view;
  const { outcome, report, undoneAt } = run;
  const isUndone = undoneAt !== null;
  const next = runNextMessage({
    outcome,
    error: report?.error?.code ?? null,
    plan: plan?.state ?? null,
    isTriedAgain: triedAgainBy !== null,
    isUndone,
  });
  const isWaiting = plan?.state === "open" || plan?.state === "part-applied";
  return (
    <Alert
      kind={isUndone ? "warning" : outcome === null ? "error" : kinds[outcome]}
      title={outcome === null ? "Collecte arrêtée sans rendre compte" : sentence(outcomeMessage(outcome)).replace(/\.$/, "")}
      level={2}
    >
      {report !== null && report.guards.length > 0 && (
        <>
          <p class="fr-mb-0">{report.guards.length === 1 ? "Ce que le garde-fou a vu :" : "Ce que les garde-fous ont vu :"}</p>
          <ul>
            {report.guards.map((finding) => (
              <li>{sentence(guardMessage(finding))}</li>
            ))}
          </ul>
        </>
      )}
      {report?.error && <p>{sentence(french`pourquoi : ${runErrorMessage(report.error.code, report.error.params)}`)}</p>}
      {sinceThen(view).map((said) => (
        <p>{said}</p>
      ))}
      <p>
        <strong>Et maintenant ?</strong> {next}
      </p>
      <ul class="fr-btns-group fr-btns-group--inline fr-btns-group--sm">
        {isWaiting && (
          <li>
            <a class="fr-btn" href={`/plans/${plan.planId}`}>
              Voir le plan et décider
            </a>
          </li>
        )}
        {triedAgainBy !== null && (
          <li>
            <a class="fr-btn" href={`/collectes/${triedAgainBy}`}>
              Voir le nouvel essai
            </a>
          </li>
        )}
        {undo?.state === "open" && (
          <li>
            <a class="fr-btn" href={`/plans/${undo.planId}`}>
              Voir le plan qui la défait
            </a>
          </li>
        )}
      </ul>
    </Alert>
  );
}

/** What persons did about it after its report was written. */
function sinceThen({ run, plan }: RunView): string[] {
  const { appliedAt, appliedBy, undoneAt, undoneBy } = run;
  const said: string[] = [];
  if (appliedAt !== null && appliedBy !== null && appliedBy !== "run")
    said.push(french`Son plan a été appliqué le ${formatDateTime(appliedAt)} par ${appliedBy}${noteOf(plan?.note)}.`);
  if (plan?.state === "part-applied" && plan.appliedAt !== null)
    said.push(french`Son plan a été appliqué en partie le ${formatDateTime(plan.appliedAt)}${byWhom(plan.appliedBy)} ; il en reste.`);
  if (plan?.state === "discarded" && run.outcome !== "unchanged" && plan.closedBy !== "run" && plan.closedAt !== null && undoneAt === null)
    said.push(french`Son plan a été écarté le ${formatDateTime(plan.closedAt)}${byWhom(plan.closedBy)}${noteOf(plan.note)}.`);
  if (plan?.state === "overtaken") said.push("Son plan a été remplacé par celui d’une collecte plus récente.");
  if (undoneAt !== null) said.push(french`Elle a été défaite le ${formatDateTime(undoneAt)}${byWhom(undoneBy)}.`);
  return said;
}

function byWhom(by: string | null): string {
  return by === null ? "" : ` par ${by}`;
}

function noteOf(note: string | null | undefined): string {
  return note ? french` : « ${note} »` : "";
}
