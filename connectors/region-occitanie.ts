import { choose, constant, date, firstOf, html, identifier, join, openDataSoft, split, terms, text, url } from "moisson/connector-kit";

const callsForProjects = ["Appels à projets"];
/** The kind of page; `type` until 2024. */
const kinds = ["aides_appels_a_projets", "type"];
const hasKind = { any: kinds.map((field) => ({ field, isFilled: true })) };
/** In the title itself or in the highlight before it. */
const isCallByItsTitle = { field: "titre", hasWords: callsForProjects };

/**
 * Région Occitanie, aids and calls on its open-data portal, copied from the pages of its site.
 *
 * Oddities:
 * - the identifier is `id_article`. Feeds until 2024 have only the portal's `recordid`, which changes with every publication; it is the
 *   fallback;
 * - before the title of a call there is a search highlight, `<span class="titre_surligne">Appels à projets</span>`, without a space after
 *   it. It names the kind of page and is removed from the title; other highlighted words stay;
 * - the dataset keeps everything ever published and does not mark ended aids. Pages that are neither aid nor call are skipped. Earlier
 *   importers left out aids not modified for a year; we list them as stale for a curator to check;
 * - no dates, kinds of aid, audiences or recurrence; `date_publication` is the page's;
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
    // Splits after each highlighted part and drops parts that are placeholders.
    name: text(join([split("titre", "</span>")], " ")),
    description: html(join(["chapo", "introduction"])),
    // The feed has no contact. The sentence is the first importer's.
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
