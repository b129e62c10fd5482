import { html, identifier, rss } from "moisson/connector-kit";

export const connector = rss({
  id: "site-rss",
  publisher: { name: "Département Exemple", kind: "department", territory: { scale: "department", code: "26" }, licence: "unknown" },
  feed: { url: "https://agence.exemple.fr/aides.rss" },
  details: {
    url: "link",
    changed: "pubDate",
    pauseSeconds: 0,
    read: { data: { service: { from: "microdata" }, meta: { from: "meta" } } },
  },
  ignored: ["description", "meta"],
  fields: {
    externalId: identifier("guid"),
    description: html("service.description"),
    eligibility: html("service.audience"),
    contact: html("service.provider.name"),
  },
});
