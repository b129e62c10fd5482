import type { Child } from "hono/jsx";
import { fieldNameIfOurs } from "../../../french/fields.ts";
import { issueMessage } from "../../../french/outcomes.ts";
import { placeMessage } from "../../../french/places.ts";
import { french } from "../../../french/typography.ts";
import { sentence } from "../../../jobs/digest/french/lines.ts";
import { Alert } from "../../parts/alert.tsx";
import { NotFound, type PageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { type ReceivedRecord, readReceivedRecord } from "./read-record.ts";
import { breadcrumbUnder, readRun } from "./read-run.ts";
import { RecordTable } from "./record-table.tsx";

/** A record as it was received, opened from the place that an issue names. */
export const recordPage: PageRoute = { method: "get", path: "/collectes/:run/enregistrement", who: "read", answer: answerRecord };

/** The same as a file, whole. */
export const recordDownload: PageRoute = {
  method: "get",
  path: "/collectes/:run/enregistrement.json",
  who: "read",
  async answer(visit) {
    const { record } = await readReceivedRecord(visit, await readRun(visit), placeOf(visit));
    return { fileName: "enregistrement.json", type: "application/json; charset=utf-8", body: JSON.stringify(record, null, 2) };
  },
};

function placeOf({ query }: Visit): string {
  const place = query.get("ou") ?? "";
  if (place === "") throw new NotFound("L’adresse ne dit pas quel enregistrement montrer.");
  return place;
}

async function answerRecord(visit: Visit) {
  const run = await readRun(visit);
  const received = await readReceivedRecord(visit, run, placeOf(visit));
  const { locator, externalId, record } = received;
  const place = placeMessage(locator);
  return {
    title: `Enregistrement reçu, ${place}`,
    breadcrumb: breadcrumbUnder(run),
    menuPath: "/collectes",
    content: (
      <>
        <h1>Enregistrement reçu, {place}</h1>
        <p>
          Tel que <a href={`/collectes/${run.runId}`}>cette collecte de {run.connector}</a> l’a reçu du producteur.
          {externalId !== null && (
            <>
              {" "}
              <a href={`/ou-est-mon-aide?q=${encodeURIComponent(`${run.connector}/${externalId}`)}`}>
                Voir ce qu’est devenue l’aide {externalId}
              </a>
            </>
          )}
        </p>
        <Standing received={received} />
        <h2>Contenu</h2>
        <RecordTable record={record} />
        <p>
          <a class="fr-link fr-link--download" href={`/collectes/${run.runId}/enregistrement.json?ou=${encodeURIComponent(locator)}`}>
            Télécharger l’enregistrement entier en JSON
          </a>
        </p>
      </>
    ),
  };
}

/** What became of it, and what was met in it. */
function Standing({ received }: { readonly received: ReceivedRecord }): Child {
  const { isRejected, skipped, issues } = received;
  const list = issues.length > 0 && (
    <ul>
      {issues.map(({ code, field, params, value }) => (
        <li>
          {sentence(
            field === null || isRejected ? issueMessage(code, params) : french`${fieldNameIfOurs(field)} : ${issueMessage(code, params)}`,
          )}
          {value !== null && <span class="moisson-mention">{french` Reçu : « ${value} ».`}</span>}
        </li>
      ))}
    </ul>
  );
  if (isRejected)
    return (
      <Alert kind="error" title="Il n’a pas pu être gardé" level={2}>
        {list}
      </Alert>
    );
  if (skipped !== null)
    return (
      <Alert kind="info" title="Le connecteur le laisse de côté" level={2}>
        <p>{french`Par sa règle : ${skipped}.`}</p>
      </Alert>
    );
  if (issues.length === 0) return null;
  return (
    <Alert kind="warning" title="Ce qui y est rencontré aujourd’hui" level={2}>
      {list}
    </Alert>
  );
}
