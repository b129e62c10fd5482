import { compile, selectAll } from "css-select";
import { DomHandler, DomUtils, Parser } from "htmlparser2";
import { FeedUnreadable } from "../model/run/run-error.ts";

/** A page as a tree. */
type HtmlPage = DomHandler["root"];
/** What lies in a page: elements, texts. */
export type PageNode = HtmlPage["children"][number];
/** An element of a page. */
export type PageElement = Extract<PageNode, { readonly attribs: unknown }>;

/** Deepest nesting; browsers build no deeper trees either. */
const deepest = 512;
/** Most elements of a page. */
const mostElements = 200_000;
/** Most attributes of an element. */
const mostAttributes = 1000;
/** Most steps from an element to one beside it while one selector is looked for: `:nth-child(2)` counts the elements before each. */
const mostSteps = 10_000_000;

/**
 * Reads a page whatever its markup, as far as that can be told; comments and instructions are left out. Each node knows where in the text it begins and ends.
 * @param at what the page is called in an error
 * @throws FeedUnreadable `malformed` where elements are nested too deep or are too many, or have too many attributes
 */
export function readHtmlPage(text: string, at: string): HtmlPage {
  const handler = new PageHandler(at);
  new Parser(handler).end(text);
  return handler.root;
}

/**
 * The elements below a page or an element that match a CSS selector, in the page's order; `:scope` is what they are looked for in.
 * @throws FeedUnreadable `malformed` where so many elements stand beside each other that counting them has no end
 */
export function selectInPage(selector: string, within: HtmlPage | PageElement): readonly PageElement[] {
  let steps = 0;
  const equals = (one: HtmlPage | PageNode, other: HtmlPage | PageNode) => {
    if (++steps > mostSteps) throw new FeedUnreadable("malformed", { at: selector, reason: "too many elements beside each other" });
    return one === other;
  };
  return selectAll<HtmlPage | PageNode, PageElement>(selector, within, { adapter: { ...DomUtils, isTag, equals } });
}

function isTag(node: HtmlPage | PageNode): node is PageElement {
  return "attribs" in node;
}

/** What is wrong with a CSS selector; undefined where nothing is. */
export function selectorProblem(selector: string): string | undefined {
  try {
    compile(selector);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

class PageHandler extends DomHandler {
  readonly #at: string;
  #elements = 0;
  #attributes = 0;

  constructor(at: string) {
    super(undefined, { withStartIndices: true, withEndIndices: true });
    this.#at = at;
  }

  override onopentag(name: string, attributes: Record<string, string>): void {
    if (this.tagStack.length > deepest) throw this.#malformed(`elements nested more than ${deepest} deep`);
    if (++this.#elements > mostElements) throw this.#malformed(`more than ${mostElements} elements`);
    this.#attributes = 0;
    super.onopentag(name, attributes);
  }

  /** Told each attribute of the element that is about to be opened. */
  onattribute(): void {
    if (++this.#attributes > mostAttributes) throw this.#malformed(`an element with more than ${mostAttributes} attributes`);
  }

  override oncomment(): void {
    // Left out: neither a text nor an element.
  }

  override onprocessinginstruction(): void {
    // Left out too: document types, `<?xml …?>`, `<?php …?>`.
  }

  #malformed(reason: string): FeedUnreadable {
    return new FeedUnreadable("malformed", { at: this.#at, reason });
  }
}
