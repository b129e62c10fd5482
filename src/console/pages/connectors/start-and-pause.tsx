import type { Child } from "hono/jsx";
import { everything } from "../../../catalogue/runs/schedule-repository.ts";
import { pauseSentence } from "../../../french/digest/ops.ts";
import { counted, french, isPlural } from "../../../french/typography.ts";
import { pauseRuns } from "../../../jobs/queue/pause-runs.ts";
import { type QueuedRequest, requestRun } from "../../../jobs/queue/request-run.ts";
import { missingAddress } from "../../../jobs/schedule/missing-variables.ts";
import { nameOfConnector } from "../../../registry/connector-names.ts";
import { backTo } from "../../access/sign-in.ts";
import { Alert } from "../../parts/alert.tsx";
import { ActButton, ActForm, Checkboxes, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { type ActRoute, actRoute, CannotDo, type Form } from "../../route.ts";
import { pausedNote } from "../../run-blockers.ts";
import { hasRole, type Visit, visitorOf } from "../../visit.ts";
import { type ConnectorRow, connectorRowOf, loadedConnectorOf } from "./connector-rows.ts";

const maxReasonLength = 500;

const ask = actRoute("/connecteurs/:connecteur/lancer", { who: "ops", act: "run.ask" }, async (visit, form) => {
  const { definition } = await loadedConnectorOf(visit);
  const { id } = definition;
  const name = nameOfConnector(await visit.console.jobs.connectors(), id);
  const { jobs } = visit.console;
  const variable = missingAddress(definition, jobs.services.environment);
  if (variable !== null)
    throw new CannotDo(french`L'adresse de ce flux n'est pas connue (réglage ${variable}) : déposez plutôt un fichier.`);
  const [isDry = false, isForced = false] = ["essai", "force"].map((option) => form.all("options").includes(option));
  const options = { ...(isDry && { dryRun: true }), ...(isForced && { force: true }) };
  const by = visitorOf(visit).name;
  const requested = await requestRun(visit.catalogue, jobs.queue, { connector: id, options, by, now: visit.now });
  const what = isDry ? french`L'essai de ${name} est demandé` : `La collecte de ${name} est demandée`;
  const paused = await pausedNote(visit);
  return {
    message: paused === "" ? `${what} : ${whenSentence(requested)}` : `${what}. ${paused}`,
    to: backTo(form, `/collectes/${requested.runId}`),
    subject: `connecteur ${id}`,
    details: { run: requested.runId, ...options },
  };
});

/** Returns when a requested run starts, or its result is known. */
function whenSentence({ isNew, behind, isRetry }: QueuedRequest): string {
  if (behind !== null) return french`départ après la collecte en cours.`;
  if (isRetry) return "le nouvel essai prévu part maintenant.";
  return french`${isNew ? "" : "déjà en attente, "}son résultat paraîtra ici dans quelques minutes.`;
}

const pause = actRoute("/connecteurs/:connecteur/pause", { who: "ops", act: "connector.pause" }, async (visit, form) => {
  const { id, name } = await connectorRowOf(visit);
  const reason = reasonOf(form);
  const { isNew, dropped } = await pauseRuns(visit.catalogue, { connector: id, by: visitorOf(visit).name, at: visit.now, reason });
  if (!isNew) throw new CannotDo("Ce connecteur était déjà en pause.", 409);
  return {
    message: `${name} est en pause.${dropped > 0 ? " La collecte que le calendrier avait demandée est annulée." : ""}`,
    to: backTo(form, `/connecteurs/${id}`),
    subject: `connecteur ${id}`,
    details: { reason },
  };
});

const resume = actRoute("/connecteurs/:connecteur/reprendre", { who: "ops", act: "connector.resume" }, async (visit, form) => {
  const { id, name } = await connectorRowOf(visit);
  await endPause(visit, id, "Ce connecteur n’était pas en pause.");
  return { message: `${name} n’est plus en pause.`, to: backTo(form, `/connecteurs/${id}`), subject: `connecteur ${id}` };
});

/** Ends a pause. Throws `CannotDo` if somebody else already ended it. */
async function endPause({ catalogue, now }: Visit, connector: string, otherwise: string): Promise<void> {
  if (!(await catalogue.schedule.resume(connector, now))) throw new CannotDo(otherwise, 409);
}

/** Returns the typed reason, or null. */
function reasonOf(form: Form): string | null {
  return form.text("raison").slice(0, maxReasonLength) || null;
}

/** Routes that start, pause and resume the runs of a connector. */
export const runActs: readonly ActRoute[] = [ask, pause, resume];

const pauseAll = actRoute("/pause", { who: "ops", act: "runs.pause" }, async (visit, form) => {
  const reason = reasonOf(form);
  const { isNew } = await pauseRuns(visit.catalogue, { connector: everything, by: visitorOf(visit).name, at: visit.now, reason });
  if (!isNew) throw new CannotDo("Tout était déjà en pause.", 409);
  const message = french`Tout est en pause : aucune collecte ne commencera avant la reprise. Celles qui sont en cours vont à leur terme.`;
  return { message, to: "/connecteurs", subject: "toutes les collectes", details: { reason } };
});

const resumeAll = actRoute("/reprise", { who: "ops", act: "runs.resume" }, async (visit) => {
  await endPause(visit, everything, "Rien n’était en pause.");
  const others = (await visit.catalogue.schedule.pauses()).length;
  const stay = others === 0 ? "" : ` ${counted(others, "connecteur")} ${isPlural(others) ? "restent" : "reste"} en pause.`;
  return {
    message: french`Les collectes reprennent ; ce qui attendait va commencer.${stay}`,
    to: "/connecteurs",
    subject: "toutes les collectes",
  };
});

/** Routes that pause and resume all runs. */
export const pauseActs: readonly ActRoute[] = [pauseAll, resumeAll];

/** Returns true for visitors who may start, pause and resume runs. */
export function isOps(visit: Visit): boolean {
  return hasRole(visit, "ops");
}

/** The forms to run, pause and resume, for ops. Other visitors only see that the connector is paused. */
export function RunForms({ visit, row }: { readonly visit: Visit; readonly row: ConnectorRow }): Child {
  const { id, name, definition, pause, missing } = row;
  const mayAct = isOps(visit);
  return (
    <>
      {pause !== null && (
        <Alert kind="warning" title="En pause" level={2}>
          <p>{pauseSentence({ ...pause, at: pause.at.toISOString() })}</p>
          {mayAct && <ActButton action={`/connecteurs/${id}/reprendre`} csrf={visit.csrf} label="Reprendre" about={name} kind="primary" />}
        </Alert>
      )}
      {mayAct && definition !== null && missing === null && <RunNow visit={visit} id={id} />}
      {mayAct && pause === null && definition?.state === "active" && definition.rhythm === undefined && (
        <details class="fr-mb-2w">
          <summary>Mettre en pause</summary>
          <ActForm action={`/connecteurs/${id}/pause`} csrf={visit.csrf} class="fr-mt-2w moisson-narrow">
            <p>Le calendrier ne le collecte plus avant la reprise. Une personne peut toujours lancer une collecte.</p>
            <TextField name="raison" label="Raison" hint="La page du matin la rappelle." required={false} maxlength={500} />
            <button type="submit" class="fr-btn fr-btn--secondary">
              Mettre en pause
            </button>
          </ActForm>
        </details>
      )}
    </>
  );
}

function RunNow({ visit, id }: { readonly visit: Visit; readonly id: string }): Child {
  return (
    <details class="fr-mb-2w" open={visit.query.has("lancer")}>
      <summary>Lancer une collecte</summary>
      <ActForm action={`/connecteurs/${id}/lancer`} csrf={visit.csrf} class="fr-mt-2w">
        <Checkboxes
          name="options"
          label="Comment"
          hint={french`Sans rien cocher : comme chaque nuit ; ce que les garde-fous ne retiennent pas est appliqué.`}
          choices={[
            { value: "essai", label: "À l’essai : préparer le plan, ne rien écrire" },
            { value: "force", label: "Relire le flux même s’il n’a pas changé" },
          ]}
          values={[]}
        />
        <SubmitButton label="Lancer maintenant" />
      </ActForm>
    </details>
  );
}
