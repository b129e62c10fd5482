import type { ConnectorInput } from "../definition.ts";
import { join, json, split, when } from "../expressions/expression.ts";
import { choose, type FieldRules } from "../field-rules.ts";
import { constant } from "../rules/constant.ts";
import { date, time } from "../rules/date.ts";
import { identifier } from "../rules/identifier.ts";
import { list } from "../rules/list.ts";
import { organisations } from "../rules/organisations.ts";
import { perimeters } from "../rules/perimeters.ts";
import { terms } from "../rules/terms.ts";
import { markdown, text } from "../rules/texts.ts";
import { url } from "../rules/url.ts";
import { dayEnd, dayStart } from "../values/dates/day-instants.ts";
import { audienceWords, typeWords } from "./dispositif-aide-words.ts";
import { type PlatformConnector, withPlatform } from "./with-platform.ts";

/** A connector of a feed in the national schema. */
type DispositifAide = PlatformConnector & {
  readonly format: "csv" | "json";
  /** JSON only: path of the list of aids. Default: the root. */
  readonly recordPath?: string;
};

/** Fields of the extension for professionals, which match companies with aids. */
const forProfessionals = [
  "base_juridique",
  "eligibilite_effectif_minimal",
  "eligibilite_effectif_maximal",
  "eligibilite_categorie_taille_entreprise",
  "eligibilite_annees_existence_minimal",
  "eligibilite_forme_juridique",
  "eligibilite_forme_juridique_exclusions",
  "ciblage_secteur_activite",
  "ciblage_naf",
  "ciblage_naf_exclusions",
  "chainage_paiement",
];

/** Instants that are days in every time zone, as we write them. Others are read in the publisher's zone. */
const days = [`yyyy-MM-dd${dayStart}`, `yyyy-MM-dd${dayEnd}`];
const dates = [...days, "iso"];

const fields: FieldRules = {
  externalId: identifier("id"),
  name: text("titre"),
  description: markdown(join(["promesse", "description"], "\n\n")),
  eligibility: markdown("eligibilite"),
  originUrl: url("url_source"),
  startDate: date("date_ouverture", dates),
  submissionDeadline: date("date_cloture", dates),
  submissionDeadlineTime: time(when({ not: { field: "date_cloture", isDate: days } }, "date_cloture"), ["iso"]),
  recurrence: choose([{ when: { field: "date_cloture", isFilled: true }, use: constant("oneoff") }], constant("ongoing")),
  aidTypes: terms(split("types_aides", "|"), "aidTypes", { words: typeWords }),
  targetedAudiences: terms(split("cibles", "|"), "targetedAudiences", { words: audienceWords }),
  programs: list(split("programmes_parents", "|")),
  instructors: organisations(bearers("instructeur"), { name: "nom", siren: "siren" }),
  financers: organisations(bearers("financeur"), { name: "nom", siren: "siren" }),
  perimeters: perimeters(split("eligibilite_geographique", "|"), { written: "insee" }),
  perimeterExclusions: perimeters(split("eligibilite_geographique_exclusions", "|"), { written: "insee" }),
  sourceUpdatedDate: date("date_mise_a_jour", dates),
};

function bearers(role: string) {
  return json("porteurs", { where: { key: "roles", isOneOf: [role] } });
}

/**
 * Returns a connector of a feed in the national schema `dispositif-aide` 0.2.0: its core (15 fields) and its extension for professionals
 * (26 fields in all). https://github.com/etalab/schema-dispositif-aide
 *
 * - In CSV, `|` separates list members, and `porteurs` is a JSON cell with quoted or unquoted keys.
 * - In JSON, as sent by Aides Agri, lists are JSON lists and `porteurs` contains objects. Texts with `|` are accepted too.
 * - Texts are Markdown. The description starts with `promesse`.
 * - An aid with a deadline is one-off. Others are ongoing.
 * - The schema's words in `types_aides` and `cibles` have our terms, unless a term file of the connector decides otherwise.
 * - A date at 00:00:00Z or 21:59:59Z is a day without a time, as in our exports. Midnight in Paris is, too.
 */
export function dispositifAide({ format, recordPath = "", ...about }: DispositifAide): ConnectorInput {
  const decode = format === "csv" ? { format } : { format, recordPath };
  return withPlatform(about, { decode, ignored: forProfessionals, fields });
}
