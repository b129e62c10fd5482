import type { Child } from "hono/jsx";
import type { RunRecord } from "../../../catalogue/runs/run-repository.ts";
import { fieldNameOrKey } from "../../../french/fields.ts";
import { issueMessage } from "../../../french/issues.ts";
import { placeMessage } from "../../../french/places.ts";
import { excludedReasonMessage } from "../../../french/rules.ts";
import { counted, french, sentence } from "../../../french/typography.ts";
import type { FoundRecord } from "../../../ingest/find-records.ts";
import { ReadingTookTooLong, readStoredRecords } from "../../../jobs/stored-feeds/read-stored-records.ts";
import type { Connector } from "../../../kit/definition.ts";
import { pathsOfRule } from "../../../kit/rules/rule-paths.ts";
import { AidText, Quoting } from "../../parts/aid-text.tsx";
import { Alert } from "../../parts/alert.tsx";
import { Link } from "../../parts/link.tsx";
import { Table } from "../../parts/table.tsx";
import { CannotDo, NotFound, pageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { readRun, runBreadcrumb } from "./read-run.ts";

/** Shows the record at a location (`?ou=`) of a run's feed, as received. */
export const recordPage = pageRoute("/collectes/:run/enregistrement", "read", answerRecord);

export const recordDownload = pageRoute("/collectes/:run/enregistrement.json", "read", async (visit) => {
  const { record } = await readReceivedRecord(visit, await readRun(visit), placeOf(visit));
  return { fileName: "enregistrement.json", type: "application/json; charset=utf-8", body: JSON.stringify(record, null, 2) };
});

function placeOf({ query }: Visit): string {
  const place = query.get("ou") ?? "";
  if (place === "") throw new NotFound("L’adresse ne dit pas quel enregistrement montrer.");
  return place;
}

async function answerRecord(visit: Visit) {
  const run = await readRun(visit);
  const received = await readReceivedRecord(visit, run, placeOf(visit));
  const { locator, externalId, record } = received;
  const loaded = (await visit.console.jobs.connectors()).find(({ definition }) => definition.id === run.connector);
  const place = placeMessage(locator);
  return {
    title: `Enregistrement reçu, ${place}`,
    breadcrumb: runBreadcrumb(run),
    menuPath: "/collectes",
    content: (
      <>
        <h1>Enregistrement reçu, {place}</h1>
        <p>
          Tel que <a href={`/collectes/${run.runId}`}>cette collecte ({run.name})</a> l’a reçu du producteur.
          {externalId !== null && (
            <>
              {" "}
              <a href={`/ou-est-mon-aide?q=${encodeURIComponent(`${run.connector}/${externalId}`)}`}>
                Voir ce qu’est devenue l’aide {externalId}
              </a>
            </>
          )}
        </p>
        <RecordResult received={received} />
        <h2>Contenu</h2>
        <RecordTable record={record} definition={loaded?.definition} />
        <p>
          <Link
            href={`/collectes/${run.runId}/enregistrement.json?ou=${encodeURIComponent(locator)}`}
            label="Télécharger l’enregistrement entier en JSON"
            icon="fr-link--download"
          />
        </p>
      </>
    ),
  };
}

/** Says whether the record was rejected or excluded, and lists its issues. */
function RecordResult({ received }: { readonly received: ReceivedRecord }): Child {
  const { isRejected, skipped, issues } = received;
  const list = issues.length > 0 && (
    <ul>
      {issues.map(({ code, field, params, value }) => (
        <li>
          {sentence(
            field === null || isRejected ? issueMessage(code, params) : french`${fieldNameOrKey(field)} : ${issueMessage(code, params)}`,
          )}
          {value !== null && (
            <span class="moisson-mention">
              <Quoting text={french` Reçu : « ${value} ».`} />
            </span>
          )}
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
    return <Alert kind="info" title="Le connecteur le laisse de côté" level={2} text={french`Par sa règle : ${skipped}.`} />;
  if (issues.length === 0) return null;
  return (
    <Alert kind="warning" title="Ce qui y est rencontré aujourd’hui" level={2}>
      {list}
    </Alert>
  );
}

/** A record of a run's feed as received. */
interface ReceivedRecord extends FoundRecord {
  /** The issues are then those that the run found, otherwise those found now. */
  readonly isRejected: boolean;
}

/** Max time to search for a record in a large feed. */
const maxSearchMs = 10_000;

/**
 * Reads the record at a location of the run's feed from the stored rejections or, failing that, from the stored feed.
 * @throws NotFound, CannotDo
 */
async function readReceivedRecord(visit: Visit, run: RunRecord, locator: string): Promise<ReceivedRecord> {
  const { catalogue } = visit;
  const rejected = await catalogue.rejected.find(await catalogue.rejected.sourceRun(run.runId), locator);
  if (rejected !== null) {
    const { externalId, record, reasons } = rejected;
    return { locator, externalId, record, isRejected: true, skipped: null, issues: reasons };
  }
  const found = await findInFeed(visit, run, locator);
  if (found === undefined) throw new NotFound("Le flux de cette collecte n’a pas d’enregistrement à cette place.");
  return { ...found, isRejected: false };
}

async function findInFeed({ catalogue, console }: Visit, run: RunRecord, locator: string) {
  const { snapshotHash } = run;
  if (snapshotHash === null || !(await catalogue.snapshots.has(snapshotHash)))
    throw new NotFound("Le flux de cette collecte n’est pas, ou plus, conservé : ses enregistrements ne peuvent plus être montrés.");
  const connector = (await console.jobs.connectors()).find(({ definition }) => definition.id === run.connector);
  if (connector === undefined) throw new CannotDo("Le connecteur de cette collecte n’existe plus : personne ne sait plus lire son flux.");
  try {
    const [found] = await readStoredRecords(catalogue, connector, snapshotHash, { locator }, { limit: 1, withinMs: maxSearchMs });
    if (found === undefined || found.skipped === null) return found;
    return { ...found, skipped: excludedReasonMessage(found.skipped, connector.definition.keepWhen) };
  } catch (error) {
    if (!(error instanceof ReadingTookTooLong)) throw error;
    throw new CannotDo(
      "Ce flux est si volumineux que l’enregistrement n’a pas été trouvé à temps. La ligne de commande peut le chercher : moisson trace --record.",
      503,
    );
  }
}

const fieldsShown = 400;
const maxValueLength = 5000;
const membersShown = 50;
const maxRecordLength = 50_000;

/** Renders a decoded record field by field. Other values are rendered as text. A short title is in the language of the connector. */
function RecordTable({ record, definition }: { readonly record: unknown; readonly definition: Connector | undefined }): Child {
  if (typeof record !== "object" || record === null || Array.isArray(record)) {
    return <pre class="moisson-record">{cut(textOf(record), maxRecordLength)}</pre>;
  }
  const fields = Object.entries(record);
  const titles = definition === undefined ? [] : pathsOfRule(definition.fields.name);
  return (
    <>
      <Table caption={counted(fields.length, "champ")} isCaptionHidden head={["Champ", "Valeur"]}>
        {fields.slice(0, fieldsShown).map(([name, value]) => (
          <tr>
            <th scope="row">{cut(name, 200)}</th>
            <td>
              <Value value={value} language={titles.includes(name) ? definition?.language : undefined} />
            </td>
          </tr>
        ))}
      </Table>
      {fields.length > fieldsShown && <p>{french`Et ${fields.length - fieldsShown} autres champs, dans le fichier entier.`}</p>}
    </>
  );
}

function Value({ value, language }: { readonly value: unknown; readonly language: string | undefined }): Child {
  if (value === null || value === undefined || value === "") return <span class="moisson-mention">vide</span>;
  if (Array.isArray(value) && value.every((one) => typeof one === "string" || typeof one === "number"))
    return (
      <ul class="moisson-examples">
        {value.slice(0, membersShown).map((one) => (
          <li>
            <AidText text={cut(String(one), maxValueLength)} />
          </li>
        ))}
        {value.length > membersShown && <li>{french`et ${value.length - membersShown} de plus`}</li>}
      </ul>
    );
  if (typeof value === "object") return <pre class="moisson-record">{cut(textOf(value), maxValueLength)}</pre>;
  return (
    <span class="moisson-text">
      <AidText text={cut(String(value), maxValueLength)} language={language} />
    </span>
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

function cut(text: string, max: number): string {
  return text.length <= max ? text : french`${text.slice(0, max)}… (${text.length} caractères en tout)`;
}
