import type { GuardFinding } from "../../model/plan/guard.ts";
import type { BadRun, CallReason, Digest, HeldPlan, SilentConnector, UnsentDigest } from "../../model/run/digest.ts";
import type { Silence } from "../../model/run/silence.ts";
import { deliveryMessage } from "../delivery.ts";
import { guardMessage } from "../guards.ts";
import { issueMessage } from "../issues.ts";
import { machineFaultSentence } from "../machines.ts";
import { silenceMessage } from "../monitoring.ts";
import { outcomeMessages, runErrorMessage } from "../runs.ts";

/** Returns the digest with a French `message` beside every code. */
export function digestWithMessages({ ops, bizdev, ...digest }: Digest): unknown {
  const bad = (runs: readonly BadRun[]) => runs.map(badWithMessages);
  return {
    ...digest,
    ops: {
      refusedFiles: ops.refusedFiles,
      gone: ops.gone,
      held: ops.held.map((plan: HeldPlan) => ({ ...plan, guards: plan.guards.map(guardWithMessage) })),
      requested: ops.requested ?? [],
      failed: bad(ops.failed),
      unreachable: bad(ops.unreachable),
      refused: bad(ops.refused),
      unreadable: bad(ops.unreadable),
      stoppedEarly: bad(ops.stoppedEarly),
      abandoned: bad(ops.abandoned),
      late: ops.late,
      machineFaults: (ops.machineFaults ?? []).map((fault) => ({ ...fault, message: machineFaultSentence(fault) })),
      futureDueTimes: ops.futureDueTimes ?? [],
      silent: ops.silent.map((silent: SilentConnector) => ({ ...silent, silences: silent.silences.map(silenceWithMessage) })),
      withoutAddress: ops.withoutAddress,
      deadLinks: ops.deadLinks,
      toLookAt: (ops.toLookAt ?? []).map((feed) => ({
        ...feed,
        warnings: feed.warnings.map(guardWithMessage),
        repairs: feed.repairs.map((repair) => ({ ...repair, message: issueMessage(repair.code, repair.params) })),
      })),
      outgrown: ops.outgrown ?? null,
      unsent: ops.unsent.map((unsent: UnsentDigest) => ({
        ...unsent,
        failures: unsent.failures.map((failure) => ({ ...failure, message: deliveryMessage(failure) })),
      })),
    },
    bizdev: { ...bizdev, toCall: bizdev.toCall.map((call) => ({ ...call, reasons: call.reasons.map(reasonWithMessages) })) },
  };
}

function badWithMessages({ error, outcome, ...run }: BadRun): unknown {
  return { ...run, outcome, message: outcomeMessages[outcome], error: error === null ? null : errorWithMessage(error) };
}

function errorWithMessage(error: NonNullable<BadRun["error"]>): unknown {
  return { ...error, message: runErrorMessage(error.code, error.params) };
}

function guardWithMessage(guard: GuardFinding): unknown {
  return { ...guard, message: guardMessage(guard) };
}

function silenceWithMessage(silence: Silence): unknown {
  return { ...silence, message: silenceMessage(silence) };
}

function reasonWithMessages(reason: CallReason): unknown {
  if (reason.code === "held") return { ...reason, guards: reason.guards.map(guardWithMessage) };
  if (reason.code === "silent") return { ...reason, silences: reason.silences.map(silenceWithMessage) };
  if (reason.code === "not-read") {
    return { ...reason, message: outcomeMessages[reason.outcome], error: reason.error === null ? null : errorWithMessage(reason.error) };
  }
  return reason;
}
