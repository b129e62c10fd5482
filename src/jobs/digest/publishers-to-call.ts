import type { LastFeed } from "../../catalogue/runs/digest-facts.ts";
import type { GuardCode } from "../../model/plan/plan.ts";
import type { BadRun, CallReason, Digest, OfConnector, PublisherToCall } from "../../model/run/digest.ts";
import type { RunErrorCode } from "../../model/run/run-error.ts";

/** Nights in a row after which a trouble is not a passing one. */
const nightsToCall = 2;
/** Rejected records of a feed from which they are many: so many, and such a share of it. */
const fewestRejected = 5;
const shareRejected = 0.1;

/** Guards about what we do ourselves, not about the feed. */
const ourGuards: ReadonlySet<GuardCode> = new Set(["first-run-of-draft", "undone-before"]);
/** Errors that are ours to mend, not the publisher's. */
const ourErrors: ReadonlySet<RunErrorCode> = new Set(["missing-secret", "missing-address", "address-refused"]);

/** What may be a reason to call somebody. `feeds`: with what is set aside taken off. */
export type CallFacts = Pick<Digest["ops"], "held" | "unreachable" | "refused" | "unreadable" | "stoppedEarly" | "silent"> & {
  readonly feeds: readonly (OfConnector & Pick<LastFeed, "rejected" | "received">)[];
};

/** Publishers whose feed is wrong night after night, or of whose aids many cannot be kept: what only they can mend. By connector. */
export function publishersToCall(facts: CallFacts): PublisherToCall[] {
  const reasons = new Map<string, { of: OfConnector; reasons: CallReason[] }>();
  const add = ({ connector, publisher }: OfConnector, reason: CallReason) => {
    const known = reasons.get(connector) ?? { of: { connector, publisher }, reasons: [] };
    known.reasons.push(reason);
    reasons.set(connector, known);
  };
  for (const plan of facts.held) {
    const guards = plan.guards.filter(({ code }) => !ourGuards.has(code));
    if (plan.nights >= nightsToCall && guards.length > 0) add(plan, { code: "held", nights: plan.nights, guards });
  }
  for (const run of [...facts.unreachable, ...facts.refused, ...facts.unreadable, ...facts.stoppedEarly]) {
    if (run.nights >= nightsToCall && !isOurs(run))
      add(run, { code: "not-read", nights: run.nights, outcome: run.outcome, error: run.error });
  }
  for (const connector of facts.silent) {
    // That no run was applied is seen to by ops.
    const silences = connector.silences.filter(({ code }) => code === "quiet" || code === "deadlines-past");
    if (silences.length > 0) add(connector, { code: "silent", silences });
  }
  for (const feed of facts.feeds) {
    const { rejected, received } = feed;
    if (rejected >= fewestRejected && rejected >= shareRejected * received) add(feed, { code: "rejected", rejected, received });
  }
  const called = [...reasons.values()].map(({ of, reasons: why }) => ({ ...of, reasons: why }));
  return called.sort((a, b) => (a.connector < b.connector ? -1 : 1));
}

function isOurs({ error }: BadRun): boolean {
  return error !== null && ourErrors.has(error.code);
}
