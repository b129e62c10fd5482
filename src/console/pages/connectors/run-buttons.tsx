import type { Child } from "hono/jsx";
import { pauseSentence } from "../../../french/digest/ops.ts";
import { french } from "../../../french/typography.ts";
import { Alert } from "../../parts/alert.tsx";
import { ActButton, ActForm, Checkboxes, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { hasRole, type Visit } from "../../visit.ts";
import type { ConnectorRow } from "./connector-rows.ts";

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
