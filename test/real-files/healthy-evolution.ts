import type { Rule } from "../../src/kit/field-rules.ts";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import { pathsOfRule } from "../../src/kit/rules/rule-paths.ts";
import type { AidField } from "../../src/model/aid/aid.ts";
import { eachText, isFilled, type Row } from "./feed-rows.ts";

/** Phrases that publishers add to texts, of different lengths. */
const phrases = [
  "Les dossiers incomplets ne sont pas étudiés.",
  "Le taux peut être majoré de 10 points pour les communes de moins de 2 000 habitants.",
  "La demande est à déposer avant le commencement des travaux, sur le portail des aides.",
  "Une réunion d’information est organisée chaque trimestre. Les services instructeurs répondent aux questions par téléphone, du lundi au vendredi.",
];
const years = ["2027", "2028"];

/** Evolves the records of a feed as a publisher does from day to day. `random`: from 0 to 1. */
export class HealthyFeed {
  #rows: readonly Row[];
  #added = 0;
  #day = 0;
  readonly #random: () => number;
  readonly #ids: readonly string[];
  readonly #titles: readonly string[];
  readonly #texts: readonly string[];
  readonly #deadlines: readonly string[];

  constructor(rows: readonly Row[], { definition }: LoadedConnector, random: () => number) {
    this.#rows = rows;
    this.#random = random;
    const keysOf = (...fields: (AidField | "externalId")[]) => [
      ...new Set(
        fields.flatMap((field) => {
          const rule = Object.entries(definition.fields).find(([name]) => name === field)?.[1] as Rule | undefined;
          const paths = rule === undefined ? [] : pathsOfRule(rule);
          return paths.map((path) => (rows.some((row) => path in row) ? path : (path.split(/[.[]/)[0] ?? path)));
        }),
      ),
    ];
    this.#ids = keysOf("externalId");
    this.#titles = keysOf("name");
    this.#texts = keysOf("description", "eligibility").filter((key) => !this.#titles.includes(key) && !this.#ids.includes(key));
    this.#deadlines = keysOf("submissionDeadline");
  }

  /** Returns the records of the next day: 1 to 5 % edited, a deadline moved, a few added, a few gone, sometimes in another order. */
  next(): readonly Row[] {
    this.#day++;
    const rows = [...this.#rows];
    for (let edits = this.#countOf(rows, 0.01 + 0.04 * this.#random()); edits > 0; edits--) this.#change(rows, (row) => this.#edited(row));
    if (this.#random() < 0.5) this.#change(rows, (row) => this.#postponed(row));
    for (let gone = this.#countOf(rows, 0.01 * this.#random()); gone > 0 && rows.length > 3; gone--) rows.splice(this.#indexIn(rows), 1);
    for (let added = this.#countOf(rows, 0.02 * this.#random()); added > 0; added--) rows.splice(this.#indexIn(rows), 0, this.#new(rows));
    if (this.#random() < 0.2) rows.sort(() => this.#random() - 0.5);
    // A new field, which the connector does not read.
    this.#rows = this.#day === 10 ? rows.map((row, index) => ({ ...row, note_interne: `note ${index}` })) : rows;
    return this.#rows;
  }

  /** A share of the records, on average. */
  #countOf(rows: readonly Row[], share: number): number {
    return Math.floor(share * rows.length + this.#random());
  }

  #indexIn(rows: readonly Row[]): number {
    return Math.floor(this.#random() * rows.length);
  }

  #one<T>(values: readonly T[]): T {
    return values[Math.floor(this.#random() * values.length)] as T;
  }

  #change(rows: Row[], change: (row: Row) => Row): void {
    const index = this.#indexIn(rows);
    const row = rows[index];
    if (row !== undefined) rows[index] = change(row);
  }

  #edited(row: Row): Row {
    if (this.#random() < 0.15) return withTexts(row, this.#titles, (title) => `${title} (${this.#one(years)})`);
    const phrase = this.#one(phrases);
    const isLonger = this.#random() < 0.7;
    return withTexts(row, this.#texts, (text) => {
      if (text.length < 40 || /^https?:|^\d{4}-/.test(text)) return text;
      const closing = /(?:<\/\w+>\s*)+$/.exec(text)?.[0] ?? "";
      if (isLonger) return `${text.slice(0, text.length - closing.length)} ${phrase}${closing}`;
      // A sentence leaves a long text.
      return text.length > 600 ? text.replace(/(?<=\. )[^.<>]{20,120}\. /, "") : text;
    });
  }

  #postponed(row: Row): Row {
    return withTexts(row, this.#deadlines, (date) =>
      date.replace(/\b20\d\d-(\d\d)-\d\d/, `${this.#one(years)}-$1-${this.#one(["15", "30"])}`.replace("02-30", "02-28")),
    );
  }

  /** An aid that resembles two others, as the next call of a programme does. */
  #new(rows: readonly Row[]): Row {
    this.#added++;
    const [model, other] = [this.#one(rows), this.#one(rows)];
    const title = this.#titles.map((key) => other[key]).find((value) => typeof value === "string");
    const named = withTexts(
      model,
      this.#titles,
      (text) => `${String(title ?? text)} : ${this.#one(["session", "édition"])} ${this.#added}`,
    );
    const ids = this.#ids.filter((key) => isFilled(named[key]));
    const numbered = ids.map((key): [string, unknown] => {
      const value = named[key];
      return [key, typeof value === "number" ? value + 700_000 + this.#added : eachText(value, (id) => `${id}-n${this.#added}`)];
    });
    return this.#edited({ ...named, ...Object.fromEntries(numbered) });
  }
}

function withTexts(row: Row, keys: readonly string[], change: (text: string) => string): Row {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, keys.includes(key) ? eachText(value, change) : value]));
}
