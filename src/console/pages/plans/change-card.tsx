import type { Child } from "hono/jsx";
import type { ShownChange } from "../../../catalogue/plans/plan-page-repository.ts";
import type { PlannedChange } from "../../../catalogue/plans/plan-reader.ts";
import { imports, shownAfter } from "../../../curation/reverse-change.ts";
import { frenchDay } from "../../../french/dates.ts";
import { fieldName } from "../../../french/fields.ts";
import { type ChangeStage, changeKindName, fieldActionName, matchReasonNames } from "../../../french/plans.ts";
import { ruleNames } from "../../../french/suggestions.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import { type AidField, aidFields, isEmptyValue } from "../../../model/aid/aid.ts";
import { sameValue } from "../../../model/aid/same-value.ts";
import type { Change, ChangeKind, Edit, FieldAction, FieldChange } from "../../../model/plan/plan.ts";
import { labelOf } from "../../../model/vocabularies.ts";
import { AidText } from "../../parts/aid-text.tsx";
import { Badge, type Tone } from "../../parts/badge.tsx";
import { Checkbox } from "../../parts/checkbox.tsx";
import { Difference } from "../../parts/diff.tsx";
import { Facts } from "../../parts/facts.tsx";
import { FieldValue } from "../../parts/field-value.tsx";
import { formatDateTime } from "../../parts/time.ts";

const tones: Partial<Readonly<Record<ShownChange["kind"], Tone>>> = {
  create: "success",
  restore: "success",
  publish: "success",
  withdraw: "error",
  remove: "error",
  reject: "error",
  unpublish: "error",
  merge: "error",
};

/** Longer titles and identifiers are cut: publishers choose them. */
const maxTitleLength = 200;

/** Renders the change of one aid: a summary, then each field, or `only` that field. `act`: link to apply a pending change. */
export function ChangeCard(given: {
  readonly change: ShownChange;
  readonly only: AidField | null;
  readonly isPartPlan: boolean;
  /** The plan is closed, so its pending changes will never be applied. */
  readonly isClosed: boolean;
  readonly box: boolean;
  readonly act: Child;
}): Child {
  const { change, only, isPartPlan, isClosed, box, act } = given;
  const { aidId, externalId, kind, isDone, hasMoved, fields } = change;
  const title = <ChangeTitle change={change} />;
  const isThere = kind === "create" ? isDone : kind !== "remove" || !isDone;
  const stage = isDone ? "done" : isClosed ? "left" : "to-do";
  const shown = aidFields.filter((field) => fields[field] !== undefined && (only === null || field === only));
  return (
    <li class="moisson-change">
      <div class="moisson-change__head">
        {box && (
          <Checkbox id={`aide-${aidId}-${change.baseRevision}`} name="aide" value={aidId}>
            <span class="fr-sr-only">
              {"Choisir "}
              {title}
            </span>
          </Checkbox>
        )}
        <div>
          <h3 class="fr-h6 fr-mb-1v">{isThere ? <a href={`/aides/${aidId}`}>{title}</a> : title}</h3>
          <p class="fr-mb-1w">
            <Badge tone={tones[kind] ?? "info"} label={changeKindName(kind)} />{" "}
            <span class="moisson-mention">{externalId.slice(0, maxTitleLength)}</span>{" "}
            {isPartPlan && isDone && <Badge tone="success" label="appliqué" />}
            {hasMoved && <Badge tone="warning" label="l’aide a changé depuis" />}
          </p>
          {changeRemarks(change).map((message) => (
            <p class="fr-mb-1v moisson-text">{message}</p>
          ))}
        </div>
        {act !== null && <div class="moisson-change__act">{act}</div>}
      </div>
      {shown.map((field) => {
        const fieldChange = fields[field];
        return fieldChange === undefined ? null : (
          <FieldComparison kind={kind} field={field} change={fieldChange} stage={stage} language={change.language} />
        );
      })}
      <NewContent change={change} />
    </li>
  );
}

/** The title of the changed aid, or its identifier if it has no title. */
export function ChangeTitle({ change: { title, externalId, language } }: { readonly change: PlannedChange }): Child {
  const text = title ?? externalId;
  return <AidText text={text.length > maxTitleLength ? `${text.slice(0, maxTitleLength)}…` : text} language={language} />;
}

/** Renders the content of a new aid, collapsed. */
function NewContent({ change: { content, language } }: { readonly change: PlannedChange }): Child {
  if (content === null) return null;
  const filled = aidFields.filter((field) => field !== "name" && !isEmptyValue(content[field]));
  return (
    <details>
      <summary>{`Ce que cette aide apporte (${counted(filled.length, "champ rempli", "champs remplis")})`}</summary>
      <Facts
        class="moisson-account"
        facts={filled.map((field) => ({
          name: capitalize(fieldName(field)),
          value: <FieldValue field={field} value={content[field]} isShort language={language} />,
        }))}
      />
    </details>
  );
}

/** Returns sentences about the matched aid, status, watch and note of a change. */
function changeRemarks({ kind, externalId, match, state, note }: Change): string[] {
  const messages: string[] = [];
  if (kind === "re-identify" && match !== undefined) {
    const old = match.with === externalId ? "?" : match.with;
    messages.push(french`Identifiant : ${old} devient ${externalId}`);
  }
  if (match !== undefined && match.reasons.length > 0) {
    const why = match.reasons.map((one) => matchReasonNames[one]).join(", ");
    const which = kind === "adopt" ? french`Aide du site ${match.with}. ` : "";
    // Rounded down: 99.7 % is not certain.
    messages.push(french`${which}C'est la même aide, à ${Math.floor(match.certainty * 100)} % : ${why}`);
  }
  if (state?.status !== undefined && state.status !== "merged")
    messages.push(french`Statut : ${labelOf("status", state.status).toLocaleLowerCase("fr")}`);
  if (state?.withdrawnAt !== undefined) messages.push(withdrawal(state.withdrawnAt, state.withdrawnBy ?? null));
  if (state?.watch) messages.push(watched(state.watch));
  if (note !== undefined) messages.push(french`Note : ${note}`);
  return messages;
}

function withdrawal(day: string | null, by: string | null): string {
  if (day === null) return "N’est plus retirée.";
  return `Retirée le ${frenchDay(day)}${by === null ? "" : ` par ${by}`}.`;
}

function watched({ state, until, by, reason }: NonNullable<NonNullable<Change["state"]>["watch"]>): string {
  const why = reason === null ? "" : french` : ${reason}`;
  return `${state === "suspended" ? "Suspendue" : "Confirmée"} jusqu’au ${frenchDay(until)} par ${by}${why}`;
}

const titles: Readonly<Record<ChangeStage, [string, string]>> = {
  done: ["Affiché avant", "Affiché depuis"],
  "to-do": ["Affiché aujourd’hui", "Affiché après ce plan"],
  left: ["Affiché alors", "Ce que ce plan aurait affiché"],
};

const fieldTones: Readonly<Record<FieldAction, Tone>> = { apply: "info", propose: "warning", keep: "neutral", fill: "success" };

/**
 * Renders a field's change: the value shown now and after the plan. Adds the publisher's old and new values if they differ from the shown
 * ones.
 */
function FieldComparison(given: {
  readonly kind: ChangeKind;
  readonly field: AidField;
  readonly change: FieldChange;
  readonly stage: ChangeStage;
  readonly language: string | null;
}): Child {
  const { kind, field, change, stage } = given;
  return (
    <div class="fr-mb-2w">
      <h4 class="fr-text--md fr-mb-1v">
        {capitalize(fieldName(field))}{" "}
        <Badge tone={stage === "left" ? "neutral" : fieldTones[change.action]} label={fieldActionName(change.action, stage)} />
      </h4>
      <Comparison {...given} />
      {valueOrigin(kind, change, stage).map((message) => (
        <p class="moisson-mention fr-mb-0">{message}</p>
      ))}
    </div>
  );
}

function Comparison({ kind, field, change, stage, language }: Parameters<typeof FieldComparison>[0]): Child {
  const { last, current, incoming } = change;
  const next = shownAfter(kind, change);
  const stays = sameValue(field, current, next);
  const isSimple = sameValue(field, last, current);
  const isImport = imports(kind);
  if (stays && isSimple && isImport) {
    const title = change.action === "propose" ? "Le producteur propose" : "Le producteur dit";
    return <Difference field={field} before={current} after={incoming} titles={["Affiché, sans changement", title]} language={language} />;
  }
  const showsPublisher = isImport && (!isSimple || !sameValue(field, next, incoming)) && !sameValue(field, last, incoming);
  return (
    <>
      {stays ? (
        <Unchanged title="Affiché, sans changement" field={field} value={current} language={language} />
      ) : (
        <Difference field={field} before={current} after={next} titles={titles[stage]} language={language} />
      )}
      {showsPublisher && (
        <Difference
          field={field}
          before={last}
          after={incoming}
          titles={["Le producteur disait", "Le producteur dit"]}
          language={language}
        />
      )}
      {!isImport && !isSimple && !sameValue(field, last, next) && (
        <Unchanged title="Le producteur dit" field={field} value={last} language={language} />
      )}
    </>
  );
}

function Unchanged(given: { readonly title: string } & Parameters<typeof FieldValue>[0]): Child {
  const { title, ...value } = given;
  return (
    <div class="fr-mb-1w">
      <p class="moisson-mention fr-mb-1v">{title}</p>
      <FieldValue {...value} isShort />
    </div>
  );
}

/** Returns sentences that explain which value is shown, because of edits and the proposal. */
function valueOrigin(kind: ChangeKind, { before, after, action }: FieldChange, stage: ChangeStage): string[] {
  const messages: string[] = [];
  if (after?.edit !== undefined && before?.edit?.at !== after.edit.at) messages.push(madeBy("Correction", after.edit));
  else if (before?.edit !== undefined)
    messages.push(madeBy(after?.edit === undefined ? "Correction retirée, faite" : "Correction", before.edit));
  if (before?.proposal !== undefined && !imports(kind)) messages.push(`Proposé le ${formatDateTime(new Date(before.proposal.at))}.`);
  if (action === "propose" && stage !== "left") messages.push("Un relecteur en décidera.");
  return messages;
}

function madeBy(what: string, { by, at, note, suggestion }: Edit): string {
  const made =
    suggestion === undefined
      ? what
      : french`Rempli par Moisson (${ruleNames[suggestion.rule]}), ${suggestion.confirmed ? "accepté" : "décidé pour plusieurs aides"}`;
  return french`${made} par ${by} le ${formatDateTime(new Date(at))}${note === null ? "" : french` : ${note}`}`;
}
