import { type PageElement, readPageValue, selectInPage } from "../../kit/html-page.ts";
import { elementText, valueIn } from "../../kit/pages/element-values.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { median, shareOf } from "../profile/field-values.ts";
import { namesOf } from "./selector-for.ts";

/** A record element of a list, with its link. */
export interface ListedElement {
  readonly element: PageElement;
  readonly link: PageElement;
}

/** Share of the records in which a selector must find one value. */
const nearlyAll = 0.95;
const minTitleLength = 8;
/** Maximum number of elements of a link that are examined. */
const maxParts = 30;
const headings = "h1, h2, h3, h4, h5, h6, [role=heading]";
const generic = /^(?:lire|voir|en savoir|savoir|consulter|decouvrir|details?|acceder|plus d|read more|learn more|\+|>)/;
/** Attributes in which content management systems write the number of a page. */
const numbering = /^data-(?:[a-z]+-)*(?:id|nid|uid|ref|reference)$/;

/** Returns where title, link and, if the site writes one, number are inside the records. Null if no selector finds the link. */
export function listValues(records: readonly ListedElement[]): Readonly<Record<string, string>> | null {
  const link = linkSelector(records);
  if (link === null) return null;
  const title = titleSelector(records, link);
  const number = numberAttribute(records);
  return {
    ...(number !== null && { id: `@${number}` }),
    ...(title !== null && { titre: title }),
    lien: `${link}@href`,
  };
}

/** Returns the titles of records, or an empty list if the list has none. */
export function listTitles(records: readonly ListedElement[], values: Readonly<Record<string, string>>): string[] {
  const { titre } = values;
  return titre === undefined ? [] : records.map(({ element }) => textAt(element, titre) ?? "");
}

function linkSelector(records: readonly ListedElement[]): string | null {
  if (records.every(({ element, link }) => element === link)) return "";
  const links = records.map(({ link }) => link);
  const heading = headingTag(records);
  const candidates = [
    "a",
    ...(heading === null ? [] : [`${heading} a`]),
    ...namesOf(links).filter((name) => name !== "a"),
    ...namesOf(links.flatMap(({ parent }) => (parent !== null && "attribs" in parent ? [parent] : []))).map((name) => `${name} > a`),
  ];
  const isFound = (selector: string) =>
    shareOf(records, ({ element, link }) => {
      const found = selectInPage(selector, element);
      return found.length === 1 && found[0]?.attribs.href === link.attribs.href;
    }) >= nearlyAll;
  return candidates.find(isFound) ?? null;
}

/** Returns the selector of the title: a heading, or the link's text unless it is "Lire la suite". */
function titleSelector(records: readonly ListedElement[], link: string): string | null {
  const heading = headingTag(records);
  if (heading !== null) {
    const isLinked = records.every(({ element }) => selectInPage(`${heading} a`, element).length === 1);
    return isLinked && link !== "" ? (link.startsWith(`${heading} `) || link === "a" ? link : `${heading} a`) : heading;
  }
  const part = namedPart(records);
  if (part !== null) return part;
  const texts = records.map(({ link: found }) => foldTerm(elementText(found)));
  const isTitle = new Set(texts).size > texts.length / 2 && shareOf(texts, (text) => text.length >= 4 && !generic.test(text)) >= 0.8;
  return isTitle ? link : null;
}

/** Returns the part of links with several texts that is a title: the first with another text in nearly each record. */
function namedPart(records: readonly ListedElement[]): string | null {
  const [first] = records;
  if (first === undefined) return null;
  const parts = selectInPage("*", first.link)
    .slice(0, maxParts)
    .filter((part) => elementText(part) !== "" && elementText(part) !== elementText(first.link));
  for (const name of new Set(parts.flatMap((part) => namesOf([part])))) {
    const texts = records.map(({ element }) => {
      const found = selectInPage(name, element);
      return found.length === 1 && found[0] !== undefined ? elementText(found[0]) : "";
    });
    if (
      median(texts.map((text) => text.length)) >= minTitleLength &&
      shareOf(texts, (text) => text !== "") >= nearlyAll &&
      new Set(texts).size >= nearlyAll * texts.length
    )
      return name;
  }
  return null;
}

/** Returns the tag of the heading that nearly each record has once, or null. */
function headingTag(records: readonly ListedElement[]): string | null {
  const tags = records.map(({ element }) => {
    const found = selectInPage(headings, element).filter((one) => elementText(one) !== "");
    return found.length === 1 ? (found[0]?.name ?? null) : null;
  });
  const [tag] = tags.filter((name) => name !== null);
  return tag !== undefined && /^h[1-6]$/.test(tag) && shareOf(tags, (name) => name === tag) >= nearlyAll ? tag : null;
}

function numberAttribute(records: readonly ListedElement[]): string | null {
  const names = Object.keys(records[0]?.element.attribs ?? {}).filter((name) => numbering.test(name));
  const isUnique = (name: string) => {
    const values = records.map(({ element }) => element.attribs[name]?.trim() ?? "");
    return values.every((value) => value !== "") && new Set(values).size === values.length;
  };
  return names.find(isUnique) ?? null;
}

function textAt(element: PageElement, written: string): string | null {
  const [text = null] = [valueIn(element, readPageValue(written), () => undefined)].flat();
  return text;
}
