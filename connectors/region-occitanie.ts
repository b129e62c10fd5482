import { choose, constant, date, firstOf, html, identifier, join, openDataSoft, split, terms, text, url } from "moisson/connector-kit";

const callsForProjects = ["Appels à projets"];
/** The kind of page is in one of these fields. Until 2024 the field was `type`. */
const kinds = ["aides_appels_a_projets", "type"];
const hasKind = { any: kinds.map((field) => ({ field, isFilled: true })) };
/** True if the title, or the highlight before it, names a call. */
const isCallByItsTitle = { field: "titre", hasWords: callsForProjects };

/**
 * Région Occitanie, aids and calls on its open-data portal. The portal copies them from the pages of the region's site.
 *
 * Oddities:
 * - the identifier is `id_article`. Feeds until 2024 have only the portal's `recordid`, which we use instead, although it changes with
 *   every publication;
 * - a search highlight precedes the title of a call, without a space between them: `<span class="titre_surligne">Appels à projets</span>`.
 *   A highlight that names a kind of page is removed from the title. Other highlighted words stay;
 * - the dataset contains every page ever published and does not mark ended aids. Pages that are neither aid nor call are skipped. Earlier
 *   importers left out aids that had not changed for a year. We list them as stale, so that a curator checks them;
 * - aids have no dates, kind, audience or recurrence. `date_publication` is the date of the page;
 * - commas separate themes and sub-themes.
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
  reuse: { basis: "crpa" },
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
    // The feed has no contact. This sentence comes from the first importer.
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
