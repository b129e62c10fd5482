import type { Connector } from "../../kit/definition.ts";
import { holds } from "../../kit/expressions/evaluate-condition.ts";
import { pathsOfCondition } from "../../kit/expressions/expression-paths.ts";
import type { Rule } from "../../kit/field-rules.ts";
import { readRule } from "../../kit/rules/read-rule.ts";
import type { RuleContext, TermLookup } from "../../kit/rules/rule-context.ts";
import { pathsOfRule, plainRulesOf } from "../../kit/rules/rule-paths.ts";
import { foldTerm } from "../../kit/values/text/clean-text.ts";
import { AidContent, type AidField } from "../../model/aid/aid.ts";
import { canonicalValue, emptyValue } from "../../model/aid/canonical-value.ts";
import { readPaths } from "./account-fields.ts";
import { linkBase } from "./link-base.ts";
import { memoiseReader, type ValueReader } from "./memoise-reader.ts";

/** A field with its rule. */
export interface CompiledField<F extends string = AidField> {
  readonly field: F;
  /** Paths that the rule reads, for display (`date_fin, heure_fin`); empty for a constant. */
  readonly from: string;
  /** Returns the field's value in canonical form. */
  readonly read: ValueReader;
}

type SharedContext = Omit<RuleContext, "values" | "report">;

/** A connector prepared to map records, once per run. */
export interface CompiledConnector {
  readonly connector: Connector;
  /** The part of the rules' input that all records share. */
  readonly context: SharedContext;
  readonly externalId: CompiledField<"externalId">;
  readonly name: CompiledField;
  /** All fields that have a rule, `name` included. */
  readonly fields: readonly CompiledField[];
  /** Returns the reason why the aid of a record is out of scope, or null. */
  readonly scope: ValueReader;
  /** Every path that the connector reads. */
  readonly paths: readonly string[];
}

/** Prepares a connector to map records. */
export function compileConnector(connector: Connector, terms: TermLookup): CompiledConnector {
  const context: SharedContext = {
    timeZone: connector.timeZone,
    baseUrl: linkBase(connector),
    placeholders: new Set(connector.placeholders.map(foldTerm)),
    terms,
  };
  const { externalId, ...rules } = connector.fields;
  const fields = (Object.entries(rules) as [AidField, Rule | undefined][]).flatMap(([field, rule]) =>
    rule === undefined ? [] : [compileField(field, rule, context)],
  );
  return {
    connector,
    context,
    // Identifiers differ, so a memo would only cost.
    externalId: { field: "externalId", from: pathsRead(externalId).join(", "), read: compileRule(externalId, context) },
    name: fields.find(({ field }) => field === "name") as CompiledField,
    fields,
    scope: compileScope(connector),
    paths: [...readPaths(connector)],
  };
}

function compileRule(rule: Rule, { timeZone, baseUrl, placeholders, terms }: SharedContext): ValueReader {
  // Writes all keys, because a spread is slower.
  return (values, report) => readRule(rule, { values, timeZone, baseUrl, placeholders, terms, report });
}

function compileField(field: AidField, rule: Rule, context: SharedContext): CompiledField {
  const readRaw = compileRule(rule, context);
  const paths = pathsRead(rule);
  const from = paths.join(", ");
  const readCanonical: ValueReader = (values, report) => canonicalValue(field, readRaw(values, report) ?? emptyValue(field));
  // A function of the connector may return any type, and may read any path.
  const kinds = new Set(plainRulesOf(rule).map(({ kind }) => kind));
  if (kinds.has("computed")) return { field, from, read: checkType(field, readRaw) };
  // A rule of a link also reads the address behind the label of a cell.
  const inputs = kinds.has("url") ? paths.flatMap((path) => [path, `${path} (link)`]) : paths;
  return { field, from, read: memoiseReader(readCanonical, inputs) };
}

function checkType(field: AidField, readRaw: ValueReader): ValueReader {
  return (values, report) => {
    const value = readRaw(values, report) ?? emptyValue(field);
    if (hasTypeOfField(field, value)) return canonicalValue(field, value);
    report({ code: "unexpected-value", value });
    return emptyValue(field);
  };
}

/** Returns true if a value has the field's type. Accepts a text that is too long, because validation handles it. */
function hasTypeOfField(field: AidField, value: unknown): boolean {
  const checked = AidContent.shape[field].safeParse(value);
  return checked.success || checked.error.issues.every((found) => found.code === "custom");
}

function compileScope({ outOfScope = [] }: Connector): ValueReader {
  const paths = new Set(outOfScope.flatMap(({ when }) => pathsOfCondition(when)));
  return memoiseReader((values) => outOfScope.find(({ when }) => holds(when, values))?.reason ?? null, [...paths]);
}

function pathsRead(rule: Rule): string[] {
  return [...new Set(pathsOfRule(rule))];
}
