import { type HtmlPage, type PageElement, readHtmlPage, selectInPage } from "../../kit/html-page.ts";
import { elementText, nodesText } from "../../kit/pages/element-values.ts";
import { foldTitle } from "../../kit/pages/fold-title.ts";
import { introduction } from "../../kit/pages/introduction.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { median } from "../profile/field-values.ts";
import type { MainContent } from "./main-content.ts";
import type { RecurringTitle } from "./recurring-titles.ts";
import { selectorFor } from "./selector-for.ts";
import { ancestors, type PageText, type SitePage, sharedTexts, textsIn } from "./site-page.ts";

/** Less text beside the sections is no content: a date, a place in the menu. */
const minLength = 60;
const maxSelectors = 3;
/** Minimum share of the text before the first section. From it on, the rest is left out. */
const mostOf = 0.6;
/** Maximum number of texts for which a block of their own is looked for. */
const maxTexts = 200;

/** Where the text is that no heading and no label introduces. */
export type RemainingText = { readonly selector: string } | "introduction";

/** Finds the text without heading and label: blocks of its own, else the text before the first section. Null if there is little. */
export function remainingText(pages: readonly SitePage[], { parts }: MainContent, titles: readonly RecurringTitle[]): RemainingText | null {
  const shared = sharedTexts(pages);
  const left = pages.map((page, index) => remainingOf(page, parts[index] ?? page.page, titles, shared));
  const lengths = left.map(lengthOf);
  const [page] = pages;
  const [first = []] = left;
  if (page === undefined || median(lengths) < minLength || first.length === 0) return null;
  const isEverywhere = (selector: string | null): selector is string =>
    selector !== null && pages.every((one) => selectInPage(selector, one.page).length === 1);
  const blocks = ownBlocks(first, page, titles, isEverywhere);
  if (blocks === null && isIntroduced(first, page, parts[0] ?? page.page, titles)) return "introduction";
  const selector = blocks ?? commonBlock(first, page, isEverywhere);
  return selector === null ? null : { selector };
}

/** Returns true if most of the text is before the first section. */
function isIntroduced(
  texts: readonly PageText[],
  page: SitePage,
  part: PageElement | HtmlPage,
  titles: readonly RecurringTitle[],
): boolean {
  const all = titles.flatMap((one) => one.titles);
  const markup = all.length === 0 ? null : introduction(page.text, part, all);
  if (markup === null) return false;
  const before = foldTerm(nodesText(readHtmlPage(markup, "introduction").children));
  return lengthOf(texts.filter(({ text }) => before.includes(text))) >= mostOf * lengthOf(texts);
}

function lengthOf(texts: readonly PageText[]): number {
  return texts.reduce((sum, { text }) => sum + text.length, 0);
}

function remainingOf(
  page: SitePage,
  part: PageElement | HtmlPage,
  titles: readonly RecurringTitle[],
  shared: ReadonlySet<string>,
): PageText[] {
  const own = [page.title, ...selectInPage("h1", page.page).map((heading) => elementText(heading))].map(foldTerm);
  const all = titles.flatMap((one) => one.titles);
  const named = new Set(all.map(foldTitle));
  const read = titles.flatMap(({ values }) => values);
  return textsIn(part).filter(
    ({ text }) =>
      !shared.has(text) &&
      !own.includes(text) &&
      !named.has(foldTitle(text)) &&
      !read.some((value) => value.includes(text)) &&
      !all.some((title) => text.startsWith(`${foldTerm(title)} :`)),
  );
}

/** Returns the selectors of blocks that contain no section, if a few cover all of the text. */
function ownBlocks(
  texts: readonly PageText[],
  { page }: SitePage,
  titles: readonly RecurringTitle[],
  isEverywhere: (selector: string | null) => selector is string,
): string | null {
  if (texts.length > maxTexts) return null;
  const selectors = new Set<string>();
  for (const { block } of texts) {
    const selector = ancestorsBelowSections(block, titles)
      .map((element) => selectorFor([element], page))
      .find(isEverywhere);
    if (selector === undefined) return null;
    selectors.add(selector);
  }
  return selectors.size <= maxSelectors ? [...selectors].join(", ") : null;
}

/** Returns the elements around a block that contain no title of a section. */
function ancestorsBelowSections(block: PageElement, titles: readonly RecurringTitle[]): PageElement[] {
  const around = ancestors(block);
  const end = around.findIndex((element) => {
    const text = foldTerm(elementText(element));
    const hasTitle = titles.some(({ titles: all }) => all.some((title) => text.includes(foldTerm(title))));
    return element.name === "main" || element.name === "body" || hasTitle;
  });
  return around.slice(0, end === -1 ? around.length : end).filter((element) => selectInPage("h1", element).length === 0);
}

/** Returns the selector of the smallest element that contains all of the text. */
function commonBlock(
  texts: readonly PageText[],
  { page }: SitePage,
  isEverywhere: (selector: string | null) => selector is string,
): string | null {
  const paths = texts
    .slice(0, maxTexts)
    .map(({ block }) => ancestors(block).filter((element) => element === block || !/^(?:body|html)$/.test(element.name)));
  const [first = [], ...others] = paths;
  const common = first.filter((element) => others.every((path) => path.includes(element)));
  for (const element of common) {
    const selector = element.name === "main" ? "main" : selectorFor([element], page);
    if (isEverywhere(selector)) return selector;
  }
  return null;
}
