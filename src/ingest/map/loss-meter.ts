import type { Connector } from "../../kit/definition.ts";
import type { Condition } from "../../kit/expressions/expression.ts";
import { isRecord } from "../../kit/expressions/field-path.ts";
import type { Rule } from "../../kit/field-rules.ts";
import { comparedPaths, comparedPathsOfRule, pathsOfRule, plainRulesOf } from "../../kit/rules/rule-paths.ts";
import { foldTerm } from "../../kit/values/text/clean-text.ts";
import { readLooseJson } from "../../kit/values/text/read-loose-json.ts";
import { textOfValue } from "../../kit/values/text/text-of-value.ts";
import type { Issue } from "../../model/issue.ts";
import type { FieldLoss, LossKind } from "../../model/run/losses.ts";
import { findThings, findWords } from "./find-things.ts";
import { linkBase } from "./link-base.ts";
import { withoutNoise } from "./without-noise.ts";

type Values = Readonly<Record<string, unknown>>;

/** A record and its aid. */
export interface MeasuredRecord {
  readonly values: Values;
  readonly externalId: string;
  /** The values of the aid. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly issues: readonly Issue[];
}

/** Rules that translate a value instead of copying its words. Words that they do not know become issues. */
const translating: ReadonlySet<Rule["kind"]> = new Set(["terms", "perimeters", "date", "time", "yesNo", "money", "rate"]);
/** Maximum length of the texts of a record that are compared, and of one shown value, in characters. */
const maxLength = 200_000;
const maxShownLength = 150;
/** Maximum depth of a record. */
const maxDepth = 32;

/** Compares records with their aids: which links, dates, words… of a record are nowhere in its aid. */
export class LossMeter {
  readonly #ignored: ReadonlySet<string>;
  readonly #translated: ReadonlySet<string>;
  readonly #placeholders: ReadonlySet<string>;
  readonly #baseUrl: string | null;
  /** Path of a value -> path of its field as rules write it. */
  readonly #plainPaths = new Map<string, string>();

  constructor(private readonly connector: Connector) {
    const rules = Object.values(connector.fields) as Rule[];
    const translated = rules.flatMap((rule) => plainRulesOf(rule)).filter(({ kind }) => translating.has(kind));
    this.#ignored = new Set(connector.ignored.map(plainPath));
    const compared = [...rules.flatMap(comparedPathsOfRule), ...selectionOf(connector).flatMap(comparedPaths)];
    this.#translated = new Set([...translated.flatMap(pathsOfRule), ...compared].map(plainPath));
    this.#placeholders = new Set(connector.placeholders.map(foldTerm));
    this.#baseUrl = linkBase(connector);
  }

  /** Returns what the fields of a record contain and its aid lacks. Leaves out fields that the connector ignores. */
  measure({ values, externalId, content, issues }: MeasuredRecord): FieldLoss[] {
    const kept = new KeptThings(this.#baseUrl, [externalId, ...textsOf(content)]);
    const reported = issues.flatMap(({ value }) => value ?? []);
    const losses = new Map<string, { path: string; kind: LossKind; found: Set<string>; lost: Map<string, string> }>();
    const add = (path: string, kind: LossKind, keys: readonly string[], value: string) => {
      const id = `${kind} ${path}`;
      let loss = losses.get(id);
      if (loss === undefined) {
        loss = { path, kind, found: new Set(), lost: new Map() };
        losses.set(id, loss);
      }
      const [key = ""] = keys;
      loss.found.add(key);
      if (kept.holds(kind, keys) || reported.some((said) => said.includes(value) || value.includes(said))) return;
      loss.lost.set(key, shown(value));
    };
    let left = maxLength;
    for (const { path, text } of this.#leaves(withoutNoise(values, this.connector.noise))) {
      if (left <= 0) break;
      const measured = text.length > left ? text.slice(0, left) : text;
      left -= text.length;
      if (this.#placeholders.size > 0 && text.length < 300 && this.#placeholders.has(foldTerm(text))) continue;
      for (const { kind, keys, value } of findThings(measured, this.#baseUrl)) add(path, kind, keys, value);
      if (this.#isTranslated(path) || isAddress(measured)) continue;
      for (const word of findWords(measured)) add(path, "word", [word], word);
    }
    return [...losses.values()].map(({ path, kind, found, lost }) => ({ path, kind, found: found.size, lost: [...lost.values()] }));
  }

  /** Yields the texts of a record with their paths. */
  *#leaves(value: unknown, path = "", depth = 0): Generator<{ path: string; text: string }> {
    if (value === null || value === undefined || typeof value === "boolean" || depth > maxDepth) return;
    if (Array.isArray(value)) {
      for (const member of value) yield* this.#leaves(member, `${path}[]`, depth + 1);
      return;
    }
    if (isRecord(value)) {
      for (const [key, member] of Object.entries(value)) {
        const inner = path === "" ? key : `${path}.${key}`;
        if (!this.#ignored.has(this.#plain(inner))) yield* this.#leaves(member, inner, depth + 1);
      }
      return;
    }
    const text = textOfValue(value);
    if (text === null || text === "") return;
    const inside = /^\s*(?:\[\s*)?\{/.test(text) ? readLooseJson(text) : undefined;
    if (inside === undefined || inside === null) yield { path, text };
    else yield* this.#leaves(inside, path, depth + 1);
  }

  /** Returns true if a rule translates the value at this path, or a value that contains it. */
  #isTranslated(path: string): boolean {
    const plain = this.#plain(path);
    for (let end = plain.length; end > 0; end = plain.lastIndexOf(".", end - 1)) {
      if (this.#translated.has(plain.slice(0, end))) return true;
    }
    return false;
  }

  #plain(path: string): string {
    const known = this.#plainPaths.get(path);
    if (known !== undefined) return known;
    const plain = plainPath(path);
    if (this.#plainPaths.size < 5000) this.#plainPaths.set(path, plain);
    return plain;
  }
}

/** Returns true for a whole address, also a relative one such as "/aides/12". */
function isAddress(text: string): boolean {
  return text.includes("/") && !/\s/.test(text.trim());
}

/** Returns the conditions that select the records of a connector. */
function selectionOf({ keepWhen }: Connector): Condition[] {
  if (keepWhen === undefined) return [];
  return Array.isArray(keepWhen) ? keepWhen.map(({ when }) => when) : [keepWhen];
}

function plainPath(path: string): string {
  return path.replaceAll("[]", "").replace(/^\./, "");
}

/** The things of an aid. */
class KeptThings {
  readonly #keys = new Set<string>();

  constructor(baseUrl: string | null, texts: readonly string[]) {
    for (const text of texts) {
      for (const { kind, keys } of findThings(text, baseUrl)) for (const key of keys) this.#keys.add(idOf(kind, key));
      for (const word of findWords(text)) this.#keys.add(idOf("word", word));
    }
  }

  holds(kind: LossKind, keys: readonly string[]): boolean {
    return keys.some((key) => this.#keys.has(idOf(kind, key)));
  }
}

/** A document or an image that is linked is kept as a link. */
function idOf(kind: LossKind, key: string): string {
  return kind === "word" ? key : kind === "document" || kind === "image" ? `link ${key}` : `${kind} ${key}`;
}

/** Returns the texts of an aid, also those in organisations and territories. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isRecord(value) ? Object.values(value).flatMap(textsOf) : [];
}

function shown(value: string): string {
  return value.length <= maxShownLength ? value : `${value.slice(0, maxShownLength)}…`;
}
