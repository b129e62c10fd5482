import type { ConnectorInput } from "../definition.ts";
import type { SiteSoftware } from "../pages/site-software.ts";

type ListDecode = Extract<ConnectorInput["decode"], { readonly format: "html" }>;
type DetailsInput = NonNullable<ConnectorInput["details"]>;

type Site = Omit<ConnectorInput, "decode" | "details"> & {
  readonly software: SiteSoftware;
  /** Where the theme differs from the software's own: `records`, `values`, `total`. */
  readonly list?: Partial<Omit<ListDecode, "format">>;
  /** What to read besides title and text, and what differs. */
  readonly details?: Partial<Omit<DetailsInput, "read">> & { readonly read?: Partial<DetailsInput["read"]> };
};

/** Markup that a software writes if its theme does not change it: the list, its next page, and the page of an article. */
interface Markup {
  readonly records: string;
  readonly link: string;
  readonly next: string;
  readonly title: string;
  readonly text: string;
}

const markups: Readonly<Record<SiteSoftware, Markup>> = {
  spip: {
    records: ".liste-items > li, ul.liste.articles > li",
    link: "a",
    next: ".pagination .next a, .pagination a[rel=next]@href",
    title: "h1",
    text: ".chapo, .texte",
  },
  drupal: {
    records: ".view-content .views-row, .view-content > article",
    link: "h2 a, h3 a, .field--name-title a, .views-field-title a",
    next: ".pager__item--next a, .pager-next a, a[rel=next]@href",
    title: "h1",
    text: ".node__content, .node > .content",
  },
  wordpress: {
    records: "main article, #main article, .wp-block-post-template > li, .post-listing article",
    link: ".entry-title a, .wp-block-post-title a, h2 a, h3 a",
    next: "a.next, .nav-previous a, a.wp-block-query-pagination-next, a[rel=next]@href",
    title: "h1",
    text: ".entry-content, .wp-block-post-content",
  },
  typo3: {
    records: ".news-list-view .article, .news-list-view .news-list-item",
    link: "h2 a, h3 a, .header a",
    next: ".page-navigation .next a, .f3-widget-paginator .next a, a[rel=next]@href",
    title: "h1",
    text: ".news-text-wrap, .ce-bodytext",
  },
  ez: {
    records: ".content-view-line, [class*=view-type-line]",
    link: "h2 a, h3 a, .attribute-header a",
    next: ".pagenavigator .next a, .pagination .next a, a[rel=next]@href",
    title: "h1",
    text: ".ezrichtext-field, .ezxmltext-field",
  },
  "sites-faciles": {
    records: ".fr-card",
    link: ".fr-card__title a",
    next: ".fr-pagination__link--next@href",
    title: "h1",
    text: ".cmsfr-block-paragraph",
  },
};

/**
 * Returns a connector of a list of pages, with the markup that the site's software writes. The list gives `titre` and `lien`, the page
 * `titre` and `texte` (markup); further fields are those of `details.read`. `feed.url` is the first page of the list.
 */
export function site({ software, list = {}, details = {}, feed, ...about }: Site): ConnectorInput {
  const markup = markups[software];
  const { values, ...others } = list;
  const { read, ...how } = details;
  return {
    ...about,
    feed: { paging: { kind: "nextLink", path: markup.next }, ...feed },
    decode: {
      format: "html",
      records: markup.records,
      ...others,
      values: { titre: markup.link, lien: `${markup.link}@href`, ...values },
    },
    details: {
      url: "lien",
      override: ["titre"],
      required: ["titre"],
      ...how,
      read: { ...read, values: { titre: markup.title, texte: `html(${markup.text})`, ...read?.values } },
    },
  };
}
