import type { Child } from "hono/jsx";
import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import { fieldName, fieldNameOrKey } from "../../../../french/fields.ts";
import { issueMessage } from "../../../../french/issues.ts";
import { placeMessage } from "../../../../french/places.ts";
import { counted } from "../../../../french/typography.ts";
import type { Preview } from "../../../../ingest/preview-aids.ts";
import type { AidField } from "../../../../model/aid/aid.ts";
import { List } from "../../../parts/list.tsx";
import { formatNumber, Table } from "../../../parts/table.tsx";
import type { Visit } from "../../../visit.ts";
import { ShareSection } from "./share-section.tsx";

const maxIssues = 50;

/** The counts and the issues of the aids that the first run will bring, and the form that shares them with the publisher. */
export function PreviewSection({
  visit,
  draft,
  preview,
}: {
  readonly visit: Visit;
  readonly draft: Draft;
  readonly preview: Preview;
}): Child {
  const missing = Object.entries(preview.missing) as [AidField, number][];
  return (
    <>
      <dl class="moisson-figures">
        <Figure label="enregistrements reçus" value={preview.received} />
        <Figure label="laissés de côté" value={preview.skipped} />
        <Figure label="rejetés" value={preview.rejected} />
        <Figure label="aides" value={preview.valid} />
        <Figure label="publiables telles quelles" value={preview.publishable} />
      </dl>
      {missing.length > 0 && (
        <>
          <h3>Ce qui manque pour publier</h3>
          <List items={missing.map(([field, count]) => `${fieldName(field)} : ${counted(count, "aide")}`)} />
        </>
      )}
      {preview.issues.length > 0 && (
        <>
          <h3>Anomalies</h3>
          <Table
            caption={counted(preview.issues.length, "sorte d’anomalies", "sortes d’anomalies")}
            head={["Anomalie", "Champ", "Nombre", "Exemple"]}
          >
            {preview.issues.slice(0, maxIssues).map(({ example, field, count }) => (
              <tr>
                <td>{issueMessage(example.code, example.params)}</td>
                <td>{field === null ? "" : fieldNameOrKey(field)}</td>
                <td class="fr-cell--right">{formatNumber(count)}</td>
                <td>{`${example.locator === null || example.locator === undefined ? "" : placeMessage(example.locator)}${example.value === null || example.value === undefined ? "" : ` : ${String(example.value).slice(0, 120)}`}`}</td>
              </tr>
            ))}
          </Table>
        </>
      )}
      {preview.aids.length > 0 && <ShareSection visit={visit} draft={draft} />}
    </>
  );
}

function Figure({ label, value }: { readonly label: string; readonly value: number }): Child {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{formatNumber(value)}</dd>
    </div>
  );
}
