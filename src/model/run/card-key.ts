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

/**
 * Keys of the decisions that wait for a person. A key stays the same while the cause of the decision lasts, so that the first page, the
 * digest and notifications mean the same decision.
 */
export const cardKey = {
  missingRuns: "missing-runs",
  words: "words",
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
