import { type Expression, json, split } from "../../kit/expressions/expression.ts";
import type { TermFileName } from "../../kit/rules/rule-context.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { FieldProfile } from "../../model/survey/field-profile.ts";
import { once } from "../cached-results.ts";
import type { FieldProposal, ProposalContext } from "../propose/proposal.ts";
import { listSeparator } from "../read/list-separator.ts";
import type { Survey } from "../survey.ts";
import { isSomeTerm, type Label, labelsIn } from "./feed-labels.ts";
import { allTexts } from "./field-values.ts";
import { isAudience } from "./words-in-labels.ts";
import { type WrittenDates, writtenDates } from "./written-dates.ts";

/** A surveyed feed, and the context for proposing a connector. Caches how the feed writes dates, lists and labels. */
export class FeedAnalysis {
  readonly #labels = new Map<string, readonly Label[]>();
  readonly #dates = new Map<string, WrittenDates | null>();
  readonly #lists = new Map<string, Expression>();

  constructor(
    readonly survey: Survey,
    readonly context: ProposalContext,
  ) {}

  /** Returns true for a field that a page has under a heading or beside a label. It is a text for readers, however short. */
  isSection(path: string): boolean {
    const { headings, labels } = this.survey.details?.read ?? {};
    return headings?.[path] !== undefined || labels?.[path] !== undefined;
  }

  /** Returns all texts of a field. */
  texts(path: string): string[] {
    return allTexts(this.survey.records, path);
  }

  /** Returns how the dates of these fields are written, or null if they contain no dates. */
  dates(...paths: readonly string[]): WrittenDates | null {
    const texts = () => paths.flatMap((path) => this.texts(path));
    return once(this.#dates, paths.join("\n"), () => writtenDates(texts(), this.survey.timeZone));
  }

  /** Returns the expression for a list of labels: the field itself, split at its separator, or parsed as JSON. */
  listOf(profile: FieldProfile): Expression {
    return once(this.#lists, profile.path, () => this.#listOf(profile));
  }

  /** Returns the labels that a rule with this term file would read from a field. */
  labels(profile: FieldProfile, file: TermFileName): readonly Label[] {
    const labels = () => labelsIn(this.survey.records, this.listOf(profile), file, this.context.terms);
    return once(this.#labels, `${file} ${profile.path}`, labels);
  }

  #listOf({ path, kind, isList }: FieldProfile): Expression {
    const field: Expression = { kind: "field", path };
    if (kind === "json") return json(path, { path: "[]" });
    if (kind === "number" || kind === "date" || kind === "link") return field;
    const separator = listSeparator(this.texts(path), (label) => isSomeTerm(label, this.context.terms) || isAudience(foldTerm(label)));
    // Splits members of a list only at a separator that labels never contain, as in ["a|||b"].
    return separator === null || (isList && separator.length === 1 && separator !== ";" && separator !== "|")
      ? field
      : split(path, separator);
  }
}

/** Returns the paths that proposals use. */
export function pathsRead(proposals: readonly FieldProposal[]): ReadonlySet<string> {
  return new Set(proposals.flatMap(({ from }) => from));
}
