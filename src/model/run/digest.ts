import type { FunnelAct, FunnelCounts } from "../aid/funnel.ts";
import type { IssueCode, IssueParams } from "../issue.ts";
import type { GuardFinding } from "../plan/guard.ts";
import type { ApplyRequest, PlanCounts } from "../plan/plan.ts";
import type { DeliveryFailure } from "./digest-delivery.ts";
import type { MachineFault } from "./machine-fault.ts";
import type { Outcome, RunErrorCode } from "./run-error.ts";
import type { Silence } from "./silence.ts";

/**
 * The morning page as data: codes and numbers, without sentences. Instants are ISO. A connector occurs at most once in each list, with its
 * last run of the period. Only `refusedFiles` may contain it several times. Items that ops have set aside are left out.
 */
export interface Digest {
  readonly period: DigestPeriod;
  /** Absent in old digests. */
  readonly expected?: ExpectedRuns;
  /** Current pauses; connector `*` means everything. */
  readonly paused: readonly DigestPause[];
  /** Number of decisions left out because somebody postponed them. Absent in old digests. */
  readonly postponed?: number;
  readonly ops: OpsDigest;
  readonly bizdev: BizdevDigest;
  readonly night: NightTotals;
}

/** Period of a digest: after `since`, up to `until`. */
export interface DigestPeriod {
  readonly since: string;
  readonly until: string;
}

/** Connector of a line. `publisher` is its display name (publisher, and title of the feed), or its id if it is gone. */
export interface OfConnector {
  readonly connector: string;
  readonly publisher: string;
}

export interface DigestPause extends OfConnector {
  readonly by: string;
  readonly at: string;
  readonly reason: string | null;
}

/** Part for the people who operate runs. */
interface OpsDigest {
  readonly refusedFiles: readonly RefusedFile[];
  readonly gone: readonly GoneConnector[];
  /** Plans held by guards that wait for a decision. */
  readonly held: readonly HeldPlan[];
  /** Open plans that people asked ops to apply. Absent in old digests. */
  readonly requested?: readonly RequestedPlan[];
  readonly failed: readonly BadRun[];
  readonly unreachable: readonly BadRun[];
  readonly refused: readonly BadRun[];
  readonly unreadable: readonly BadRun[];
  readonly stoppedEarly: readonly BadRun[];
  readonly abandoned: readonly BadRun[];
  readonly late: readonly LateRun[];
  /** Faults of machines in the period, each once. Absent in old digests. */
  readonly machineFaults?: readonly MachineFault[];
  /** Due times that were claimed for the future, with a wrong clock. Absent in old digests. */
  readonly futureDueTimes?: readonly FutureDueTime[];
  readonly silent: readonly SilentConnector[];
  readonly withoutAddress: readonly WithoutAddress[];
  readonly deadLinks: readonly DeadLinks[];
  /** Earlier digests that were not delivered on every channel. */
  readonly unsent: readonly UnsentDigest[];
  /** Applied and unchanged feeds that somebody should look at. Absent in old digests. */
  readonly toLookAt?: readonly FeedToLookAt[];
  /** Size of an embedded catalogue that has become too large. Absent or null for all others. */
  readonly outgrown?: OutgrownCatalogue | null;
}

/** Size of an embedded catalogue that should move to PostgreSQL. */
export interface OutgrownCatalogue {
  readonly aids: number;
  readonly bytes: number;
}

/** Part for the people who work with publishers. */
export interface BizdevDigest {
  readonly toReview: readonly AidsToReview[];
  readonly proposals: readonly ProposalsWaiting[];
  /** Aids whose sources contradict each other, by connector. Absent in old digests. */
  readonly contradicted?: readonly AidsContradicted[];
  /** Aids that runs have published by themselves in the last seven days, and those of the sample that nobody has checked. Absent in old digests. */
  readonly publishedByRuns?: { readonly count: number; readonly toCheck: number };
  readonly unmapped: readonly UnmappedWords[];
  /** All open work of curators: new aids, aids with proposals, distinct words to map. Absent in old digests. */
  readonly waiting?: { readonly review: number; readonly proposals: number; readonly words: number };
  /** How far all aids have come, with the acts that free most. Absent in old digests. */
  readonly funnel?: { readonly counts: FunnelCounts; readonly acts: readonly (FunnelAct & Pick<OfConnector, "publisher">)[] };
  readonly toCall: readonly PublisherToCall[];
  /** Files that are due for connectors fed by hand. */
  readonly toBring: readonly FileToBring[];
  /** Actions about publishers that are due today or earlier, oldest first. Absent in old digests. */
  readonly actionsDue?: readonly PublisherAction[];
  /** Corrections that were promised for today or earlier and are missing, earliest first. Absent in old digests. */
  readonly promised?: readonly PromisedCorrection[];
}

/** A correction promised for `plannedFor` (`YYYY-MM-DD`). `count`: occurrences in the last feed. `page`: of the letter. */
export interface PromisedCorrection extends OfConnector {
  readonly code: string;
  readonly field: string | null;
  readonly count: number | null;
  readonly plannedFor: string;
  readonly isOverdue: boolean;
  readonly page: string;
}

/** An action about a publisher. `dueOn`: `YYYY-MM-DD`. `personInCharge`: null if nobody is. `page`: address in the console. */
export interface PublisherAction {
  readonly publisher: string;
  readonly action: string;
  readonly dueOn: string;
  readonly isOverdue: boolean;
  readonly personInCharge: string | null;
  readonly page: string;
}

/** Facts about a connector that does not run: its last applied run, or null, and the number of its aids that may be on the site. */
export interface LeftBehind {
  readonly appliedAt: string | null;
  readonly liveAids: number;
}

/** A refused file, relative. `connector`: null for a shared one. `isRun`: its connector runs from another file. */
export interface RefusedFile extends LeftBehind {
  readonly file: string;
  readonly connector: string | null;
  /** Number of the refused version, if it is a version in the catalogue and not a file. */
  readonly version?: number;
  readonly isRun: boolean;
  readonly problems: readonly FileProblem[];
}

/** An error in a file, in English for its authors. `line`: of a term file; `key`: of a connector. */
export interface FileProblem {
  readonly line: number | null;
  readonly key: string | null;
  readonly message: string;
  readonly didYouMean: string | null;
}

/** A connector whose file is gone, but which has aids. */
export interface GoneConnector extends OfConnector, LeftBehind {}

/** A held plan. `nights` counts the consecutive nights in which the connector's runs did not end well. */
export interface HeldPlan extends OfConnector {
  readonly runId: string;
  readonly planId: string;
  readonly heldAt: string;
  readonly nights: number;
  readonly guards: readonly GuardFinding[];
}

/** An open plan that a person asked ops to apply. */
export interface RequestedPlan extends OfConnector {
  readonly planId: string;
  readonly request: ApplyRequest;
}

/** The last feed of a connector, which was not held, but has rejects, warnings or repairs, each with its number of records. */
export interface FeedToLookAt extends OfConnector {
  readonly runId: string;
  readonly received: number;
  readonly rejected: number;
  readonly warnings: readonly GuardFinding[];
  readonly repairs: readonly { readonly code: IssueCode; readonly count: number; readonly params: IssueParams }[];
}

/** Returns true for a feed with warnings, or not read as declared. Rejects and other repairs can be usual in a feed. */
export function isNoted({ warnings, repairs }: FeedToLookAt): boolean {
  return warnings.length > 0 || repairs.some(({ code }) => code === "reading-changed");
}

/** Outcomes that count as trouble, except `held`, which is reported as a `HeldPlan`. */
export const badOutcomes = ["failed", "unreachable", "refused", "unreadable", "stopped-early", "abandoned"] as const;

/** Outcome of a run that did not end well. */
export type BadOutcome = (typeof badOutcomes)[number];

/** A run that did not end well. `error`: null if the worker died. `nextTryAt`: if a retry is queued or running. `waitingPlan`: an older plan that is still held. */
export interface BadRun extends OfConnector {
  readonly runId: string;
  readonly outcome: BadOutcome;
  readonly endedAt: string;
  readonly error: { readonly code: RunErrorCode; readonly params: IssueParams } | null;
  readonly tries: number;
  readonly nights: number;
  readonly nextTryAt: string | null;
  /** Who requested the run and when it started, if it was a person. `isRepeated`: an earlier run had failed too. Absent in old digests. */
  readonly relaunch?: { readonly by: string; readonly at: string; readonly isRepeated: boolean } | null;
  readonly waitingPlan: { readonly planId: string; readonly heldAt: string } | null;
}

/** Scheduled runs of a period: the number of due times, and those without a run. */
export interface ExpectedRuns {
  readonly expected: number;
  readonly missing: readonly MissingRun[];
}

/** A due time without a run. */
export interface MissingRun extends OfConnector {
  readonly dueAt: string;
}

/** A connector whose run is late: not requested, still queued, or still running. */
export interface LateRun extends OfConnector {
  readonly dueAt: string;
  readonly state: "not-begun" | "queued" | "running";
  readonly startedAt: string | null;
}

/** A due time that was claimed for the future and did not count, of a connector or of the periodic work named `connector`. */
export interface FutureDueTime extends OfConnector {
  readonly doneFor: string;
  readonly foundAt: string;
}

/** A silent active connector. `missing`: the unset variable with the address of its feed, without which it is not scheduled. */
export interface SilentConnector extends OfConnector {
  readonly missing: string | null;
  readonly silences: readonly Silence[];
}

/** An active connector that never ran because `variable`, the address of its feed, is not set. */
export interface WithoutAddress extends OfConnector {
  readonly variable: string;
}

export interface DeadLinks extends OfConnector {
  readonly aids: number;
  readonly links: number;
  readonly examples: readonly { readonly externalId: string; readonly name: string | null; readonly url: string }[];
}

/** An earlier digest that failed on a channel. `delivered`: another worked. Without failures, its sender died. */
export interface UnsentDigest extends DigestPeriod {
  readonly delivered: boolean;
  readonly tries: number;
  readonly failures: readonly DeliveryFailure[];
}

/** Aids in review. `created` are the new aids of the period, `waiting` all aids in review. */
interface AidsToReview extends OfConnector {
  readonly created: number;
  readonly waiting: number;
}

/** Proposals of a publisher: numbers of aids and fields. `created` counts the aids with a proposal of this period. */
interface ProposalsWaiting extends OfConnector {
  readonly aids: number;
  readonly fields: number;
  readonly created: number;
}

/** Number of a connector's aids whose sources contradict each other. */
interface AidsContradicted extends OfConnector {
  readonly aids: number;
}

/** Unmapped words of a publisher, most frequent first. `records` counts their occurrences in the last feed. */
export interface UnmappedWords extends OfConnector {
  readonly vocabulary: string;
  readonly words: number;
  readonly records: number;
  readonly examples: readonly { readonly term: string; readonly count: number }[];
}

/** A file that is due for a connector fed by hand. `lastAt` is the time of the last file, or null. */
export interface FileToBring extends OfConnector {
  readonly everyDays: number;
  readonly lastAt: string | null;
}

export type CallReason =
  | { readonly code: "held"; readonly nights: number; readonly guards: readonly GuardFinding[] }
  | {
      readonly code: "not-read";
      readonly nights: number;
      readonly outcome: Exclude<Outcome, "held">;
      readonly error: BadRun["error"];
    }
  | { readonly code: "silent"; readonly silences: readonly Silence[] }
  | { readonly code: "rejected"; readonly rejected: number; readonly received: number };

/** A publisher to call, with every reason. */
export interface PublisherToCall extends OfConnector {
  readonly reasons: readonly CallReason[];
}

/** Totals of the runs in the period, without dry runs. */
export interface NightTotals extends Pick<PlanCounts, "created" | "linked" | "updated" | "restored" | "withdrawn"> {
  /** Runs that no person requested. In old digests, all runs. */
  readonly runs: Readonly<Partial<Record<Outcome, number>>>;
  /** Runs that people requested. Absent in old digests. */
  readonly requested?: Readonly<Partial<Record<Outcome, number>>>;
}
