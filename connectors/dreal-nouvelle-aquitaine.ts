import {
  date,
  defineConnector,
  html,
  identifier,
  join,
  labelled,
  list,
  organisations,
  perimeters,
  split,
  terms,
  text,
  url,
  when,
} from "moisson/connector-kit";

/**
 * Areas that are not territories in Moisson. The term file maps them to the region, as the first importer did. `perimeterSuggestion`
 * shows the original area to the curator.
 */
const areas = ["Marais Poitevin", "Communes couvertes par un PPRN prescrit ou approuvé", "Territoires à risques d'inondation importants"];

const blankLine = "<br><br>";
const lines = (field: string) => join([split(field, "\n")], "<br>");

/**
 * DREAL Nouvelle-Aquitaine, aids for sustainable development by the State and others: a CSV export (`;`, CRLF, byte order mark).
 *
 * Oddities:
 * - a cell separates values by `<|>`; an audience has a kind and a name, separated by ` | ` ("Collectivité | Communes");
 * - the identifier is the time, in seconds, at which the aid was entered. If two aids have the same time, the later one is rejected;
 * - territories are written "Europe", "National", "Nouvelle - Aquitaine" or "33 - Gironde", or are areas ("Marais Poitevin");
 * - the export replaces the site's `<br>` by line breaks; remaining markup is kept;
 * - expired aids stay in the export. The first importer skipped them; we keep them with their deadline;
 * - the first importer replaced financers by similar ones and invented missing ones. We keep the names as written;
 * - the licence comes from the first importer.
 */
export const connector = defineConnector({
  id: "dreal-nouvelle-aquitaine",
  publisher: {
    name: "DREAL Nouvelle-Aquitaine",
    kind: "state-service",
    territory: { scale: "region", code: "75" },
    licence: "openlicence20",
  },
  reuse: { basis: "licence" },
  state: "retired",
  because: "The site is closed and its domain now belongs to somebody else. Aides-territoires removed the address in October 2022.",
  importIdPrefix: "DREAL_NA_",
  feed: { urlFrom: "MOISSON_URL_DREAL_NOUVELLE_AQUITAINE" },
  decode: { format: "csv", delimiter: ";" },
  // `dotationDetails` contains the amount too.
  ignored: ["dotationMontant"],
  fields: {
    externalId: identifier("createdAt"),
    name: text("titre"),
    description: html(lines("objet")),
    eligibility: html(join([lines("publicsBeneficiairesDetails"), labelled("Dotation : ", lines("dotationDetails"))], blankLine)),
    contact: html(join([lines("contactAttribuant"), lines("contactDREALDDTMs")], blankLine)),
    originUrl: url("URL"),
    submissionDeadline: date("dateCloture", ["iso"]),
    targetedAudiences: terms(split(split("publicsBeneficiaires", "<|>"), " | "), "targetedAudiences"),
    keywords: list(split(join(["thematique", "sousThematique"], "<|>"), "<|>")),
    financers: organisations(split("nomAttribuant", "<|>")),
    perimeters: perimeters(split("perimetres", "<|>"), { written: "name", scales: ["department", "region", "continent", "basin"] }),
    perimeterSuggestion: text(when({ field: "perimetres", isOneOf: areas }, "perimetres")),
    sourceUpdatedDate: date("updatedAt", ["iso"]),
  },
});
