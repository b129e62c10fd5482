import { kindOf } from "../../model/aid/field-table.ts";
import type { PerimeterScale } from "../../model/territories/perimeter.ts";
import type { VocabularyName } from "../../model/vocabularies.ts";
import type { ConnectorInput } from "../definition.ts";
import { type Expression, join, literal, split } from "../expressions/expression.ts";
import { choose, type FieldRules, type Rule } from "../field-rules.ts";
import { rate } from "../rules/amounts.ts";
import { perimeters } from "../rules/perimeters.ts";
import { terms } from "../rules/terms.ts";
import { plainText } from "../rules/texts.ts";
import { exampleIdentifier, type TemplateField, templateColumns, titlesOf } from "./template-columns.ts";
import { usualRule } from "./usual-rule.ts";

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

/** Returns a connector of our template for publishers (`/modeles` in the console). It contains our own terms, and an example row. */
export function moissonTemplate(about: Pick<ConnectorInput, "id" | "title" | "feed" | "decode">): ConnectorInput {
  return {
    ...about,
    publisher: { name: "Modèle de Moisson", kind: "any", territory: { scale: "country", code: "FRA" }, licence: "unknown" },
    keepWhen: [{ when: { not: { field: column("externalId"), isOneOf: [exampleIdentifier] } }, reason: "the example of the template" }],
    fields: {
      ...(Object.fromEntries(
        templateColumns.flatMap(({ field }) => (field === "scale" ? [] : [[field, ruleOf(field)]])),
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

function ruleOf(field: Exclude<TemplateField, "scale">): Rule {
  const kind = kindOf(field);
  if (kind === "percent") return rate(column(field), { bound: "upper" });
  if (kind === "term" || kind === "terms") return termsOf(field as VocabularyName & TemplateField);
  return usualRule(field, column(field), { days, prose: plainText, separator });
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
