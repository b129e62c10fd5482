import type { Child } from "hono/jsx";
import { evidenceMessage, fieldLabel } from "../../../../french/survey.ts";
import { french, sentence } from "../../../../french/typography.ts";
import { kindOf } from "../../../../model/aid/field-table.ts";
import type { OwnField } from "../../../../model/survey/own-field.ts";
import type { EditedSample, ProposedField, SheetColumn } from "../../../../survey/sample/edit-request.ts";
import { AidText, Quoting } from "../../../parts/aid-text.tsx";
import { List } from "../../../parts/list.tsx";
import { truncate } from "../../../parts/time.ts";
import { hasRole, type Visit } from "../../../visit.ts";
import type { EditedDefinition } from "../edited-definition.ts";
import { FixedValue } from "../field-choice.tsx";
import { fieldGroups } from "./field-groups.ts";
import { isSure, languageOfColumn } from "./file-table.tsx";
import { closed, type EditorState, editorAddress, type Step, withStep } from "./unsaved-choices.ts";

/** The editor of a definition, as its parts see it. */
export type Editor = ReturnType<typeof editorOf>;

/** Returns the editor of a definition in a state. `path`: address of the page, and of the form that saves. */
export function editorOf(visit: Visit, edited: EditedDefinition, path: string, state: EditorState, sample: EditedSample) {
  return {
    visit,
    edited,
    path,
    state,
    sample,
    mayChange: hasRole(visit, "bizdev"),
    /** Returns the address of another state. */
    href: (other: EditorState) => editorAddress(path, other),
    /** Returns the address of the form of a field, which also works for what no column says. */
    fieldHref: (field: OwnField) => `${edited.base}/champs/${field}`,
  };
}

const required: ReadonlySet<OwnField> = new Set(["externalId", "name"]);

/** Asks what a column is. */
export function ChooseMeaning({ editor, column }: { readonly editor: Editor; readonly column: SheetColumn }): Child {
  const { state, sample, href } = editor;
  const { path, readBy, examples, filled } = column;
  const stepHref = (step: Step) => href(withStep(state, step));
  const proposed = sample.proposals.filter(({ from }) => from.length === 1 && from[0] === path);
  return (
    <section class="moisson-choose" id="choix" aria-labelledby="choix-titre" data-choose="">
      <h3 id="choix-titre" class="moisson-editor__title" tabindex={-1}>{french`« ${truncate(path, 80)} » : qu'est-ce que c'est ?`}</h3>
      <p class="moisson-mention">
        {filled === 0 ? (
          "Cette colonne est vide."
        ) : (
          <Quoting
            text={french`Par exemple : ${examples
              .slice(0, 3)
              .map((example) => french`« ${truncate(example, 90)} »`)
              .join(" ; ")}`}
            language={languageOfColumn(sample, column)}
          />
        )}
      </p>
      {readBy.length > 0 && (
        <ul class="moisson-choose__now">
          {readBy.map(({ field, others }) => (
            <li>
              {french`Aujourd'hui : ${wordsOf(field)}`}
              {others.length > 0 && french` (avec ${others.map((other) => french`« ${truncate(other, 40)} »`).join(", ")})`}{" "}
              {!required.has(field) && others.length === 0 && (
                <a href={stepHref({ fields: { [field]: { way: "none" } } })}>
                  Retirer<span class="fr-sr-only"> {fieldLabel(field)}</span>
                </a>
              )}{" "}
              <a href={editor.fieldHref(field)}>
                Régler plus finement<span class="fr-sr-only"> {fieldLabel(field)}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {proposed.map((one) => (
        <ProposalLine proposed={one} href={stepHref({ fields: { [one.field]: { way: "proposed" } } })} />
      ))}
      <p>
        {state.isAlso ? (
          "Choisissez ce que cette colonne dit en plus."
        ) : readBy.length > 0 ? (
          <a href={href({ ...state, isAlso: true })}>Cette colonne dit plusieurs choses</a>
        ) : null}
      </p>
      <div class="moisson-choose__list" id="choix-liste" data-scrolls="">
        {fieldGroups.map(({ title, fields }) => (
          <div class="moisson-choose__group">
            <h4>{title}</h4>
            <List items={fields.map(([field, words]) => <MeaningLink editor={editor} column={column} field={field} words={words} />)} />
          </div>
        ))}
        <div class="moisson-choose__group">
          <h4>Autre chose</h4>
          <ul>
            <li>
              {readBy.length === 0 && column.isUseless ? (
                <span class="moisson-choose__chosen">Rien d’utile</span>
              ) : (
                <a id="choix-rien" data-pick="" href={stepHref({ fields: withoutOwn(column, null), useless: [path] })}>
                  Rien d’utile
                </a>
              )}
            </li>
          </ul>
        </div>
      </div>
      <CloseLink href={href(closed(state))} />
    </section>
  );
}

function MeaningLink(given: {
  readonly editor: Editor;
  readonly column: SheetColumn;
  readonly field: OwnField;
  readonly words: string;
}): Child {
  const { editor, column, field, words } = given;
  const { state, sample, href } = editor;
  const { path, readBy } = column;
  if (readBy.some((one) => one.field === field && one.others.length === 0))
    return <span class="moisson-choose__chosen">{meaningOf(words)}</span>;
  const own = state.isAlso ? {} : withoutOwn(column, field);
  const stepHref = (paths: readonly string[]) => href(withStep(state, { fields: { ...own, [field]: { way: "path", paths: [...paths] } } }));
  const before = sample.filled.find((one) => one.field === field)?.from.filter((other) => other !== path) ?? [];
  return (
    <>
      <a id={`choix-${field}`} data-pick="" href={stepHref([path])}>
        {meaningOf(words, state.isAlso)}
      </a>
      {kindOf(field) === "html" && before.length > 0 && (
        <>
          {" "}
          <a class="moisson-mention" href={stepHref([...before, path])}>
            {french`à la suite de « ${truncate(before.at(-1) ?? "", 30)} »`}
          </a>
        </>
      )}
    </>
  );
}

/** Returns choices that empty the fields which read only this column, except `kept`. */
function withoutOwn({ readBy }: SheetColumn, kept: OwnField | null): NonNullable<Step["fields"]> {
  const own = readBy.filter(({ field, others }) => field !== kept && others.length === 0 && !required.has(field));
  return Object.fromEntries(own.map(({ field }) => [field, { way: "none" }]));
}

/** Asks which column says a field, or which value all aids have. */
export function ChooseColumn({
  editor,
  field,
  hidden,
}: {
  readonly editor: Editor;
  readonly field: OwnField;
  readonly hidden: Child;
}): Child {
  const { state, sample, href } = editor;
  const stepHref = (step: Step) => href(withStep(state, step));
  const proposed = sample.proposals.find((one) => one.field === field);
  return (
    <section class="moisson-choose" id="choix" aria-labelledby="choix-titre" data-choose="">
      <h3 id="choix-titre" class="moisson-editor__title" tabindex={-1}>{french`Où lit-on ${wordsOf(field)} ?`}</h3>
      {proposed !== undefined && <ProposalLine proposed={proposed} href={stepHref({ fields: { [field]: { way: "proposed" } } })} />}
      <p>Choisissez une colonne, ici ou dans le tableau :</p>
      <ul class="moisson-choose__list" id="choix-liste" data-scrolls="">
        {sample.columns
          .filter(({ filled }) => filled > 0)
          .map((column) => (
            <li>
              <a data-pick="" href={stepHref({ fields: { [field]: { way: "path", paths: [column.path] } } })}>
                {truncate(column.path, 60)}
              </a>{" "}
              <span class="moisson-mention">
                <AidText text={truncate(column.examples[0] ?? "", 70)} language={languageOfColumn(sample, column)} />
              </span>
            </li>
          ))}
      </ul>
      <details class="fr-mb-2w">
        <summary>Aucune colonne ne le dit : toutes les aides ont la même valeur</summary>
        <form method="get" class="fr-mt-2w">
          {hidden}
          <input type="hidden" name="champ" value={field} />
          <FixedValue field={field} values={[]} problem={undefined} />
          <button class="fr-btn fr-btn--sm" type="submit">
            Prendre cette valeur
          </button>
        </form>
      </details>
      <p>
        <a href={editor.fieldHref(field)}>Régler plus finement</a>
      </p>
      <CloseLink href={href(closed(state))} />
    </section>
  );
}

function ProposalLine({ proposed, href }: { readonly proposed: ProposedField; readonly href: string }): Child {
  return (
    <p class="moisson-suggestion">
      {french`Nous proposons : ${wordsOf(proposed.field)}`} <strong>({isSure(proposed) ? "sûr" : "à vérifier"})</strong>.{" "}
      <span class="moisson-mention">{sentence(proposed.evidence.map(evidenceMessage).join(" ; "))}</span>{" "}
      <a data-pick="" href={href}>
        Accepter<span class="fr-sr-only"> {fieldLabel(proposed.field)}</span>
      </a>
    </p>
  );
}

/** Lists the proposals that the button accepts. */
export function AcceptProposals({ editor }: { readonly editor: Editor }): Child {
  const { state, sample, href } = editor;
  const sure = sample.proposals.filter(isSure);
  const doubtful = sample.proposals.filter((one) => !isSure(one));
  const filled = new Set<string>([...sample.filled, ...sure].map(({ field }) => field));
  const left = Object.keys(sample.after.missing).filter((field) => !filled.has(field)) as OwnField[];
  const proposedStep = (fields: readonly ProposedField[]): Step => ({
    fields: Object.fromEntries(fields.map(({ field }) => [field, { way: "proposed" }])),
  });
  const line = (one: ProposedField) => (
    <li>
      <strong>{fieldLabel(one.field)}</strong> : {french`${sourceOf(one)}`}, <em>{isSure(one) ? "sûr" : "à vérifier"}</em>{" "}
      <a href={href({ ...withStep(state, proposedStep([one])), isAccepting: true })}>
        Accepter<span class="fr-sr-only"> {fieldLabel(one.field)}</span>
      </a>
      <div class="moisson-mention">{one.evidence.map(evidenceMessage).join(" ; ")}</div>
    </li>
  );
  return (
    <section class="moisson-choose" id="choix" aria-labelledby="choix-titre" data-choose="">
      <h3 id="choix-titre" class="moisson-editor__title" tabindex={-1}>
        Ce que nous proposons
      </h3>
      {sure.length > 0 && (
        <>
          <ul>{sure.map(line)}</ul>
          <p>
            <a class="fr-btn fr-btn--sm" href={href(withStep(state, proposedStep(sure)))}>
              {sure.length === 1 ? "Accepter la proposition sûre" : `Accepter les ${sure.length} propositions sûres`}
            </a>
          </p>
        </>
      )}
      {doubtful.length > 0 && (
        <>
          <h4>À vérifier une par une</h4>
          <ul>{doubtful.map(line)}</ul>
        </>
      )}
      <p>
        {left.length === 0
          ? "Tout ce que la publication demande aura une source."
          : french`Pour publier, il restera à trouver : ${left.map((field) => fieldLabel(field).toLowerCase()).join(", ")}.`}
      </p>
      <CloseLink href={href(closed(state))} />
    </section>
  );
}

function sourceOf({ from }: ProposedField): string {
  if (from.length === 0) return "la même valeur pour toutes les aides";
  return french`${from.length === 1 ? "colonne" : "colonnes"} ${from.map((path) => french`« ${truncate(path, 40)} »`).join(", ")}`;
}

function CloseLink({ href }: { readonly href: string }): Child {
  return (
    <p class="fr-mt-2w fr-mb-0">
      <a class="fr-btn fr-btn--sm fr-btn--secondary" data-closes="" href={href}>
        Fermer
      </a>
    </p>
  );
}

/** Returns what a person says of a column: « C’est la date de clôture », « Ce sont les thématiques », « Elle dit si… ». */
function meaningOf(words: string, isAlso = false): string {
  const also = isAlso ? "aussi " : "";
  if (words.startsWith("si ")) return french`Elle dit ${also}${words}`;
  return /^(les|des) /.test(words) ? french`Ce sont ${also}${words}` : french`C'est ${also}${words}`;
}

const words = new Map(fieldGroups.flatMap(({ fields }) => fields));

/** Returns a field in plain words, with its article: « la date de clôture ». */
function wordsOf(field: OwnField): string {
  return (words.get(field) ?? fieldLabel(field).toLowerCase()).replace(/ : .*$/, "");
}
