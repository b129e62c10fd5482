import { selectorProblem } from "./html-page.ts";

/** A value of a record in a page: of which elements of it, and what of them. */
export interface PageValue {
  /** CSS selector; empty for the record's own element. */
  readonly selector: string;
  readonly take: "text" | "markup" | { readonly attribute: string };
}

/** Reads how a connector writes a value: `h3 a` (its text), `h3 a@href` (an attribute), `html(.intro)` (the markup inside). */
export function readPageValue(written: string): PageValue {
  const markup = /^\s*html\((.*)\)\s*$/s.exec(written)?.[1];
  if (markup !== undefined) return { selector: markup.trim(), take: "markup" };
  const [, selector = written, attribute] = /^(.*)@([\w:.-]+)\s*$/s.exec(written) ?? [];
  return { selector: selector.trim(), take: attribute === undefined ? "text" : { attribute: attribute.toLowerCase() } };
}

/** What is wrong with a value as a connector writes it; undefined where nothing is. */
export function pageValueProblem(written: string): string | undefined {
  const { selector } = readPageValue(written);
  return selector === "" ? undefined : selectorProblem(selector);
}
