import type { Child } from "hono/jsx";
import { repairSentence } from "../../../french/digest/ops.ts";
import { guardMessage } from "../../../french/guards.ts";
import { outcomeMessages, runErrorMessage } from "../../../french/runs.ts";
import { french, sentence } from "../../../french/typography.ts";
import { isHeldAsFirst } from "../../../model/plan/guard.ts";
import { isToLookAt, repairsIn } from "../../../model/run/run-attention.ts";
import { machineCauseOfError, type Outcome, type RunErrorCode } from "../../../model/run/run-error.ts";
import type { RunReport } from "../../../model/run/run-report.ts";
import { Alert } from "../../parts/alert.tsx";
import { ButtonLink } from "../../parts/link.tsx";
import { List } from "../../parts/list.tsx";
import { formatDateTime } from "../../parts/time.ts";
import { isOpen } from "../plans/plan-state.tsx";
import type { RunView } from "./read-run.ts";

const kinds: Readonly<Record<Outcome, "success" | "info" | "warning" | "error">> = {
  applied: "success",
  "applied-with-rejects": "warning",
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

const waitsToBeRead = french`La première collecte est prête : son plan attend d'être relu`;

/** Renders how a run ended and why, later decisions, and what to do now. */
export function RunOutcome({ view }: { readonly view: RunView }): Child {
  const { run, plan, undo, triedAgainBy } = view;
  const { outcome, report, undoneAt } = run;
  const isFirst = outcome === "held" && report !== null && isHeldAsFirst(report.guards);
  return (
    <Alert
      kind={undoneAt !== null ? "warning" : outcome === null ? "error" : isFirst ? "info" : kindOf(outcome, report)}
      title={
        outcome === null
          ? "Collecte arrêtée sans rendre compte"
          : isFirst
            ? waitsToBeRead
            : sentence(outcomeMessages[outcome]).replace(/\.$/, "")
      }
      level={2}
    >
      {report !== null && report.guards.length > 0 && !isFirst && (
        <>
          <p class="fr-mb-0">{report.guards.length === 1 ? "Ce que le garde-fou a vu :" : "Ce que les garde-fous ont vu :"}</p>
          <List items={report.guards.map((finding) => sentence(guardMessage(finding)))} />
        </>
      )}
      {report?.error && <p>{sentence(french`pourquoi : ${runErrorMessage(report.error.code, report.error.params)}`)}</p>}
      {sinceThen(view).map((message) => (
        <p>{message}</p>
      ))}
      <p>
        <strong>Et maintenant ?</strong> {nextStepMessage(view)}
      </p>
      <ul class="fr-btns-group fr-btns-group--inline fr-btns-group--sm">
        {plan !== null && isOpen(plan) && (
          <li>
            <ButtonLink href={`/plans/${plan.planId}`} label="Voir le plan et décider" />
          </li>
        )}
        {triedAgainBy !== null && (
          <li>
            <ButtonLink href={`/collectes/${triedAgainBy}`} label="Voir le nouvel essai" />
          </li>
        )}
        {undo?.state === "open" && (
          <li>
            <ButtonLink href={`/plans/${undo.planId}`} label="Voir le plan qui la défait" />
          </li>
        )}
      </ul>
    </Alert>
  );
}

function kindOf(outcome: Outcome, report: RunReport | null): "success" | "info" | "warning" | "error" {
  const figures = { outcome, rejected: report?.counts.rejected ?? null, warnings: report?.warnings.length ?? null };
  return kinds[outcome] === "success" && isToLookAt(figures) ? "warning" : kinds[outcome];
}

/** Returns sentences about decisions after the report was written. */
function sinceThen({ run, plan }: RunView): string[] {
  const { appliedAt, appliedBy, undoneAt, undoneBy } = run;
  const messages: string[] = [];
  if (appliedAt !== null && appliedBy !== null && appliedBy !== "run")
    messages.push(french`Son plan a été appliqué le ${formatDateTime(appliedAt)} par ${appliedBy}${noteOf(plan?.note)}.`);
  if (plan?.state === "part-applied" && plan.appliedAt !== null)
    messages.push(french`Son plan a été appliqué en partie le ${formatDateTime(plan.appliedAt)}${byWhom(plan.appliedBy)} ; il en reste.`);
  if (plan?.state === "discarded" && run.outcome !== "unchanged" && plan.closedBy !== "run" && plan.closedAt !== null && undoneAt === null)
    messages.push(french`Son plan a été écarté le ${formatDateTime(plan.closedAt)}${byWhom(plan.closedBy)}${noteOf(plan.note)}.`);
  if (plan?.state === "overtaken") messages.push("Son plan a été remplacé par celui d’une collecte plus récente.");
  if (undoneAt !== null) messages.push(french`Elle a été défaite le ${formatDateTime(undoneAt)}${byWhom(undoneBy)}.`);
  return messages;
}

function byWhom(by: string | null): string {
  return by === null ? "" : ` par ${by}`;
}

function noteOf(note: string | null | undefined): string {
  return note ? french` : « ${note} »` : "";
}

/** Renders the guard warnings that do not hold the plan, and the repairs of the feed. */
export function RunWarnings({ report: { warnings, issues } }: { readonly report: RunReport }): Child {
  const repairs = repairsIn(issues);
  return (
    <>
      {warnings.length > 0 && (
        <>
          <h2 id="attention" class="fr-mt-4w">
            Points d’attention
          </h2>
          <List items={warnings.map((finding) => sentence(guardMessage(finding)))} />
        </>
      )}
      {repairs.length > 0 && (
        <>
          <h2 id={warnings.length > 0 ? undefined : "attention"} class="fr-mt-4w">
            Réparé dans ce flux
          </h2>
          <List items={repairs.map(({ code, count, examples: [first] }) => repairSentence({ code, count, params: first?.params ?? {} }))} />
        </>
      )}
    </>
  );
}

const lookAtPlan = french`Ouvrez le plan pour voir ce qu'il changerait, puis appliquez-le ou écartez-le. En attendant, le catalogue reste tel quel.`;

const ofOutcome: Readonly<Record<Outcome, string>> = {
  applied: french`Il n'y a rien à faire.`,
  "applied-with-rejects": french`Les aides valides sont au catalogue. Les enregistrements rejetés sont listés plus bas : le producteur peut les corriger.`,
  unchanged: french`Il n'y a rien à faire : le catalogue est à jour.`,
  planned: french`Il n'y a rien à faire : cet essai n'a rien écrit.`,
  held: french`Son plan n'attend plus : la prochaine collecte en préparera un nouveau si la cause est toujours là.`,
  unreachable: french`Le plus souvent, cela passe tout seul. Si cela dure plusieurs nuits, prévenez le producteur que son serveur ne répond pas.`,
  refused: french`Vérifiez l'adresse du flux auprès du producteur : elle a peut-être changé, ou l'accès a été retiré. Relancez ensuite la collecte.`,
  unreadable: french`Ouvrez l'adresse du flux pour voir ce qui arrive à sa place. Si le producteur a changé de format, le connecteur est à adapter ; sinon, prévenez-le.`,
  "stopped-early": french`Relancez la collecte. Si elle s'arrête toujours au même endroit, prévenez le producteur.`,
  cancelled: french`La collecte peut être relancée quand vous voulez.`,
  abandoned: french`Si aucune collecte de ce connecteur n'a suivi, relancez-la.`,
  failed: french`Le producteur n'y est pour rien. Relancez la collecte ; si cela se répète, transmettez l'identifiant de cette collecte à l'équipe technique.`,
};

/** Errors that a person can fix in the settings, without the publisher. */
const settings: ReadonlySet<RunErrorCode> = new Set([
  "missing-secret",
  "missing-address",
  "token-refused",
  "address-refused",
  "forgotten-unknown",
]);

/** Returns sentences that say what to do after a run. */
function nextStepMessage({ run, plan, triedAgainBy }: RunView): string {
  const { outcome, report, undoneAt } = run;
  const error = report?.error?.code;
  if (undoneAt !== null) return french`Ce que cette collecte avait fait a été défait. Le même flux sera retenu s'il revient.`;
  if (plan !== null && isOpen(plan)) return lookAtPlan;
  const isMachines = report?.error != null && machineCauseOfError(report.error.code, report.error.params) !== null;
  if (isMachines && triedAgainBy !== null)
    return french`La machine est en cause, ni le flux ni son serveur. La collecte a repris d'elle-même, sans compter d'essai : regardez la suivante.`;
  if (triedAgainBy !== null) return french`Un nouvel essai a pris la suite : c'est lui qu'il faut regarder.`;
  if (plan?.state === "applied" && outcome === "held") return french`Il n'y a rien à faire : une personne a appliqué son plan depuis.`;
  if (outcome === null) return french`Cette collecte s'est arrêtée sans rendre compte, et n'a rien écrit. Relancez-la.`;
  if (error !== undefined && settings.has(error)) return french`Corrigez le réglage en cause, puis relancez la collecte.`;
  if (error === "snapshot-missing") return french`Relancez une collecte ordinaire de ce connecteur, qui lira le flux d'aujourd'hui.`;
  if (outcome === "applied" && (report?.warnings.length ?? 0) > 0)
    return french`Lisez les points d'attention, plus bas : le plan est appliqué.`;
  return ofOutcome[outcome];
}
