import { type Attributes, readMarkup } from "./read-markup.ts";

/** A node of canonical HTML: a text, or an element with its children. */
export type HtmlNode = string | HtmlElement;

export interface HtmlElement {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: HtmlNode[];
}

/** Parses canonical HTML (of `cleanHtml`), which is well-nested, so a stack suffices. Texts are decoded. */
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
