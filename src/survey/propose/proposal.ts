import type { ConnectorInput } from "../../kit/definition.ts";
import type { Rule } from "../../kit/field-rules.ts";
import type { TermFileName, TermLookup } from "../../kit/rules/rule-context.ts";
import type { VersionTerms } from "../../model/run/connector-version.ts";
import type { Evidence } from "../../model/survey/evidence.ts";
import type { OwnField } from "../../model/survey/own-field.ts";
import type { PerimeterRef } from "../../model/territories/perimeter.ts";
import type { DecidedTerm } from "../../registry/terms/read-decided-terms.ts";
import type { PlatformName } from "../survey.ts";

/** One way to fill a field of an aid. */
export interface Way {
  readonly rule: Rule;
  /** Estimated probability that a person accepts the rule. */
  readonly certainty: number;
  readonly evidence: readonly Evidence[];
  /** Paths that the rule reads. */
  readonly from: readonly string[];
}

/** The proposal for a field of an aid, with alternatives. */
export interface FieldProposal extends Way {
  readonly field: OwnField;
  /** Some values that the rule reads, shortened. */
  readonly examples: readonly string[];
  readonly alternatives: readonly Way[];
}

/** Returns the proposal of one way to fill a field. */
export function proposalOf(field: OwnField, way: Way, examples: readonly string[] = []): FieldProposal {
  const { rule, certainty, evidence, from } = way;
  return { field, rule, certainty, evidence, from, examples, alternatives: [] };
}

/** A field of the feed that may identify an aid. */
export interface IdentifierCandidate extends Way {
  /** Share of records with a value. */
  readonly fill: number;
  /** Number of records with the same value as an earlier record. */
  readonly shared: number;
  /** Share of records with the same value as in the older snapshot; null if unknown. */
  readonly kept: number | null;
}

export interface IdentifierProposal {
  readonly chosen: IdentifierCandidate;
  readonly others: readonly IdentifierCandidate[];
  /** The identifier may change, so ask the publisher for a permanent one. */
  readonly isFragile: boolean;
}

export interface TermRow {
  readonly term: string;
  readonly target: string;
  readonly note: string;
}

export interface TermFile {
  readonly name: TermFileName;
  readonly rows: readonly TermRow[];
  /** Words without a proposal. */
  readonly open: readonly string[];
}

/** A field of the feed that no rule reads. */
export interface Unread {
  readonly path: string;
  readonly reason: Evidence | null;
  readonly example: string;
}

/** A person's input for a new connector. */
export interface ProposalOptions {
  readonly id: string;
  /** Name of the feed among those of its publisher, if it needs one. */
  readonly title?: string;
  readonly feed: ConnectorInput["feed"];
  readonly publisher: ConnectorInput["publisher"];
  /** False if the publisher's name is only the id. Then it is not proposed as financer. */
  readonly isPublisherGiven: boolean;
  /** Territory of the publisher's aids, if known. */
  readonly territory: PerimeterRef | null;
  /** Decisions about other connectors' terms. */
  readonly knownTerms: readonly DecidedTerm[];
}

/** The input of a proposal other than the survey. */
export interface ProposalContext extends ProposalOptions {
  readonly terms: TermLookup;
}

/** A connector as a call of a factory. */
export interface FactoryCall {
  readonly definition: ConnectorInput;
  readonly factory: PlatformName | "defineConnector";
  readonly argument: Readonly<Record<string, unknown>>;
  /** A call of a factory whose result is spread into the argument. Other keys of the argument take precedence. */
  readonly base?: { readonly factory: PlatformName; readonly argument: Readonly<Record<string, unknown>> };
}

export interface Proposal extends FactoryCall {
  readonly fields: readonly FieldProposal[];
  readonly identifier: IdentifierProposal;
  readonly termFiles: readonly TermFile[];
  readonly unread: readonly Unread[];
  /** Evidence about the feed as a whole. */
  readonly remarks: readonly Evidence[];
}

/** Returns the suggested terms of a proposal in the form of a person's decisions. */
export function termsOf({ termFiles }: Pick<Proposal, "termFiles">): VersionTerms {
  const terms: Partial<Record<TermFileName, Record<string, string[]>>> = {};
  for (const { name, rows } of termFiles) {
    const words: Record<string, string[]> = {};
    for (const { term, target } of rows) words[term] = [...(words[term] ?? []), ...(target === "" ? [] : [target])];
    terms[name] = words;
  }
  return terms;
}
