import type { Child } from "hono/jsx";
import { runErrorMessage } from "../../../../french/runs.ts";
import { sentConnector } from "../../../../ingest/sent-connector.ts";
import type { OwnField } from "../../../../model/survey/own-field.ts";
import { canonicalJson } from "../../../../model/text/canonical.ts";
import type { EditedSample } from "../../../../survey/sample/edit-request.ts";
import type { RefusedSample } from "../../../../survey/sample/sample-request.ts";
import { ConflictAlert } from "../../../forms/form.tsx";
import { Alert } from "../../../parts/alert.tsx";
import { CannotDo, type Done, type Form, type Page } from "../../../route.ts";
import type { Visit } from "../../../visit.ts";
import { changedRules } from "../changed-rules.ts";
import { type EditedDefinition, isOutdated, type SampleAnalysis } from "../edited-definition.ts";
import type { EditorPage } from "../editor-routes.ts";
import { whyOf } from "../form-page.tsx";
import { editorOf } from "./choose-meaning.tsx";
import { EditorSection } from "./editor-section.tsx";
import { type EditorState, editorAddress, readEditorState, stateNames, stepOfForm, unsavedChoices, withStep } from "./unsaved-choices.ts";

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

/** A form that is not saved. */
interface Again {
  readonly why: string;
  readonly problem?: string;
  readonly status: ShownTable["status"];
}

/** Returns the page of our fields: the file as a table, in which a person says what each column is. */
export function tablePage<T extends EditedDefinition>({ path, frame, acceptAll }: TablePage<T>): EditorPage<T> {
  const addressOf = ({ base }: T) => (path === "" ? base : `${base}/${path}`);
  const page = async (visit: Visit, edited: T, state: EditorState, { why, problem, status }: Again = { why: "", status: 200 }) => {
    const look = edited.isDraft ? await edited.analyse() : null;
    if (look !== null && "content" in look) return look;
    const table = await tableEditor(visit, edited, addressOf(edited), state, { why, problem, fields: look?.proposal.fields ?? null });
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

/** Returns the state of the table in the address; or the address with one more step, if a form of the table has been sent. */
function editorStateOf({ query }: Visit, path: string): EditorState | { readonly to: string } {
  const state = readEditorState(query);
  const chosen = stepOfForm(query, state);
  return chosen === null ? state : { to: editorAddress(path, withStep(state, chosen)) };
}

/** Returns the state of the table that the form to save contains. */
function editorStateIn(form: Form): EditorState {
  return readEditorState(new URLSearchParams(stateNames.flatMap((name) => form.all(name).map((value): [string, string] => [name, value]))));
}

/** Shows the file as a table in which a person says what each column is. `path`: address of the page. */
async function tableEditor(
  visit: Visit,
  edited: EditedDefinition,
  path: string,
  state: EditorState,
  shown: Pick<Parameters<typeof EditorSection>[0], "why" | "problem" | "fields">,
): Promise<Child> {
  const answer = await tryChoices(visit, edited, state).catch((error: unknown) => {
    if (error instanceof CannotDo) return error;
    throw error;
  });
  if (answer === null) return <p>Aucun flux n’est gardé : il n’y a pas encore de tableau à montrer.</p>;
  if (answer instanceof CannotDo || "refused" in answer)
    return (
      <Alert kind="warning" title="Le fichier ne peut pas être montré en tableau" level={2}>
        <p>{answer instanceof CannotDo ? answer.message : runErrorMessage(answer.refused.code, answer.refused.params)}</p>
      </Alert>
    );
  const editor = editorOf(visit, edited, path, { ...state, version: String(edited.revision) }, answer);
  return <EditorSection editor={editor} asked={state} alert={await conflictOf(edited, state)} {...shown} />;
}

/** Tries the unsaved choices on the sample; null without one. */
async function tryChoices(
  { catalogue, console: { samples } }: Visit,
  { snapshot, connector }: EditedDefinition,
  state: EditorState,
): Promise<EditedSample | RefusedSample | null> {
  const file = snapshot === null ? null : await samples.spooled.fileOf(catalogue, snapshot);
  if (file === null) return null;
  return samples.edit({ file, connector: sentConnector(connector), choices: unsavedChoices(state), record: state.record });
}

/**
 * Saves all unsaved choices at once: see `EditedDefinition.save`. Returns the problem if they cannot be saved.
 * @throws CannotDo without a sample
 */
async function saveTable(
  visit: Visit,
  edited: EditedDefinition,
  state: EditorState,
  { why, back }: { readonly why: string; readonly back: string },
): Promise<Done | { readonly problem: string } | null> {
  const answer = await tryChoices(visit, edited, state);
  if (answer === null || "refused" in answer) throw new CannotDo("Le fichier n’est plus lisible : ces choix ne peuvent pas être essayés.");
  if (canonicalJson(answer.change) === "{}") return { problem: "Ces choix ne changent rien." };
  return edited.save({ change: answer.change, why, back, trial: "snapshot" });
}

/** Returns the conflict alert if somebody saved since the first choice, or null. */
async function conflictOf(edited: EditedDefinition, state: EditorState): Promise<Child | null> {
  const { version } = state;
  if (version === null || !isOutdated(edited, { has: () => true, text: () => version })) return null;
  const fields = Object.keys(unsavedChoices(state).fields) as OwnField[];
  return <ConflictAlert who={edited.changedBy} conflicts={await changedRules(edited, Number(version), fields)} />;
}
