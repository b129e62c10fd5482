import type { Child } from "hono/jsx";
import { missingFieldName, readerName } from "../../french/fields.ts";
import { french } from "../../french/typography.ts";
import { type AidContent, isEmptyValue } from "../../model/aid/aid.ts";
import { type AidField, type FormPart, fieldsWhere } from "../../model/aid/field-table.ts";
import { canonicalJson } from "../../model/text/canonical.ts";
import type { SharedAid } from "../../partners/preview-content.ts";
import { AidText } from "./aid-text.tsx";
import { type Fact, Facts } from "./facts.tsx";
import { FieldValue } from "./field-value.tsx";
import { List } from "./list.tsx";

/** The fields of some sections, in the order in which a mayor needs them. */
function fieldsIn(parts: readonly FormPart[]): readonly AidField[] {
  return parts.flatMap((part) => fieldsWhere((facts) => facts.part === part));
}
const taxonomies = ["categories", "destinations", "mobilizationSteps"] as const;
const facts: readonly AidField[] = [
  ...fieldsIn(["organisations", "where"]),
  "targetedAudiences",
  ...fieldsIn(["when"]),
  "aidTypes",
  ...fieldsIn(["amounts"]),
  ...taxonomies,
  ...fieldsIn(["audience"]).filter((field) => !["targetedAudiences", "aidTypes", ...taxonomies].includes(field)),
];
const texts = fieldsIn(["texts", "contact", "links"]).filter((field) => field !== "originUrlText" && field !== "applicationUrlText");

/** An aid as a local authority would see it. `before`: the aid before a change, whose differences are marked. */
export function PreviewFiche({ aid: { content, missing }, before }: { readonly aid: SharedAid; readonly before?: AidContent }): Child {
  const { language } = content;
  const isChanged = (field: AidField) =>
    before !== undefined && canonicalJson(before[field] ?? null) !== canonicalJson(content[field] ?? null);
  const isShown = (field: AidField) => !isEmptyValue(content[field]) || isChanged(field);
  const plain = (field: AidField) => <FieldValue field={field} value={content[field]} language={language} />;
  const markedValue = (field: AidField) =>
    before !== undefined && isChanged(field) ? (
      <Changed field={field} before={before[field]} language={before.language}>
        {plain(field)}
      </Changed>
    ) : (
      plain(field)
    );
  return (
    <article class="moisson-fiche">
      <h3>
        <AidText text={content.name} language={language} />
      </h3>
      {before !== undefined && isChanged("name") && (
        <p class="moisson-mention">
          {french`Titre changé ; avant : `}
          <AidText text={before.name} language={before.language} />
        </p>
      )}
      <Facts
        facts={facts.flatMap((field): readonly Fact[] => {
          if (!isShown(field)) return field === "submissionDeadline" ? deadlineOf(content) : [];
          return [{ name: readerName(field), value: markedValue(field) }];
        })}
      />
      {texts.filter(isShown).map((field) => (
        <>
          <h4 class="fr-mb-1w">{readerName(field)}</h4>
          <div class="fr-mb-3w">{markedValue(field)}</div>
        </>
      ))}
      {missing.length > 0 && (
        <div class="fr-highlight">
          <p class="fr-mb-1w">{french`Pour être publiée, cette aide attend encore :`}</p>
          <List items={missing.map((field) => missingFieldName(field))} />
        </div>
      )}
    </article>
  );
}

/** A value that a change would set, with the value before. */
function Changed(given: {
  readonly field: AidField;
  readonly before: unknown;
  readonly language: string | null;
  readonly children?: Child;
}): Child {
  return (
    <div class="moisson-changed">
      <p class="fr-badge fr-badge--sm fr-badge--new">changé</p>
      {given.children}
      {!isEmptyValue(given.before) && (
        <div class="moisson-mention">
          avant : <FieldValue field={given.field} value={given.before} isShort language={given.language} />
        </div>
      )}
    </div>
  );
}

/** Returns the text shown if there is no deadline. */
function deadlineOf({ submissionDeadline, recurrence }: AidContent): { readonly name: string; readonly value: string }[] {
  if (submissionDeadline !== null || recurrence === null) return [];
  return [{ name: "Date limite", value: recurrence === "ongoing" ? "aucune : toute l’année" : "non précisée" }];
}
