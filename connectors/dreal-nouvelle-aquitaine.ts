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

/** Areas that are no territory of ours: by term file they are the region, as the first importer had it; a curator is told what was meant. */
const areas = ["Marais Poitevin", "Communes couvertes par un PPRN prescrit ou approuvé", "Territoires à risques d'inondation importants"];

const blankLine = "<br><br>";
const lines = (field: string) => join([split(field, "\n")], "<br>");

/**
 * DREAL Nouvelle-Aquitaine, "aides pour le développement durable" of State and others: an export as CSV (`;`, CRLF, byte order mark).
 *
 * Oddities:
 * - several values in a cell are separated by `<|>`, inside audiences a kind and a name by ` | ` ("Collectivité | Communes");
 * - the identifier is the second in which the aid was entered: two of one second are one identifier, and the later one is rejected;
 * - territories are "Europe", "National", "Nouvelle - Aquitaine", "33 - Gironde", or areas that are none ("Marais Poitevin");
 * - texts have line breaks where the site had put `<br>`, which the export takes out; markup that is left is kept;
 * - expired aids stay in the export. The first importer skipped them; they are kept here, and their deadline says it;
 * - who pays was matched by likeness, and made up where nothing was like it: names are taken as they stand.
 * The licence is the one that the first importer recorded.
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
  // The amount is in `dotationDetails` too.
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
