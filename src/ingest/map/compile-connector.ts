import type { Connector } from "../../kit/definition.ts";
import type { Rule } from "../../kit/field-rules.ts";
import type { TermLookup } from "../../kit/rules/rule-context.ts";
import { pathsOfRule, plainRulesOf } from "../../kit/rules/rule-paths.ts";
import { foldTerm } from "../../kit/values/text/clean-text.ts";
import type { AidField } from "../../model/aid/aid.ts";

/** A field of the aid with its rule. */
export interface CompiledField {
  readonly field: AidField;
  readonly rule: Rule;
  /** Paths that the rule reads, for display (`date_fin, heure_fin`); empty for a constant. */
  readonly from: string;
  /** True if a function of the connector computes the value, which may then have any type. */
  readonly isComputed: boolean;
}

/** A connector prepared to map records, once per run. */
export interface CompiledConnector {
  readonly connector: Connector;
  readonly fields: readonly CompiledField[];
  /** Paths that the rule of the identifier reads, for display. */
  readonly externalIdFrom: string;
  readonly terms: TermLookup;
  /** In folded form. */
  readonly placeholders: ReadonlySet<string>;
  /** Base address of relative links: the publisher's site, else the feed's. */
  readonly baseUrl: string | null;
}

/** Prepares a connector to map records. */
export function compileConnector(connector: Connector, terms: TermLookup): CompiledConnector {
  const rules = Object.entries(connector.fields) as [AidField | "externalId", Rule | undefined][];
  const fields: CompiledField[] = [];
  for (const [field, rule] of rules) {
    if (rule === undefined || field === "externalId") continue;
    const isComputed = plainRulesOf(rule).some((plain) => plain.kind === "computed");
    fields.push({ field, rule, from: readFrom(rule), isComputed });
  }
  return {
    connector,
    fields,
    externalIdFrom: readFrom(connector.fields.externalId),
    terms,
    placeholders: new Set(connector.placeholders.map(foldTerm)),
    baseUrl: connector.publisher.website ?? connector.feed.url ?? null,
  };
}

function readFrom(rule: Rule): string {
  return [...new Set(pathsOfRule(rule))].join(", ");
}
