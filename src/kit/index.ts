/** Everything a connector may import. */
export { defineConnector } from "./definition.ts";
export {
  capture,
  each,
  field,
  firstOf,
  join,
  json,
  labelled,
  literal,
  placeNames,
  section,
  slug,
  split,
  underLabel,
  when,
} from "./expressions/expression.ts";
export { choose } from "./field-rules.ts";
export { aidesTerritoiresApi } from "./platforms/aides-territoires-api.ts";
export { dispositifAide } from "./platforms/dispositif-aide.ts";
export { europeanCalls } from "./platforms/european-calls.ts";
export { fundingTenders } from "./platforms/funding-tenders.ts";
export { manualTemplate } from "./platforms/manual-template.ts";
export { moissonRecords } from "./platforms/moisson-records.ts";
export { moissonTemplate } from "./platforms/moisson-template.ts";
export { ckan, dataGouv } from "./platforms/open-data-portals.ts";
export { openDataSoft } from "./platforms/open-data-soft.ts";
export { rss } from "./platforms/rss.ts";
export { site } from "./platforms/site.ts";
export { siteTerritories, siteTerritorySuggestion } from "./platforms/site-territories.ts";
export { sitemap } from "./platforms/sitemap.ts";
export { spreadsheet } from "./platforms/spreadsheet.ts";
export { wordpressExport } from "./platforms/wordpress-export.ts";
export { money, rate } from "./rules/amounts.ts";
export { computed, constant } from "./rules/constant.ts";
export { date, time } from "./rules/date.ts";
export { identifier } from "./rules/identifier.ts";
export { list } from "./rules/list.ts";
export { organisations } from "./rules/organisations.ts";
export { perimeters } from "./rules/perimeters.ts";
export { namedTerms, terms } from "./rules/terms.ts";
export { html, markdown, plainText, text } from "./rules/texts.ts";
export { url } from "./rules/url.ts";
export { yesNo } from "./rules/yes-no.ts";
