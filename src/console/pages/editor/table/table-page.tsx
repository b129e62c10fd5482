import type { Child } from "hono/jsx";
import { fieldLabel } from "../../../../french/survey.ts";
import { counted, french } from "../../../../french/typography.ts";
import type { FieldProposal } from "../../../../survey/propose/proposal.ts";
import { truncate } from "../../../parts/time.ts";
import type { Done, Page } from "../../../route.ts";
import type { Visit } from "../../../visit.ts";
import { type EditedDefinition, isOutdated, type SampleAnalysis } from "../edited-definition.ts";
import type { EditorPage } from "../editor-routes.ts";
import { whyOf } from "../form-parts.tsx";
import { isSure } from "./file-table.tsx";
import { editorStateIn, editorStateOf, saveTable, tableEditor } from "./table-editor.tsx";
import { closed, type EditorState, editorAddress } from "./unsaved-choices.ts";

/** The table to show. `look`: the analysis of a draft's file. `problem`: why the choices are not saved. */
interface ShownTable {
  readonly table: Child;
  readonly look: SampleAnalysis | null;
  readonly problem: string | undefined;
  readonly status: NonNullable<Page["status"]>;
}

/** The page of a table. `path`: below the address of the draft or the definition. */
interface TablePage<T extends EditedDefinition> {
  readonly path: string;
  /** Returns the page around the table. */
  frame(visit: Visit, edited: T, shown: ShownTable): Promise<Page> | Page;
  /** Accepts a draft's proposals as they are. */
  acceptAll?(edited: T): Promise<Done | null>;
}

interface Typed {
  readonly why?: string;
  readonly problem?: string;
  readonly status?: ShownTable["status"];
}

/** Returns the page of our fields: the file as a table, in which a person says what each column is. */
export function tablePage<T extends EditedDefinition>({ path, frame, acceptAll }: TablePage<T>): EditorPage<T> {
  const addressOf = ({ base }: T) => (path === "" ? base : `${base}/${path}`);
  const page = async (visit: Visit, edited: T, state: EditorState, { why = "", problem, status = 200 }: Typed = {}) => {
    const look = edited.isDraft ? await edited.analyse() : null;
    if (look !== null && "content" in look) return look;
    const address = addressOf(edited);
    const certainties = look?.proposal.fields ?? [];
    const accepts = look === null ? null : <Accepted path={address} state={state} fields={look.proposal.fields} />;
    const table = await tableEditor({ visit, edited, path: address, state, certainties, accepts, typed: { why, problem } });
    return frame(visit, edited, { table, look, problem, status });
  };
  return {
    path,
    act: "change-fields",
    show(visit, edited) {
      const state = editorStateOf(visit, addressOf(edited));
      return "to" in state ? state : page(visit, edited, state);
    },
    async change(visit, edited, form) {
      const state = editorStateIn(form);
      const { why, problem } = whyOf(edited, form);
      if (isOutdated(edited, form)) return page(visit, edited, state, { why, status: 409 });
      if (acceptAll !== undefined && !form.has("choix")) return acceptAll(edited);
      if (problem !== null) return page(visit, edited, state, { why, problem, status: 422 });
      const done = await saveTable(visit, edited, state, { why, back: form.has("suite") ? "/mots" : "/champs" });
      if (done !== null && "problem" in done) return page(visit, edited, state, { why, problem: done.problem, status: 422 });
      return done !== null && edited.isDraft ? { ...done, message: "Vos choix sont enregistrés." } : done;
    },
  };
}

/** Lists what the button accepts: nothing that is not sure is accepted unseen. */
function Accepted(given: { readonly path: string; readonly state: EditorState; readonly fields: readonly FieldProposal[] }): Child {
  const { path, state, fields } = given;
  const doubtful = fields.filter((one) => !isSure(one));
  const sure = fields.length - doubtful.length;
  if (doubtful.length === 0) return <p>{`${counted(sure, "champ rempli", "champs remplis")}, tous sûrs.`}</p>;
  return (
    <>
      <p class="fr-mb-1w">
        {`Continuer accepte ${counted(sure, "champ sûr", "champs sûrs")}, et ${doubtful.length === 1 ? "celui-ci, à vérifier" : `ces ${doubtful.length}, à vérifier`} :`}
      </p>
      <ul>
        {doubtful.map(({ field, from: [column], examples: [example] }) => {
          const href = column === undefined ? `${path}/${field}` : editorAddress(path, { ...closed(state), column });
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
