import type { Child } from "hono/jsx";
import { fieldName, fieldNameOrKey } from "../../../../french/fields.ts";
import { issueMessage } from "../../../../french/issues.ts";
import { definitionProblem } from "../../../../french/pattern-faults.ts";
import { fieldLabel } from "../../../../french/survey.ts";
import { capitalize, counted, french } from "../../../../french/typography.ts";
import type { AidField } from "../../../../model/aid/aid.ts";
import type { OwnField } from "../../../../model/survey/own-field.ts";
import { vocabularies } from "../../../../model/vocabularies.ts";
import type { FieldProposal } from "../../../../survey/propose/proposal.ts";
import type { EditChoice, EditedSample } from "../../../../survey/sample/edit-request.ts";
import { assetPath } from "../../../assets.ts";
import { WhyField } from "../../../forms/form.tsx";
import { Quoting } from "../../../parts/aid-text.tsx";
import { Alert } from "../../../parts/alert.tsx";
import { ActForm, Select, SubmitButton } from "../../../parts/form-controls.tsx";
import { ButtonLink } from "../../../parts/link.tsx";
import { List } from "../../../parts/list.tsx";
import { readingInWords } from "../../../parts/reading-in-words.ts";
import { truncate } from "../../../parts/time.ts";
import { BaseField } from "../form-page.tsx";
import { AcceptProposals, ChooseColumn, ChooseMeaning, type Editor } from "./choose-meaning.tsx";
import { FileTable, isSure } from "./file-table.tsx";
import { ResultPanel, StepLink } from "./result-panel.tsx";
import { UnsaidValues } from "./unsaid-values.tsx";
import { closed, type EditorState, editorAddress, unsavedChoices, withStep } from "./unsaved-choices.ts";

/** What the editor shows. */
interface EditorGiven {
  readonly editor: Editor;
  /** The state in the address, which can be based on an earlier version. */
  readonly asked: EditorState;
  /** Shown above the table, such as a conflict. */
  readonly alert: Child;
  /** The proposed fields of a draft, which continuing accepts; null for a live connector. */
  readonly fields: readonly FieldProposal[] | null;
  /** The typed reason for a change of a live connector, and its problem. */
  readonly why: string;
  readonly problem?: string | undefined;
}

/** The file as a table with our fields under its columns, the resulting aid, and the choices that are not saved yet. */
export function EditorSection({ editor, asked, alert, fields, ...typed }: EditorGiven): Child {
  const { state, sample, mayChange, href } = editor;
  const column = sample.columns.find((one) => one.path === state.column);
  const recordHref = (record: number) => href({ ...state, record });
  const pickFor = mayChange ? state.field : null;
  return (
    <section class="moisson-editor" id="editeur" aria-labelledby="editeur-titre" data-editor="">
      <script type="module" src={assetPath("editor.js")} />
      <h2 id="editeur-titre" tabindex={-1}>
        Le fichier, et ce qu’il devient
      </h2>
      {alert}
      <div class="moisson-editor__bar">
        <Counts sample={sample} />
        {mayChange && <History editor={editor} />}
      </div>
      {sample.problems.length > 0 && (
        <Alert kind="error" title="Ces choix ne vont pas ensemble">
          <List items={sample.problems.map(({ key, message }) => french`${key} : ${definitionProblem(message)}`)} />
        </Alert>
      )}
      <div class="moisson-editor__split">
        <FileTable
          sample={sample}
          certainties={fields ?? []}
          column={state.column}
          record={sample.record?.number ?? 0}
          recordHref={recordHref}
          columnHref={({ path: chosen }) =>
            pickFor === null
              ? href({ ...closed(state), column: chosen })
              : href(withStep(state, { fields: { [pickFor]: { way: "path", paths: [chosen] } } }))
          }
        />
        <div
          class="moisson-editor__side"
          id="editeur-cote"
          data-scrolls=""
          tabindex={0}
          role="region"
          aria-label="Ce qui manque, et ce que verra une collectivité"
        >
          {mayChange && column !== undefined && <ChooseMeaning editor={editor} column={column} />}
          {pickFor !== null && <ChooseColumn editor={editor} field={pickFor} hidden={<StateFields state={state} />} />}
          {mayChange && state.isAccepting && <AcceptProposals editor={editor} />}
          <Missing editor={editor} />
          {mayChange && sample.proposals.length > 0 && !state.isAccepting && <ProposalsLink editor={editor} />}
          <ResultPanel
            record={sample.record}
            keepWhen={editor.edited.connector.definition.keepWhen}
            of={sample.rows.length}
            recordHref={recordHref}
          />
        </div>
      </div>
      {mayChange && <Readings sample={sample} state={state} />}
      <Unreadable sample={sample} />
      {mayChange && <UnsaidValues unsaid={sample.unsaid} isOpen={editor.edited.isDraft} hidden={<StateFields state={state} />} />}
      {fields !== null && <Accepted path={editor.path} state={asked} fields={fields} />}
      {mayChange && <SaveForm editor={editor} {...typed} />}
    </section>
  );
}

/** Lists what the button accepts: nothing that is not sure is accepted unseen. */
function Accepted({ path, state, fields }: Pick<Editor, "path" | "state"> & { readonly fields: readonly FieldProposal[] }): Child {
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

/** The share of aids that can be published. */
function Counts({ sample: { before, after, isBeginning } }: { readonly sample: EditedSample }): Child {
  const difference = after.publishable - before.publishable;
  return (
    <p class="moisson-editor__count" role="status" id="editeur-compte">
      <strong>{`${after.publishable} sur ${after.valid}`}</strong>
      {after.valid > 1 ? " aides publiables" : " aide publiable"}
      {difference !== 0 && ` (${difference > 0 ? "+" : "−"}${Math.abs(difference)} avec vos choix)`}
      {after.skipped > 0 && `, ${counted(after.skipped, "laissée de côté", "laissées de côté")}`}
      {after.rejected > 0 && `, ${counted(after.rejected, "rejetée", "rejetées")}`}
      {isBeginning && ` ; seuls les ${after.received} premiers enregistrements sont comptés`}
    </p>
  );
}

/** Undo and redo. */
function History({ editor: { state, href } }: { readonly editor: Editor }): Child {
  const { steps, undone } = state;
  if (steps.length === 0) return null;
  const at = (count: number) => href({ ...closed(state), undone: count });
  return (
    <div class="moisson-editor__history">
      <StepLink id="annuler" label="Annuler" keys="Control+Z" href={undone < steps.length ? at(undone + 1) : null} />
      <StepLink id="retablir" label="Rétablir" keys="Control+Y" href={undone > 0 ? at(undone - 1) : null} />
    </div>
  );
}

/** What the publication asks for and the aids lack, those first that no column fills. */
function Missing({ editor: { state, sample, mayChange, href } }: { readonly editor: Editor }): Child {
  const missing = Object.entries(sample.after.missing) as [AidField, number][];
  if (missing.length === 0) return null;
  const filled = new Map<string, readonly string[]>(sample.filled.map(({ field, from }) => [field, from]));
  const sorted = missing.sort(([a, countA], [b, countB]) => Number(filled.has(a)) - Number(filled.has(b)) || countB - countA);
  return (
    <section class="moisson-missing" aria-labelledby="manque-titre">
      <h3 id="manque-titre" class="moisson-editor__title">
        Ce qui manque pour publier
      </h3>
      <ul>
        {sorted.map(([field, count]) => (
          <li>
            {`${fieldLabel(field)} : ${counted(count, "aide")}`}{" "}
            {mayChange && (
              <a href={href({ ...closed(state), field })} id={`manque-${field}`} data-opens="">
                {filled.has(field) ? "d’où vient-il ?" : "où est-ce ?"}
                <span class="fr-sr-only"> {fieldName(field)}</span>
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The values that could not be read, such as « à l'automne » for a date. */
function Unreadable({ sample: { unreadable } }: { readonly sample: EditedSample }): Child {
  if (unreadable.length === 0) return null;
  return (
    <details class="fr-mb-2w" id="mal-lu">
      <summary>{counted(unreadable.length, "sorte de valeurs mal lues", "sortes de valeurs mal lues")}</summary>
      <ul>
        {unreadable.map(({ field, count, example: { code, params, value } }) => (
          <li>
            {field !== null && `${capitalize(fieldNameOrKey(field))} : `}
            {french`${issueMessage(code, params)} (${counted(count, "fois", "fois")})`}
            {value !== null && value !== undefined && <Quoting text={french`, par exemple « ${truncate(String(value), 100)} »`} />}
          </li>
        ))}
      </ul>
    </details>
  );
}

function ProposalsLink({ editor: { state, sample, href } }: { readonly editor: Editor }): Child {
  const sure = sample.proposals.filter(isSure).length;
  const { length } = sample.proposals;
  return (
    <p>
      <a class="fr-btn fr-btn--sm fr-btn--secondary" id="propositions" data-opens="" href={href({ ...closed(state), isAccepting: true })}>
        {`Voir ${length === 1 ? "notre proposition" : `nos ${length} propositions`} (${sure === 0 ? "aucune sûre" : counted(sure, "sûre")})`}
      </a>
    </p>
  );
}

/** Where the records of a file with several lists or sheets are. */
function Readings({ sample: { readings }, state }: { readonly sample: EditedSample; readonly state: EditorState }): Child {
  if (readings.length < 2) return null;
  return (
    <details class="fr-mb-2w">
      <summary>Les aides ne sont pas dans ce tableau ? Choisir une autre partie du fichier</summary>
      <form method="get" class="moisson-editor__readings">
        <StateFields state={state} />
        <Select
          name="lecture"
          label="Où sont les aides dans ce fichier ?"
          choices={readings.map((reading, index) => ({ value: String(index), label: readingInWords(reading) }))}
          value={String(unsavedChoices(state).reading ?? 0)}
        />
        <button class="fr-btn fr-btn--sm fr-btn--secondary" type="submit">
          Lire ainsi
        </button>
      </form>
    </details>
  );
}

/** The state of the editor as hidden fields. */
function StateFields({ state }: { readonly state: EditorState }): Child {
  const query = new URLSearchParams(editorAddress("", closed(state)).slice(1));
  return [...query].map(([name, value]) => <input type="hidden" name={name} value={value} />);
}

function SaveForm({ editor, why, problem }: Pick<EditorGiven, "editor" | "why" | "problem">): Child {
  const {
    visit: { csrf },
    edited: { isDraft, revision },
    sample,
    state,
    path,
  } = editor;
  const { fields, useless, reading } = unsavedChoices(state);
  const lines = [
    ...Object.entries(fields).map(([field, choice]) => choiceInWords(field as OwnField, choice, sample.filled)),
    ...useless.map((column) => french`« ${truncate(column, 60)} » : rien d'utile`),
    ...(reading !== null && sample.readings[reading] !== undefined
      ? [`Les aides sont lues ainsi : ${readingInWords(sample.readings[reading])}`]
      : []),
  ];
  if (lines.length === 0)
    return (
      <>
        <p class="moisson-mention">Rien n’est enregistré avant que vous le demandiez.</p>
        {isDraft && (
          <ActForm action={path} csrf={csrf} class="fr-mb-2w">
            <BaseField version={revision} />
            <SubmitButton label="C’est bien cela, continuer" />
          </ActForm>
        )}
      </>
    );
  return (
    <div class="moisson-editor__save">
      <h3 class="moisson-editor__title">{lines.length === 1 ? "Un choix à enregistrer" : `${lines.length} choix à enregistrer`}</h3>
      <List items={lines} />
      <ActForm action={path} csrf={csrf}>
        <StateFields state={state} />
        {isDraft ? (
          <>
            <button class="fr-btn" type="submit" name="suite" value="1">
              Enregistrer et continuer
            </button>{" "}
          </>
        ) : (
          <WhyField value={why} problem={problem} />
        )}
        <SubmitButton label={isDraft ? "Enregistrer ces choix" : "Essayer ces choix sur tout le flux"} isSecondary={isDraft} />{" "}
        <ButtonLink kind="secondary" href={path} label="Tout abandonner" />
      </ActForm>
    </div>
  );
}

/** Returns an unsaved choice in words: « Contact : « courriel » ». */
function choiceInWords(field: OwnField, choice: EditChoice, filled: EditedSample["filled"]): string {
  const also =
    "otherwise" in choice && choice.otherwise !== undefined ? french`, sinon « ${constantInWords(field, choice.otherwise)} »` : "";
  return `${sourceInWords(field, choice, filled)}${also}`;
}

function sourceInWords(field: OwnField, choice: EditChoice, filled: EditedSample["filled"]): string {
  const name = fieldLabel(field);
  switch (choice.way) {
    case "none":
      return french`${name} : laissé vide`;
    case "path":
      return french`${name} : ${choice.paths.map((path) => french`« ${truncate(path, 60)} »`).join(" puis ")}`;
    case "constant":
      return french`${name} : toujours « ${constantInWords(field, choice.value)} »`;
    case "default":
      return french`${name} : « ${constantInWords(field, choice.value)} » pour les aides qui n'en ont pas`;
    case "named":
      return choice.value === ""
        ? french`${name} : d'après les mots du titre`
        : french`${name} : d'après les mots du titre, sinon « ${constantInWords(field, choice.value)} »`;
    default: {
      const from = filled.find((one) => one.field === field)?.from ?? [];
      return from.length === 0 ? `${name} : comme proposé` : french`${name} : comme proposé, à partir de « ${from.join(french` », « `)} »`;
    }
  }
}

function constantInWords(field: OwnField, value: string): string {
  if (!(field in vocabularies)) return truncate(value, 80);
  const terms: readonly { readonly slug: string; readonly label: string }[] = vocabularies[field as keyof typeof vocabularies];
  return value
    .split(";")
    .map((slug) => terms.find((term) => term.slug === slug)?.label ?? slug)
    .join(", ");
}
