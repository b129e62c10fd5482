import type { IssueParams } from "../issue.ts";
import type { GuardFinding } from "../plan/plan.ts";
import type { Outcome, RunErrorCode } from "./run-error.ts";
import type { Silence } from "./silence.ts";

/**
 * The morning page as a value: codes and numbers, no sentence. Instants are ISO. A connector stands at most once in each list, in that of refused files once
 * for each; of its runs the last one of the period decides. What ops have set aside is not in it.
 */
export interface Digest {
  readonly period: DigestPeriod;
  /** What is stopped now; connector `*`: everything. */
  readonly paused: readonly DigestPause[];
  readonly ops: OpsDigest;
  readonly bizdev: BizdevDigest;
  readonly night: NightTotals;
}

/** What a digest is about: after `since`, up to `until`. */
export interface DigestPeriod {
  readonly since: string;
  readonly until: string;
}

/** Who a line is about. `publisher`: its name, or the connector's id where the connector is no more. */
export interface OfConnector {
  readonly connector: string;
  readonly publisher: string;
}

/** A pause that somebody has asked for. */
export interface DigestPause extends OfConnector {
  readonly by: string;
  readonly at: string;
  readonly reason: string | null;
}

/** For those who see to the runs. */
interface OpsDigest {
  readonly refusedFiles: readonly RefusedFile[];
  readonly gone: readonly GoneConnector[];
  /** Plans that guards hold and nobody has decided about. */
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
  /** Digests of before that reached nobody, or not by every way. */
  readonly unsent: readonly UnsentDigest[];
}

/** For those who know the publishers. */
export interface BizdevDigest {
  readonly toReview: readonly AidsToReview[];
  readonly proposals: readonly ProposalsWaiting[];
  readonly unmapped: readonly UnmappedWords[];
  readonly toCall: readonly PublisherToCall[];
  /** Files of connectors that are fed by hand. */
  readonly toBring: readonly FileToBring[];
  /** What somebody of ours is to do about a publisher by today, oldest first. A digest that was kept before publishers had such has none. */
  readonly actionsDue?: readonly PublisherAction[];
  /** What publishers have said to mend by today and is still there, earliest first. A digest that was kept before letters were answered has none. */
  readonly promised?: readonly PromisedCorrection[];
}

/**
 * A point of a letter that its publisher has said to mend by a day. `count`: how often it is in the last feed, null where that is not counted; `plannedFor`: `YYYY-MM-DD`;
 * `page`: of the letter, in the console.
 */
export interface PromisedCorrection extends OfConnector {
  readonly code: string;
  readonly field: string | null;
  readonly count: number | null;
  readonly plannedFor: string;
  readonly isOverdue: boolean;
  readonly page: string;
}

/** What is to be done about a publisher. `dueOn`: `YYYY-MM-DD`; `personInCharge`: name of ours, null where it is nobody; `page`: its address in the console. */
export interface PublisherAction {
  readonly publisher: string;
  readonly action: string;
  readonly dueOn: string;
  readonly isOverdue: boolean;
  readonly personInCharge: string | null;
  readonly page: string;
}

/** What a connector that is not read has left: its last applied run, null where there was none, and its aids that are, or may be, on the site. */
export interface LeftBehind {
  readonly appliedAt: string | null;
  readonly liveAids: number;
}

/**
 * A connector's file or a term file that is refused: what is made of it does not run. `file`: as it lies in the folder of connectors
 * (`connectors/region-exemple.ts`); `connector`: whose it is, null for a file of all; `isRun`: the connector runs all the same, by another file.
 */
export interface RefusedFile extends LeftBehind {
  readonly file: string;
  readonly connector: string | null;
  /** The connector's version in the catalogue that is refused, where it is no file. */
  readonly version?: number;
  readonly isRun: boolean;
  readonly problems: readonly FileProblem[];
}

/** What is wrong in a file, in English as those who write files read it. `line`: of a term file; `key`: of a connector; `didYouMean`: what was probably meant. */
export interface FileProblem {
  readonly line: number | null;
  readonly key: string | null;
  readonly message: string;
  readonly didYouMean: string | null;
}

/** A connector that has brought aids and of which there is no file any more. */
export interface GoneConnector extends OfConnector, LeftBehind {}

/** A plan that waits for a person. `nights`: in how many nights in a row the connector's runs did not end well. */
export interface HeldPlan extends OfConnector {
  readonly runId: string;
  readonly planId: string;
  readonly heldAt: string;
  readonly nights: number;
  readonly guards: readonly GuardFinding[];
}

/** How runs end that did not go well; a held one is a `HeldPlan`. */
export const badOutcomes = ["failed", "unreachable", "refused", "unreadable", "stopped-early", "abandoned"] as const;

/** How a run ended that did not go well. */
export type BadOutcome = (typeof badOutcomes)[number];

/**
 * A run that did not go well. `error`: null where its worker died; `tries`: how often it was tried; `nextTryAt`: when it is tried again, where it is in the
 * queue; `waitingPlan`: an older plan of the connector that guards still hold.
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

/** A connector that was to run and has not: nothing was asked of it, it waits in the queue, or it is still running. */
export interface LateRun extends OfConnector {
  readonly dueAt: string;
  readonly state: "not-begun" | "queued" | "running";
  /** When it began; null where it has not. */
  readonly startedAt: string | null;
}

/**
 * An active connector of which nothing is heard, and every way in which that is so. `missing`: the variable that held the address of its feed and does not any
 * more: it is not scheduled; null where nothing is missing.
 */
export interface SilentConnector extends OfConnector {
  readonly missing: string | null;
  readonly silences: readonly Silence[];
}

/** An active connector that never brought anything, for want of the address of its feed. `variable`: that should hold it. */
export interface WithoutAddress extends OfConnector {
  readonly variable: string;
}

/** Dead links that live aids show. */
export interface DeadLinks extends OfConnector {
  readonly aids: number;
  readonly links: number;
  readonly examples: readonly { readonly externalId: string; readonly name: string | null; readonly url: string }[];
}

/** How a digest is sent. */
export type DigestChannel = "mail" | "webhook";

/** Why a digest did not get through. `recipients-refused`: some of those who are to get it; the others have it. */
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

/** A way of sending that failed. `status`: what the server answered; nothing here holds a secret. */
export interface DeliveryFailure {
  readonly channel: DigestChannel;
  readonly code: DeliveryCode;
  readonly status: number | null;
  readonly at: string;
}

/** A digest of before that did not get through. `delivered`: it did by another way. No failure: whoever sent it died. */
export interface UnsentDigest extends DigestPeriod {
  readonly delivered: boolean;
  readonly tries: number;
  readonly failures: readonly DeliveryFailure[];
}

/** Aids in review: those that came in the period, and all that wait. */
interface AidsToReview extends OfConnector {
  readonly created: number;
  readonly waiting: number;
}

/** Changes of a publisher's that wait for a curator: in so many aids, of so many fields; `created`: aids with one of the period. */
interface ProposalsWaiting extends OfConnector {
  readonly aids: number;
  readonly fields: number;
  readonly created: number;
}

/** Words of a publisher that no term of ours stands for; most frequent first. `records`: how often they came in the last feed. */
export interface UnmappedWords extends OfConnector {
  readonly vocabulary: string;
  readonly words: number;
  readonly records: number;
  readonly examples: readonly { readonly term: string; readonly count: number }[];
}

/** A file that is due of a publisher whose connector is fed by hand. `lastAt`: when the last one was brought; null where there was none. */
export interface FileToBring extends OfConnector {
  readonly everyDays: number;
  readonly lastAt: string | null;
}

/** Why a publisher is to be called. */
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

/** A publisher to be called, and every reason for it. */
export interface PublisherToCall extends OfConnector {
  readonly reasons: readonly CallReason[];
}

/** What the runs of the period did in all. Dry runs are not counted. */
export interface NightTotals {
  readonly runs: Readonly<Partial<Record<Outcome, number>>>;
  readonly created: number;
  readonly updated: number;
  readonly restored: number;
  readonly withdrawn: number;
}
