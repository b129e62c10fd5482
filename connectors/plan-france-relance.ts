import {
  choose,
  constant,
  defineConnector,
  firstOf,
  html,
  identifier,
  join,
  section,
  split,
  terms,
  text,
  url,
  when,
} from "moisson/connector-kit";

const body = "field_paragraphes";
const whoMayHaveIt = ["Qui peut en bénéficier ?"];
/** Headings of the contact, which follows the conditions. The first of these headings that occurs in the text is used. */
const links = ["Liens utiles et contacts", "Documents utiles", "Liens utiles"];
/** The line with the date follows the contact, and begins with one of these texts. */
const stamps = ["Mise en ligne", "Mis à jour"];

type Part = Parameters<typeof when>[1];

/** Returns `read` of the first heading that the text contains, or `none` if it contains no heading. */
function byHeading(headings: readonly string[], read: (heading: string) => Part, none?: Part) {
  const has = (heading: string) => ({ field: body, hasWords: [heading] });
  const parts = headings.map((heading, index) => {
    const hasNoneBefore = headings.slice(0, index).map((before) => ({ not: has(before) }));
    return when({ all: [has(heading), ...hasNoneBefore] }, read(heading));
  });
  return firstOf(...parts, ...(none === undefined ? [] : [when({ not: { field: body, hasWords: headings } }, none)]));
}

/**
 * Plan France Relance, measures of the plan 2020–2022: one JSON list from economie.gouv.fr, a Drupal site.
 *
 * Oddities:
 * - one HTML field contains the description, the conditions ("Qui peut en bénéficier ?"), contacts with links, and a date. Headings
 *   separate these parts;
 * - `field_thematique` contains audiences ("PDR-Collectivites") and themes ("Écologie"). The term file for audiences ignores themes, and
 *   the reverse. If the field names no audience, `field_categorie_taxo` does ("TPE, PME");
 * - all measures belong to the plan and apply to all of France.
 */
export const connector = defineConnector({
  id: "plan-france-relance",
  publisher: {
    name: "Ministère de l'Économie, des Finances et de la Relance",
    kind: "ministry",
    territory: { scale: "country", code: "FRA" },
    website: "https://www.economie.gouv.fr",
    licence: "unknown",
  },
  reuse: { basis: "crpa" },
  state: "retired",
  because: "The plan ran from 2020 to 2022. Only the first version of Aides-territoires read this list.",
  importIdPrefix: "PFR_",
  feed: { urlFrom: "MOISSON_URL_PLAN_FRANCE_RELANCE" },
  decode: { format: "json" },
  fields: {
    externalId: identifier("nid"),
    name: text("title"),
    description: html(join(["field_chapo", byHeading(whoMayHaveIt, (to) => section(body, { to }), body)])),
    eligibility: html(byHeading(whoMayHaveIt, (from) => byHeading(links, (to) => section(body, { from, to }), section(body, { from })))),
    contact: html(byHeading(links, (from) => byHeading(stamps, (to) => section(body, { from, to }), section(body, { from })))),
    originUrl: url("view_node"),
    applicationUrl: url("view_node"),
    inFranceRelance: constant(true),
    targetedAudiences: choose(
      [{ when: { field: "field_thematique", hasWords: ["PDR"] }, use: terms(split("field_thematique", ","), "targetedAudiences") }],
      terms(split("field_categorie_taxo", ","), "targetedAudiences"),
    ),
    categories: terms(split("field_thematique", ","), "categories"),
    financers: constant([{ name: "Ministère de l'Économie, des Finances et de la Relance", siren: null }]),
    perimeters: constant([{ scale: "country", code: "FRA" }]),
  },
});
