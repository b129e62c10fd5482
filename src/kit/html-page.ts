import { compile, selectAll } from "css-select";
import { DomHandler, DomUtils, Parser } from "htmlparser2";
import { FeedUnreadable } from "../model/run/run-error.ts";

export type HtmlPage = DomHandler["root"];
/** A node of a page: element or text. */
export type PageNode = HtmlPage["children"][number];
export type PageElement = Extract<PageNode, { readonly attribs: unknown }>;

/** Maximum nesting of elements, as in browsers. */
const deepest = 512;
/** Maximum number of elements in a page. */
const maxElements = 200_000;
/** Maximum number of attributes of an element. */
const maxAttributes = 1000;
/** Maximum number of comparisons between elements during one query. `:nth-child(2)` compares each element with those before it. */
const maxSteps = 10_000_000;

/** Parses any page, without comments. `at` names it in errors. Throws `FeedUnreadable` (`malformed`) above a limit. */
export function readHtmlPage(text: string, at: string): HtmlPage {
  const handler = new PageHandler(at);
  new Parser(handler).end(text);
  return handler.root;
}

/** Returns the elements that match a CSS selector, in page order. `:scope` is `within`. Throws `FeedUnreadable` (`malformed`). */
export function selectInPage(selector: string, within: HtmlPage | PageElement): readonly PageElement[] {
  let steps = 0;
  const equals = (one: HtmlPage | PageNode, other: HtmlPage | PageNode) => {
    if (++steps > maxSteps) throw new FeedUnreadable("malformed", { at: selector, reason: "too many elements beside each other" });
    return one === other;
  };
  return selectAll<HtmlPage | PageNode, PageElement>(selector, within, { adapter: { ...DomUtils, isTag, equals } });
}

function isTag(node: HtmlPage | PageNode): node is PageElement {
  return "attribs" in node;
}

/** Returns the error in a CSS selector, or undefined. */
export function selectorProblem(selector: string): string | undefined {
  try {
    compile(selector);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Place of a field's value inside a record element. */
export interface PageValue {
  /** CSS selector; empty for the record element itself. */
  readonly selector: string;
  readonly take: "text" | "markup" | { readonly attribute: string };
}

/** Parses a value as written in a connector: `h3 a` (text), `h3 a@href` (attribute), `html(.intro)` (inner markup). */
export function readPageValue(written: string): PageValue {
  const markup = /^\s*html\((.*)\)\s*$/s.exec(written)?.[1];
  if (markup !== undefined) return { selector: markup.trim(), take: "markup" };
  const [, selector = written, attribute] = /^(.*)@([\w:.-]+)\s*$/s.exec(written) ?? [];
  return { selector: selector.trim(), take: attribute === undefined ? "text" : { attribute: attribute.toLowerCase() } };
}

/** Returns the error in the selector of a value, or undefined. */
export function pageValueProblem(written: string): string | undefined {
  const { selector } = readPageValue(written);
  return selector === "" ? undefined : selectorProblem(selector);
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
    if (++this.#elements > maxElements) throw this.#malformed(`more than ${maxElements} elements`);
    this.#attributes = 0;
    super.onopentag(name, attributes);
  }

  /** The parser calls this for each attribute, before `onopentag`. */
  onattribute(): void {
    if (++this.#attributes > maxAttributes) throw this.#malformed(`an element with more than ${maxAttributes} attributes`);
  }

  override oncomment(): void {
    // Drops comments.
  }

  override onprocessinginstruction(): void {
    // Drops document types, `<?xml …?>` and `<?php …?>`.
  }

  #malformed(reason: string): FeedUnreadable {
    return new FeedUnreadable("malformed", { at: this.#at, reason });
  }
}
