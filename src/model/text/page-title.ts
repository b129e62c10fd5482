/**
 * Titles in the addresses of Aides-territoires: `/aides/2d6b-contrat-rural/`. The address keeps the aid's first title, mostly the
 * publisher's, after curators have rewritten the title. It lacks apostrophes and the letter œ.
 */

const page = /^(?:[a-z]+\.)?aides-territoires(?:\.beta)?\.gouv\.fr\/aides\/(?:[0-9a-f]{4}-)?(?:copie-\w{5}-)?([a-z0-9-]{12,})$/;
/** Addresses are cut off at 50 characters, with a code of five. The last word may then be incomplete. */
const cutFrom = 44;
/** Marks a title that is cut off. */
const cut = "…";

/** Returns the title in the comparable link of a page of Aides-territoires, without blanks and apostrophes. Returns none for other links. */
export function pageTitles(link: string): string[] {
  const slug = page.exec(link)?.[1];
  return slug === undefined ? [] : [slug.replaceAll("-", "") + (slug.length >= cutFrom ? cut : "")];
}

/** Returns true if a comparable title is the one of a page. */
export function isPageTitle(title: string, pageTitle: string): boolean {
  return formsOf(title).some((form) => (pageTitle.endsWith(cut) ? form.startsWith(pageTitle.slice(0, -1)) : form === pageTitle));
}

/** Number of characters by which the titles of pages are found. */
const keyLength = 12;

/** Returns the keys by which a title, or the title of a page, is found. */
export function pageKeys(title: string): string[] {
  return [...new Set(formsOf(title).map((form) => form.slice(0, 2 * keyLength)))].filter((form) => form.length >= keyLength);
}

/** Addresses lose the letter œ. */
function formsOf(title: string): string[] {
  const form = title.replace(/ /g, "");
  return title.includes("oe") ? [form, form.replaceAll("oe", "")] : [form];
}
