import type { TemplateField } from "../../kit/platforms/template-columns.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import { asSent } from "../../model/text/as-sent.ts";
import { type Term, type VocabularyName, vocabularies, vocabularyNames } from "../../model/vocabularies.ts";
import { type EntryQuestion, entryQuestions } from "./entry-questions.ts";

/** The answer to each question as its control shows it. Ticked terms are slugs, one per line. Days are `YYYY-MM-DD`, unless they are unreadable. */
export type Entry = Readonly<Record<TemplateField, string>>;

/** The fields of a submitted form, trimmed. */
interface SentForm {
  text(name: string): string;
  all(name: string): readonly string[];
}

const questions = Object.values(entryQuestions);
const separator = ";";

/** Returns the name of a question's control. */
export function entryName(field: TemplateField): string {
  return `aide.${field}`;
}

/** Reads a submitted form. */
export function entryOfForm(form: SentForm): Entry {
  return entryFrom(({ field, control }) =>
    control === "terms" ? sortedTerms(field, form.all(entryName(field))).join("\n") : form.text(entryName(field)),
  );
}

/** Returns an empty entry, with these answers. */
export function emptyEntry(answers: Partial<Entry> = {}): Entry {
  return entryFrom(({ field }) => answers[field] ?? "");
}

/** Returns the entry of a row of a publisher's file. Words that are no terms of ours are left out. */
export function entryOfRow(row: Values): Entry {
  return entryFrom(({ field, control, titles, words }) => {
    const cells = titles.map((title) => asSent(cellText(row[title]))).filter((text) => text !== "");
    if (control === "terms")
      return sortedTerms(
        field,
        cells.flatMap((cell) => cell.split(separator)),
      ).join("\n");
    const [text = ""] = cells;
    if (control === "choice") return words.find((word) => foldTerm(word) === foldTerm(text)) ?? text;
    return control === "day" ? isoDay(text) : text;
  });
}

/** Returns the cells of a row, by title, for these answers. */
export function rowOfEntry(entry: Entry, fields: readonly TemplateField[] = questions.map(({ field }) => field)): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const question = entryQuestions[field];
      return cellsOf(question, entry[field]).map((cell, index): [string, string] => [question.titles[index] ?? field, cell]);
    }),
  );
}

/** Returns the text of a cell. */
export function cellText(value: unknown): string {
  return value === null || value === undefined ? "" : String(value).trim();
}

function entryFrom(answer: (question: EntryQuestion) => string): Entry {
  return Object.fromEntries(questions.map((question) => [question.field, answer(question)])) as Entry;
}

function cellsOf({ field, control, titles }: EntryQuestion, answer: string): string[] {
  if (control === "day") return [frenchDay(answer)];
  if (control !== "terms") return [answer];
  const labels = answer.split("\n").flatMap((slug) => termsOf(field).find((term) => term.slug === slug)?.label ?? []);
  const last = titles.length - 1;
  return titles.map((_, index) => (index < last ? (labels[index] ?? "") : labels.slice(last).join(`${separator} `)));
}

/** Returns the slugs of these slugs or labels in the order of the vocabulary. */
function sortedTerms(field: TemplateField, written: readonly string[]): string[] {
  const folded = new Set(written.map(foldTerm));
  const isWritten = ({ slug, label, otherLabels = [] }: Term) =>
    written.includes(slug) || [label, ...otherLabels].some((one) => folded.has(foldTerm(one)));
  return termsOf(field).flatMap((term) => (isWritten(term) ? [term.slug] : []));
}

function termsOf(field: TemplateField): readonly Term[] {
  const vocabulary = vocabularyNames.find((name: VocabularyName) => name === field);
  return vocabulary === undefined ? [] : vocabularies[vocabulary];
}

function isoDay(text: string): string {
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  if (year !== undefined) return `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
  return /^\d{4}-\d{2}-\d{2}T/.test(text) ? text.slice(0, 10) : text;
}

function frenchDay(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text.split("-").reverse().join("/") : text;
}
