import type { HtmlPage, PageElement } from "../../kit/html-page.ts";
import { elementText } from "../../kit/pages/element-values.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { PagingInput } from "../survey.ts";
import { recordLinks } from "./record-links.ts";
import { selectorFor } from "./selector-for.ts";

const nextWords = /^(?:page )?suivante?s?(?: page)?(?: ?[›»>→])?$|^next(?: page)?$|^[›»→]$|^>{1,2}$|^aller a la page suivante$/;
const nextClass = /(?:^|[-_ ])(?:next|suivante?)(?:$|[-_ ])/i;

/** Returns how the list goes on after this page: the link to the next page, or a page number in the address. Null if it does not. */
export function findNextPage(page: HtmlPage, url: URL): PagingInput | null {
  const links = recordLinks(page, url).map(({ element }) => element);
  const next = links.filter(isNext);
  const selector = next.length === 0 ? null : selectorOfNext(next, page);
  return selector === null ? numberedPages(page, url) : { kind: "nextLink", path: `${selector}@href` };
}

function isNext(link: PageElement): boolean {
  const { rel = "", title = "", "aria-label": label = "", class: classes = "" } = link.attribs;
  if (/(?:^|\s)next(?:\s|$)/.test(rel)) return true;
  if ([elementText(link), title, label].some((text) => nextWords.test(foldTerm(text)))) return true;
  const around = link.parent !== null && "attribs" in link.parent ? (link.parent.attribs.class ?? "") : "";
  return nextClass.test(classes) || nextClass.test(around);
}

/** Returns a selector of the next page, which may be linked twice. Null if it could also find the previous page's link. */
function selectorOfNext(links: readonly PageElement[], page: HtmlPage): string | null {
  const [first] = links;
  if (first !== undefined && links.every(({ attribs }) => attribs.rel?.split(/\s+/).includes("next"))) return "a[rel~=next]";
  const label = first?.attribs["aria-label"] ?? first?.attribs.title;
  const named = first?.attribs["aria-label"] === undefined ? "title" : "aria-label";
  if (label !== undefined && !/["\\]/.test(label)) return `a[${named}="${label}"]`;
  const selector = selectorFor(links, page);
  return selector !== null && /next|suiv/i.test(selector) ? selector : null;
}

const pageParameters = /^(?:page|p|pg|paged|pagina|num_?page|tx_\w+\[(?:currentPage|page)\])$/i;

/** Recognises links to the page itself that differ by a page number. */
function numberedPages(page: HtmlPage, url: URL): PagingInput | null {
  const numbers = new Map<string, Set<number>>();
  for (const { url: other } of recordLinks(page, url)) {
    if (other.pathname !== url.pathname) continue;
    for (const [name, value] of other.searchParams)
      if (pageParameters.test(name) && /^\d{1,4}$/.test(value)) numbers.set(name, (numbers.get(name) ?? new Set()).add(Number(value)));
  }
  for (const [pageParameter, found] of numbers) {
    const firstPage = found.has(0) || (found.has(1) && !found.has(2)) ? 0 : 1;
    if (found.has(firstPage + 1)) return { kind: "page", pageParameter, firstPage };
  }
  return null;
}
