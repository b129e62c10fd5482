import type { Epci } from "../epcis.ts";
import type { PerimeterRef } from "../perimeter.ts";

/** The territories that replace a former EPCI. `isWhole`: a single territory contains all its communes. */
export interface MemberMatch {
  readonly by: readonly PerimeterRef[];
  readonly isWhole: boolean;
}

/** An EPCI replaces a former one in part from this share of its own communes, or of the former one's. */
const minShare = 0.5;

/**
 * Matches a former EPCI with the present ones by their communes. If one contains all communes, it is the only match. Otherwise the matches
 * are the EPCI that share at least half of their communes, or half of the former one's, and the communes that are in none of these.
 */
export function matchMembers(former: readonly string[], present: ReadonlyMap<string, Pick<Epci, "members">>): MemberMatch {
  const own = new Set(former);
  if (own.size === 0) return { by: [], isWhole: false };
  const shares = [...present].flatMap(([code, { members }]) => {
    const shared = members.filter((member) => own.has(member));
    return shared.length === 0 ? [] : [{ code, shared, ofIts: shared.length / members.length, ofOwn: shared.length / own.size }];
  });
  const whole = shares.find(({ ofOwn }) => ofOwn === 1);
  if (whole !== undefined) return { by: [{ scale: "epci", code: whole.code }], isWhole: true };
  const parts = shares.filter(({ ofIts, ofOwn }) => ofIts >= minShare || ofOwn >= minShare);
  const covered = new Set(parts.flatMap(({ shared }) => shared));
  const left = [...own].filter((member) => !covered.has(member));
  return {
    by: [
      ...parts.sort((a, b) => b.ofOwn - a.ofOwn).map(({ code }) => ({ scale: "epci", code }) as const),
      ...left.map((code) => ({ scale: "commune", code }) as const),
    ],
    isWhole: false,
  };
}
