import { join } from "node:path";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { money, rate } from "../../src/kit/rules/amounts.ts";
import { date } from "../../src/kit/rules/date.ts";
import { list } from "../../src/kit/rules/list.ts";
import { organisations } from "../../src/kit/rules/organisations.ts";
import { perimeters } from "../../src/kit/rules/perimeters.ts";
import { terms } from "../../src/kit/rules/terms.ts";
import { html } from "../../src/kit/rules/texts.ts";
import { url } from "../../src/kit/rules/url.ts";
import { checkConnector } from "../../src/registry/check-connector.ts";
import type { Row } from "../real-files/feed-rows.ts";
import { lookupOf } from "../support/read-value.ts";
import { soundConnector } from "../support/sound-connector.ts";
import { driftFeed } from "./drift-feed.ts";
import type { LoadedFeed } from "./load-feed.ts";
import { daysAfter } from "./written-date.ts";

const day = "2026-11-25";
const subjects = ["la haie", "le puits", "la toiture", "le préau", "la digue", "le four à pain", "la fontaine", "le lavoir"];
const works = ["Rénover", "Planter ou creuser", "Étudier", "Protéger", "Équiper"];
const places = ["Drôme", "Manche", "Ain", "Jura"];

/** Returns an invented record in which every field is filled. */
function record(index: number): Row {
  const title = `${works[index % works.length]} ${subjects[index % subjects.length]} n° ${index + 1}`;
  const opening = daysAfter(day, -(index * 3) - 20);
  return {
    id: `A${100 + index}`,
    titre: title,
    texte: `<p>${title} : l’aide n° ${index + 1} finance l’étude et les travaux. <strong>Le plafond est de ${index + 2} 500 €</strong> par projet.</p><p>${"La commune dépose son dossier complet avant le début du chantier. ".repeat(1 + (index % 5))}</p>`,
    conditions: `<p>Être une commune de moins de ${index + 1} 000 habitants.</p>`,
    contact: `<p>Service ${index + 1}, service${index + 1}@exemple.fr</p>`,
    lien: `https://exemple.fr/aides/${100 + index}`,
    debut: opening,
    fin: daysAfter(day, index * 5 - 12),
    publics: index % 2 === 0 ? ["Communes"] : ["Départements"],
    types: index % 3 === 0 ? ["Étude"] : ["Subvention"],
    themes: index % 4 === 0 ? ["Eau"] : ["Forêt"],
    lieux: [places[index % places.length]],
    financeur: `Département ${places[index % places.length]}`,
    pret: 10_000 + 500 * index,
    taux: `${20 + (index % 30)},5`,
    motsCles: ["travaux"],
  };
}

const fields = {
  description: html("texte"),
  eligibility: html("conditions"),
  contact: html("contact"),
  originUrl: url("lien"),
  startDate: date("debut", ["iso"]),
  submissionDeadline: date("fin", ["iso"]),
  targetedAudiences: terms("publics", "targetedAudiences"),
  aidTypes: terms("types", "aidTypes"),
  categories: terms("themes", "categories"),
  keywords: list("motsCles"),
  financers: organisations("financeur"),
  perimeters: perimeters("lieux", { written: "name", scales: ["department", "country"] }),
  loanAmount: money("pret"),
  subventionRateUpperBound: rate("taux", { bound: "upper" }),
} as ConnectorInput["fields"];

/** Returns an invented feed of 40 aids in which every field is filled. `folder`: for its clean file, which the caller writes. */
export function exampleFeed(folder: string): LoadedFeed {
  const rows = Array.from({ length: 40 }, (_, index) => record(index));
  const checked = checkConnector(soundConnector({ id: "region-exemple", fields }));
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  const lookup = lookupOf({
    targetedAudiences: { Communes: ["commune"], Départements: ["department"] },
    aidTypes: { Étude: ["technical-engineering"], Subvention: ["grant"] },
    categories: { Eau: ["eau-potable"], Forêt: ["foret"] },
  });
  const connector = { definition: checked.connector, terms: lookup, fingerprint: "example", file: null, folder: null };
  const older = rows.slice(3).map((row, index) => (index % 5 === 0 ? { ...row, fin: daysAfter(String(row.fin), -30) } : row));
  return {
    id: connector.definition.id,
    connector,
    file: join(folder, "clean.json"),
    feed: driftFeed(connector, rows, { day, france: ["lieux", ["France"]] }, older),
    write: async (changed) => JSON.stringify(changed),
  };
}
