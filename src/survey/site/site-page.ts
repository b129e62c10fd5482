import type { HtmlPage, PageElement, PageNode } from "../../kit/html-page.ts";
import { droppedTags, isInlineTag } from "../../kit/values/html/markup-tags.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";

/** A page of an aid, as received. */
export interface SitePage {
  readonly url: URL;
  readonly text: string;
  readonly page: HtmlPage;
  /** Title in the list, or an empty text. */
  readonly title: string;
}

/** A text of a page, folded, with the block that contains it. */
export interface PageText {
  readonly text: string;
  readonly block: PageElement;
}

const aroundContent: ReadonlySet<string> = new Set("nav aside footer form button label".split(" "));

/** Lists the texts of a page or element, without those of menus and forms. */
export function textsIn(within: PageElement | HtmlPage): PageText[] {
  const found: PageText[] = [];
  const visit = (nodes: readonly PageNode[], block: PageElement | null) => {
    for (const node of nodes) {
      if ("attribs" in node) {
        if (droppedTags.has(node.name) || aroundContent.has(node.name)) continue;
        visit(node.children, block !== null && isInlineTag(node.name) ? block : node);
      } else if ("children" in node) visit(node.children, block);
      else if (block !== null && node.data.trim() !== "") found.push({ text: foldTerm(node.data), block });
    }
  };
  visit(within.children, "attribs" in within ? within : null);
  return found.filter(({ text }) => text !== "");
}

/** Returns the texts that every page has: menus, banners, labels. */
export function sharedTexts(pages: readonly SitePage[]): ReadonlySet<string> {
  const [first = new Set<string>(), ...others] = pages.map(({ page }) => new Set(textsIn(page).map(({ text }) => text)));
  return new Set([...first].filter((text) => others.every((texts) => texts.has(text))));
}

/** Returns an element and those around it, from the inside. */
export function ancestors(element: PageElement): PageElement[] {
  const found: PageElement[] = [element];
  for (let { parent } = element; parent !== null && "attribs" in parent; { parent } = parent) found.push(parent);
  return found;
}
