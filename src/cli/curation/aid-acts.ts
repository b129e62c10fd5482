import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import { decideSource, furtherSources } from "../../curation/decide-source.ts";
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
import { aidNamed, fieldNamed } from "./aid-filter.ts";
import type { ActFlags } from "./aid-options.ts";
import { actOnAids, performActs } from "./perform-acts.ts";

const statusDecisions = {
  publish: decidePublish,
  unpublish: decideUnpublish,
  reject: decideReject,
  restore: decideRestore,
  split: decideSplit,
  withdraw: decideWithdraw,
} as const;

/** Publishes, unpublishes, rejects, restores, splits or withdraws an aid, or all aids that a filter selects. */
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

/** Chooses the connector whose value of a field an aid shows, or returns to the order of its sources. */
export async function chooseSource(
  { terminal, environment, withCatalogue }: CommandContext,
  named: string,
  fieldName: string,
  connector: string | undefined,
  flags: CuratorFlags & { json?: true; default?: true },
): Promise<void> {
  const field = fieldNamed(fieldName);
  if ((connector === undefined) === (flags.default === undefined)) throw new WrongUse("give a connector, or --default");
  await withCatalogue(async (catalogue, { clock }) => {
    const curator = curatorOf(flags, environment, clock.now());
    const aid = await aidNamed(catalogue, named);
    const connectors = [aid, ...(await furtherSources(catalogue, aid))].map((source) => source.connector);
    const choice = { field, connector: connector ?? null, connectors };
    const act = { kind: "choose-source", asked: { aid: named, field, source: connector ?? "default" }, connector: aid.connector } as const;
    const decide = (found: CuratedAid) => decideSource(found, choice, curator);
    await performActs(catalogue, curator, { ...act, aids: [[aid]], isNamed: true, decide }, terminal, flags);
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
