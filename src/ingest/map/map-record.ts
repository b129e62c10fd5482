import { evaluateExpression, isBlank } from "../../kit/expressions/evaluate-expression.ts";
import { field as fieldPath } from "../../kit/expressions/expression.ts";
import { valueAt } from "../../kit/expressions/field-path.ts";
import { isStatedByPublisher } from "../../kit/rules/read-rule.ts";
import type { RuleIssue, TermFileName } from "../../kit/rules/rule-context.ts";
import { foldTerm } from "../../kit/values/text/clean-text.ts";
import { type AidField, aidFields } from "../../model/aid/aid.ts";
import { emptyValue } from "../../model/aid/canonical-value.ts";
import type { Draft } from "../../model/aid/draft.ts";
import { bitSet } from "../../model/bit-set.ts";
import { type Issue, issue } from "../../model/issue.ts";
import type { CompiledConnector, CompiledField } from "./compile-connector.ts";
import { withoutNoise } from "./without-noise.ts";

type Values = Readonly<Record<string, unknown>>;

/** Maximum number of issues per field and record. */
const maxIssues = 100;
/** Maximum number of unmapped terms per record. */
const maxTerms = 1_000;
/** Longer terms are truncated. */
const maxTermLength = 255;

/** A mapped record. */
export interface MappedRecord {
  readonly draft: Draft;
  readonly issues: readonly Issue[];
  /** Distinct unmapped terms: term file and term. */
  readonly unmapped: readonly (readonly [TermFileName, string])[];
  /** See `Memo.paths`. */
  readonly paths: string;
  /** See `Memo.statesPermanence`. */
  readonly statesPermanence: boolean;
}

/**
 * Applies a connector's rules to one record. Never throws on data: an unreadable value becomes an issue of stage `map` with the record's
 * locator and the aid's field. `params.from` of the issue names the paths that the rule reads.
 */
export function mapRecord(compiled: CompiledConnector, record: { readonly locator: string; readonly values: Values }): MappedRecord {
  const { connector } = compiled;
  const values = withoutNoise(record.values, connector.noise);
  const { locator } = record;
  const issues: Issue[] = [];
  const unmapped = new Map<string, readonly [TermFileName, string]>();
  const content: Record<AidField, unknown> = { ...everyFieldEmpty };

  let current: CompiledField<string> = compiled.externalId;
  let count = 0;
  const report = (found: RuleIssue) => {
    const term = unmappedTerm(found);
    if (term !== null && unmapped.size < maxTerms) unmapped.set(term.join("\u0000"), term);
    if (++count > maxIssues) return;
    const { field, from } = current;
    const params = from === "" ? found.params : { ...found.params, from };
    issues.push(issue("map", found.code, { ...found, locator, field, ...(params && { params }) }));
  };

  const externalId = filledText(compiled.externalId.read(values, report));
  for (const field of compiled.fields) {
    current = field;
    count = 0;
    content[field.field] = field.read(values, report);
  }
  if (connector.fields.nameInitial === undefined) content.nameInitial = content.name;
  content.language ??= connector.language;
  content.importShareLicence ??= connector.publisher.licence;
  if (content.isCallForProject === null && typeof content.name === "string" && saysCallForProject(content.name)) {
    content.isCallForProject = true;
  }
  const scope = compiled.scope(values, silent) ?? content.outOfScope;
  if (scope !== null) {
    content.outOfScope = scope;
    issues.push(issue("map", "out-of-scope", { locator, value: scope }));
  }
  for (const path of connector.expect.filled ?? []) {
    if (isBlank(evaluateExpression(fieldPath(path), { values }))) issues.push(issue("map", "expected-filled", { locator, field: path }));
  }
  const paths = bitSet(compiled.paths.length, (index) => !isBlank(valueAt(values, compiled.paths[index] ?? "")));
  const { recurrence } = connector.fields;
  const statesPermanence = content.recurrence === "ongoing" && recurrence !== undefined && isStatedByPublisher(recurrence, values);
  return { draft: { externalId, content }, issues, unmapped: [...unmapped.values()], paths, statesPermanence };
}

/** Returns the publisher's identifier of a record, or null. Reports no issues. */
export function readExternalId(compiled: CompiledConnector, values: Values): string | null {
  return filledText(compiled.externalId.read(withoutNoise(values, compiled.connector.noise), silent));
}

/** Returns the title of a record, or null. Reports no issues. */
export function readName(compiled: CompiledConnector, values: Values): string | null {
  return filledText(compiled.name.read(withoutNoise(values, compiled.connector.noise), silent));
}

const silent = () => undefined;

function filledText(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function unmappedTerm({ code, value, params }: RuleIssue): readonly [TermFileName, string] | null {
  // An unknown territory can be mapped by a row in perimeters.csv.
  if (code === "unknown-perimeter") return ["perimeters", shown(value)];
  if (code !== "unmapped-term") return null;
  return [String(params?.vocabulary) as TermFileName, shown(value)];
}

function shown(value: unknown): string {
  const term = String(value);
  return term.length <= maxTermLength ? term : `${term.slice(0, maxTermLength)}…`;
}

const everyFieldEmpty = Object.fromEntries(aidFields.map((field) => [field, emptyValue(field)])) as Record<AidField, unknown>;

const words = /(?<![\p{L}\p{N}])appels? ?(?:a|aux) ?(?:projets?|manifestations? d['’ ]?interets?)(?![\p{L}\p{N}])/u;
/** Only capitals match, because "ami" means friend. */
const acronyms = /(?<![\p{L}\p{N}])(?:AAP|AMI)s?(?![\p{L}\p{N}])/u;

/**
 * Returns true if a title contains "appel(s) à projet(s)", "appel(s) à manifestation(s) d'intérêt", "AAP" or "AMI" as whole words.
 */
function saysCallForProject(title: string): boolean {
  return acronyms.test(title) || words.test(foldTerm(title).replace(/\(s\)/g, "s"));
}
