import {
  capture,
  choose,
  constant,
  date,
  defineConnector,
  html,
  identifier,
  join,
  literal,
  split,
  terms,
  text,
  when,
} from "moisson/connector-kit";

/** Each column is a kind of applicant. Any text in its cell means that these applicants are eligible. */
const audiences = ["Collectivités", "Entreprises", "Agriculture", "Associations", "Particuliers"];
const applicants = audiences.map((column) => when({ field: column, isFilled: true }, literal(column)));

/** The description's cell starts with a reference such as "ABC_1_2", often without a space after it. */
const reference = "Référence + Description";
const days = ["MM/dd/yyyy", "M/d/yyyy"];
const isSubsidised = { field: "taux de sub", isFilled: true };

/**
 * Agence de l'eau Loire-Bretagne: a table that the agency maintains by hand and sends as a file.
 *
 * Oddities:
 * - dates have the month first: 03/04/2019 is 4 March;
 * - the title of one column ends with a space ("Date de clôture ");
 * - one cell contains both reference and description ("ABC_1_2Lutter contre…");
 * - any text in the column of the subsidy rate means a rate of 30 to 70 %;
 * - aids have no link, and no conditions. Only the columns of applicants say who is eligible.
 */
export const connector = defineConnector({
  id: "agence-eau-loire-bretagne",
  publisher: {
    name: "Agence de l'eau Loire-Bretagne",
    kind: "water-agency",
    territory: { scale: "basin", code: "04" },
    website: "https://agence.eau-loire-bretagne.fr",
    licence: "unknown",
  },
  reuse: { basis: "crpa" },
  importIdPrefix: "EAU_LB_",
  feed: { urlFrom: "MOISSON_URL_AGENCE_EAU_LOIRE_BRETAGNE" },
  decode: { format: "csv", delimiter: ";" },
  fields: {
    externalId: identifier(capture(reference, "^\\s*([A-Z]{3}_\\d_\\d|\\S+)")),
    name: text("Nom de l'aide"),
    description: html(capture(reference, "^\\s*(?:[A-Z]{3}_\\d_\\d|\\S+)(.*)$")),
    startDate: date("Date d'ouverture", days),
    submissionDeadline: date("Date de clôture", days),
    recurrence: constant("oneoff"),
    aidTypes: constant(["grant"]),
    targetedAudiences: terms(split(join(applicants, "|"), "|"), "targetedAudiences"),
    financers: constant([{ name: "Agence de l'eau Loire-Bretagne", siren: null }]),
    perimeters: constant([{ scale: "basin", code: "04" }]),
    subventionRateLowerBound: choose([{ when: isSubsidised, use: constant(30) }]),
    subventionRateUpperBound: choose([{ when: isSubsidised, use: constant(70) }]),
  },
});
