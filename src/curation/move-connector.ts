import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { MoveRequest } from "../catalogue/plans/retire-moved.ts";
import type { Connector } from "../kit/definition.ts";
import { foldTerm } from "../kit/values/text/fold-term.ts";
import { matchLikenesses } from "../model/compare/match-likenesses.ts";
import type { Change, Match } from "../model/plan/plan.ts";
import type { Remark } from "../model/plan/remark.ts";
import { type Curator, makePersonPlan, type PersonPlan } from "./person-plan.ts";
import { personsChange } from "./persons-change.ts";
import { type OwnAid, readOwnAids } from "./read-own-aids.ts";

/** An aid of the former connector and a record of the new connector: the same aid, certainly or perhaps. */
export interface MovePair {
  readonly old: OwnAid;
  readonly next: Pick<OwnAid, "aidId" | "externalId" | "title">;
  readonly match: Match;
}

/** A pair that a person has decided: identifiers of an aid in the former and in the new feed. */
export interface ChosenPair {
  readonly old: string;
  readonly next: string;
}

/** Aids of two connectors, as a move would treat them. */
export interface MovePreview {
  /** Aids that move. */
  readonly pairs: readonly MovePair[];
  /** Pairs that a person must decide. They do not move. */
  readonly doubts: readonly MovePair[];
  /** Aids that the new feed does not contain. They stay as they are. */
  readonly missing: readonly OwnAid[];
  /** Records of the new feed without a pair or doubt. Its next run creates them. */
  readonly added: readonly OwnAid[];
}

/** The connectors between which aids move. */
export interface MovingConnectors {
  readonly from: Pick<Connector, "id" | "publisher">;
  readonly to: Pick<Connector, "id" | "publisher">;
}

/** Why a move is impossible. `aids`: identifiers that the new connector has already imported, or unknown identifiers of chosen pairs. */
export interface MoveRefusal {
  readonly code:
    | "same-connector"
    | "another-publisher"
    | "no-aids"
    | "nothing-read"
    | "already-imported"
    | "unknown-pair"
    | "nothing-to-move";
  readonly aids: readonly string[];
}

/** Result of `planMove`. */
export type PlannedMove = { readonly preview: MovePreview; readonly plan: PersonPlan } | { readonly refused: MoveRefusal };

const changesAPage = 500;

/**
 * Makes a plan that moves the aids of a connector to another one of the same publisher, for example from its web pages to its own file. An aid
 * keeps its id, edits, history and status; only its connector and its identifier change. The new connector must have read its feed without
 * applying it. Doubtful pairs and missing aids become remarks. `reasons`: why the former connector is paused after the move, and the new one after
 * its undo.
 */
export async function planMove(
  catalogue: Catalogue,
  curator: Curator,
  connectors: MovingConnectors,
  reasons: Pick<MoveRequest, "retired" | "returned">,
  chosen: readonly ChosenPair[] = [],
): Promise<PlannedMove> {
  const found = await previewMove(catalogue, connectors, chosen);
  if ("refused" in found) return found;
  if (found.pairs.length === 0) return { refused: { code: "nothing-to-move", aids: [] } };
  const [from, to] = [connectors.from.id, connectors.to.id];
  const pairOf = new Map(found.pairs.map((pair) => [pair.old.aidId, pair]));
  async function* pages() {
    for await (const page of catalogue.aids.curated({ connector: from })) {
      const changes = page.flatMap((aid): Change[] => {
        const pair = pairOf.get(aid.aidId);
        if (pair === undefined) return [];
        const change = personsChange(aid, "re-identify", curator, { state: { connector: to } });
        return [{ ...change, externalId: pair.next.externalId, match: { ...pair.match, with: `${from}/${aid.externalId}` } }];
      });
      for (let first = 0; first < changes.length; first += changesAPage) yield { changes: changes.slice(first, first + changesAPage) };
    }
    yield { changes: [], remarks: remarksOf(found as MovePreview) };
  }
  const asked: MoveRequest = { act: "move-connector", from, to, ...reasons };
  const plan = await makePersonPlan(catalogue, curator, { origin: "move", connector: to, asked: { ...asked } }, pages());
  return { preview: found, plan };
}

/** Compares the aids of a connector with the records that another one has read, and stores nothing. `chosen`: pairs that a person has decided. */
export async function previewMove(
  catalogue: Pick<Catalogue, "aids" | "plans">,
  connectors: MovingConnectors,
  chosen: readonly ChosenPair[] = [],
): Promise<MovePreview | { readonly refused: MoveRefusal }> {
  const [from, to] = [connectors.from.id, connectors.to.id];
  if (from === to) return { refused: { code: "same-connector", aids: [] } };
  if (!isSamePublisher(connectors)) return { refused: { code: "another-publisher", aids: [] } };
  const { aids: old } = await readOwnAids(catalogue.aids.asPlanned(from, null));
  if (old.length === 0) return { refused: { code: "no-aids", aids: [] } };
  const [read] = await catalogue.plans.list({ connector: to, origin: "run", limit: 1 });
  const { aids: next } = await readOwnAids(catalogue.aids.asPlanned(to, read?.planId ?? null));
  const returned = read === undefined ? [] : await returnedPairs(catalogue, read.planId, from, old);
  if (next.length === 0 && returned.length === 0) return { refused: { code: "nothing-read", aids: [] } };
  const preview = matched(old, next, returned, chosen);
  if ("refused" in preview) return preview;
  const imported = await importedAids(catalogue, to);
  const twice = [...preview.pairs, ...preview.doubts].map((pair) => pair.next).filter(({ aidId }) => imported.has(aidId));
  return twice.length === 0 ? preview : { refused: { code: "already-imported", aids: twice.map(({ externalId }) => externalId) } };
}

function isSamePublisher({ from: { publisher: one }, to: { publisher: other } }: MovingConnectors): boolean {
  if (one.siren !== undefined && other.siren !== undefined) return one.siren === other.siren;
  return foldTerm(one.name) === foldTerm(other.name);
}

const remarksAPage = 1000;

/**
 * Returns the aids that the new feed contains under the identifiers of our own exports: the publisher has published the file that we made for
 * it. A run does not plan to create them, but remarks that they are ours.
 */
async function returnedPairs(
  { plans }: Pick<Catalogue, "plans">,
  planId: string,
  from: string,
  old: readonly OwnAid[],
): Promise<MovePair[]> {
  const oldOf = new Map(old.map((aid) => [`${from}/${aid.externalId}`, aid]));
  const pairs: MovePair[] = [];
  for (let offset = 0; ; offset += remarksAPage) {
    const remarks = await plans.remarks(planId, remarksAPage, offset);
    for (const { code, externalId, params } of remarks) {
      const aid = code === "our-own" ? oldOf.get(String(params.of)) : undefined;
      if (aid === undefined || externalId === null) continue;
      pairs.push({
        old: aid,
        next: { aidId: externalId, externalId, title: aid.title },
        match: { certainty: 1, reasons: ["same-import-id"] },
      });
    }
    if (remarks.length < remarksAPage) return pairs;
  }
}

/** Returns the ids of a connector's aids in the catalogue. */
async function importedAids({ aids }: Pick<Catalogue, "aids">, connector: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const page of aids.curated({ connector })) for (const { aidId } of page) ids.add(aidId);
  return ids;
}

/** Pairs the aids that are in the former feed first: an aid that left it long ago must not make a pair doubtful. `returned`: pairs that need no
 * comparison. */
function matched(
  old: readonly OwnAid[],
  next: readonly OwnAid[],
  returned: readonly MovePair[],
  chosen: readonly ChosenPair[],
): MovePreview | { readonly refused: MoveRefusal } {
  const decided = decidedPairs(old, next, chosen);
  if ("refused" in decided) return decided;
  const taken = new Set(decided.pairs.map((pair) => pair.old.aidId));
  const pairs: MovePair[] = [...decided.pairs, ...returned.filter((pair) => !taken.has(pair.old.aidId))];
  const doubts: MovePair[] = [];
  for (const isInFeed of [true, false]) {
    const named = new Set([...pairs, ...doubts].flatMap((pair) => [pair.old.aidId, pair.next.aidId]));
    const found = matchedSide(
      old.filter((aid) => aid.isInFeed === isInFeed && !named.has(aid.aidId)),
      next.filter(({ aidId }) => !named.has(aidId)),
    );
    pairs.push(...found.pairs);
    doubts.push(...found.doubts);
  }
  const named = new Set([...pairs, ...doubts].flatMap((pair) => [pair.old.aidId, pair.next.aidId]));
  const rest = ({ aidId }: OwnAid) => !named.has(aidId);
  return { pairs, doubts, missing: old.filter((aid) => rest(aid) && aid.isInFeed), added: next.filter(rest) };
}

function matchedSide(old: readonly OwnAid[], next: readonly OwnAid[]): Pick<MovePreview, "pairs" | "doubts"> {
  const [oldOf, nextOf] = [old, next].map((aids) => new Map(aids.map((aid) => [aid.aidId, aid])));
  const { pairs, doubts } = matchLikenesses(
    old.map(({ likeness }) => likeness),
    next.map(({ likeness }) => likeness),
  );
  const named = ({ left, right, match }: (typeof pairs)[number]): MovePair[] => {
    const [one, other] = [oldOf?.get(left), nextOf?.get(right)];
    return one === undefined || other === undefined ? [] : [{ old: one, next: other, match }];
  };
  return { pairs: pairs.flatMap(named), doubts: doubts.flatMap(named) };
}

function decidedPairs(
  old: readonly OwnAid[],
  next: readonly OwnAid[],
  chosen: readonly ChosenPair[],
): { readonly pairs: readonly MovePair[] } | { readonly refused: MoveRefusal } {
  const find = (aids: readonly OwnAid[], id: string) => aids.find(({ externalId, aidId }) => externalId === id || aidId === id);
  const pairs: MovePair[] = [];
  const unknown: string[] = [];
  for (const pair of chosen) {
    const [one, other] = [find(old, pair.old), find(next, pair.next)];
    const isTaken = pairs.some((taken) => taken.old === one || taken.next === other);
    if (one === undefined || other === undefined || isTaken) unknown.push(`${pair.old}=${pair.next}`);
    else pairs.push({ old: one, next: other, match: { certainty: 1, reasons: [] } });
  }
  return unknown.length > 0 ? { refused: { code: "unknown-pair", aids: unknown } } : { pairs };
}

function remarksOf({ doubts, missing }: MovePreview): Remark[] {
  return [
    ...doubts.map(
      ({ old, next, match }): Remark => ({
        code: "doubtful-pair",
        aidId: old.aidId,
        externalId: next.externalId,
        params: { with: next.externalId, ...match, title: old.title, liveTitle: next.title },
      }),
    ),
    ...missing.map(
      ({ aidId, externalId, title }): Remark => ({ code: "not-in-file", aidId, externalId, params: { with: externalId, title } }),
    ),
  ];
}
