import { french } from "../../../french/typography.ts";
import { askRun } from "../../../jobs/ask-run.ts";
import { type ActRoute, CannotDo } from "../../route.ts";
import { keepUpload, mostUploadBytes } from "../../uploads/keep-upload.ts";
import { visitorOf } from "../../visit.ts";
import { loadedConnectorOf } from "./connector-of.ts";
import { whatHinders } from "./what-hinders.ts";

/** A new version of a file: kept as a snapshot, and run from there by any worker; as a dry run, unless it is asked for otherwise. */
export const fileAct: ActRoute = {
  method: "post",
  path: "/connecteurs/:connecteur/fichier",
  who: "bizdev",
  act: "file.bring",
  // Beside the file a form has a few lines of its own.
  maxBytes: mostUploadBytes + 100_000,
  async perform(visit, form) {
    const { definition } = await loadedConnectorOf(visit);
    const file = form.file("fichier");
    if (file === null) throw new CannotDo(french`Choisissez un fichier : rien n'a été envoyé, ou le fichier est vide.`);
    const snapshot = await keepUpload(visit, file);
    const isDry = form.text("suite") !== "appliquer";
    const ask = {
      connector: definition.id,
      options: { snapshot, brought: true, ...(isDry && { dryRun: true }) },
      by: visitorOf(visit).name,
    };
    const asked = await askRun(visit.catalogue, visit.console.jobs.queue, { ...ask, now: visit.now });
    // It may have been kept for long, and pruned before this run named it.
    if (!(await visit.catalogue.snapshots.has(snapshot))) await keepUpload(visit, file);
    const state = asked.isNew
      ? french`Le fichier est reçu, sa collecte est demandée.`
      : french`Ce fichier était déjà reçu, et sa collecte attend.`;
    return {
      message: `${state} ${await whatHinders(visit)}`.trim(),
      to: `/collectes/${asked.runId}`,
      subject: `connecteur ${definition.id}`,
      details: { run: asked.runId, bytes: file.size, snapshot, dryRun: isDry },
    };
  },
};
