import type { Child } from "hono/jsx";
import type { RunRecord } from "../../../catalogue/runs/run-repository.ts";
import { fieldNameIfOurs } from "../../../french/fields.ts";
import { issueMessage } from "../../../french/outcomes.ts";
import { counted, french } from "../../../french/typography.ts";
import { setAsideMessage } from "../../../french/watch.ts";
import { sentence } from "../../../jobs/digest/french/lines.ts";
import type { IssueGroup } from "../../../model/run/run-report.ts";
import type { SetAside } from "../../../model/run/set-aside.ts";
import { Alert, Problems } from "../../parts/alert.tsx";
import { ActButton, ActForm, TextField } from "../../parts/form.tsx";
import { saidOfAll } from "./said-of-all.ts";

/** What the form asks for. `field`: empty for the whole record. */
export interface SetAsideFields {
  readonly code: string;
  readonly field: string;
  readonly until: string;
  readonly reason: string;
}

/** The issue, whether it is set aside already, and until when it is to be. */
export function SetAsideForm(given: {
  readonly run: RunRecord;
  readonly group: IssueGroup;
  readonly aside: SetAside | undefined;
  readonly fields: SetAsideFields;
  readonly problems: Readonly<Record<string, string>>;
  readonly csrf: string;
}): Child {
  const { run, group, aside, fields, problems, csrf } = given;
  const message = issueMessage(group.code, saidOfAll(group));
  return (
    <>
      <h1>Mettre une anomalie de côté</h1>
      <Problems problems={problems} />
      <p>
        {french`${run.connector}, ${counted(group.count, "fois", "fois")} : ${group.field === null ? "" : french`${fieldNameIfOurs(group.field)} : `}${message}.`}
      </p>
      <p>
        Une anomalie connue, pour laquelle rien n’est à faire maintenant, peut quitter ce qui est à regarder. Elle revient le jour dit, ou
        dès qu’elle devient plus fréquente.
      </p>
      {aside !== undefined && (
        <Alert kind="info">
          <p>{sentence(setAsideMessage(aside))}</p>
          <ActButton
            action={`/collectes/${run.runId}/reprendre-anomalie`}
            csrf={csrf}
            label="La reprendre dès maintenant"
            fields={{ id: aside.id }}
          />
        </Alert>
      )}
      <ActForm action={`/collectes/${run.runId}/mettre-de-cote`} csrf={csrf} class="fr-col-12 fr-col-md-8 fr-mt-3w">
        <input type="hidden" name="code" value={fields.code} />
        <input type="hidden" name="champ" value={fields.field} />
        <TextField
          name="jusque"
          label="Jusqu’au"
          hint="Le jour où elle revient"
          type="date"
          value={fields.until}
          problem={problems.jusque}
          required
        />
        <TextField
          name="raison"
          label="Pourquoi"
          hint="Par exemple : signalé au producteur le 12"
          value={fields.reason}
          problem={problems.raison}
          maxlength={500}
          required
        />
        <button type="submit" class="fr-btn">
          {aside === undefined ? "Mettre de côté" : "Changer le jour ou la raison"}
        </button>{" "}
        <a class="fr-link" href={`/collectes/${run.runId}#anomalies`}>
          Revenir à la collecte
        </a>
      </ActForm>
    </>
  );
}
