import type { LastFeed } from "../../catalogue/runs/digest-facts.ts";
import type { GuardCode } from "../../model/plan/plan.ts";
import type { BadRun, CallReason, Digest, OfConnector, PublisherToCall } from "../../model/run/digest.ts";
import type { RunErrorCode } from "../../model/run/run-error.ts";

/** Consecutive nights after which trouble is not temporary. */
const nightsToCall = 2;
/** Minimum number and share of rejected records worth a call. */
const fewestRejected = 5;
const shareRejected = 0.1;

/** Guards about our own acts, not about the feed. */
const ourGuards: ReadonlySet<GuardCode> = new Set(["first-run-of-draft", "undone-before"]);
/** Errors that we must fix, not the publisher. */
const ourErrors: ReadonlySet<RunErrorCode> = new Set(["missing-secret", "missing-address", "address-refused"]);

/** Reasons for a call. `feeds`: without items set aside. */
export type CallFacts = Pick<Digest["ops"], "held" | "unreachable" | "refused" | "unreadable" | "stoppedEarly" | "silent"> & {
  readonly feeds: readonly (OfConnector & Pick<LastFeed, "rejected" | "received">)[];
};

/** Returns the publishers whose feed fails night after night or has many rejected records, which only they can fix. Sorted by connector. */
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
    // Ops handle connectors without an applied run.
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
