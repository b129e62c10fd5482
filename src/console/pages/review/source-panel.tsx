import type { Child } from "hono/jsx";
import { fieldName, fieldNameOrKey } from "../../../french/fields.ts";
import { issueMessage } from "../../../french/issues.ts";
import { linkMessage } from "../../../french/monitoring.ts";
import { matchReasonNames } from "../../../french/plans.ts";
import { capitalize, counted, french, sentence } from "../../../french/typography.ts";
import { type AidField, aidFields, isEmptyValue } from "../../../model/aid/aid.ts";
import { ConnectorName } from "../../lists/connector-column.tsx";
import { AidText, Quoting } from "../../parts/aid-text.tsx";
import { Facts } from "../../parts/facts.tsx";
import { FieldValue } from "../../parts/field-value.tsx";
import { formatNumber } from "../../parts/table.tsx";
import type { Visit } from "../../visit.ts";
import type { AidReview } from "./read-aid-review.ts";

/** Longer texts are shortened here; the page of the aid shows them in full. */
const maxLength = 20_000;
const maxIssues = 20;

/** Renders the source page, likely duplicates, the record's issues and all publisher's values. `acts`: the visitor may merge. */
export function SourcePanel(given: { readonly visit: Visit; readonly review: AidReview; readonly acts: boolean }): Child {
  const { review } = given;
  return (
    <>
      <SourcePage review={review} />
      <Duplicates {...given} />
      <Issues review={review} />
      <Imported review={review} />
    </>
  );
}

function SourcePage({ review: { aid, links } }: { readonly review: AidReview }): Child {
  const { originUrl, importDataUrl } = aid.imported;
  const known = links.find(({ url }) => url === originUrl);
  return (
    <section class="fr-mb-3w">
      <h2 class="fr-h5">Page source</h2>
      {originUrl === null && importDataUrl === null && <p>Le producteur ne donne aucun lien.</p>}
      {[originUrl, importDataUrl].map(
        (url) =>
          url !== null && (
            <p class="fr-mb-1w">
              <FieldValue field="originUrl" value={url} />
            </p>
          ),
      )}
      {known !== undefined && <p class="moisson-mention">{sentence(linkMessage(known))}</p>}
    </section>
  );
}

function Duplicates({ visit, review: { aid, duplicates }, acts }: Parameters<typeof SourcePanel>[0]): Child {
  return (
    <section class="fr-mb-3w">
      <h2 class="fr-h5">Doubles probables</h2>
      {duplicates.length === 0 && <p>Aucune aide d’un autre connecteur ne lui ressemble.</p>}
      {duplicates.length > 0 && (
        <ul>
          {duplicates.map(({ aid: other, match }) => (
            <li>
              <a href={`/aides/${other.aidId}`}>
                <AidText text={other.name} language={other.language} />
              </a>
              {" ("}
              <ConnectorName visit={visit} connector={other.connector} />
              {french`) : ${Math.round(match.certainty * 100)} %, ${match.reasons.map((one) => matchReasonNames[one]).join(", ")}. `}
              {acts && (
                <a href={`/aides/${aid.aidId}/fusionner?dans=${other.aidId}`}>
                  Comparer pour fusionner
                  <span class="fr-sr-only">
                    <Quoting text={french` avec « ${other.name} »`} language={other.language} />
                  </span>
                </a>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Issues({ review: { aid } }: { readonly review: AidReview }): Child {
  const { issues } = aid.memo;
  if (issues.length === 0) return null;
  return (
    <section class="fr-mb-3w">
      <h2 class="fr-h5">{counted(issues.length, "anomalie de l’enregistrement", "anomalies de l’enregistrement")}</h2>
      <ul>
        {issues.slice(0, maxIssues).map(({ code, params, field, value }) => (
          <li>
            {field !== null && french`${capitalize(fieldNameOrKey(field))} : `}
            {issueMessage(code, params)}
            {value !== null && (
              <span class="moisson-mention">
                <Quoting text={french` « ${value} »`} />
              </span>
            )}
            {(code === "unmapped-term" || code === "unknown-perimeter") && (
              <>
                {" – "}
                <a href={`/mots?connecteur=${aid.connector}`}>{french`traduire les mots de ce connecteur`}</a>
              </>
            )}
          </li>
        ))}
        {issues.length > maxIssues && <li>{`et ${formatNumber(issues.length - maxIssues)} autres`}</li>}
      </ul>
    </section>
  );
}

/** Fields left out of the list: the title and the link are shown elsewhere, the others describe the data rather than the aid. */
const omitted: ReadonlySet<AidField> = new Set<AidField>([
  "name",
  "importDataUrl",
  "importDataMention",
  "importShareLicence",
  "language",
  "sourceUpdatedDate",
  "originUrl",
]);

function Imported({ review: { aid } }: { readonly review: AidReview }): Child {
  const filled = aidFields.filter((field) => !omitted.has(field) && !isEmptyValue(aid.imported[field]));
  return (
    <section>
      <h2 class="fr-h5">Ce que dit le producteur</h2>
      <Facts
        class="moisson-said"
        facts={[
          { name: "Titre", value: <AidText text={aid.imported.nameInitial ?? aid.imported.name} language={aid.imported.language} /> },
          ...filled
            .filter((field) => field !== "nameInitial")
            .map((field) => ({ name: capitalize(fieldName(field)), value: <ImportedValue aid={aid} field={field} /> })),
        ]}
      />
    </section>
  );
}

function ImportedValue({ aid: { imported }, field }: { readonly aid: AidReview["aid"]; readonly field: AidField }): Child {
  const value = imported[field];
  const isShort = typeof value === "string" && value.length > maxLength;
  return <FieldValue field={field} value={value} isShort={isShort} language={imported.language} />;
}
