import type { Child } from "hono/jsx";
import type { ShownChange } from "../../../catalogue/plans/plan-page-repository.ts";
import type { PlannedChange } from "../../../catalogue/plans/plan-reader.ts";
import { changeKindName } from "../../../french/changes.ts";
import { fieldName } from "../../../french/fields.ts";
import { capital, counted } from "../../../french/typography.ts";
import { type AidField, aidFields, isEmptyValue } from "../../../model/aid/aid.ts";
import { Badge, type Tone } from "../../parts/badge.tsx";
import { FieldValue } from "../../parts/field-value.tsx";
import { changeRemarks } from "./change-remarks.ts";
import { FieldAccount } from "./field-account.tsx";

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

/** Titles are a publisher's: what is longer is no title. */
const longestTitle = 200;

/**
 * One aid's part of a plan: what becomes of it, then each field. `only`: the field that is looked at. `acts`: what may be done, where it is left.
 */
export function ChangeCard(given: {
  readonly change: ShownChange;
  readonly only: AidField | null;
  readonly isPartPlan: boolean;
  /** Its plan is closed: what was not applied of it never will be. */
  readonly isClosed: boolean;
  readonly box: boolean;
  readonly act: Child;
}): Child {
  const { change, only, isPartPlan, isClosed, box, act } = given;
  const { aidId, externalId, kind, isDone, hasMoved, fields } = change;
  const title = titleOf(change);
  const isThere = kind === "create" ? isDone : kind !== "remove" || !isDone;
  const standing = isDone ? "done" : isClosed ? "left" : "to-do";
  const shown = aidFields.filter((field) => fields[field] !== undefined && (only === null || field === only));
  return (
    <li class="moisson-change">
      <div class="moisson-change__head">
        {box && (
          <div class="fr-checkbox-group fr-checkbox-group--sm">
            <input type="checkbox" name="aide" value={aidId} id={`aide-${aidId}-${change.baseRevision}`} />
            <label class="fr-label" for={`aide-${aidId}-${change.baseRevision}`}>
              <span class="fr-sr-only">{`Choisir ${title}`}</span>
            </label>
          </div>
        )}
        <div>
          <h3 class="fr-h6 fr-mb-1v">{isThere ? <a href={`/aides/${aidId}`}>{title}</a> : title}</h3>
          <p class="fr-mb-1w">
            <Badge tone={tones[kind] ?? "info"} label={changeKindName(kind)} />{" "}
            <span class="moisson-mention">{externalId.slice(0, longestTitle)}</span>{" "}
            {isPartPlan && isDone && <Badge tone="success" label="appliqué" />}
            {hasMoved && <Badge tone="warning" label="l’aide a changé depuis" />}
          </p>
          {changeRemarks(change).map((said) => (
            <p class="fr-mb-1v moisson-text">{said}</p>
          ))}
        </div>
        {act !== null && <div class="moisson-change__act">{act}</div>}
      </div>
      {shown.map((field) => {
        const fieldChange = fields[field];
        return fieldChange === undefined ? null : <FieldAccount kind={kind} field={field} change={fieldChange} standing={standing} />;
      })}
      <Brought content={change.content} />
    </li>
  );
}

/** The title of a change's aid, or its id where it has none any more. */
export function titleOf({ title, externalId }: Pick<PlannedChange, "title" | "externalId">): string {
  const text = title ?? externalId;
  return text.length > longestTitle ? `${text.slice(0, longestTitle)}…` : text;
}

/** What a creation brings: folded. */
function Brought({ content }: { readonly content: PlannedChange["content"] }): Child {
  if (content === null) return null;
  const filled = aidFields.filter((field) => field !== "name" && !isEmptyValue(content[field]));
  return (
    <details>
      <summary>{`Ce que cette aide apporte (${counted(filled.length, "champ rempli", "champs remplis")})`}</summary>
      <dl class="moisson-account">
        {filled.map((field) => (
          <>
            <dt>{capital(fieldName(field))}</dt>
            <dd>
              <FieldValue field={field} value={content[field]} isShort />
            </dd>
          </>
        ))}
      </dl>
    </details>
  );
}
