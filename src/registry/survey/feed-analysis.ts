import { type Expression, json, split } from "../../kit/expressions/expression.ts";
import type { TermFileName } from "../../kit/rules/rule-context.ts";
import { allTexts } from "./field-values.ts";
import { listSeparator } from "./list-separator.ts";
import type { FieldProposal, ProposalContext } from "./proposal.ts";
import type { FieldProfile, Survey } from "./survey.ts";
import { isSomeTerm, type Label, labelsIn } from "./terms-known.ts";
import { type WrittenDates, writtenDates } from "./written-dates.ts";

/** Input of the steps of a proposal: the survey, the options, and the proposals so far. */
export class FeedAnalysis {
  readonly survey: Survey;
  readonly context: ProposalContext;
  readonly #labels = new Map<string, readonly Label[]>();
  readonly #dates = new Map<string, WrittenDates | null>();
  readonly #lists = new Map<string, Expression>();

  constructor(survey: Survey, context: ProposalContext) {
    this.survey = survey;
    this.context = context;
  }

  /** All texts of a field. */
  texts(path: string): string[] {
    return allTexts(this.survey.records, path);
  }

  /** Returns how the dates of some fields are written, or null if they contain no dates. */
  dates(...paths: readonly string[]): WrittenDates | null {
    const key = paths.join("\n");
    const known = this.#dates.get(key);
    if (known !== undefined) return known;
    const written = writtenDates(
      paths.flatMap((path) => this.texts(path)),
      this.survey.timeZone,
    );
    this.#dates.set(key, written);
    return written;
  }

  /** Returns a field as a list of labels: directly, split at its separator, or from JSON in its cell. */
  listOf(profile: FieldProfile): Expression {
    const known = this.#lists.get(profile.path);
    if (known !== undefined) return known;
    const list = this.#listOf(profile);
    this.#lists.set(profile.path, list);
    return list;
  }

  /** Returns the labels of a field as the rule for these terms reads them. */
  labels(profile: FieldProfile, file: TermFileName): readonly Label[] {
    const key = `${file} ${profile.path}`;
    const known = this.#labels.get(key);
    if (known !== undefined) return known;
    const labels = labelsIn(this.survey.records, this.listOf(profile), file, this.context.terms);
    this.#labels.set(key, labels);
    return labels;
  }

  #listOf({ path, kind, isList }: FieldProfile): Expression {
    const field: Expression = { kind: "field", path };
    if (kind === "json") return json(path, { path: "[]" });
    if (kind === "number" || kind === "date" || kind === "link") return field;
    const separator = listSeparator(this.texts(path), (label) => isSomeTerm(label, this.context.terms));
    // A list whose members contain lists again ("a|||b" in a list of one).
    return separator === null || (isList && separator.length === 1 && separator !== ";" && separator !== "|")
      ? field
      : split(path, separator);
  }
}

/** Returns the paths used by proposals, which later steps leave alone. */
export function pathsRead(proposals: readonly FieldProposal[]): ReadonlySet<string> {
  return new Set(proposals.flatMap(({ from }) => from));
}
