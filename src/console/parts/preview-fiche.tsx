import type { Child } from "hono/jsx";
import { frenchDay } from "../../french/dates.ts";
import { missingFieldName, readerName } from "../../french/fields.ts";
import { foreignAidSentence, inLanguage } from "../../french/foreign-aid.ts";
import { notClassified, openUntilMessages, unstated } from "../../french/open-until.ts";
import { french } from "../../french/typography.ts";
import { foreignLanguageOf } from "../../kit/values/text/language-of-text.ts";
import { type AidContent, isEmptyValue } from "../../model/aid/aid.ts";
import { type AidField, type FormPart, factsOf, fieldsWhere } from "../../model/aid/field-table.ts";
import { openUntilOf } from "../../model/aid/open-until.ts";
import { missingAt, missingForDescription } from "../../model/aid/publishable.ts";
import { canonicalJson } from "../../model/text/canonical.ts";
import { labelOf } from "../../model/vocabularies.ts";
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
export function PreviewFiche({ aid, before }: { readonly aid: SharedAid; readonly before?: AidContent }): Child {
  const { content, missing } = aid;
  const { language } = content;
  const blocking = missingAt("publishable", missing);
  const lang = foreignLanguageOf(content.name, language);
  const isChanged = (field: AidField) =>
    before !== undefined && canonicalJson(before[field] ?? null) !== canonicalJson(content[field] ?? null);
  const isAssumed = openUntilOf(content, aid.isPermanent === true) === "unannounced";
  const isShown = (field: AidField) => isChanged(field) || !(isEmptyValue(content[field]) || (field === "recurrence" && isAssumed));
  const plain = (field: AidField) => (
    <>
      <FieldValue field={field} value={content[field]} language={language} />
      {aid.ours?.includes(field) && <p class="moisson-mention fr-mb-0">complété par Moisson, à confirmer</p>}
    </>
  );
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
        {lang !== undefined && <span class="fr-badge fr-badge--sm fr-badge--no-icon fr-ml-1w">{inLanguage(lang)}</span>}
      </h3>
      {lang !== undefined && <p>{foreignAidSentence(foreignFacts(aid))}</p>}
      {before !== undefined && isChanged("name") && (
        <p class="moisson-mention">
          {french`Titre changé ; avant : `}
          <AidText text={before.name} language={before.language} />
        </p>
      )}
      <Facts
        facts={facts.flatMap((field): readonly Fact[] => {
          const value = isShown(field) ? markedValue(field) : gapOf(field, aid);
          const isAmount = field === "subventionRateUpperBound" && !isShown(field);
          return value === null ? [] : [{ name: isAmount ? "Montant" : readerName(field), value }];
        })}
      />
      {texts.map((field) => {
        const value = isShown(field) ? markedValue(field) : gapOf(field, aid);
        return value === null ? null : (
          <>
            <h4 class="fr-mb-1w">{readerName(field)}</h4>
            <div class="fr-mb-3w">{value}</div>
          </>
        );
      })}
      <Missing fields={blocking} before={french`Pour être publiée, cette aide attend encore :`} />
      <Missing
        fields={missing.filter((field) => !blocking.includes(field))}
        before={french`Pour que les collectivités sachent tout d'elle, il manque encore :`}
      />
    </article>
  );
}

function Missing({ fields, before }: { readonly fields: readonly AidField[]; readonly before: string }): Child {
  if (fields.length === 0) return null;
  return (
    <div class="fr-highlight">
      <p class="fr-mb-1w">{before}</p>
      <List items={fields.map((field) => missingFieldName(field))} />
    </div>
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

function foreignFacts({ content, isPermanent = false }: SharedAid) {
  const labels = (field: "aidTypes" | "targetedAudiences") => content[field].map((slug) => labelOf(field, slug));
  const { isCallForProject, financers, submissionDeadline: deadline } = content;
  const until = openUntilOf(content, isPermanent);
  return {
    isCall: isCallForProject === true,
    types: labels("aidTypes"),
    financers: financers.map(({ name }) => name),
    audiences: labels("targetedAudiences"),
    until: until === "deadline" ? french`jusqu'au ${frenchDay(deadline ?? "")}` : openUntilMessages[until],
  };
}

const amounts = fieldsIn(["amounts"]);

/** Returns what readers see of a field that has no value, or null if they need not know. */
function gapOf(field: AidField, { content, isPermanent = false, leftOut = [] }: SharedAid): string | null {
  if (leftOut.includes(field)) return "une personne, que nous ne nommons pas";
  switch (field) {
    case "submissionDeadline":
      return openUntilMessages[openUntilOf(content, isPermanent) as keyof typeof openUntilMessages];
    case "financers":
      return content.financerSuggestion === null ? unstated : null;
    case "contact":
      return unstated;
    case "subventionRateUpperBound":
      return amounts.every((amount) => isEmptyValue(content[amount])) ? unstated : null;
    default:
      return factsOf(field).isOurWord === true && missingForDescription(content).includes(field) ? notClassified : null;
  }
}
