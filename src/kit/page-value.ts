import { selectorProblem } from "./html-page.ts";

/** A value in a page's record: the elements, and what to take from them. */
export interface PageValue {
  /** CSS selector; empty for the record's own element. */
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

/** Returns the error in such a value, or undefined. */
export function pageValueProblem(written: string): string | undefined {
  const { selector } = readPageValue(written);
  return selector === "" ? undefined : selectorProblem(selector);
}
