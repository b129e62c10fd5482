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
 * Areas without a territory of ours. The term file maps them to the region, like the first importer; an issue tells the curator the
 * original.
 */
const areas = ["Marais Poitevin", "Communes couvertes par un PPRN prescrit ou approuvé", "Territoires à risques d'inondation importants"];

const blankLine = "<br><br>";
const lines = (field: string) => join([split(field, "\n")], "<br>");

/**
 * DREAL Nouvelle-Aquitaine, "aides pour le développement durable" by the State and others: a CSV export (`;`, CRLF, byte order mark).
 *
 * Oddities:
 * - a cell separates values by `<|>`; an audience has a kind and a name, separated by ` | ` ("Collectivité | Communes");
 * - the identifier is the second in which the aid was entered. Two aids of the same second share it, and the later one is rejected;
 * - territories are "Europe", "National", "Nouvelle - Aquitaine", "33 - Gironde", or areas that we do not have ("Marais Poitevin");
 * - the export replaces the site's `<br>` by line breaks; remaining markup is kept;
 * - expired aids stay in the export. The first importer skipped them; we keep them with their deadline;
 * - the first importer matched financers by similarity and invented missing ones; we take the names as written.
 * The licence is the one recorded by the first importer.
 */
export const connector = defineConnector({
  id: "dreal-nouvelle-aquitaine",
  publisher: {
    name: "DREAL Nouvelle-Aquitaine",
    kind: "state-service",
    territory: { scale: "region", code: "75" },
    licence: "openlicence20",
  },
  state: "retired",
  because: "The site closed and its domain is in the hands of strangers; Aides-territoires took the address out in October 2022.",
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
