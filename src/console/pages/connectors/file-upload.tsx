import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { requestRun } from "../../../jobs/queue/request-run.ts";
import { keepUpload, maxUploadBytes } from "../../forms/keep-upload.ts";
import { ActForm, FileField, SubmitButton } from "../../parts/form-controls.tsx";
import { actRoute, CannotDo, type Form } from "../../route.ts";
import { pausedNote } from "../../run-blockers.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { loadedConnectorOf } from "./connector-rows.ts";

/** The form to upload a new version of a publisher's file. */
export function FileForm({ visit, id, format }: { readonly visit: Visit; readonly id: string; readonly format: string }): Child {
  return (
    <ActForm action={`/connecteurs/${id}/fichier`} csrf={visit.csrf} hasFiles class="moisson-narrow">
      <FileField
        name="fichier"
        label="Nouvelle version du fichier"
        hint={french`Le fichier entier, au même format que d'habitude (${format}) ; ${Math.round(maxUploadBytes / 1_000_000)} Mo au plus.`}
        required
      />
      <AfterUpload />
      <SubmitButton label="Déposer le fichier" />
    </ActForm>
  );
}

/** Whether the plan of a new file waits for its author, or is applied if no guard holds it: see `isDryUpload`. */
export function AfterUpload(): Child {
  return (
    <fieldset class="fr-fieldset" aria-labelledby="champ-suite-legende">
      <legend class="fr-fieldset__legend--regular fr-fieldset__legend" id="champ-suite-legende">
        Et ensuite
      </legend>
      <Choice value="preparer" label="Préparer le plan, que je lirai avant de l’appliquer" isChosen />
      <Choice value="appliquer" label="Appliquer, si aucun garde-fou ne retient le plan" />
    </fieldset>
  );
}

/** Returns true if the plan of the file only has to be prepared. */
export function isDryUpload(form: Form): boolean {
  return form.text("suite") !== "appliquer";
}

function Choice(given: { readonly value: string; readonly label: string; readonly isChosen?: boolean }): Child {
  const { value, label, isChosen = false } = given;
  return (
    <div class="fr-fieldset__element">
      <div class="fr-radio-group fr-radio-group--sm">
        <input type="radio" id={`champ-suite-${value}`} name="suite" value={value} checked={isChosen} />
        <label class="fr-label" for={`champ-suite-${value}`}>
          {label}
        </label>
      </div>
    </div>
  );
}

/** Stores an uploaded file as a snapshot and requests a run of it: a dry run unless the user chooses to apply. */
export const fileAct = actRoute(
  "/connecteurs/:connecteur/fichier",
  {
    who: "bizdev",
    act: "file.bring", // The file, and a few other fields.
    maxBytes: maxUploadBytes + 100_000,
  },
  async (visit, form) => {
    const { definition } = await loadedConnectorOf(visit);
    const file = form.file("fichier");
    if (file === null) throw new CannotDo(french`Choisissez un fichier : rien n'a été envoyé, ou le fichier est vide.`);
    const snapshot = await keepUpload(visit, file);
    const isDry = isDryUpload(form);
    const ask = {
      connector: definition.id,
      options: { snapshot, brought: true, ...(isDry && { dryRun: true }) },
      by: visitorOf(visit).name,
    };
    const requested = await requestRun(visit.catalogue, visit.console.jobs.queue, { ...ask, now: visit.now });
    // If the catalogue already had this snapshot, it may have been pruned just before the run referred to it.
    if (!(await visit.catalogue.snapshots.has(snapshot))) await keepUpload(visit, file);
    const state = requested.isNew
      ? french`Le fichier est reçu, sa collecte est demandée.`
      : french`Ce fichier était déjà reçu, et sa collecte attend.`;
    return {
      message: `${state} ${await pausedNote(visit)}`.trim(),
      to: `/collectes/${requested.runId}`,
      subject: `connecteur ${definition.id}`,
      details: { run: requested.runId, bytes: file.size, snapshot, dryRun: isDry },
    };
  },
);
