import { type HtmlPage, selectInPage } from "../html-page.ts";

const siteSoftwares = ["spip", "drupal", "wordpress", "typo3", "ez", "sites-faciles"] as const;

/** Software of sites that the factory `site` knows. */
export type SiteSoftware = (typeof siteSoftwares)[number];

/** Name in `<meta name="generator">`, and a mark that every page has. */
const marks: Readonly<Record<SiteSoftware, { readonly generator: RegExp; readonly marks: string }>> = {
  "sites-faciles": {
    generator: /sites[ -]?faciles/i,
    marks: '[class*="cmsfr-"], link[href*="/static/sites_faciles"], [href*="/static/dsfr/"][href*="wagtail"]',
  },
  spip: {
    generator: /^spip/i,
    marks: '[href*="spip.php?"], link[href*="plugins-dist/"], link[href*="prive/css"], .spip_out, .spip-admin-float',
  },
  drupal: {
    generator: /drupal/i,
    marks: '[data-drupal-selector], link[href*="/sites/default/files"], script[src*="/core/misc/drupal"], [data-drupal-link-system-path]',
  },
  wordpress: { generator: /wordpress/i, marks: 'link[href*="/wp-content/"], script[src*="/wp-includes/"], link[rel="https://api.w.org/"]' },
  typo3: {
    generator: /typo3/i,
    marks: 'link[href*="/typo3temp/"], script[src*="/typo3conf/"], link[href*="/_assets/"][href*="typo3"], [id^="c"].frame',
  },
  ez: {
    generator: /ez ?(?:publish|platform)|ibexa/i,
    marks: 'link[href*="/extension/"][href*="/design/"], link[href*="/assets/ezplatform"], .ezrichtext-field, .ezxmltext-field',
  },
};

/** Returns the software that wrote a page by its marks, or null. */
export function softwareOf(page: HtmlPage): SiteSoftware | null {
  const generator = selectInPage('meta[name="generator" i]', page)
    .map(({ attribs }) => attribs.content ?? "")
    .join(" ");
  const named = siteSoftwares.find((software) => marks[software].generator.test(generator));
  return named ?? siteSoftwares.find((software) => selectInPage(marks[software].marks, page).length > 0) ?? null;
}
