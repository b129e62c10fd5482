import { type PageElement, readHtmlPage } from "../../../kit/html-page.ts";
import { elementText, nodesText } from "../../../kit/pages/element-values.ts";
import { foldTitle } from "../../../kit/pages/fold-title.ts";
import { labelTitles } from "../../../kit/pages/label-titles.ts";
import { labelledValues } from "../../../kit/pages/labelled-values.ts";
import { isAroundContent } from "../../../kit/pages/page-fault.ts";
import { headingsIn, sectionsUnderHeadings } from "../../../kit/pages/section-under-heading.ts";
import { foldTerm } from "../../../kit/values/text/fold-term.ts";
import { isKnownTitle } from "../match-name.ts";
import type { MainContent } from "./main-content.ts";

/** A heading or label that several pages have. */
export interface RecurringTitle {
  /** As the pages write it most often. */
  readonly title: string;
  readonly kind: "heading" | "label";
  /** Text under or beside it, folded, on each page that has it. */
  readonly values: readonly string[];
}

/** Longer texts beside a label are no values. */
const maxValueLength = 2_000;
const maxTitles = 40;
/** A text with a day that is not longer says nothing else. */
const maxDayLength = 120;
const day = /(?<!\d)\d{1,2}(?:er)?(?:[/.]\d{1,2}[/.]| \p{L}{3,9} )\d{4}(?!\d)/u;
const maxCandidates = 300;
const aside =
  /^(?:partager|partage|cookies?|newsletter|lettre d'information|a lire aussi|voir aussi|lire aussi|sur le meme sujet|en lien|liens? utiles?|navigation|sommaire|rechercher|recherche|suivez|suivre|imprimer|abonne|inscription|articles? (?:similaires?|recents?|lies)|vous aimerez|ces contenus|dans la meme|retour|menu|documents?|telecharger|telechargements?|pieces? jointes?|publie le|mis a jour|derniere mise a jour|auteur)\b/;

/** Finds the headings and labels that most pages have, in page order. A title that is a heading on a page is no label. */
export function recurringTitles({ parts }: MainContent): RecurringTitle[] {
  const min = Math.max(2, Math.ceil(parts.length / 2));
  const headings = headingsOf(parts, min);
  const days = labelledDays(headings, parts, min);
  const known = new Set(headings.map(({ title }) => foldTitle(title)));
  const labels = labelsOf(frequent(parts.map(labelTitles), min), parts, min).filter(({ title }) => !known.has(foldTitle(title)));
  const flat = labels.filter((one) => !containsAnother(one, labels));
  return [...headings.map((one) => days.get(one.title) ?? one), ...flat].slice(0, maxTitles);
}

type Parts = MainContent["parts"];

function headingsOf(parts: Parts, min: number): RecurringTitle[] {
  const written = parts.map((part) =>
    headingsIn(part)
      .filter(({ element }) => !isAroundContent(element) || (isInAside(element) && isKnownTitle(elementText(element))))
      .map(({ element }) => elementText(element)),
  );
  const titles = frequent(written, min);
  const sections = parts.map((part) => sectionsUnderHeadings(part, numbered(titles)));
  return titles.flatMap((title, index) => {
    const values = sections.map((section) => textOfMarkup(section[index] ?? null));
    return titleOf(title, "heading", values, min);
  });
}

/** Returns true for an element in a column beside the text, where some sites write contact and deadline. */
function isInAside({ parent }: PageElement): boolean {
  if (parent === null || !("attribs" in parent)) return false;
  return parent.name === "aside" ? !isAroundContent(parent) : isInAside(parent);
}

function textOfMarkup(markup: string | null): string | null {
  return markup === null ? null : nodesText(readHtmlPage(markup, "section").children);
}

/** Returns headings with a day and few words below as labels, because rules for dates read plain text. */
function labelledDays(headings: readonly RecurringTitle[], parts: Parts, min: number): ReadonlyMap<string, RecurringTitle> {
  const short = headings.filter(
    ({ values }) => values.every((value) => value.length <= maxDayLength) && values.some((value) => day.test(value)),
  );
  const titles = short.map(({ title }) => title);
  return new Map(labelsOf(titles, parts, min).map((label) => [label.title, label]));
}

function labelsOf(titles: readonly string[], parts: Parts, min: number): RecurringTitle[] {
  const labelled = parts.map((part) => labelledValues(part, numbered(titles)));
  return titles.flatMap((title, index) => {
    const values = labelled.map((found) => (found[index] == null ? null : [found[index]].flat().join(" ")));
    return titleOf(title, "label", values, min);
  });
}

/** Returns true for the title of a box with labels of its own. */
function containsAnother({ title, values: [text = ""] }: RecurringTitle, others: readonly RecurringTitle[]): boolean {
  return others.some(
    (other) => other.title !== title && text.includes(foldTerm(other.title)) && other.values.some((value) => text.includes(value)),
  );
}

/** Returns titles by their place in the list. */
function numbered(titles: readonly string[]): Record<string, string> {
  return Object.fromEntries(titles.map((title, index) => [String(index), title]));
}

/** Returns the titles of at least `min` pages, each in its most frequent spelling. */
function frequent(pages: readonly (readonly string[])[], min: number): string[] {
  const counts = new Map<string, { readonly title: string; count: number }>();
  for (const titles of pages) {
    for (const [folded, title] of new Map(titles.map((written) => [foldTitle(written), written] as const))) {
      const known = counts.get(folded);
      if (known === undefined) counts.set(folded, { title, count: 1 });
      else known.count++;
    }
  }
  return [...counts]
    .filter(([folded, { count }]) => folded !== "" && count >= min)
    .slice(0, maxCandidates)
    .map(([, { title }]) => cleanTitle(title));
}

function titleOf(title: string, kind: RecurringTitle["kind"], values: readonly (string | null)[], min: number): RecurringTitle[] {
  const filled = values.flatMap((value) => (value === null || value.trim() === "" ? [] : [foldTerm(value)]));
  const folded = foldTitle(title);
  if (filled.length < min || aside.test(folded)) return [];
  if (kind === "label" && filled.some(({ length }) => length > maxValueLength)) return [];
  // The same text on every page is part of the template, unless the title is one of ours.
  const isOwn = new Set(filled).size > 1 || isKnownTitle(title);
  return isOwn ? [{ title, kind, values: filled }] : [];
}

/** Returns a title without numbering and final punctuation, which do not matter. */
function cleanTitle(title: string): string {
  return title
    .replace(/\s+/g, " ")
    .replace(/^(?:(?:\d{1,2}(?:\.\d{1,2})*|[a-z])\s*[.)]\s*|[-–—•>»*\s]+)+/iu, "")
    .replace(/[\s:.…]+$/u, "")
    .trim();
}
