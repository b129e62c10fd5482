import { constant, defineConnector, html, identifier, join, labelled, split, terms, text, url } from "moisson/connector-kit";

/**
 * Bpifrance, offers for innovation: `{ data: […] }` after a byte order mark.
 *
 * Oddities:
 * - sentences lack their first word: the site shows "Nous" or "Vous" before them, and we add it again;
 * - `type` is a list in one text, separated by ";". It contains kinds of aid, and "Innovation", which is not a kind;
 * - aids have no dates, territory or audience. They are for companies in all of France and always open;
 * - no importer has read this address since 2020.
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
  reuse: { basis: "unknown", note: "banque qui vend aussi des services : demander un accord (L321-3)" },
  importIdPrefix: "BPI_",
  schedule: "40 3 * * *",
  feed: { url: "https://www.bpifrance.fr/offers/export/innovation/" },
  decode: { format: "json", recordPath: "data" },
  fields: {
    externalId: identifier("ref_partenaire"),
    name: text("title"),
    // The first two fields are lines without markup, the last one is HTML. Each line becomes a paragraph.
    description: html(join([labelled("<p>", "baseline"), labelled("<p>Nous (la BPI) ", "introduction_us"), "we"], "</p>")),
    eligibility: html(join([labelled("<p>Vous ", "introduction_you"), "you"], "</p>")),
    // The feed has no contact. This sentence comes from the first importer.
    contact: constant('<p><a href="https://www.bpifrance.fr/Contactez-nous" rel="noopener">Contactez directement la BPI</a></p>'),
    originUrl: url("linkoffer"),
    recurrence: constant("ongoing"),
    aidTypes: terms(split("type", ";"), "aidTypes"),
    targetedAudiences: constant(["private-sector"]),
    financers: constant([{ name: "Bpifrance", siren: null }]),
    perimeters: constant([{ scale: "country", code: "FRA" }]),
  },
});
