import type { Child } from "hono/jsx";
import { everything } from "../../../catalogue/runs/pause-repository.ts";
import { pauseSentence } from "../../../jobs/digest/french/ops.ts";
import { problemSentence, refusedConsequence } from "../../../jobs/digest/french/registry.ts";
import { Alert } from "../../parts/alert.tsx";
import { ActButton, ActForm, TextField } from "../../parts/form.tsx";
import type { Visit } from "../../visit.ts";
import { readConnectorRows } from "./read-rows.ts";
import { isOps } from "./run-buttons.tsx";

/** Above the list of connectors: files of all that are refused, and the pause of everything. */
export async function PauseAll({ visit }: { readonly visit: Visit }): Promise<Child> {
  const { sharedProblems } = await readConnectorRows(visit);
  const pause = (await visit.catalogue.pauses.list()).find(({ connector }) => connector === everything);
  return (
    <>
      {sharedProblems.map(({ file, connector, isRun, problems, ...left }) => (
        <Alert kind="error" title={file} level={2}>
          <p>{refusedConsequence(connector, isRun, left)}</p>
          <ul>
            {problems.map((problem) => (
              <li>{problemSentence(problem)}</li>
            ))}
          </ul>
        </Alert>
      ))}
      <div id="pause">
        {pause !== undefined && (
          <Alert kind="warning" title="Tout est en pause" level={2}>
            <p>{pauseSentence({ ...pause, at: pause.at.toISOString() })}</p>
            {isOps(visit) && <ActButton action="/reprise" csrf={visit.csrf} label="Reprendre les collectes" kind="primary" />}
          </Alert>
        )}
        {pause === undefined && isOps(visit) && (
          <details class="fr-mb-3w">
            <summary>Mettre toutes les collectes en pause</summary>
            <ActForm action="/pause" csrf={visit.csrf} class="fr-mt-2w moisson-narrow">
              <p>Aucune collecte ne commencera plus, qui que ce soit qui la demande. Celles qui sont en cours vont à leur terme.</p>
              <TextField
                name="raison"
                label="Raison"
                hint="Tout le monde la verra, en haut de chaque page."
                required={false}
                maxlength={500}
              />
              <button type="submit" class="fr-btn">
                Tout mettre en pause
              </button>
            </ActForm>
          </details>
        )}
      </div>
    </>
  );
}
