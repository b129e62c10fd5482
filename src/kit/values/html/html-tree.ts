import { type Attributes, readMarkup } from "./read-markup.ts";

/** Canonical HTML as a tree: texts, and elements with what lies in them. */
export type HtmlNode = string | HtmlElement;

export interface HtmlElement {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: HtmlNode[];
}

/** The tree of canonical HTML (what `cleanHtml` gives): well-nested, so that a stack is enough. Texts are decoded. */
export function treeOfHtml(html: string): HtmlNode[] {
  const root: HtmlElement = { tag: "", attributes: {}, children: [] };
  const stack: HtmlElement[] = [root];
  readMarkup(html, {
    text: (text) => stack.at(-1)?.children.push(text),
    open: (tag, attributes) => {
      const element = { tag, attributes, children: [] };
      stack.at(-1)?.children.push(element);
      if (tag !== "br") stack.push(element);
    },
    close: () => {
      if (stack.length > 1) stack.pop();
    },
    unsafe: () => undefined,
  });
  return root.children;
}
