import type { Draft } from "../../../catalogue/connectors/draft-repository.ts";
import { evidenceMessage, fieldLabel } from "../../../french/survey.ts";
import { counted } from "../../../french/typography.ts";
import { FieldRules } from "../../../kit/field-rules.ts";
import { aidFields } from "../../../model/aid/aid.ts";
import { MappedFields } from "../../mapping/mapped-fields.tsx";
import { Alert } from "../../parts/alert.tsx";
import { ActForm } from "../../parts/form.tsx";
import { Table } from "../../parts/table.tsx";
import type { Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { BaseField } from "../editor/form-parts.tsx";
import { analyseDraft, type DraftAnalysis } from "./analyse-draft.ts";
import { stepRoutes, withStepDone } from "./open-draft.tsx";
import { refusedSample, stepPage } from "./step-frame.tsx";

/** Step for our fields: shows the source of each. */
export const fieldsStep = stepRoutes({
  step: "champs",
  act: "draft.fields",
  async show(visit, draft) {
    const look = await analyseDraft(visit, draft);
    return "refused" in look ? refusedSample(draft, "champs", look) : show(visit, draft, look);
  },
  save: (_, draft) => ({ answers: withStepDone(draft, "champs", {}) }),
});

/** Fields that a rule can fill. */
const fillable = aidFields.filter((field) => field in FieldRules.shape);

function show(visit: Visit, draft: Draft, { proposal }: DraftAnalysis): Page {
  const { fields, unread, problems } = proposal;
  const hrefOf = (field: string) => `/brouillons/${draft.draftId}/champs/${field}`;
  const filled = new Set<string>(fields.map(({ field }) => field));
  const empty = fillable.filter((field) => !filled.has(field));
  const doubtful = fields.filter(({ certainty }) => certainty < 0.65).length;
  return stepPage(
    draft,
    "champs",
    <>
      <p>
        {`${counted(fields.length, "champ rempli", "champs remplis")}, `}
        {doubtful === 0 ? "tous sûrs ou probables." : `dont ${doubtful} à vérifier.`} Regardez les deux colonnes d’exemples : ce qui est
        dans le fichier, et ce que nous en faisons.
      </p>
      {problems.length > 0 && (
        <Alert kind="error" title="À corriger avant d’aller plus loin">
          <ul>
            {problems.map(({ key, message }) => (
              <li>{`${key} : ${message}`}</li>
            ))}
          </ul>
        </Alert>
      )}
      <MappedFields fields={fields} hrefOf={hrefOf} />
      <ActForm action={`/brouillons/${draft.draftId}/champs`} csrf={visit.csrf} class="fr-mb-6w">
        <BaseField version={draft.revision} />
        <button class="fr-btn" type="submit">
          C’est bien cela, continuer
        </button>
      </ActForm>
      <h3>Nos champs encore vides</h3>
      <ul class="fr-tags-group">
        {empty.map((field) => (
          <li>
            <a class="fr-tag fr-tag--sm" href={hrefOf(field)}>
              {fieldLabel(field)}
            </a>
          </li>
        ))}
      </ul>
      <h3>Champs du fichier qui ne servent pas</h3>
      {unread.length === 0 ? (
        <p>Tous les champs du fichier servent.</p>
      ) : (
        <Table caption={counted(unread.length, "champ")} head={["Champ du fichier", "Exemple", "Remarque"]}>
          {unread.map(({ path, example, reason }) => (
            <tr>
              <th scope="row">{path}</th>
              <td>{example}</td>
              <td>{reason === null ? "" : evidenceMessage(reason)}</td>
            </tr>
          ))}
        </Table>
      )}
    </>,
  );
}
