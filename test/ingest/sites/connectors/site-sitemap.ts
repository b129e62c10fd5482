import { html, identifier, sitemap, text, url } from "moisson/connector-kit";

export const connector = sitemap({
  id: "site-sitemap",
  publisher: { name: "Département Exemple", kind: "department", territory: { scale: "department", code: "26" }, licence: "unknown" },
  feed: { url: "https://region.exemple.fr/sitemap.xml" },
  pages: ["/aides/*"],
  details: { pauseSeconds: 0, required: ["service"], read: { data: { service: { from: "jsonLd", type: "GovernmentService" } } } },
  fields: {
    externalId: identifier("loc"),
    name: text("service.name"),
    description: html("service.description"),
    eligibility: html("service.audience.name"),
    originUrl: url("loc"),
  },
});
