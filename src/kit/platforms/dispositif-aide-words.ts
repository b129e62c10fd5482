import type { Slug } from "../../model/vocabularies.ts";

/** Our types of aid for words of the national schema that are not our labels. We write the first word of a type, except for `other`. */
export const typeWords = {
  financement: ["grant"],
  prêt: ["loan"],
  étude: ["technical-engineering"],
  formation: ["technical-engineering"],
  "avantage fiscal": ["other"],
} as const satisfies Readonly<Record<string, readonly Slug<"aidTypes">[]>>;

/** Our audiences for the schema's four kinds of beneficiaries, in its order. It has no word for researchers. */
export const audienceWords = {
  professionnels: ["private-sector"],
  particuliers: ["private-person"],
  associations: ["association"],
  "secteur public": ["commune", "epci", "department", "region", "special", "public-org", "public-cies"],
} as const satisfies Readonly<Record<string, readonly Slug<"targetedAudiences">[]>>;
