import { likeCandidates } from "../model/compare/like-candidates.ts";
import { type Likeness, likenessOf } from "../model/compare/likeness.ts";
import { doubtFrom, type SharedFacts } from "../model/compare/likeness-rules.ts";
import { matchLikenesses, type Recognised } from "../model/compare/match-likenesses.ts";
import { reasonsOf, sharedFacts } from "../model/compare/shared-facts.ts";
import type { Match } from "../model/plan/plan.ts";
import { type LiveAid, siteAddressOf } from "./adoption/live-aid.ts";
import type { OwnAid, OwnAids } from "./read-own-aids.ts";
import { type Owner, type Whose, whoseLiveAid } from "./whose-live-aid.ts";

/** A live aid and an aid of the connector that are, or may be, the same. */
export interface LivePair {
  readonly live: LiveAid;
  readonly own: OwnAid;
  readonly match: Match;
}

/** Matches between live aids and a connector's aids. */
export interface LiveMatches {
  /** Certain pairs. Each aid occurs at most once. Pairs adopted before come first, then the most certain. */
  readonly pairs: readonly LivePair[];
  /**
   * Pairs for a person to check, most certain first: uncertain pairs, and pairs with an aid that is rejected, merged or another
   * connector's.
   */
  readonly doubts: readonly LivePair[];
  /** Live aids without a pair or doubt that look like this publisher's. */
  readonly onlyLive: readonly LiveAid[];
  /** The connector's aids in the feed without a pair or doubt, by external id. */
  readonly onlyOwn: readonly OwnAid[];
  /** Number of live aids of other publishers. */
  readonly ofOthers: number;
}

interface LiveSide {
  readonly aid: LiveAid;
  readonly whose: Whose;
  readonly likeness: Likeness;
}

/**
 * Matches a connector's aids with live aids: by the address stored at an earlier adoption, by import id, or else by link, title and
 * content.
 */
export function matchLiveAids(aids: readonly LiveAid[], own: OwnAids, owner: Owner): LiveMatches {
  const live = aids.map(
    (aid): LiveSide => ({ aid, whose: whoseLiveAid(aid, owner, own.traits), likeness: likenessOf(aid.id, aid.content) }),
  );
  const known = knownPairs(live, own.aids);
  const found = matchFree(without(live, known), withoutOwn(own.aids, known), known);
  const anothers = new Set(live.filter(({ whose }) => whose.isAnothers).map(({ aid }) => aid));
  const isForAPerson = (pair: LivePair) => isTakenOff(pair.own) || anothers.has(pair.live);
  const pairs = [...known.filter((pair) => !isForAPerson(pair)), ...found.pairs];
  const doubts = [...known.filter(isForAPerson), ...found.doubts].sort((a, b) => b.match.certainty - a.match.certainty);
  const unnamed = without(live, [...pairs, ...doubts]);
  const onlyLive = unnamed.filter(({ whose }) => whose.looksOurs && !whose.isAnothers).map(({ aid }) => aid);
  const onlyOwn = withoutOwn(own.aids, [...pairs, ...doubts]).filter((aid) => aid.isInFeed && !isTakenOff(aid));
  return { pairs, doubts, onlyLive, onlyOwn, ofOthers: unnamed.length - onlyLive.length };
}

/**
 * Pairs the aids that can be adopted without a person. If an aid of a pair would also match another aid, the pair becomes a doubt. All
 * remaining aids, including those that need a person, are then compared for doubts.
 */
function matchFree(live: readonly LiveSide[], own: readonly OwnAid[], known: readonly LivePair[]): Pick<LiveMatches, "pairs" | "doubts"> {
  const mayBeOurs = live.filter(({ whose }) => !whose.isAnothers);
  const adoptable = own.filter((aid) => !isTakenOff(aid));
  const others = [
    ...known.flatMap((pair) => [likenessOf(pair.live.id, pair.live.content), pair.own.likeness]),
    ...likenesses(live.filter(({ whose }) => whose.isAnothers)),
    ...likenesses(own.filter(isTakenOff)),
  ];
  const named = namer(live, own);
  const match = (left: readonly LiveSide[], right: readonly OwnAid[], others: readonly Likeness[] = []) => {
    const { pairs, doubts } = matchLikenesses(likenesses(left), likenesses(right), { others });
    return { pairs: pairs.map(named), doubts: doubts.map(named) };
  };
  const found = match(mayBeOurs, adoptable, others);
  const { pairs, contested } = settled(found.pairs, [
    ...match(
      without(mayBeOurs, found.pairs),
      found.pairs.map((pair) => pair.own),
      others,
    ).pairs,
    ...match(only(mayBeOurs, found.pairs), withoutOwn(adoptable, found.pairs), others).pairs,
  ]);
  const rest = match(without(live, pairs), withoutOwn(own, pairs));
  const anothers = new Set(live.filter(({ whose }) => whose.isAnothers).map(({ aid }) => aid));
  const unseen = [...rest.pairs, ...rest.doubts].filter((pair) => anothers.has(pair.live) || isTakenOff(pair.own));
  const doubts = [...found.doubts, ...contested, ...unseen];
  const left = without(mayBeOurs, [...pairs, ...doubts]).filter(({ whose }) => whose.looksOurs);
  const weak = weakDoubts(likenesses(left), likenesses(withoutOwn(adoptable, [...pairs, ...doubts]))).map(named);
  return { pairs, doubts: [...doubts, ...weak] };
}

/** Separates pairs whose aids occur in no other pair from contested pairs. */
function settled(found: readonly LivePair[], rivals: readonly LivePair[]): { pairs: LivePair[]; contested: LivePair[] } {
  const claimed = new Set<LiveAid | OwnAid>(rivals.flatMap((rival) => [rival.live, rival.own]));
  const isClaimed = (pair: LivePair) => claimed.has(pair.live) || claimed.has(pair.own);
  return { pairs: found.filter((pair) => !isClaimed(pair)), contested: [...found.filter(isClaimed), ...rivals] };
}

/**
 * Returns the pairs that need no comparison, because of the address stored at an earlier adoption, or an identifier of only one live aid.
 */
function knownPairs(live: readonly LiveSide[], own: readonly OwnAid[]): LivePair[] {
  const byPage = new Map(live.map((side) => [siteAddressOf(side.aid), side]));
  const before = own.flatMap((aid): LivePair[] => {
    const side = aid.siteUrl === null ? undefined : byPage.get(aid.siteUrl);
    return side === undefined ? [] : [{ live: side.aid, own: aid, match: { certainty: 1, reasons: ["same-link"] } }];
  });
  const byImportId = new Map<string | null, LiveSide | "several">();
  for (const side of without(live, before)) byImportId.set(side.whose.importId, byImportId.has(side.whose.importId) ? "several" : side);
  const identified = withoutOwn(own, before).flatMap((aid): LivePair[] => {
    const side = byImportId.get(aid.externalId);
    if (side === undefined || side === "several") return [];
    const reasons = reasonsOf(sharedFacts(side.likeness, aid.likeness, 0, false));
    return [{ live: side.aid, own: aid, match: { certainty: 1, reasons: ["same-import-id", ...reasons] } }];
  });
  return [...before, ...identified];
}

/** Returns true if a person rejected or merged the aid. */
function isTakenOff({ status }: OwnAid): boolean {
  return status === "deleted" || status === "merged";
}

function without(live: readonly LiveSide[], pairs: readonly LivePair[]): LiveSide[] {
  const named = new Set(pairs.map((pair) => pair.live));
  return live.filter(({ aid }) => !named.has(aid));
}

function only(live: readonly LiveSide[], pairs: readonly LivePair[]): LiveSide[] {
  const named = new Set(pairs.map((pair) => pair.live));
  return live.filter(({ aid }) => named.has(aid));
}

function withoutOwn(own: readonly OwnAid[], pairs: readonly LivePair[]): OwnAid[] {
  const named = new Set(pairs.map((pair) => pair.own));
  return own.filter((aid) => !named.has(aid));
}

function likenesses(aids: readonly { readonly likeness: Likeness }[]): Likeness[] {
  return aids.map(({ likeness }) => likeness);
}

function namer(live: readonly LiveSide[], own: readonly OwnAid[]): (pair: Recognised["pairs"][number]) => LivePair {
  const liveOf = new Map(live.map(({ aid }) => [aid.id, aid]));
  const ownOf = new Map(own.map((aid) => [aid.aidId, aid]));
  return ({ left, right, match }) => {
    const [liveAid, ownAid] = [liveOf.get(left), ownOf.get(right)];
    if (liveAid === undefined || ownAid === undefined) throw new RangeError(`no aid ${left} or ${right}`);
    return { live: liveAid, own: ownAid, match };
  };
}

/** An aid with more candidates than this resembles too many aids, so its doubts are dropped. */
const maxCandidates = 3;

/**
 * Finds pairs with weak evidence: most words of the title, the same day or most of the text, and no contradiction. This is enough only
 * because both lists contain the remaining aids of one publisher.
 */
function weakDoubts(left: readonly Likeness[], right: readonly Likeness[]): Recognised["doubts"] {
  const aids = [...left.map((likeness) => ({ likeness, side: "left" })), ...right.map((likeness) => ({ likeness, side: "right" }))];
  const doubts = likeCandidates(aids).flatMap(({ first: { likeness: a }, second: { likeness: b } }) => {
    const facts = sharedFacts(a, b, 0, false);
    return speaksForIt(facts) ? [{ left: a.key, right: b.key, match: { certainty: doubtFrom, reasons: reasonsOf(facts) } }] : [];
  });
  const candidatesOf = (key: "left" | "right") => {
    const counts = new Map<string, number>();
    for (const doubt of doubts) counts.set(doubt[key], (counts.get(doubt[key]) ?? 0) + 1);
    return counts;
  };
  const [ofLeft, ofRight] = [candidatesOf("left"), candidatesOf("right")];
  return doubts.filter((doubt) => Math.max(ofLeft.get(doubt.left) ?? 0, ofRight.get(doubt.right) ?? 0) <= maxCandidates);
}

function speaksForIt({ title, dates, text, place }: SharedFacts): boolean {
  if (dates === "other" || text === "other" || place === "other" || title === "edition") return false;
  return title !== "other" || dates === "same" || text !== "unknown";
}
