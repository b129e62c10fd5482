import type { GuardFinding } from "../plan/guard.ts";
import { holdingGuard } from "../plan/guard.ts";
import type {
  BadRun,
  DigestPause,
  FeedToLookAt,
  GoneConnector,
  HeldPlan,
  LateRun,
  OfConnector,
  PromisedCorrection,
  PublisherAction,
  RefusedFile,
  RequestedPlan,
  SilentConnector,
} from "./digest.ts";
import type { MachineFault } from "./machine-fault.ts";

/** Keys of decisions, which stay while the cause lasts, so that the first page, digest and notifications mean the same decision. */
export const cardKey = {
  missingRuns: "missing-runs",
  words: "words",
  machine: ({ cause, place, beganAt }: Pick<MachineFault, "cause" | "place" | "beganAt">) => `machine ${cause} ${place} ${beganAt}`,
  held: ({ connector, guards }: Pick<HeldPlan, "connector" | "guards">) => `held ${connector} ${mainGuard(guards)?.code ?? "held"}`,
  requested: ({ planId }: Pick<RequestedPlan, "planId">) => `requested ${planId}`,
  bad: ({ outcome, connector, error }: Pick<BadRun, "outcome" | "connector" | "error">) =>
    `${outcome} ${connector} ${error?.code ?? ""}`.trim(),
  late: ({ connector, state }: Pick<LateRun, "connector" | "state">) => `late ${connector} ${state}`,
  refusedFile: ({ file }: Pick<RefusedFile, "file">) => `refused-file ${file}`,
  gone: ({ connector }: Pick<GoneConnector, "connector">) => `gone ${connector}`,
  silent: ({ connector, silences }: Pick<SilentConnector, "connector" | "silences">) =>
    `silent ${connector} ${silences.map(({ code }) => code).join("+")}`,
  fileDue: ({ connector }: OfConnector) => `file-due ${connector}`,
  paused: ({ connector, at }: Pick<DigestPause, "connector" | "at">) => `paused ${connector} ${at}`,
  lookAt: ({ connector, warnings, repairs }: Pick<FeedToLookAt, "connector" | "warnings" | "repairs">) =>
    `look-at ${connector} ${[...warnings, ...repairs]
      .map(({ code }) => code)
      .sort()
      .join("+")}`,
  promised: ({ connector, code, field, plannedFor }: Pick<PromisedCorrection, "connector" | "code" | "field" | "plannedFor">) =>
    `promised ${connector} ${code} ${field ?? ""} ${plannedFor}`,
  action: ({ publisherId, dueOn }: { readonly publisherId: string } & Pick<PublisherAction, "dueOn">) => `action ${publisherId} ${dueOn}`,
  deadLinks: ({ connector }: OfConnector) => `dead-links ${connector}`,
} as const;

/** Returns the finding that holds a plan, as its card names it. */
export function mainGuard(guards: readonly GuardFinding[]): GuardFinding | undefined {
  return guards.find(({ code }) => holdingGuard(code) !== undefined) ?? guards[0];
}
