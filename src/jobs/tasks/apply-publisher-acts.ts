import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { PlanRecord } from "../../catalogue/plans/plan-reader.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/logger.ts";

const plansAtOnce = 50;

/** Services for applying acts of publishers. */
interface PublisherActContext {
  readonly catalogue: Pick<Catalogue, "plans" | "publisherPlans" | "publisherAccounts" | "letters">;
  readonly clock: Clock;
  readonly logger: Pick<Logger, "info" | "warn">;
}

/**
 * Applies the acts of publishers that need no curator: confirmations, and corrections of publishers with the policy `direct`. The public
 * process may not change aids. It only stores plans, and this task checks again that each is what its author may do. Any other plan loses its
 * request, and so waits for a curator. Corrections that wait follow the changes of other fields of their aid.
 */
export async function applyPublisherActs({ catalogue, clock, logger }: PublisherActContext, signal: AbortSignal): Promise<void> {
  await catalogue.publisherPlans.followAids();
  for (const plan of await catalogue.publisherPlans.toApply(plansAtOnce)) {
    if (signal.aborted) return;
    const { planId, madeBy } = plan;
    const by = madeBy ?? "producteur";
    const isAllowed = await mayApply(catalogue, plan);
    const applied = isAllowed
      ? await catalogue.plans.apply(planId, { token: null, now: clock.now(), appliedBy: by, skipMoved: true })
      : null;
    if (applied?.state === "applied") {
      logger.info({ plan: planId, updated: applied.updated }, "applied an act of a publisher");
      continue;
    }
    // A confirmation says nothing about an aid that has changed meanwhile. Everything else is left to a curator.
    if (applied !== null && plan.asked?.act === "confirm") await catalogue.plans.close(planId, "overtaken", { now: clock.now(), by });
    else await catalogue.plans.withdrawRequest(planId);
    logger.warn({ plan: planId, isAllowed }, "an act of a publisher was not applied as a whole");
  }
}

/** Returns true if a plan changes only aids of its publisher, in a way that its author may do without a curator. */
async function mayApply(catalogue: PublisherActContext["catalogue"], { planId, asked }: PlanRecord): Promise<boolean> {
  const { act, publisher: publisherId } = asked ?? {};
  if (typeof publisherId !== "string" || (act !== "confirm" && act !== "edit")) return false;
  const connectors = await connectorsOf(catalogue, publisherId, asked ?? {});
  if (connectors.length === 0) return false;
  if (
    act === "edit" &&
    (asked?.account === undefined || (await catalogue.publisherAccounts.publisher(publisherId))?.corrections !== "direct")
  )
    return false;
  return !(await catalogue.publisherPlans.exceeds(planId, { kind: act, connectors, hasFields: act === "edit" }));
}

/** Returns the connectors that the author of an act may change: none if the access is revoked, or the letter. */
async function connectorsOf(
  { publisherAccounts, letters }: PublisherActContext["catalogue"],
  publisherId: string,
  { account, letter }: Readonly<Record<string, unknown>>,
): Promise<readonly string[]> {
  const own = (await publisherAccounts.publisher(publisherId))?.connectors ?? [];
  if (typeof account === "string") {
    const found = await publisherAccounts.find(account);
    return found?.publisherId === publisherId && found.revokedAt === null ? own : [];
  }
  const found = typeof letter === "string" ? await letters.find(letter) : null;
  return found === null || found.revokedAt !== null ? [] : own.filter((connector) => connector === found.connector);
}
