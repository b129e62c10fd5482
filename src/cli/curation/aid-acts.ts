import {
  decideConfirm,
  decideMerge,
  decidePublish,
  decideReject,
  decideRestore,
  decideSplit,
  decideSuspend,
  decideUnpublish,
  decideWithdraw,
} from "../../curation/decide-status.ts";
import type { CommandContext } from "../context.ts";
import { WrongUse } from "../exit.ts";
import { type CuratorFlags, curatorOf, futureDay } from "../options.ts";
import { actOnAids } from "./act-on-aids.ts";
import { aidNamed } from "./aid-filter.ts";
import type { ActFlags } from "./options.ts";
import { performActs } from "./perform-acts.ts";

const statusDecisions = {
  publish: decidePublish,
  unpublish: decideUnpublish,
  reject: decideReject,
  restore: decideRestore,
  split: decideSplit,
} as const;

/** Publishes, unpublishes, rejects, restores or splits an aid, or all aids that a filter selects. */
export async function changeStatus(
  context: CommandContext,
  kind: keyof typeof statusDecisions,
  named: string | undefined,
  flags: ActFlags,
): Promise<void> {
  return actOnAids(context, named, flags, { kind, asked: {}, decide: statusDecisions[kind] });
}

/** Merges an aid into another. */
export async function mergeAid(
  { terminal, environment, withCatalogue }: CommandContext,
  named: string,
  into: string,
  flags: CuratorFlags & { json?: true },
): Promise<void> {
  await withCatalogue(async (catalogue, { clock }) => {
    const curator = curatorOf(flags, environment, clock.now());
    const merged = await aidNamed(catalogue, named);
    const stays = await aidNamed(catalogue, into);
    const act = { kind: "merge", asked: { aid: named, into }, connector: merged.connector, aids: [[merged]], isNamed: true } as const;
    await performActs(catalogue, curator, { ...act, decide: (found) => decideMerge(found, stays, curator) }, terminal, flags);
  });
}

/** Confirms that aids are valid until a day. */
export async function confirmAid(
  context: CommandContext,
  named: string | undefined,
  flags: ActFlags & { readonly until: string },
): Promise<void> {
  const until = futureDay(flags.until, context);
  return actOnAids(context, named, flags, {
    kind: "confirm",
    asked: { until },
    decide: (found, curator) => decideConfirm(found, curator, until),
  });
}

/** Suspends aids until a day. */
export async function suspendAid(
  context: CommandContext,
  named: string | undefined,
  flags: ActFlags & { readonly until: string; readonly reason: string },
): Promise<void> {
  const until = futureDay(flags.until, context);
  const reason = flags.reason.trim();
  if (reason === "") throw new WrongUse("--reason is empty");
  return actOnAids(context, named, flags, {
    kind: "suspend",
    asked: { until, reason },
    decide: (found, curator) => decideSuspend(found, curator, until, reason),
  });
}

/** Withdraws aids for good. */
export async function withdrawAid(context: CommandContext, named: string | undefined, flags: ActFlags): Promise<void> {
  return actOnAids(context, named, flags, { kind: "withdraw", asked: {}, decide: decideWithdraw });
}
