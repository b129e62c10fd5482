import { choose, constant, html, identifier, rss, url } from "moisson/connector-kit";

/**
 * Région Nouvelle-Aquitaine, the RSS feed of its guide of aids: titles, links, summaries; the rest stood on the pages, which were scraped.
 *
 * Oddities:
 * - no `link`: `guid` is the link, and so the same identifier as in the JSON feed;
 * - two-digit years, "Sat, 21 Dec 19 11:00:28 +0100"; it is the day of publication, and no opening, as an earlier importer had it;
 * - `category` joins the kind ("Appel à projet"), audiences and themes by commas, some of which belong to a label: the kind is read;
 * - summaries are plain text that lost its line breaks.
 */
export const connector = rss({
  id: "region-nouvelle-aquitaine-rss",
  publisher: {
    name: "Région Nouvelle-Aquitaine",
    siren: "200053759",
    kind: "region",
    territory: { scale: "region", code: "75" },
    website: "https://les-aides.nouvelle-aquitaine.fr",
    licence: "unknown",
  },
  state: "paused",
  because: "The JSON feed of the region replaced it in October 2024 and says more: run it in its place only, never beside it.",
  importIdPrefix: "NOUVELLE_AQUITAINE_",
  format: "rss",
  feed: { url: "https://les-aides.nouvelle-aquitaine.fr/fiches-rss.xml" },
  fields: {
    externalId: identifier("guid"),
    description: html("description"),
    originUrl: url("guid"),
    isCallForProject: choose([
      {
        when: { field: "category", hasWords: ["Appel à projet", "Appel à projets", "Appel à manifestation d'intérêt"] },
        use: constant(true),
      },
    ]),
    keywords: constant([]),
    financers: constant([{ name: "Région Nouvelle-Aquitaine", siren: "200053759" }]),
    perimeters: constant([{ scale: "region", code: "75" }]),
    importDataMention: constant("Ces données sont mises à disposition par le Conseil régional de Nouvelle-Aquitaine."),
  },
});
