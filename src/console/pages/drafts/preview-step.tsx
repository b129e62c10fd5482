import type { Child } from "hono/jsx";
import type { Draft } from "../../../catalogue/connectors/draft-repository.ts";
import { fieldName, fieldNameOrKey } from "../../../french/fields.ts";
import { issueMessage } from "../../../french/issues.ts";
import { placeMessage } from "../../../french/places.ts";
import { counted } from "../../../french/typography.ts";
import { type AidField, aidFields, isEmptyValue } from "../../../model/aid/aid.ts";
import { Alert } from "../../parts/alert.tsx";
import { FieldValue } from "../../parts/field-value.tsx";
import { ActForm } from "../../parts/form.tsx";
import { formatNumber, Table } from "../../parts/table.tsx";
import type { Page } from "../../route.ts";
import type { Preview, PreviewedAid } from "../../sample/sample-request.ts";
import type { Visit } from "../../visit.ts";
import { BaseField } from "../editor/form-parts.tsx";
import { ShareSection } from "../previews/share-section.tsx";
import { analyseDraft } from "./analyse-draft.ts";
import { stepRoutes, withStepDone } from "./open-draft.tsx";
import { refusedSample, stepPage } from "./step-frame.tsx";

/** Step for the preview: the first aids, with the counts and issues of all. */
export const previewStep = stepRoutes({
  step: "apercu",
  act: "draft.preview",
  async show(visit, draft) {
    const look = await analyseDraft(visit, draft, { previews: true });
    if ("refused" in look) return refusedSample(draft, "apercu", look);
    return show(visit, draft, look.preview);
  },
  save: (_, draft) => ({ answers: withStepDone(draft, "apercu", {}) }),
});

function show(visit: Visit, draft: Draft, preview: Preview | null): Page {
  if (preview === null) {
    return stepPage(
      draft,
      "apercu",
      <Alert kind="error" title="Pas encore d’aperçu">
        <p>
          Quelque chose est à corriger dans <a href={`/brouillons/${draft.draftId}/champs`}>nos champs</a>.
        </p>
      </Alert>,
      422,
    );
  }
  const missing = Object.entries(preview.missing) as [AidField, number][];
  return stepPage(
    draft,
    "apercu",
    <>
      <dl class="moisson-figures">
        <Figure label="enregistrements reçus" value={preview.received} />
        <Figure label="laissés de côté" value={preview.skipped} />
        <Figure label="rejetés" value={preview.rejected} />
        <Figure label="aides" value={preview.valid} />
        <Figure label="publiables telles quelles" value={preview.publishable} />
      </dl>
      <p>
        <a href={`/brouillons/${draft.draftId}/fiches`}>Choisir les fiches à laisser de côté</a>
      </p>
      {preview.valid === 0 && (
        <Alert kind="error" title="Aucune aide ne sort de ce fichier">
          <p>Reprenez l’identifiant et le titre : sans eux, un enregistrement ne peut pas être gardé.</p>
        </Alert>
      )}
      <ActForm action={`/brouillons/${draft.draftId}/apercu`} csrf={visit.csrf} class="fr-mb-4w">
        <BaseField version={draft.revision} />
        <button class="fr-btn" type="submit">
          Continuer
        </button>
      </ActForm>
      {preview.aids.length > 0 && <ShareSection visit={visit} draft={draft} />}
      {missing.length > 0 && (
        <>
          <h3>Ce qui manque pour publier</h3>
          <ul>
            {missing.map(([field, count]) => (
              <li>{`${fieldName(field)} : ${counted(count, "aide")}`}</li>
            ))}
          </ul>
        </>
      )}
      {preview.issues.length > 0 && (
        <>
          <h3>Anomalies</h3>
          <Table
            caption={counted(preview.issues.length, "sorte d’anomalies", "sortes d’anomalies")}
            head={["Anomalie", "Champ", "Nombre", "Exemple"]}
          >
            {preview.issues.slice(0, 50).map(({ example, field, count }) => (
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
      <h3>{preview.aids.length < preview.valid ? `Les ${preview.aids.length} premières aides` : "Les aides"}</h3>
      {preview.aids.map((aid) => (
        <AidCard aid={aid} />
      ))}
    </>,
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

function AidCard({ aid: { externalId, content, missing, issues } }: { readonly aid: PreviewedAid }): Child {
  const filled = aidFields.filter((field) => field !== "name" && field !== "nameInitial" && !isEmptyValue(content[field]));
  return (
    <details class="moisson-word">
      <summary>
        <span class="fr-text--bold">{content.name}</span>
        <span class="moisson-mention">
          {` ${externalId}`}
          {missing.length > 0 && ` ; manque : ${missing.map(fieldName).join(", ")}`}
          {issues.length > 0 && ` ; ${counted(issues.length, "anomalie")}`}
        </span>
      </summary>
      {issues.length > 0 && (
        <ul>
          {issues.slice(0, 20).map((found) => (
            <li>{`${found.field === null ? "" : `${fieldNameOrKey(found.field)} : `}${issueMessage(found.code, found.params)}`}</li>
          ))}
        </ul>
      )}
      <dl class="moisson-fields">
        {filled.map((field) => (
          <div>
            <dt class="fr-text--bold">{fieldName(field)}</dt>
            <dd>
              <FieldValue field={field} value={content[field]} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
