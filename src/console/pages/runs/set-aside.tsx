import { randomUUID } from "node:crypto";
import type { Child } from "hono/jsx";
import { countIssueInLastReport } from "../../../curation/count-issue-in-last-report.ts";
import { frenchDay } from "../../../french/dates.ts";
import { fieldNameOrKey } from "../../../french/fields.ts";
import { issueMessage } from "../../../french/issues.ts";
import { setAsideMessage } from "../../../french/monitoring.ts";
import { counted, french, sentence } from "../../../french/typography.ts";
import type { IssueGroup } from "../../../model/run/run-report.ts";
import type { SetAside } from "../../../model/run/set-aside.ts";
import { isDay } from "../../../model/text/is-day.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { Alert, Problems } from "../../parts/alert.tsx";
import { ActButton, ActForm, TextField } from "../../parts/form-controls.tsx";
import { Link } from "../../parts/link.tsx";
import { actRoute, CannotDo, NotFound, type Page, pageRoute } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { type NamedRun, readAsides, readRun, runBreadcrumb } from "./read-run.ts";
import { sharedParams } from "./run-issues.tsx";

const path = "/collectes/:run/mettre-de-cote";
const defaultDays = 30;

/** Renders the form that sets a known issue of a connector aside until a day. */
export const setAsidePage = pageRoute(path, "ops", async (visit) => {
  const run = await readRun(visit);
  const until = parisDay(new Date(visit.now.getTime() + defaultDays * 86_400_000));
  return formPage(visit, run, { code: visit.query.get("code") ?? "", field: visit.query.get("champ") ?? "", until, reason: "" }, {});
});

/** Sets an issue aside. It is shown again from the chosen day on, or earlier if its count grows. */
export const setAsideRoute = actRoute(path, { who: "ops", act: "issue.set-aside" }, async (visit, form) => {
  const run = await readRun(visit);
  const { connector, runId } = run;
  const { catalogue, now } = visit;
  const fields = { code: form.text("code"), field: form.text("champ"), until: form.text("jusque"), reason: form.text("raison") };
  const problems = problemsOf(fields, parisDay(now));
  if (Object.keys(problems).length > 0) return formPage(visit, run, fields, problems, 422);
  const { code, until, reason } = fields;
  const field = fields.field === "" ? null : fields.field;
  const { upTo } = await countIssueInLastReport(catalogue, connector, code, field);
  if (upTo === 0)
    throw new CannotDo("La dernière collecte de ce connecteur n’a pas rencontré cette anomalie : il n’y a rien à mettre de côté.", 409);
  const by = visitorOf(visit).name;
  const aside: SetAside = {
    id: randomUUID(),
    connector,
    what: "issue",
    issueCode: code,
    field,
    upTo,
    until,
    reason,
    by,
    at: now.toISOString(),
  };
  await catalogue.setAsides.add(aside);
  return {
    message: `L’anomalie est mise de côté jusqu’au ${frenchDay(until)}. Elle revient ce jour-là, ou dès qu’elle devient plus fréquente.`,
    to: `/collectes/${runId}#anomalies`,
    subject: `connecteur ${connector}`,
    details: { code, field, until, reason },
  };
});

/** Shows an issue again before its day. */
export const takeBackRoute = actRoute("/collectes/:run/reprendre-anomalie", { who: "ops", act: "issue.take-back" }, async (visit, form) => {
  const { connector, runId } = await readRun(visit);
  const id = form.text("id");
  const aside = (await visit.catalogue.setAsides.list(connector)).find((one) => one.id === id);
  if (aside === undefined) throw new NotFound("Cette anomalie n’est pas, ou plus, mise de côté.");
  await visit.catalogue.setAsides.remove(id);
  return {
    message: "L’anomalie est de nouveau parmi ce qui est à regarder.",
    to: `/collectes/${runId}#anomalies`,
    subject: `connecteur ${connector}`,
    details: { code: aside.issueCode, field: aside.field },
  };
});

function problemsOf({ until, reason }: SetAsideFields, today: string): Record<string, string> {
  return {
    ...((!isDay(until) || until <= today) && { jusque: "Donnez un jour à venir : l’anomalie revient ce jour-là." }),
    ...(reason === "" && { raison: "Dites pourquoi rien n’est à faire d’ici là." }),
  };
}

async function formPage(
  visit: Visit,
  run: NamedRun,
  fields: SetAsideFields,
  problems: Readonly<Record<string, string>>,
  status: 200 | 422 = 200,
): Promise<Page> {
  const { report } = run;
  const group = report?.issues.find(({ code, field }) => code === fields.code && (field ?? "") === fields.field);
  if (report === null || group === undefined) throw new NotFound("Cette collecte n’a pas rencontré cette anomalie.");
  const aside = (await readAsides(visit, report)).get(group);
  const content = <SetAsideForm run={run} group={group} aside={aside} fields={fields} problems={problems} csrf={visit.csrf} />;
  return { title: "Mettre une anomalie de côté", breadcrumb: runBreadcrumb(run), menuPath: "/collectes", status, content };
}

/** Fields of the form. `field`: empty for issues of the whole record. */
type SetAsideFields = Readonly<Record<"code" | "field" | "until" | "reason", string>>;

/** Renders the issue, its current state, and the form with the day and the reason. */
function SetAsideForm(given: {
  readonly run: NamedRun;
  readonly group: IssueGroup;
  readonly aside: SetAside | undefined;
  readonly fields: SetAsideFields;
  readonly problems: Readonly<Record<string, string>>;
  readonly csrf: string;
}): Child {
  const { run, group, aside, fields, problems, csrf } = given;
  const message = issueMessage(group.code, sharedParams(group));
  return (
    <>
      <h1>Mettre une anomalie de côté</h1>
      <Problems problems={problems} />
      <p>
        {french`${run.name}, ${counted(group.count, "fois", "fois")} : ${group.field === null ? "" : french`${fieldNameOrKey(group.field)} : `}${message}.`}
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
        <Link href={`/collectes/${run.runId}#anomalies`} label="Revenir à la collecte" />
      </ActForm>
    </>
  );
}
