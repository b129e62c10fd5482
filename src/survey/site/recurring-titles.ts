import { type PageElement, readHtmlPage, selectInPage } from "../../kit/html-page.ts";
import { elementText, nodesText } from "../../kit/pages/element-values.ts";
import { foldTitle } from "../../kit/pages/fold-title.ts";
import { labelTitles } from "../../kit/pages/label-titles.ts";
import { labelledValues } from "../../kit/pages/labelled-values.ts";
import { isAroundContent } from "../../kit/pages/page-fault.ts";
import { headingsIn, sectionsUnderHeadings } from "../../kit/pages/section-under-heading.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { OwnField } from "../../model/survey/own-field.ts";
import { fieldOfTitle } from "../profile/match-name.ts";
import type { MainContent } from "./main-content.ts";
import { ancestors } from "./site-page.ts";

/** A heading or label that several pages have. */
export interface RecurringTitle {
  /** As the pages write it most often. */
  readonly title: string;
  /** All titles of this section: editors write "Bénéficiaires" on a page, and "Pour qui ?" on another. */
  readonly titles: readonly string[];
  readonly kind: "heading" | "label";
  /** Text under or beside it, folded, on each page that has it. */
  readonly values: readonly string[];
}

/** Longer texts beside a label are no values. */
const maxValueLength = 2_000;
const maxTitles = 40;
/** Share of its text in links from which on a section is a list of links. */
const nearlyAll = 0.8;
/** A text with a day that is not longer says nothing else. */
const maxDayLength = 120;
const day = /(?<!\d)\d{1,2}(?:er)?(?:[/.]\d{1,2}[/.]| \p{L}{3,9} )\d{4}(?!\d)/u;
const maxCandidates = 300;
const aside =
  /^(?:partager|partage|cookies?|newsletter|lettre d'information|a lire aussi|voir aussi|lire aussi|sur le meme sujet|en lien|liens? utiles?|navigation|sommaire|rechercher|recherche|suivez|suivre|imprimer|abonne|inscription|articles? (?:similaires?|recents?|lies)|vous aimerez|ces contenus|dans la meme|retour|menu|documents?|telecharger|telechargements?|pieces? jointes?|publie le|mis a jour|derniere mise a jour|auteur)\b/;

/** Finds the headings and labels that most pages have, in page order, and those of our fields. A heading of any page is no label. */
export function recurringTitles({ parts }: MainContent): RecurringTitle[] {
  const headings = headingsOf(parts, []);
  const known = new Set(headings.flatMap(({ titles }) => titles.map(foldTitle)));
  const unknown = parts.map((part) => labelTitles(part).filter((title) => !known.has(foldTitle(title))));
  const labels = labelsOf(sectionTitles(unknown), parts);
  const flat = labels.filter((one) => !containsAnother(one, labels));
  const sections = headingsOf(
    parts,
    flat.flatMap(({ titles }) => titles),
  );
  const days = labelledDays(sections, parts);
  return [...sections.map((one) => days.get(one.title) ?? one), ...flat].slice(0, maxTitles);
}

type Parts = MainContent["parts"];

/** `labels`: titles of labels, at which sections end. */
function headingsOf(parts: Parts, labels: readonly string[]): RecurringTitle[] {
  const written = parts.map((part) =>
    headingsIn(part)
      .filter(({ element }) => element.name !== "h1" && !leadsElsewhere(element))
      .filter(({ element }) => !isAroundContent(element) || (isInAside(element) && fieldOfTitle(elementText(element)) !== null))
      .map(({ element }) => elementText(element)),
  );
  const groups = sectionTitles(written);
  const sections = parts.map((part) => sectionsUnderHeadings(part, numbered(groups), labels));
  return groups.flatMap((titles, index) => {
    const values = sections.map((section) => textOfMarkup(section[index] ?? null));
    return titleOf(titles, "heading", values);
  });
}

/** Returns true for the title of a card: it contains the link to a page, or is inside it. */
function leadsElsewhere(element: PageElement): boolean {
  const isLink = ({ name, attribs: { href = "#" } }: PageElement) => name === "a" && !href.trim().startsWith("#");
  return selectInPage("a[href]", element).some(isLink) || ancestors(element).some(isLink);
}

/** Returns true for an element in a column beside the text, where some sites write contact and deadline. */
function isInAside(element: PageElement): boolean {
  const beside = ancestors(element).find((around) => around !== element && around.name === "aside");
  return beside !== undefined && !isAroundContent(beside);
}

/** Returns the text of a section. Null for a list of links to other pages of the site: related aids, news, documents. */
function textOfMarkup(markup: string | null): string | null {
  if (markup === null) return null;
  const section = readHtmlPage(markup, "section");
  const text = nodesText(section.children);
  const links = selectInPage('a[href]:not([href^="mailto:"], [href^="tel:"], [href^="http"])', section);
  const linked = links.reduce((sum, link) => sum + elementText(link).length, 0);
  return linked >= nearlyAll * text.length && links.length > 1 ? null : text;
}

/** Returns headings with a day and few words below as labels, because rules for dates read plain text. */
function labelledDays(headings: readonly RecurringTitle[], parts: Parts): ReadonlyMap<string, RecurringTitle> {
  const short = headings.filter(
    ({ values }) => values.every((value) => value.length <= maxDayLength) && values.some((value) => day.test(value)),
  );
  const labels = labelsOf(
    short.map(({ titles }) => titles),
    parts,
  );
  return new Map(labels.map((label) => [label.title, label]));
}

function labelsOf(groups: readonly (readonly string[])[], parts: Parts): RecurringTitle[] {
  const labelled = parts.map((part) => labelledValues(part, numbered(groups)));
  return groups.flatMap((titles, index) => {
    const values = labelled.map((found) => (found[index] == null ? null : [found[index]].flat().join(" ")));
    return titleOf(titles, "label", values);
  });
}

/** Returns true for the title of a box with labels of its own. */
function containsAnother({ title, values: [text = ""] }: RecurringTitle, others: readonly RecurringTitle[]): boolean {
  return others.some(
    (other) => other.title !== title && text.includes(foldTerm(other.title)) && other.values.some((value) => text.includes(value)),
  );
}

/** Returns the titles of sections by their place in the list. */
function numbered(groups: readonly (readonly string[])[]): Record<string, readonly string[]> {
  return Object.fromEntries(groups.map((titles, index) => [String(index), titles]));
}

interface Section {
  /** The most frequent title first. */
  readonly titles: string[];
  readonly field: OwnField | null;
  readonly pages: Set<number>;
}

/** Returns the titles of each section that half of the pages have, or of a field. Those of one field are one if no page has both. */
function sectionTitles(pages: readonly (readonly string[])[]): string[][] {
  const found = new Map<string, Section>();
  for (const [page, titles] of pages.entries())
    for (const title of titles) {
      const folded = foldTitle(title);
      const known = found.get(folded);
      if (known !== undefined) known.pages.add(page);
      else if (folded !== "") found.set(folded, { titles: [cleanTitle(title)], field: fieldOfTitle(title), pages: new Set([page]) });
    }
  const candidates = [...found.values()].filter(({ field, pages: on }) => field !== null || on.size >= minPages(pages));
  const sections: Section[] = [];
  for (const one of candidates.slice(0, maxCandidates).toSorted((a, b) => b.pages.size - a.pages.size)) {
    const same = sections.find(
      ({ field, pages: on }) => field !== null && field === one.field && ![...one.pages].some((page) => on.has(page)),
    );
    if (same === undefined) sections.push(one);
    else {
      same.titles.push(...one.titles);
      for (const page of one.pages) same.pages.add(page);
    }
  }
  const order = new Map(candidates.map(({ titles }, index) => [titles, index]));
  return sections.map(({ titles }) => titles).toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
}

function minPages(pages: readonly unknown[]): number {
  return Math.max(2, Math.ceil(pages.length / 2));
}

function titleOf(titles: readonly string[], kind: RecurringTitle["kind"], values: readonly (string | null)[]): RecurringTitle[] {
  const filled = values.flatMap((value) => (value === null || value.trim() === "" ? [] : [foldTerm(value)]));
  const [title = ""] = titles;
  const isOurs = fieldOfTitle(title) !== null;
  if (filled.length < (isOurs ? 1 : minPages(values)) || titles.some((one) => aside.test(foldTitle(one)))) return [];
  if (kind === "label" && filled.some(({ length }) => length > maxValueLength)) return [];
  // The same text on every page is part of the template, unless the title is one of ours.
  return new Set(filled).size > 1 || isOurs ? [{ title, titles, kind, values: filled }] : [];
}

/** Returns a title without numbering and final punctuation, which do not matter. */
function cleanTitle(title: string): string {
  return title
    .replace(/\s+/g, " ")
    .replace(/^(?:(?:\d{1,2}(?:\.\d{1,2})*|[a-z])\s*[.)]\s*|[-–—•>»*\s]+)+/iu, "")
    .replace(/[\s:.…]+$/u, "")
    .trim();
}
