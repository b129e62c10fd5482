import type { IssueParams } from "../issue.ts";
import type { GuardFinding } from "../plan/plan.ts";
import type { Outcome, RunErrorCode } from "./run-error.ts";
import type { Silence } from "./silence.ts";

/**
 * The morning page as data: codes and numbers, no sentences. Instants are ISO. A connector is in each list once at most, except that of
 * refused files; the last run of the period counts. Items set aside by ops are left out.
 */
export interface Digest {
  readonly period: DigestPeriod;
  /** Current pauses; connector `*` means everything. */
  readonly paused: readonly DigestPause[];
  readonly ops: OpsDigest;
  readonly bizdev: BizdevDigest;
  readonly night: NightTotals;
}

/** Period of a digest: after `since`, up to `until`. */
export interface DigestPeriod {
  readonly since: string;
  readonly until: string;
}

/** Connector of a line. `publisher`: its name, or the connector's id if the connector is gone. */
export interface OfConnector {
  readonly connector: string;
  readonly publisher: string;
}

/** A pause requested by a person. */
export interface DigestPause extends OfConnector {
  readonly by: string;
  readonly at: string;
  readonly reason: string | null;
}

/** Part for those who look after runs. */
interface OpsDigest {
  readonly refusedFiles: readonly RefusedFile[];
  readonly gone: readonly GoneConnector[];
  /** Plans held by guards that wait for a decision. */
  readonly held: readonly HeldPlan[];
  readonly failed: readonly BadRun[];
  readonly unreachable: readonly BadRun[];
  readonly refused: readonly BadRun[];
  readonly unreadable: readonly BadRun[];
  readonly stoppedEarly: readonly BadRun[];
  readonly abandoned: readonly BadRun[];
  readonly late: readonly LateRun[];
  readonly silent: readonly SilentConnector[];
  readonly withoutAddress: readonly WithoutAddress[];
  readonly deadLinks: readonly DeadLinks[];
  /** Earlier digests that were not delivered on every channel. */
  readonly unsent: readonly UnsentDigest[];
}

/** Part for those who work with publishers. */
export interface BizdevDigest {
  readonly toReview: readonly AidsToReview[];
  readonly proposals: readonly ProposalsWaiting[];
  readonly unmapped: readonly UnmappedWords[];
  readonly toCall: readonly PublisherToCall[];
  /** Files due of connectors that are fed by hand. */
  readonly toBring: readonly FileToBring[];
  /** Actions about publishers due by today, oldest first. Absent in digests stored before this list existed. */
  readonly actionsDue?: readonly PublisherAction[];
  /** Corrections promised by today and still missing, earliest first. Absent in digests stored before this list existed. */
  readonly promised?: readonly PromisedCorrection[];
}

/**
 * A point of a letter that its publisher promised to correct by a day. `count`: occurrences in the last feed, null if unknown;
 * `plannedFor`: `YYYY-MM-DD`; `page`: of the letter in the console.
 */
export interface PromisedCorrection extends OfConnector {
  readonly code: string;
  readonly field: string | null;
  readonly count: number | null;
  readonly plannedFor: string;
  readonly isOverdue: boolean;
  readonly page: string;
}

/** An action about a publisher. `dueOn`: `YYYY-MM-DD`; `personInCharge`: null if unassigned; `page`: address in the console. */
export interface PublisherAction {
  readonly publisher: string;
  readonly action: string;
  readonly dueOn: string;
  readonly isOverdue: boolean;
  readonly personInCharge: string | null;
  readonly page: string;
}

/** What remains of a connector that does not run: its last applied run, or null, and its aids that are or may be on the site. */
export interface LeftBehind {
  readonly appliedAt: string | null;
  readonly liveAids: number;
}

/**
 * A connector file or term file that is refused, so what depends on it does not run. `file`: relative to the folder of connectors
 * (`connectors/region-exemple.ts`); `connector`: null for a shared file; `isRun`: the connector runs anyway from another file.
 */
export interface RefusedFile extends LeftBehind {
  readonly file: string;
  readonly connector: string | null;
  /** Version in the catalogue that is refused, if it is no file. */
  readonly version?: number;
  readonly isRun: boolean;
  readonly problems: readonly FileProblem[];
}

/**
 * Error in a file, in English, for those who write files. `line`: of a term file; `key`: of a connector; `didYouMean`: a likely
 * correction.
 */
export interface FileProblem {
  readonly line: number | null;
  readonly key: string | null;
  readonly message: string;
  readonly didYouMean: string | null;
}

/** A connector with aids whose file is gone. */
export interface GoneConnector extends OfConnector, LeftBehind {}

/** A held plan. `nights`: consecutive nights in which the connector's runs did not end well. */
export interface HeldPlan extends OfConnector {
  readonly runId: string;
  readonly planId: string;
  readonly heldAt: string;
  readonly nights: number;
  readonly guards: readonly GuardFinding[];
}

/** Outcomes that count as trouble. A held run is a `HeldPlan`. */
export const badOutcomes = ["failed", "unreachable", "refused", "unreadable", "stopped-early", "abandoned"] as const;

/** Outcome of a run that did not end well. */
export type BadOutcome = (typeof badOutcomes)[number];

/**
 * A run that did not end well. `error`: null if its worker died; `tries`: attempts so far; `nextTryAt`: next retry, if queued;
 * `waitingPlan`: an older plan of the connector that guards still hold.
 */
export interface BadRun extends OfConnector {
  readonly runId: string;
  readonly outcome: BadOutcome;
  readonly endedAt: string;
  readonly error: { readonly code: RunErrorCode; readonly params: IssueParams } | null;
  readonly tries: number;
  readonly nights: number;
  readonly nextTryAt: string | null;
  readonly waitingPlan: { readonly planId: string; readonly heldAt: string } | null;
}

/** A connector whose run is late: not requested, still queued, or still running. */
export interface LateRun extends OfConnector {
  readonly dueAt: string;
  readonly state: "not-begun" | "queued" | "running";
  /** Start of the run, or null. */
  readonly startedAt: string | null;
}

/**
 * An active connector that is silent, with every reason. `missing`: the unset variable of its feed's address, so that it is not scheduled;
 * null if none is missing.
 */
export interface SilentConnector extends OfConnector {
  readonly missing: string | null;
  readonly silences: readonly Silence[];
}

/** An active connector that never ran because `variable`, the address of its feed, is not set. */
export interface WithoutAddress extends OfConnector {
  readonly variable: string;
}

/** Dead links shown by live aids. */
export interface DeadLinks extends OfConnector {
  readonly aids: number;
  readonly links: number;
  readonly examples: readonly { readonly externalId: string; readonly name: string | null; readonly url: string }[];
}

/** Channel of a digest. */
export type DigestChannel = "mail" | "webhook";

/** Why a digest was not delivered. `recipients-refused`: only some recipients failed. */
export type DeliveryCode =
  | "no-connection"
  | "timed-out"
  | "login-refused"
  | "tls-refused"
  | "message-refused"
  | "recipients-refused"
  | "answered"
  | "redirected"
  | "failed";

/** A channel that failed. `status`: answer of the server. Contains no secret. */
export interface DeliveryFailure {
  readonly channel: DigestChannel;
  readonly code: DeliveryCode;
  readonly status: number | null;
  readonly at: string;
}

/** An earlier digest that was not fully delivered. `delivered`: another channel worked. No failure: its sender died. */
export interface UnsentDigest extends DigestPeriod {
  readonly delivered: boolean;
  readonly tries: number;
  readonly failures: readonly DeliveryFailure[];
}

/** Aids in review: new ones of the period, and all that wait. */
interface AidsToReview extends OfConnector {
  readonly created: number;
  readonly waiting: number;
}

/** Proposals of a publisher: number of aids and fields; `created`: aids with one from this period. */
interface ProposalsWaiting extends OfConnector {
  readonly aids: number;
  readonly fields: number;
  readonly created: number;
}

/** Unmapped words of a publisher, most frequent first. `records`: occurrences in the last feed. */
export interface UnmappedWords extends OfConnector {
  readonly vocabulary: string;
  readonly words: number;
  readonly records: number;
  readonly examples: readonly { readonly term: string; readonly count: number }[];
}

/** A file that is due from a publisher fed by hand. `lastAt`: the last file, or null. */
export interface FileToBring extends OfConnector {
  readonly everyDays: number;
  readonly lastAt: string | null;
}

/** Why a publisher should be called. */
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
export interface NightTotals {
  readonly runs: Readonly<Partial<Record<Outcome, number>>>;
  readonly created: number;
  readonly updated: number;
  readonly restored: number;
  readonly withdrawn: number;
}
