import type { Child } from "hono/jsx";
import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import { fieldLabel } from "../../../../french/survey.ts";
import { counted, french } from "../../../../french/typography.ts";
import type { Connector } from "../../../../kit/definition.ts";
import type { FieldProposal } from "../../../../survey/propose/proposal.ts";
import { ConflictAlert } from "../../../forms/conflict.tsx";
import { Alert, Problems } from "../../../parts/alert.tsx";
import { truncate } from "../../../parts/time.ts";
import type { Page } from "../../../route.ts";
import type { Visit } from "../../../visit.ts";
import type { SampleAnalysis } from "../edited-definition.ts";
import { AllFields } from "../table/all-fields.tsx";
import { isSure } from "../table/file-table.tsx";
import { editorStateIn, editorStateOf, saveTable, tableEditor } from "../table/table-editor.tsx";
import { closed, type EditorState, editorAddress } from "../table/unsaved-choices.ts";
import { answersOf } from "./draft-steps.ts";
import { editedDraft } from "./edited-draft.tsx";
import { draftOf, type Elsewhere, stepRoutes, withStepDone } from "./open-draft.tsx";
import { PagesRead } from "./read-pages.tsx";
import { stepPage } from "./step-frame.tsx";

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
    if (!("save" in edited)) return edited;
    const state = editorStateIn(form);
    const done = await saveTable(visit, edited, state, { why: "", back: form.has("suite") ? "/mots" : "/champs" });
    if (done === null) return withStatus(await page(visit, await draftOf(visit), state), 409);
    if ("problem" in done) return withStatus(await page(visit, draft, state, done.problem), 422);
    return { answers: answersOf(draft), to: done.to, isSaved: true, message: "Vos choix sont enregistrés." };
  },
  async moved(visit, draft, form) {
    const isTable = form.has("choix");
    const shown = await page(visit, draft, editorStateIn(form));
    if ("to" in shown) return shown;
    if (isTable) return { ...shown, status: 409 };
    const content = [<ConflictAlert who={draft.updatedBy} conflicts={[]} />, shown.content];
    return { ...shown, status: 409, content };
  },
});

function withStatus(page: Page | Elsewhere, status: 409 | 422): Page | Elsewhere {
  return "to" in page ? page : { ...page, status };
}

function pathOf({ draftId }: Draft): string {
  return `/brouillons/${draftId}/champs`;
}

async function page(visit: Visit, draft: Draft, state: EditorState, problem?: string): Promise<Page | Elsewhere> {
  const edited = await editedDraft(visit);
  if (!("save" in edited)) return edited;
  const look = await edited.analyse();
  if ("content" in look) return look;
  const { fields } = look.proposal;
  const doubtful = fields.filter((one) => !isSure(one));
  const accepts = <DoubtfulFields draft={draft} state={state} doubtful={doubtful} sure={fields.length - doubtful.length} />;
  const table = await tableEditor({ visit, edited, path: pathOf(draft), state, certainties: fields, accepts });
  // The script of the table needs only the table.
  if (visit.headers.has("x-part")) return stepPage(draft, "champs", table);
  const pages = <PagesRead draft={draft} csrf={visit.csrf} site={look.survey.site} />;
  return show(draft, look, [<Problems problems={problem === undefined ? {} : { editeur: problem }} />, pages, table]);
}

function show(draft: Draft, { proposal }: SampleAnalysis, table: Child): Page {
  const { fields, problems, definition } = proposal;
  return stepPage(
    draft,
    "champs",
    <>
      <p>Cliquez sur le titre d’une colonne pour dire ce qu’elle contient. À côté, l’aide qu’elle donne.</p>
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
      <AllFields fields={definition.fields as Connector["fields"]} notes={fields} base={`/brouillons/${draft.draftId}`} />
    </>,
  );
}

/** Lists what the button accepts: nothing that is not sure is accepted unseen. */
function DoubtfulFields(given: {
  readonly draft: Draft;
  readonly state: EditorState;
  readonly doubtful: readonly FieldProposal[];
  readonly sure: number;
}): Child {
  const { draft, state, doubtful, sure } = given;
  if (doubtful.length === 0) return <p>{`${counted(sure, "champ rempli", "champs remplis")}, tous sûrs.`}</p>;
  return (
    <>
      <p class="fr-mb-1w">
        {`Continuer accepte ${counted(sure, "champ sûr", "champs sûrs")}, et ${doubtful.length === 1 ? "celui-ci, à vérifier" : `ces ${doubtful.length}, à vérifier`} :`}
      </p>
      <ul>
        {doubtful.map(({ field, from: [column], examples: [example] }) => {
          const href = column === undefined ? `${pathOf(draft)}/${field}` : editorAddress(pathOf(draft), { ...closed(state), column });
          return (
            <li>
              <a href={column === undefined ? href : `${href}#editeur`}>{fieldLabel(field)}</a>
              {column === undefined ? " : la même valeur pour toutes" : french` : « ${truncate(column, 60)} »`}
              {example !== undefined && field !== "externalId" && french`, par exemple « ${truncate(example, 160)} »`}
            </li>
          );
        })}
      </ul>
    </>
  );
}
