import type { ConnectorInput } from "../../kit/definition.ts";
import type { Rule } from "../../kit/field-rules.ts";
import type { TermFileName, TermLookup } from "../../kit/rules/rule-context.ts";
import type { PerimeterRef } from "../../model/territories/perimeter.ts";
import type { KnownTerm } from "../terms/suggest-terms.ts";
import type { Evidence } from "./evidence.ts";
import type { OwnField } from "./known-names.ts";
import type { PlatformName } from "./survey.ts";

/** One way to fill a field of an aid. */
export interface Way {
  readonly rule: Rule;
  /** 0 to 1: how sure it is that a person would keep it. */
  readonly certainty: number;
  readonly evidence: readonly Evidence[];
  /** Paths of the feed that it reads. */
  readonly from: readonly string[];
}

/** What is proposed for a field of an aid, and what else would do. */
export interface FieldProposal extends Way {
  readonly field: OwnField;
  /** Values of the feed that it reads, shortened. */
  readonly examples: readonly string[];
  readonly alternatives: readonly Way[];
}

/** A field of the feed that may identify an aid. */
export interface IdentifierCandidate extends Way {
  /** 0 to 1, of the records. */
  readonly fill: number;
  /** Records that share their value with an earlier one. */
  readonly shared: number;
  /** Share of the records of an older snapshot that have kept it; null where none was given, or nothing tells which record is which. */
  readonly kept: number | null;
}

/** How aids are told apart, the step where feeds break most. */
export interface IdentifierProposal {
  readonly chosen: IdentifierCandidate;
  readonly others: readonly IdentifierCandidate[];
  /** Nothing in the feed is made to last: the publisher is asked for something that is. `from` is what has to do until then. */
  readonly isFragile: boolean;
}

/** One row of a term file. */
export interface TermRow {
  readonly term: string;
  readonly target: string;
  readonly note: string;
}

/** A term file to be written: what the publisher's words may mean, for a person to look at. */
export interface TermFile {
  readonly name: TermFileName;
  readonly rows: readonly TermRow[];
  /** Words for which nothing is proposed. */
  readonly open: readonly string[];
}

/** What of a feed is not read, and why. */
export interface Unread {
  readonly path: string;
  readonly reason: Evidence | null;
  readonly example: string;
}

/** What a person says of the new connector beside the feed. */
export interface ProposalOptions {
  readonly id: string;
  readonly feed: ConnectorInput["feed"];
  readonly publisher: ConnectorInput["publisher"];
  /** The publisher is a guess made from the id: nothing is said in its name. */
  readonly isPublisherGiven: boolean;
  /** Where the publisher's aids hold, where that is known. */
  readonly territory: PerimeterRef | null;
  /** Decisions of other connectors on their words. */
  readonly knownTerms: readonly KnownTerm[];
}

/** What is known beside the feed while a proposal is made. */
export interface ProposalContext extends ProposalOptions {
  readonly terms: TermLookup;
}

/** A connector for a feed, as far as the feed tells. */
export interface Proposal {
  readonly definition: ConnectorInput;
  /** The factory it is written with, and what that is given; `defineConnector` where the feed is of no platform. */
  readonly factory: PlatformName | "defineConnector";
  readonly argument: Readonly<Record<string, unknown>>;
  /** A factory whose connector is spread into the argument. */
  readonly base?: { readonly factory: PlatformName; readonly argument: Readonly<Record<string, unknown>> };
  readonly fields: readonly FieldProposal[];
  readonly identifier: IdentifierProposal;
  readonly termFiles: readonly TermFile[];
  readonly unread: readonly Unread[];
  /** What there is to say of the feed as a whole. */
  readonly remarks: readonly Evidence[];
}
