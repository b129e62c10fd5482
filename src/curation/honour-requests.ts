import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { PublisherRequest } from "../catalogue/publishers/publisher-request-repository.ts";
import { decideReject, decideWithdraw } from "./decide-status.ts";
import type { Curator } from "./person-plan.ts";
import type { Verdict } from "./persons-change.ts";
import { type AidPages, applyActs, planActs } from "./plan-acts.ts";

/** Result of honouring a request. `isWaiting`: its aid is not in the catalogue yet, so the request waits for it. */
export interface Honoured {
  readonly planId: string | null;
  readonly isWaiting: boolean;
}

/**
 * Rejects the aid that a publisher has asked us to remove, so that later runs do not bring it back. The plan can be undone. An aid that is
 * not in the catalogue yet is rejected as soon as it arrives.
 */
export async function honourRemoval(
  catalogue: Catalogue,
  { connector, externalId }: Pick<PublisherRequest, "connector" | "externalId">,
  curator: Curator,
): Promise<Honoured> {
  const asked = { act: "reject", aid: `${connector}/${externalId}` };
  let isKnown = false;
  async function* aid() {
    for await (const page of catalogue.aids.curated({ connector, externalId: externalId ?? "" })) {
      isKnown ||= page.length > 0;
      yield page;
    }
  }
  const planId = await applied(catalogue, curator, { connector, asked }, aid(), (one) => decideReject(one, curator));
  return { planId, isWaiting: !isKnown };
}

/** Takes all aids of a connector off the site, because its publisher has asked us to stop reading its site. The plan can be undone. */
export async function withdrawAll(catalogue: Catalogue, connector: string, curator: Curator): Promise<string | null> {
  const asked = { act: "withdraw", connector };
  return applied(catalogue, curator, { connector, asked }, catalogue.aids.curated({ connector }), (aid) => decideWithdraw(aid, curator));
}

async function applied(
  catalogue: Catalogue,
  curator: Curator,
  input: Parameters<typeof planActs>[2],
  aids: AidPages,
  decide: (aid: Parameters<typeof decideReject>[0]) => Verdict,
): Promise<string | null> {
  const { plan } = await planActs(catalogue, curator, input, aids, decide);
  if (plan === null) return null;
  await applyActs(catalogue, plan.planId, curator, true);
  return plan.planId;
}
