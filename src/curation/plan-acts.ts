import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { AppliedPlan } from "../catalogue/plans/apply-plan.ts";
import { shownValue } from "../model/aid/shown-value.ts";
import type { Objection } from "../model/plan/objection.ts";
import type { Change } from "../model/plan/plan.ts";
import { RunFailed } from "../model/run/run-error.ts";
import { type Curator, makePersonPlan, type PersonPlan, type PersonPlanInput } from "./person-plan.ts";
import type { Verdict } from "./persons-change.ts";

/** An objection or caution about an aid. */
export interface AidObjection extends Objection {
  /** `connector/externalId` */
  readonly aid: string;
}

export type AidPages = AsyncIterable<readonly CuratedAid[]> | Iterable<readonly CuratedAid[]>;

/** Result of an act on aids. */
export interface PlannedActs {
  /** Null if the act is not possible for any of the aids. */
  readonly plan: PersonPlan | null;
  /** Number of aids examined. */
  readonly looked: number;
  /** The first changes, for display. */
  readonly first: readonly { readonly change: Change; readonly title: string }[];
  readonly refused: readonly AidObjection[];
  readonly cautions: readonly AidObjection[];
}

/** Maximum number of changes returned for display. */
const maxShown = 20;

/** The request of an act. `origin`: default `curator`. */
type ActInput = Omit<PersonPlanInput, "origin"> & { readonly origin?: "curator" | "publisher" };

/**
 * Calls `decide` for each aid, stores the changes as an open plan, and lists the aids for which the act is not possible. Cautions against the
 * publication of an aid from a site whose publisher has not been written to.
 */
export async function planActs(
  catalogue: Catalogue,
  curator: Curator,
  input: ActInput,
  aids: AidPages,
  decide: (aid: CuratedAid) => Verdict,
): Promise<PlannedActs> {
  const first: { change: Change; title: string }[] = [];
  const refused: AidObjection[] = [];
  const cautions: AidObjection[] = [];
  let looked = 0;
  let unannounced: ReadonlySet<string> | undefined;
  async function* decided() {
    for await (const page of aids) {
      const changes: Change[] = [];
      for (const aid of page) {
        looked++;
        const name = `${aid.connector}/${aid.externalId}`;
        const verdict = decide(aid);
        if ("refused" in verdict) {
          refused.push({ aid: name, ...verdict.refused });
          continue;
        }
        changes.push(verdict.change);
        cautions.push(...verdict.cautions.map((caution) => ({ aid: name, ...caution })));
        if (verdict.change.kind === "publish") {
          unannounced ??= await catalogue.letters.unannouncedSites();
          if (unannounced.has(aid.connector))
            cautions.push({ aid: name, code: "no-courtesy-letter", params: { connector: aid.connector } });
        }
        if (first.length < maxShown) first.push({ change: verdict.change, title: String(shownValue(aid, "name")) });
      }
      if (changes.length > 0) yield { changes };
    }
  }
  const pages = decided();
  const begin = await pages.next();
  // Do not store an empty plan: it would stay open for ever.
  const plan = begin.done ? null : await makePersonPlan(catalogue, curator, { origin: "curator", ...input }, resumed(begin.value, pages));
  return { plan, looked, first, refused, cautions };
}

async function* resumed<Page>(begin: Page, rest: AsyncIterable<Page>): AsyncGenerator<Page> {
  yield begin;
  yield* rest;
}

/**
 * Applies a person's plan at once. `closes`: closes the plan as overtaken if an aid has moved meanwhile. Throws `RunFailed` `world-moved`
 * if an aid has moved.
 */
export async function applyActs(catalogue: Catalogue, planId: string, curator: Curator, closes: boolean): Promise<AppliedPlan> {
  const { now, by, note } = curator;
  try {
    return await catalogue.plans.apply(planId, { token: null, now, appliedBy: by, ...(note !== undefined && { note }) });
  } catch (error) {
    const isOvertaken = error instanceof RunFailed && error.code === "world-moved";
    if (isOvertaken && closes) await catalogue.plans.close(planId, "overtaken", { now, by });
    throw error;
  }
}
