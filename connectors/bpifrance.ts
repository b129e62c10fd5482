import { constant, defineConnector, html, identifier, join, labelled, split, terms, text, url } from "moisson/connector-kit";

/**
 * Bpifrance, offers for innovation: `{ data: […] }` behind a byte order mark.
 *
 * Oddities:
 * - sentences are cut: the feed gives what follows "Nous" and "Vous" on the site, which is put before them again;
 * - `type` is a list in one text, separated by ";", and says "Innovation" beside what kind of aid it is;
 * - no dates, no territory, no audience: offers to companies, in all of France, always open;
 * - the importer of 2020 was the last to read the address.
 */
export const connector = defineConnector({
  id: "bpifrance",
  publisher: {
    name: "Bpifrance",
    kind: "public-bank",
    territory: { scale: "country", code: "FRA" },
    website: "https://www.bpifrance.fr/",
    licence: "unknown",
  },
  importIdPrefix: "BPI_",
  schedule: "40 3 * * *",
  feed: { url: "https://www.bpifrance.fr/offers/export/innovation/" },
  decode: { format: "json", recordPath: "data" },
  fields: {
    externalId: identifier("ref_partenaire"),
    name: text("title"),
    // Lines without markup, then a block of markup: each line is a paragraph.
    description: html(join([labelled("<p>", "baseline"), labelled("<p>Nous (la BPI) ", "introduction_us"), "we"], "</p>")),
    eligibility: html(join([labelled("<p>Vous ", "introduction_you"), "you"], "</p>")),
    // The feed names nobody (sentence of the first importer).
    contact: constant('<p><a href="https://www.bpifrance.fr/Contactez-nous" rel="noopener">Contactez directement la BPI</a></p>'),
    originUrl: url("linkoffer"),
    recurrence: constant("ongoing"),
    aidTypes: terms(split("type", ";"), "aidTypes"),
    targetedAudiences: constant(["private-sector"]),
    financers: constant([{ name: "Bpifrance", siren: null }]),
    perimeters: constant([{ scale: "country", code: "FRA" }]),
  },
});
