import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { StoredBasis } from "../catalogue/published/reuse-basis-repository.ts";
import type { Connector } from "../kit/definition.ts";
import type { LoadedConnector } from "../kit/loaded-connector.ts";
import { foldTerm } from "../kit/values/text/fold-term.ts";
import { openLicences } from "../model/aid/open-data.ts";
import {
  type ConfirmableBasis,
  exclusionsToAsk,
  isConfirmable,
  type ReuseExclusion,
  type ReuseProposal,
} from "../model/aid/reuse-basis.ts";
import { licenceByPortalId } from "../model/run/portal-dataset.ts";

/** The legal basis of a connector: the proposal of its file, and the confirmation of a person. */
export interface ReuseState {
  readonly connector: string;
  readonly publisher: string;
  readonly kind: Connector["publisher"]["kind"];
  /** Its records have an open licence of their own. */
  readonly isLicensed: boolean;
  readonly proposal: ReuseProposal;
  /** Licence that an open-data portal announces, in its words. It makes the proposal an agreement. */
  readonly announced: string | null;
  readonly inForce: StoredBasis | null;
  /** The proposal is not the confirmed one any more. The confirmation stays, and does not extend to the new proposal. */
  readonly hasChanged: boolean;
  /** Live aids, and those that nothing lets out. */
  readonly live: number;
  readonly closed: number;
}

/** Reads the legal bases of connectors, in their order. The search index must be up to date. */
export async function readReuseStates(
  { reuseBases }: Pick<Catalogue, "reuseBases">,
  connectors: readonly LoadedConnector[],
): Promise<ReuseState[]> {
  const ids = connectors.map(({ definition }) => definition.id);
  const [stored, announced, counts] = await Promise.all([reuseBases.list(), reuseBases.announcedLicences(ids), reuseBases.liveAids(ids)]);
  const inForce = new Map(stored.filter(({ revokedAt }) => revokedAt === null).map((basis) => [basis.connector, basis]));
  const byConnector = new Map(counts.map((count) => [count.connector, count]));
  return connectors.map(({ definition }) => {
    const { id, publisher, feed, reuse = { basis: "unknown" } } = definition;
    const portal = announced.get(id);
    const isOnPortal = portal !== undefined && openLicences.has(licenceByPortalId[foldTerm(portal.licence)] ?? "unknown");
    const page = feed.dataset === undefined ? undefined : addressOf(feed.dataset);
    const proposal: ReuseProposal = isOnPortal ? { basis: "agreement", ...(page && { page, seen: portal.day }) } : reuse;
    const confirmed = inForce.get(id) ?? null;
    return {
      connector: id,
      publisher: publisher.name,
      kind: publisher.kind,
      isLicensed: openLicences.has(publisher.licence),
      proposal,
      announced: isOnPortal ? portal.licence : null,
      inForce: confirmed,
      hasChanged: confirmed !== null && (confirmed.basis !== proposal.basis || confirmed.page !== (proposal.page ?? null)),
      live: byConnector.get(id)?.live ?? 0,
      closed: byConnector.get(id)?.closed ?? 0,
    };
  });
}

function addressOf({ portal, api, id }: NonNullable<Connector["feed"]["dataset"]>): string {
  return portal === "dataGouv" ? `${api}/datasets/${encodeURIComponent(id)}/` : `${api}/package_show?id=${encodeURIComponent(id)}`;
}

/** Returns the reason why the proposal of a connector cannot be confirmed, or null. */
export function confirmationRefusal({
  proposal,
  inForce,
  hasChanged,
  isLicensed,
}: ReuseState): "licensed" | "not-confirmable" | "in-force" | null {
  if (isLicensed) return "licensed";
  if (!isConfirmable(proposal.basis)) return "not-confirmable";
  return inForce !== null && !hasChanged ? "in-force" : null;
}

/** Returns the exclusions to ask for before these proposals are confirmed, each once. */
export function exclusionsOf(states: readonly ReuseState[]): ReuseExclusion[] {
  const bases = new Set(states.map(({ proposal }) => proposal.basis).filter(isConfirmable));
  return [...new Set([...bases].flatMap((basis: ConfirmableBasis) => exclusionsToAsk(basis)))];
}

/**
 * Confirms the proposals of connectors. The caller has asked for each of `exclusionsOf(states)`, and none applies. Throws if a proposal cannot
 * be confirmed: see `confirmationRefusal`.
 */
export async function confirmProposals(
  { reuseBases }: Pick<Catalogue, "reuseBases">,
  states: readonly ReuseState[],
  { by, now, note }: { readonly by: string; readonly now: Date; readonly note: string | null },
): Promise<void> {
  for (const state of states) {
    const { connector, proposal } = state;
    if (confirmationRefusal(state) !== null || !isConfirmable(proposal.basis)) throw new Error(`${connector}: nothing to confirm`);
    const { page = null, seen = null } = proposal;
    const answers = Object.fromEntries(exclusionsToAsk(proposal.basis).map((one) => [one, "no"] as const));
    await reuseBases.confirm({ connector, basis: proposal.basis, page, seen, answers, note }, by, now);
  }
}
