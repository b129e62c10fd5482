import { choose, constant, date, firstOf, html, identifier, join, openDataSoft, split, terms, text, url } from "moisson/connector-kit";

const callsForProjects = ["Appels à projets"];
/** What a page is: `type` until 2024. */
const kinds = ["aides_appels_a_projets", "type"];
const hasKind = { any: kinds.map((field) => ({ field, isFilled: true })) };
/** In the title itself, or highlighted before it. */
const isCallByItsTitle = { field: "titre", hasWords: callsForProjects };

/**
 * Région Occitanie, aids and calls of its open-data portal: pages of its site, as the portal took them over.
 *
 * Oddities:
 * - the identifier is `id_article`. Until 2024 there was none but the portal's `recordid`, which is another one after every publication: it
 *   is taken where a feed of those days has nothing else;
 * - before the title of a call stands what the site's search highlights, `<span class="titre_surligne">Appels à projets</span>`, with no
 *   blank behind it. It says what the page is and belongs to no title; other highlighted words do;
 * - the dataset keeps everything ever published and has no mark for what is over. Pages that are neither aid nor call are skipped. Earlier
 *   importers also left out what had not been modified for a year: here such an aid is listed as stale, for a person to look at;
 * - no dates, kinds of aid, audiences or recurrence at all; `date_publication` is that of the page;
 * - themes and sub-themes, joined by commas.
 */
export const connector = openDataSoft({
  id: "region-occitanie",
  publisher: {
    name: "Région Occitanie",
    siren: "200053791",
    kind: "region",
    territory: { scale: "region", code: "76" },
    website: "https://www.laregion.fr",
    licence: "unknown",
  },
  importIdPrefix: "OCCITANIE_",
  schedule: "35 2 * * *",
  domain: "data.laregion.fr",
  dataset: "aides-et-appels-a-projets-de-la-region-occitanie",
  keepWhen: [{ when: { any: [hasKind, isCallByItsTitle] }, reason: "neither aid nor call" }],
  ignored: ["date_publication"],
  placeholders: callsForProjects,
  fields: {
    externalId: identifier(firstOf("id_article", "recordid")),
    // Cut behind each highlighted part: one that as a whole is a placeholder is left out.
    name: text(join([split("titre", "</span>")], " ")),
    description: html(join(["chapo", "introduction"])),
    // The feed names nobody (sentence of the first importer).
    contact: constant(
      "<p>Pour contacter la Région Occitanie ou candidater à l'offre, veuillez cliquer sur le bouton 'Plus d'informations' " +
        "ou sur le bouton 'Candidater à l'aide'.</p>",
    ),
    originUrl: url("url"),
    isCallForProject: choose([
      { when: { any: kinds.map((field) => ({ field, isOneOf: callsForProjects })) }, use: constant(true) },
      { when: hasKind, use: constant(false) },
      { when: isCallByItsTitle, use: constant(true) },
    ]),
    categories: terms(split(join(["thematiques", "sous_thematiques"], ","), ","), "categories"),
    financers: constant([{ name: "Région Occitanie", siren: "200053791" }]),
    perimeters: constant([{ scale: "region", code: "76" }]),
    importDataMention: constant("Ces données sont mises à disposition par la Région Occitanie."),
    sourceUpdatedDate: date("date_modification", ["iso"]),
  },
  expect: { atLeast: 50 },
});
