import { type PageElement, selectInPage } from "../../kit/html-page.ts";
import { selectorFor } from "./selector-for.ts";
import { type SitePage, sharedTexts, textsIn } from "./site-page.ts";

/** The part of the pages with their content. */
export interface MainContent {
  /** Selector of the part; undefined if it is `main` or the whole page, where headings are looked for without being told. */
  readonly within: string | undefined;
  readonly parts: readonly (PageElement | SitePage["page"])[];
}

/** Share of the own text of a page that its main content contains. */
const nearlyAll = 0.9;

/** Finds the content of pages, without menus: `main`, a landmark, or the smallest element with nearly all texts in which they differ. */
export function mainContent(pages: readonly SitePage[]): MainContent {
  const shared = sharedTexts(pages);
  const main = pages.map(({ page }) => selectInPage("main", page)[0]);
  if (main.every((element) => element !== undefined)) return { within: undefined, parts: main as PageElement[] };
  for (const selector of ["[role=main]", "article"]) {
    const found = pages.map(({ page }) => selectInPage(selector, page));
    const isWhole = found.every((elements, index) => elements.length === 1 && shareOfText(elements[0], pages[index], shared) >= nearlyAll);
    if (isWhole) return { within: selector, parts: found.map(([element]) => element) as PageElement[] };
  }
  const within = smallestCommon(pages, shared);
  if (within === null) return { within: undefined, parts: pages.map(({ page }) => page) };
  return { within, parts: pages.map(({ page }) => selectInPage(within, page)[0] ?? page) };
}

function smallestCommon(pages: readonly SitePage[], shared: ReadonlySet<string>): string | null {
  const [first] = pages;
  const body = first === undefined ? undefined : selectInPage("body", first.page)[0];
  if (first === undefined || body === undefined) return null;
  let element: PageElement = body;
  for (;;) {
    const next: PageElement | undefined = element.children
      .filter((child) => "attribs" in child)
      .find((child) => shareOfText(child, first, shared) >= nearlyAll);
    if (next === undefined || next.name === "p" || next.name === "table") break;
    element = next;
  }
  for (let around = element; around.name !== "body"; ) {
    const selector = selectorFor([around], first.page);
    if (selector !== null && pages.every(({ page }) => selectInPage(selector, page).length === 1)) return selector;
    const { parent } = around;
    if (parent === null || !("attribs" in parent)) return null;
    around = parent;
  }
  return null;
}

function shareOfText(element: PageElement | undefined, page: SitePage | undefined, shared: ReadonlySet<string>): number {
  if (element === undefined || page === undefined) return 0;
  const own = (texts: ReturnType<typeof textsIn>) => texts.reduce((sum, { text }) => sum + (shared.has(text) ? 0 : text.length), 0);
  const all = own(textsIn(page.page));
  return all === 0 ? 0 : own(textsIn(element)) / all;
}
