import { choose, constant, html, identifier, rss, url } from "moisson/connector-kit";

/**
 * Région Nouvelle-Aquitaine, the RSS feed of its guide of aids. It contains titles, links and summaries; earlier importers scraped the
 * other fields from the pages.
 *
 * Oddities:
 * - `link` is missing, but `guid` is a link. The JSON feed uses the same link as identifier;
 * - years have two digits: "Sat, 21 Dec 19 11:00:28 +0100". This date is the day of publication. An earlier importer read it as the
 *   opening;
 * - `category` joins kind ("Appel à projet"), audiences and themes by commas, and some labels contain commas. Only the kind is read;
 * - summaries are plain text that has lost its line breaks.
 */
export const connector = rss({
  id: "region-nouvelle-aquitaine-rss",
  title: "nouveautés",
  publisher: {
    name: "Région Nouvelle-Aquitaine",
    siren: "200053759",
    kind: "region",
    territory: { scale: "region", code: "75" },
    website: "https://les-aides.nouvelle-aquitaine.fr",
    licence: "unknown",
  },
  reuse: { basis: "crpa" },
  state: "paused",
  because:
    "The region's JSON feed replaced this feed in October 2024 and contains more. Use either this connector or the JSON one, never both.",
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
