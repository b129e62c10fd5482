import type { ConnectorInput } from "../definition.ts";
import { join, json, split } from "../expressions/expression.ts";
import { choose, type FieldRules } from "../field-rules.ts";
import { constant } from "../rules/constant.ts";
import { date, time } from "../rules/date.ts";
import { identifier } from "../rules/identifier.ts";
import { list } from "../rules/list.ts";
import { markdown } from "../rules/markdown.ts";
import { organisations } from "../rules/organisations.ts";
import { perimeters } from "../rules/perimeters.ts";
import { terms } from "../rules/terms.ts";
import { text } from "../rules/text.ts";
import { url } from "../rules/url.ts";
import { overPlatform, type PlatformConnector } from "./over-platform.ts";

/** A connector of aids in the national schema at `feed`. */
type DispositifAide = PlatformConnector & {
  readonly format: "csv" | "json";
  /** JSON only: path of the list of aids; default is the root. */
  readonly recordPath?: string;
};

/** Fields of the extension for professionals, which match companies to aids. We do not use them. */
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

const fields: FieldRules = {
  externalId: identifier("id"),
  name: text("titre"),
  description: markdown(join(["promesse", "description"], "\n\n")),
  eligibility: markdown("eligibilite"),
  originUrl: url("url_source"),
  startDate: date("date_ouverture", ["iso"]),
  submissionDeadline: date("date_cloture", ["iso"]),
  submissionDeadlineTime: time("date_cloture", ["iso"]),
  recurrence: choose([{ when: { field: "date_cloture", isFilled: true }, use: constant("oneoff") }], constant("ongoing")),
  aidTypes: terms(split("types_aides", "|"), "aidTypes"),
  targetedAudiences: terms(split("cibles", "|"), "targetedAudiences"),
  programs: list(split("programmes_parents", "|")),
  instructors: organisations(bearers("instructeur"), { name: "nom", siren: "siren" }),
  financers: organisations(bearers("financeur"), { name: "nom", siren: "siren" }),
  perimeters: perimeters(split("eligibilite_geographique", "|"), { written: "insee" }),
  perimeterExclusions: perimeters(split("eligibilite_geographique_exclusions", "|"), { written: "insee" }),
  sourceUpdatedDate: date("date_mise_a_jour", ["iso"]),
};

function bearers(role: string) {
  return json("porteurs", { where: { key: "roles", isOneOf: [role] } });
}

/**
 * The national schema `dispositif-aide` 0.2.0, core (15 fields) and professionals (26 in all):
 * https://github.com/etalab/schema-dispositif-aide. In CSV, lists are separated by `|`, and `porteurs` is JSON in a cell with quoted or
 * unquoted keys; in JSON (Aides Agri) they are lists and objects, and a text with `|` is accepted. Texts are Markdown; `promesse` opens
 * the description. With a deadline an aid is one-off, else ongoing. Types and `cibles` are the schema's words, mapped in each connector's
 * term files.
 */
export function dispositifAide({ format, recordPath = "", ...about }: DispositifAide): ConnectorInput {
  const decode = format === "csv" ? { format } : { format, recordPath };
  return overPlatform(about, { decode, ignored: forProfessionals, fields });
}
