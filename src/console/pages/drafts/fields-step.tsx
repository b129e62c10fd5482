import type { Child } from "hono/jsx";
import type { Draft } from "../../../catalogue/connectors/draft-repository.ts";
import { evidenceMessage, fieldLabel } from "../../../french/survey.ts";
import { counted } from "../../../french/typography.ts";
import { FieldRules } from "../../../kit/field-rules.ts";
import { aidFields } from "../../../model/aid/aid.ts";
import { ConflictAlert } from "../../forms/conflict.tsx";
import { MappedFields } from "../../mapping/mapped-fields.tsx";
import { Alert, Problems } from "../../parts/alert.tsx";
import { ActForm } from "../../parts/form.tsx";
import { Table } from "../../parts/table.tsx";
import type { Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { BaseField } from "../editor/form-parts.tsx";
import { editorStateIn, editorStateOf, saveTable, tableEditor } from "../editor/table-editor.tsx";
import type { EditorState } from "../editor/unsaved-choices.ts";
import { analyseDraft, type DraftAnalysis } from "./analyse-draft.ts";
import { answersOf } from "./draft-steps.ts";
import { editedDraft } from "./edited-draft.tsx";
import { draftOf, stepRoutes, withStepDone } from "./open-draft.tsx";
import { refusedSample, stepPage } from "./step-frame.tsx";

/** Step for our fields: the file as a table with our fields under its columns, and the source of each field. */
export const fieldsStep = stepRoutes({
  step: "champs",
  act: "draft.change-fields",
  show(visit, draft) {
    const state = editorStateOf(visit, pathOf(draft));
    return "to" in state ? state : page(visit, draft, state);
  },
  async save(visit, draft, form) {
    if (!form.has("choix")) return { answers: withStepDone(draft, "champs", {}) };
    const edited = await editedDraft(visit);
    if (!("save" in edited)) return "to" in edited ? { ...edited, answers: answersOf(draft), isSaved: true } : edited;
    const state = editorStateIn(form);
    const done = await saveTable(visit, edited, state, { why: "", back: "/champs" });
    if (done === null) return { ...(await page(visit, await draftOf(visit), state)), status: 409 };
    if ("problem" in done) return { ...(await page(visit, draft, state, done.problem)), status: 422 };
    return { answers: answersOf(draft), to: done.to, isSaved: true };
  },
  async moved(visit, draft, form) {
    const isTable = form.has("choix");
    const shown = await page(visit, draft, editorStateIn(form));
    if (isTable) return { ...shown, status: 409 };
    const content = [<ConflictAlert who={draft.updatedBy} conflicts={[]} />, shown.content];
    return { ...shown, status: 409, content };
  },
});

function pathOf({ draftId }: Draft): string {
  return `/brouillons/${draftId}/champs`;
}

async function page(visit: Visit, draft: Draft, state: EditorState, problem?: string): Promise<Page> {
  const look = await analyseDraft(visit, draft);
  if ("refused" in look) return refusedSample(draft, "champs", look);
  const edited = await editedDraft(visit);
  const table = "save" in edited ? await tableEditor({ visit, edited, path: pathOf(draft), state }) : null;
  // The script of the table needs only the table.
  if (visit.headers.has("x-part")) return stepPage(draft, "champs", table);
  return show(visit, draft, look, [<Problems problems={problem === undefined ? {} : { editeur: problem }} />, table]);
}

/** Fields that a rule can fill. */
const fillable = aidFields.filter((field) => field in FieldRules.shape);

function show(visit: Visit, draft: Draft, { proposal }: DraftAnalysis, table: Child): Page {
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
      {table}
      <h3>D’où vient chaque champ</h3>
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
