import type { ConnectorInput } from "../../kit/definition.ts";
import type { Rule } from "../../kit/field-rules.ts";
import type { TermFileName, TermLookup } from "../../kit/rules/rule-context.ts";
import type { PerimeterRef } from "../../model/territories/perimeter.ts";
import type { KnownTerm } from "../terms/suggest-terms.ts";
import type { Evidence } from "./evidence.ts";
import type { OwnField } from "./match-name.ts";
import type { PlatformName } from "./survey.ts";

/** One way to fill a field of an aid. */
export interface Way {
  readonly rule: Rule;
  /** Probability that a person would keep it, 0 to 1. */
  readonly certainty: number;
  readonly evidence: readonly Evidence[];
  /** Paths of the feed that it uses. */
  readonly from: readonly string[];
}

/** The proposal for a field of an aid, with alternatives. */
export interface FieldProposal extends Way {
  readonly field: OwnField;
  /** Shortened values of the feed that it reads. */
  readonly examples: readonly string[];
  readonly alternatives: readonly Way[];
}

/** A field of the feed that may identify an aid. */
export interface IdentifierCandidate extends Way {
  /** Share of records where it is filled, 0 to 1. */
  readonly fill: number;
  /** Number of records that share a value with an earlier one. */
  readonly shared: number;
  /** Share of records that kept their value since an older snapshot; null without one, or if records cannot be matched. */
  readonly kept: number | null;
}

/** Proposal for the identifier, where feeds break most. */
export interface IdentifierProposal {
  readonly chosen: IdentifierCandidate;
  readonly others: readonly IdentifierCandidate[];
  /** No field is a permanent identifier, so the publisher should be asked for one. Until then `from` is used. */
  readonly isFragile: boolean;
}

/** One row of a term file. */
export interface TermRow {
  readonly term: string;
  readonly target: string;
  readonly note: string;
}

/** A proposed term file, for a person to check. */
export interface TermFile {
  readonly name: TermFileName;
  readonly rows: readonly TermRow[];
  /** Words without a proposal. */
  readonly open: readonly string[];
}

/** A part of the feed that is not read, and why. */
export interface Unread {
  readonly path: string;
  readonly reason: Evidence | null;
  readonly example: string;
}

/** What a person says about the new connector. */
export interface ProposalOptions {
  readonly id: string;
  readonly feed: ConnectorInput["feed"];
  readonly publisher: ConnectorInput["publisher"];
  /** False if the publisher's name was derived from the id; then nothing else is derived from it. */
  readonly isPublisherGiven: boolean;
  /** Territory of the publisher's aids, if known. */
  readonly territory: PerimeterRef | null;
  /** Decisions of other connectors on their words. */
  readonly knownTerms: readonly KnownTerm[];
}

/** Everything known beside the feed. */
export interface ProposalContext extends ProposalOptions {
  readonly terms: TermLookup;
}

/** A proposed connector. */
export interface Proposal {
  readonly definition: ConnectorInput;
  /** The factory that it calls; `defineConnector` if the feed is of no known platform. */
  readonly factory: PlatformName | "defineConnector";
  readonly argument: Readonly<Record<string, unknown>>;
  /** A factory whose result is spread into the argument. */
  readonly base?: { readonly factory: PlatformName; readonly argument: Readonly<Record<string, unknown>> };
  readonly fields: readonly FieldProposal[];
  readonly identifier: IdentifierProposal;
  readonly termFiles: readonly TermFile[];
  readonly unread: readonly Unread[];
  /** Evidence about the feed as a whole. */
  readonly remarks: readonly Evidence[];
}
