import type { Child } from "hono/jsx";
import { ruleMessage } from "../../../french/rules.ts";
import { runErrorMessage } from "../../../french/runs.ts";
import { fieldLabel } from "../../../french/survey.ts";
import { sentence } from "../../../french/typography.ts";
import { lastWholeRun } from "../../../jobs/last-whole-run.ts";
import { sentConnector } from "../../../jobs/run-processes/sent-connector.ts";
import type { Connector } from "../../../kit/definition.ts";
import type { Rule } from "../../../kit/field-rules.ts";
import { canonicalJson } from "../../../model/text/canonical.ts";
import { changeContent, contentNow } from "../../../registry/change-content.ts";
import type { LoadedConnector } from "../../../registry/load-connectors.ts";
import type { OwnField } from "../../../registry/survey/match-name.ts";
import { Alert } from "../../parts/alert.tsx";
import { truncate } from "../../parts/time.ts";
import { CannotDo, type Done } from "../../route.ts";
import type { EditAnswer } from "../../sample/edit-request.ts";
import { hasRole, type Visit } from "../../visit.ts";
import { EditorSection } from "../editor/editor-section.tsx";
import { type EditorState, unsavedChoices } from "../editor/unsaved-choices.ts";
import { DefinitionConflict, definitionShown, isOutdated } from "./definition-conflict.tsx";
import { type DefinitionView, runnable } from "./definition-of.ts";
import { tryChange } from "./try-change.ts";
import { WhyField } from "./why-field.tsx";

interface Typed {
  readonly why: string;
  readonly problem?: string | undefined;
}

/** Shows the last feed of a connector as a table in which a person says what each column is. */
export async function definitionEditor(given: {
  readonly visit: Visit;
  readonly view: DefinitionView;
  readonly connector: LoadedConnector;
  readonly state: EditorState;
  readonly typed?: Typed;
}): Promise<Child> {
  const { visit, view, connector, typed = { why: "" } } = given;
  const version = view.version?.version ?? 0;
  const answer = await tryChoices(visit, connector, given.state).catch((error: unknown) => {
    if (error instanceof CannotDo) return error;
    throw error;
  });
  if (answer === null) return <p>Aucun flux n’est gardé : il n’y a pas encore de tableau à montrer.</p>;
  if (answer instanceof CannotDo || "refused" in answer)
    return (
      <Alert kind="warning" title="Le dernier flux ne peut pas être montré" level={2}>
        <p>{answer instanceof CannotDo ? answer.message : runErrorMessage(answer.refused.code, answer.refused.params)}</p>
      </Alert>
    );
  const path = `/connecteurs/${view.id}/definition`;
  return (
    <EditorSection
      alert={await conflictOf(visit, view, connector.definition, given.state)}
      sample={answer}
      state={{ ...given.state, version: String(version) }}
      path={path}
      mayChange={hasRole(visit, "bizdev")}
      csrf={visit.csrf}
      keepWhen={connector.definition.keepWhen}
      fieldHref={(field) => `${path}/champs/${field}`}
      saveLabel="Essayer ces choix sur tout le flux"
      saveFields={<WhyField value={typed.why} problem={typed.problem} />}
    />
  );
}

/** Tries the unsaved choices on the last feed; null without a stored feed. */
async function tryChoices(visit: Visit, connector: LoadedConnector, state: EditorState): Promise<EditAnswer | null> {
  const { catalogue, console: services } = visit;
  const whole = await lastWholeRun(catalogue, connector.definition.id);
  const file = whole === null ? null : await services.samples.spooled.fileOf(catalogue, whole.snapshotHash);
  if (file === null) return null;
  return services.samples.edits.look({ file, connector: sentConnector(connector), choices: unsavedChoices(state), record: state.record });
}

/** Starts a trial with all unsaved choices. Returns the problem instead if they cannot be tried. @throws CannotDo without a stored feed */
export async function tryEdit(
  visit: Visit,
  view: DefinitionView,
  state: EditorState,
  why: string,
): Promise<Done | { readonly problem: string }> {
  const answer = await tryChoices(visit, runnable(view), state);
  if (answer === null || "refused" in answer)
    throw new CannotDo("Le dernier flux n’est plus lisible : ces choix ne peuvent pas être essayés.");
  if (canonicalJson(answer.change) === "{}") return { problem: "Ces choix ne changent rien." };
  const content = changeContent(contentNow(view.ofFile, view.version), view.ofFile?.definition ?? null, answer.change);
  return tryChange(visit, view, { content, why, trial: "snapshot" });
}

/** Returns the conflict alert if somebody saved since the first choice, or null. */
async function conflictOf(visit: Visit, view: DefinitionView, saved: Connector, state: EditorState): Promise<Child | null> {
  const shownVersion = { text: () => state.version ?? "0" };
  if (state.version === null || !isOutdated(view, shownVersion)) return null;
  const shown = await definitionShown(visit, view, shownVersion);
  const rulesOf = (definition: Connector | null) => (definition?.fields ?? {}) as unknown as Readonly<Record<string, Rule | undefined>>;
  const fields = Object.keys(unsavedChoices(state).fields) as OwnField[];
  const conflicts = fields.flatMap((field) => {
    const rule = rulesOf(saved)[field];
    if (shown !== null && canonicalJson(rulesOf(shown)[field] ?? null) === canonicalJson(rule ?? null)) return [];
    const theirs = rule === undefined ? "De rien : il est laissé vide." : sentence(truncate(ruleMessage(field, rule), 400));
    return [{ label: fieldLabel(field), theirs }];
  });
  return <DefinitionConflict view={view} conflicts={conflicts} />;
}
