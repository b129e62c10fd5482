import type { Child } from "hono/jsx";
import { undoRun } from "../../../curation/undo-run.ts";
import { undoRefusalMessage } from "../../../french/plans.ts";
import { sentence } from "../../../french/typography.ts";
import { requestRun } from "../../../jobs/queue/request-run.ts";
import { outcomeLabel } from "../../parts/badge.tsx";
import { ActButton, ActForm, TextField } from "../../parts/form-controls.tsx";
import { actRoute, CannotDo } from "../../route.ts";
import { visitorOf } from "../../visit.ts";
import { type RunView, readRun } from "./read-run.ts";

/** Cancels a run that waits or is in progress. */
export const cancelRoute = actRoute("/collectes/:run/annuler", { who: "ops", act: "run.cancel" }, async (visit) => {
  const run = await readRun(visit);
  const { runId, connector } = run;
  const { catalogue, console } = visit;
  const was = await catalogue.runQueue.cancel(runId, visitorOf(visit).name, visit.now);
  if (was === null)
    throw new CannotDo(`Cette collecte est déjà terminée${run.outcome === null ? "" : ` (${outcomeLabel(run.outcome)})`}.`, 409);
  // If the queue does not answer, the job stays in it. A worker drops it later, because the run has ended.
  if (was === "queued") await console.jobs.queue.remove(runId).catch(() => undefined);
  return { message: cancelled[was], to: `/collectes/${runId}`, subject: subjectOf(runId), details: { connector, was } };
});

const cancelled = {
  queued: "La collecte est arrêtée : elle n’avait pas commencé.",
  running: "L’arrêt est demandé : la collecte s’arrête dès qu’elle peut le faire sans rien laisser à moitié.",
  applying: "Il est trop tard pour l’arrêter : elle écrit son plan et va le terminer. Vous pourrez ensuite la défaire.",
} as const;

/** Starts a dry run on the snapshot of a run, with the current connector and term files. */
export const replayRoute = actRoute("/collectes/:run/rejouer", { who: "ops", act: "run.replay" }, async (visit) => {
  const { runId, connector, snapshotHash } = await readRun(visit);
  const { catalogue, console, now } = visit;
  if (snapshotHash === null || !(await catalogue.snapshots.has(snapshotHash)))
    throw new CannotDo("Le flux de cette collecte n’est pas, ou plus, conservé : il ne peut pas être rejoué.");
  if (!(await console.jobs.connectors()).some(({ definition }) => definition.id === connector))
    throw new CannotDo(`Le connecteur ${connector} n’existe plus : son flux ne peut pas être relu.`);
  const options = { snapshot: snapshotHash, dryRun: true };
  const requested = await requestRun(catalogue, console.jobs.queue, { connector, options, by: visitorOf(visit).name, now });
  return {
    message: requested.isNew ? "L’essai est demandé : voici où il en est." : "Cet essai était déjà demandé : voici où il en est.",
    to: `/collectes/${requested.runId}`,
    subject: subjectOf(runId),
    details: { connector, replay: requested.runId },
  };
});

/** Creates the plan that undoes a run, and redirects to it. Nothing is undone until that plan is applied. */
export const undoRoute = actRoute("/collectes/:run/defaire", { who: "ops", act: "run.undo" }, async (visit, form) => {
  const { runId, connector, report } = await readRun(visit);
  const { catalogue, now } = visit;
  const undone = report?.planId ? await catalogue.plans.find(report.planId) : null;
  if (undone === null) throw new CannotDo("Cette collecte n’a pas préparé de plan : il n’y a rien à défaire.");
  const note = form.text("note");
  const plan = await undoRun(catalogue, { by: visitorOf(visit).name, now, ...(note !== "" && { note }) }, undone);
  if ("refused" in plan) {
    const waiting = plan.refused.code === "undo-open" ? plan.refused.params.by : undefined;
    if (waiting !== undefined) return { to: `/plans/${waiting}` };
    throw new CannotDo(sentence(undoRefusalMessage(plan.refused)), 409);
  }
  const subject = subjectOf(runId);
  const details = { connector, plan: plan.planId, changes: plan.changes };
  if (plan.changes === 0)
    return {
      message: "Tout ce que cette collecte avait fait a été modifié depuis : il ne reste rien à défaire.",
      to: `/collectes/${runId}`,
      subject,
      details,
    };
  return {
    message: "Le plan qui défait cette collecte est prêt. Rien n’est défait avant que vous l’appliquiez.",
    to: `/plans/${plan.planId}`,
    subject,
    details,
  };
});

function subjectOf(runId: string): string {
  return `collecte ${runId}`;
}

/** Renders the actions that the visitor may do now. */
export function RunActs({ view, csrf }: { readonly view: RunView; readonly csrf: string }): Child {
  const { run, mayAct, publisher, isSnapshotKept } = view;
  if (!mayAct) return null;
  const address = `/collectes/${run.runId}`;
  if (run.state !== "ended")
    return <ActButton action={`${address}/annuler`} csrf={csrf} label="Arrêter cette collecte" icon="fr-icon-stop-circle-line" size="md" />;
  const canReplay = isSnapshotKept && publisher !== null;
  const canUndo = mayUndo(view);
  if (!canReplay && !canUndo) return null;
  return (
    <>
      <h2 class="fr-sr-only">Agir</h2>
      {canReplay && (
        <>
          <ActButton action={`${address}/rejouer`} csrf={csrf} label="Rejouer ce flux à l’essai" icon="fr-icon-refresh-line" size="md" />
          <p class="moisson-mention">
            Rejouer lit le même flux avec le connecteur et les correspondances d’aujourd’hui, et prépare un plan sans rien écrire.
          </p>
        </>
      )}
      {canUndo && (
        <details class="fr-mb-3w">
          <summary>Défaire cette collecte</summary>
          <ActForm action={`${address}/defaire`} csrf={csrf}>
            <p>
              Un plan est préparé, qui reprend ce que cette collecte a fait au catalogue ; ce qu’une personne ou une collecte plus récente a
              touché depuis est laissé tel quel. Rien n’est défait avant que ce plan soit appliqué, à la page suivante.
            </p>
            <TextField name="note" label="Pourquoi la défaire" required={false} maxlength={500} />
            <button type="submit" class="fr-btn fr-btn--secondary">
              Préparer le plan qui la défait
            </button>
          </ActForm>
        </details>
      )}
    </>
  );
}

/** Returns false if there is certainly nothing to undo. Other refusals are reported when the person asks for the undo. */
function mayUndo({ run, plan, undo }: RunView): boolean {
  return plan !== null && plan.appliedAt !== null && plan.undoneBy === null && run.undoneAt === null && undo?.state !== "open";
}
