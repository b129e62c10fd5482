import type { Child } from "hono/jsx";
import { runErrorMessage } from "../../../../french/runs.ts";
import { sentConnector } from "../../../../ingest/sent-connector.ts";
import type { OwnField } from "../../../../model/survey/own-field.ts";
import { canonicalJson } from "../../../../model/text/canonical.ts";
import type { EditedSample } from "../../../../survey/sample/edit-request.ts";
import type { RefusedSample } from "../../../../survey/sample/refused-sample.ts";
import { ConflictAlert } from "../../../forms/conflict.tsx";
import { WhyField } from "../../../forms/why-field.tsx";
import { Alert } from "../../../parts/alert.tsx";
import { CannotDo, type Done, type Form } from "../../../route.ts";
import { hasRole, type Visit } from "../../../visit.ts";
import { changedRules } from "../changed-rules.ts";
import { type EditedDefinition, isOutdated } from "../edited-definition.ts";
import { EditorSection } from "./editor-section.tsx";
import type { Certain } from "./file-table.tsx";
import { type EditorState, editorAddress, readEditorState, stateNames, stepOfForm, unsavedChoices, withStep } from "./unsaved-choices.ts";

interface Typed {
  readonly why: string;
  readonly problem?: string | undefined;
}

/** Returns the state of the table in the address; or the address with one more step, if a form of the table has been sent. */
export function editorStateOf({ query }: Visit, path: string): EditorState | { readonly to: string } {
  const state = readEditorState(query);
  const chosen = stepOfForm(query, state);
  return chosen === null ? state : { to: editorAddress(path, withStep(state, chosen)) };
}

/** Returns the state of the table that the form to save contains. */
export function editorStateIn(form: Form): EditorState {
  return readEditorState(new URLSearchParams(stateNames.flatMap((name) => form.all(name).map((value): [string, string] => [name, value]))));
}

/** Shows the file as a table in which a person says what each column is. `path`: address of the page. */
export async function tableEditor(given: {
  readonly visit: Visit;
  readonly edited: EditedDefinition;
  readonly path: string;
  readonly state: EditorState;
  readonly typed?: Typed;
  /** How certain the proposed fields of a draft are. */
  readonly certainties?: readonly Certain[];
  /** What continuing with a draft accepts. */
  readonly accepts?: Child;
}): Promise<Child> {
  const { visit, edited, path, state, typed = { why: "" }, certainties = [], accepts = null } = given;
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
  return (
    <EditorSection
      alert={await conflictOf(edited, state)}
      sample={answer}
      certainties={certainties}
      state={{ ...state, version: String(edited.revision) }}
      path={path}
      mayChange={hasRole(visit, "bizdev")}
      csrf={visit.csrf}
      keepWhen={edited.connector.definition.keepWhen}
      fieldHref={(field) => `${edited.base}/champs/${field}`}
      saveLabel={edited.isDraft ? "Enregistrer ces choix" : "Essayer ces choix sur tout le flux"}
      saveFields={edited.isDraft ? null : <WhyField value={typed.why} problem={typed.problem} />}
      next={edited.isDraft ? { revision: edited.revision, accepts } : null}
    />
  );
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
export async function saveTable(
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
