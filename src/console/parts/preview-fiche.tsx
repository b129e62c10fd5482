import type { Child } from "hono/jsx";
import { fieldName } from "../../french/fields.ts";
import { capitalize, french } from "../../french/typography.ts";
import { type AidContent, type AidField, isEmptyValue } from "../../model/aid/aid.ts";
import { canonicalJson } from "../../model/text/canonical.ts";
import type { SharedAid } from "../../partners/preview-content.ts";
import { AidText } from "./aid-text.tsx";
import { type Fact, Facts } from "./facts.tsx";
import { FieldValue } from "./field-value.tsx";

/** The facts that a mayor needs first. `name` replaces the field's usual name. */
const facts: readonly { readonly field: AidField; readonly name?: string }[] = [
  { field: "financers", name: "Qui finance" },
  { field: "financerSuggestion", name: "Qui finance" },
  { field: "perimeters", name: "Où" },
  { field: "perimeterSuggestion", name: "Où" },
  { field: "targetedAudiences", name: "Pour qui" },
  { field: "startDate", name: "Ouverture" },
  { field: "submissionDeadline", name: "Date limite" },
  { field: "recurrence" },
  { field: "aidTypes" },
  { field: "subventionRateLowerBound" },
  { field: "subventionRateUpperBound", name: "Taux de subvention, au plus" },
  { field: "subventionComment" },
  { field: "loanAmount" },
  { field: "recoverableAdvanceAmount" },
  { field: "otherFinancialAidComment" },
  { field: "categories" },
  { field: "destinations" },
  { field: "mobilizationSteps" },
];
const texts: readonly { readonly field: AidField; readonly name: string }[] = [
  { field: "description", name: "Description" },
  { field: "eligibility", name: "Conditions" },
  { field: "projectExamples", name: "Exemples de projets" },
  { field: "contact", name: "Contact" },
  { field: "contactEmail", name: "Adresse électronique" },
  { field: "contactPhone", name: "Téléphone" },
  { field: "originUrl", name: "En savoir plus" },
  { field: "applicationUrl", name: "Candidater" },
];

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
        facts={facts.flatMap(({ field, name }): readonly Fact[] => {
          if (!isShown(field)) return field === "submissionDeadline" ? deadlineOf(content) : [];
          return [{ name: name ?? capitalize(fieldName(field)), value: markedValue(field) }];
        })}
      />
      {texts
        .filter(({ field }) => isShown(field))
        .map(({ field, name }) => (
          <>
            <h4 class="fr-mb-1w">{name}</h4>
            <div class="fr-mb-3w">{markedValue(field)}</div>
          </>
        ))}
      {missing.length > 0 && (
        <div class="fr-highlight">
          <p class="fr-mb-1w">{french`Pour être publiée, cette aide attend encore :`}</p>
          <ul>
            {missing.map((field) => (
              <li>{missingInWords(field)}</li>
            ))}
          </ul>
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

/** Explanations of missing fields, for publishers. */
const why: Partial<Readonly<Record<AidField, string>>> = {
  name: "un titre de 180 caractères au plus, qui dit ce que l’aide finance",
  description: "une description : à quoi l’aide sert, ce qu’elle finance",
  contact: "un contact : à quel service s’adresser",
  originUrl: "le lien vers la page de l’aide, sur votre site",
  recurrence: "si l’aide est ponctuelle, revient chaque année, ou est permanente",
  targetedAudiences: "à qui l’aide s’adresse : communes, intercommunalités, associations…",
  aidTypes: "ce qu’elle apporte : subvention, prêt, accompagnement…",
  mobilizationSteps: "à quel moment du projet la demander",
  categories: "les thématiques, par lesquelles on la trouve",
  destinations: "ce qu’elle finance : investissement, fonctionnement…",
  submissionDeadline: "la date limite pour candidater",
  financers: "qui la finance",
  perimeters: "sur quel territoire elle vaut",
};

export function missingInWords(field: AidField): string {
  return why[field] ?? fieldName(field);
}
