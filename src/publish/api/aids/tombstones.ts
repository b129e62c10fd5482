import type { KnownAid, PublishedChangeRepository } from "../../../catalogue/published/published-change-repository.ts";
import type { Access } from "../access/access.ts";
import { type GoneReason, publicSlugOf, publicStateOf } from "./may-read.ts";

/** Why an aid is reported as gone; `out-of-filter`: it does not match the request, or no longer. */
export type ReportedReason = GoneReason | "out-of-filter";

/**
 * Returns the tombstone of the number that a live aid had before it got that of Aides-territoires, as JSON, or none. It precedes the aid's
 * record, so that a mirror by number keeps one copy.
 */
export function formerTombstone({ formerNumber, number, aidId }: KnownAid): readonly string[] {
  if (formerNumber === null) return [];
  return [JSON.stringify({ id: formerNumber, aid_id: aidId, slug: null, deleted: true, reason: "renumbered", merged_into: number })];
}

/** Public facts of a gone aid: its names and the reason, no content. `mergedInto`: number of the replacing aid. */
interface GoneAid {
  readonly id: number;
  readonly aid_id: string;
  readonly slug: string | null;
  readonly deleted: true;
  readonly reason: ReportedReason;
  readonly merged_into: number | null;
}

/** Returns the tombstones of aids that are not live, as JSON by permanent id. */
export async function tombstonesOf(
  aids: readonly (KnownAid & { readonly became: "live" | ReportedReason })[],
  changes: PublishedChangeRepository,
  scope: Access["scope"],
): Promise<ReadonlyMap<string, string>> {
  const survivors = await changes.known(
    aids.flatMap(({ became, mergedInto }) => (became === "merged" && mergedInto !== null ? [mergedInto] : [])),
  );
  const numbers = new Map(survivors.filter((aid) => publicStateOf(aid, scope) === "live").map(({ aidId, number }) => [aidId, number]));
  return new Map(
    aids.flatMap((aid) => {
      if (aid.became === "live") return [];
      const gone: GoneAid = {
        id: aid.number,
        aid_id: aid.aidId,
        slug: publicSlugOf(aid, scope),
        deleted: true,
        reason: aid.became,
        merged_into: numbers.get(aid.mergedInto ?? "") ?? null,
      };
      return [[aid.aidId, JSON.stringify(gone)] as const];
    }),
  );
}
