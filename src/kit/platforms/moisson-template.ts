import { kindOf } from "../../model/aid/field-table.ts";
import type { PerimeterScale } from "../../model/territories/perimeter.ts";
import type { VocabularyName } from "../../model/vocabularies.ts";
import type { ConnectorInput } from "../definition.ts";
import { type Expression, join, literal, split } from "../expressions/expression.ts";
import { choose, type FieldRules, type Rule } from "../field-rules.ts";
import { date } from "../rules/date.ts";
import { identifier } from "../rules/identifier.ts";
import { list } from "../rules/list.ts";
import { money } from "../rules/money.ts";
import { organisations } from "../rules/organisations.ts";
import { perimeters } from "../rules/perimeters.ts";
import { plainText } from "../rules/plain-text.ts";
import { rate } from "../rules/rate.ts";
import { terms } from "../rules/terms.ts";
import { text } from "../rules/text.ts";
import { url } from "../rules/url.ts";
import { yesNo } from "../rules/yes-no.ts";
import { exampleIdentifier, type TemplateField, templateColumns, titlesOf } from "./template-columns.ts";

const days = ["dd/MM/yyyy", "dd/MM/yy", "iso"];
const separator = ";";

/** Values of the scale column. They say how the column of territories is written, or name the territory: "Toute la France". */
export const templateScales: Readonly<
  Record<string, { readonly scale: PerimeterScale; readonly written: "name" | "code" } | { readonly territory: string }>
> = {
  "Toute la France": { territory: "France" },
  "France métropolitaine": { territory: "France métropolitaine" },
  "Outre-mer": { territory: "Outre-mer" },
  "Union européenne": { territory: "Europe" },
  Région: { scale: "region", written: "name" },
  Département: { scale: "department", written: "name" },
  "Collectivité d’outre-mer": { scale: "collectivity", written: "name" },
  Intercommunalité: { scale: "epci", written: "name" },
  "Intercommunalité, par son SIREN": { scale: "epci", written: "code" },
  Commune: { scale: "commune", written: "name" },
  "Commune, par son code INSEE": { scale: "commune", written: "code" },
  "Bassin hydrographique": { scale: "basin", written: "name" },
};

/**
 * Returns a connector of our template for publishers without a feed, as Excel or CSV (`/modeles` in the console). It contains our own
 * terms, so it needs no term files. The example row is skipped.
 */
export function moissonTemplate(about: Pick<ConnectorInput, "id" | "title" | "feed" | "decode">): ConnectorInput {
  return {
    ...about,
    publisher: { name: "Modèle de Moisson", kind: "any", territory: { scale: "country", code: "FRA" }, licence: "unknown" },
    keepWhen: [{ when: { not: { field: column("externalId"), isOneOf: [exampleIdentifier] } }, reason: "the example of the template" }],
    fields: {
      ...(Object.fromEntries(
        templateColumns.filter(({ field }) => field !== "scale").map(({ field }) => [field, ruleOf(field)]),
      ) as unknown as FieldRules),
      perimeters: choose(
        Object.entries(templateScales).map(([label, means]) => ({
          when: { field: column("scale"), isOneOf: [label] },
          use:
            "territory" in means
              ? perimeters(literal(means.territory), { written: "name" })
              : perimeters(split(column("perimeters"), separator), { written: means.written, scales: [means.scale] }),
        })),
        perimeters(split(column("perimeters"), separator), { written: "name" }),
      ),
      subventionRateLowerBound: rate(column("subventionRateUpperBound"), { bound: "lower" }),
    },
  };
}

/** Returns the rule that reads a column. */
function ruleOf(field: TemplateField): Rule {
  const title = column(field);
  switch (field === "scale" ? "line" : kindOf(field)) {
    case "html":
      return plainText(title);
    case "link":
      return url(title);
    case "date":
      return date(title, days);
    case "flag":
      return yesNo(title);
    case "list":
      return list(split(title, separator));
    case "organisations":
      return organisations(split(title, separator));
    case "percent":
      return rate(title, { bound: "upper" });
    case "euros":
      return money(title);
    case "term":
    case "terms":
      return termsOf(field as VocabularyName & TemplateField);
    default:
      return field === "externalId" ? identifier(title) : text(title);
  }
}

function columns(field: TemplateField): readonly string[] {
  return templateColumns.filter((column) => column.field === field).flatMap(titlesOf);
}

function column(field: TemplateField): string {
  return columns(field)[0] ?? field;
}

/** Reads terms from the columns of a vocabulary. A cell may contain several terms, in case somebody pastes a list. */
function termsOf<V extends VocabularyName & TemplateField>(vocabulary: V) {
  const titles = columns(vocabulary);
  const written: Expression | string = titles.length === 1 ? (titles[0] ?? vocabulary) : join([...titles], separator);
  return terms(split(written, separator), vocabulary);
}
