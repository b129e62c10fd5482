import type { Aid, AidContent } from "../model/aid/aid.ts";
import { significantWords } from "../model/compare/compare-titles.ts";
import { type Contradiction, contradictable, contradictionsOf } from "../model/compare/contradictions.ts";
import { likenessOf } from "../model/compare/likeness.ts";
import { isCertain } from "../model/compare/likeness-rules.ts";
import { likelyDuplicates, type PublishedLikeness } from "../model/compare/match-likenesses.ts";
import type { Match } from "../model/plan/plan.ts";
import type { Remark } from "../model/plan/remark.ts";
import type { IngestionRun } from "./ingestion-run.ts";
import type { ElsewhereFacts } from "./plan/guard-facts.ts";

/** New and changed aids that are compared, each. A first import of more is mostly another catalogue, and a person compares it with `aids --duplicates`. */
const maxCompared = 5_000;
const queriesAtOnce = 200;

type Filled = Partial<AidContent>;

/** A new or changed aid of a plan, the aid of another connector that it is or may be, and where they contradict each other. */
interface KnownElsewhere {
  readonly externalId: string;
  readonly isNew: boolean;
  readonly aid: Pick<Aid, "aidId" | "connector" | "externalId">;
  readonly match: Match;
  readonly contradictions: readonly Contradiction[];
}

/**
 * Finds new aids that another connector has already brought, adds a remark for each, and returns facts for the guards. Links certain pairs
 * if both connectors allow it. Changed aids are compared too if a field changes in which sources can contradict each other. The cost
 * depends on the number of these aids, not on the size of the catalogue.
 */
export async function findElsewhere({ services, connector, claim }: IngestionRun, planId: string): Promise<ElsewhereFacts> {
  const { plans, search } = services.catalogue;
  const { definition } = connector;
  const { id } = definition;
  // Reading the new aids takes a tenth of a large first import.
  if (!(await search.hasOthers(id))) return factsOf([], { fresh: new Map(), changed: new Map() }, 0);
  const fresh = await firstOf(plans.createdAids(planId, claim.runId));
  const changed = await firstOf(plans.changedAids(planId, claim.runId, contradictable));
  const received = new Map([...fresh, ...changed]);
  const ours = [...received].map(([key, content]) => ({ ...likenessOf(key, content), connector: id }));
  const others = new Map<string, Aid>();
  for (let first = 0; first < ours.length; first += queriesAtOnce) {
    const found = await search.alike(
      id,
      ours.slice(first, first + queriesAtOnce).map((aid) => queryOf(aid, received.get(aid.key) ?? {})),
    );
    for (const aid of found) others.set(aid.aidId, aid);
  }
  const known = new Map<string, KnownElsewhere>();
  for (const source of await plans.linkedSources(id, [...changed.keys()])) {
    const contradictions = contradictionsOf(changed.get(source.externalId) ?? {}, source.content);
    if (known.has(source.externalId) && contradictions.length === 0) continue;
    const aid = { aidId: source.aidId, connector: source.connector, externalId: source.otherId };
    known.set(source.externalId, { externalId: source.externalId, isNew: false, aid, match: linkedMatch, contradictions });
  }
  for (const pair of others.size === 0 ? [] : knownElsewhere(id, ours, { fresh, received }, others)) {
    if (!known.has(pair.externalId)) known.set(pair.externalId, pair);
  }
  const pairs = [...known.values()];
  const created = pairs.filter(({ isNew }) => isNew);
  const linked = definition.otherSources.link ? await plans.linkCreations(planId, id, linksOf(created)) : [];
  const isLinked = new Set(linked);
  await plans.addRemarks(
    planId,
    pairs
      .filter(({ isNew, contradictions }) => isNew || contradictions.length > 0)
      .map((pair) => remarkOf(pair, isLinked.has(pair.externalId))),
  );
  return factsOf(pairs, { fresh, changed }, linked.length);
}

/** A person or a run has linked these aids. */
const linkedMatch: Match = { certainty: 1, reasons: [] };

async function firstOf(
  pages: AsyncIterable<readonly { readonly externalId: string; readonly content: Filled }[]>,
): Promise<Map<string, Filled>> {
  const first = new Map<string, Filled>();
  for await (const page of pages) {
    for (const { externalId, content } of page) if (first.size < maxCompared) first.set(externalId, content);
    if (first.size === maxCompared) break;
  }
  return first;
}

/** Returns the certain pairs. If two new aids are certainly the same stored aid, a person decides. */
function linksOf(known: readonly KnownElsewhere[]) {
  const certain = known.filter(({ match }) => isCertain(match));
  const timesMet = new Map<string, number>();
  for (const { aid } of certain) timesMet.set(aid.aidId, (timesMet.get(aid.aidId) ?? 0) + 1);
  return certain
    .filter(({ aid }) => timesMet.get(aid.aidId) === 1)
    .map(({ externalId, aid, match }) => ({
      externalId,
      aidId: aid.aidId,
      match: { ...match, with: `${aid.connector}/${aid.externalId}` },
    }));
}

function queryOf({ titles, pageTitles }: PublishedLikeness, { originUrl, applicationUrl, importDataUrl }: Filled) {
  return {
    links: [originUrl ?? null, applicationUrl ?? null, importDataUrl ?? null],
    titles: [...titles, ...pageTitles],
    words: titles.flatMap(significantWords),
  };
}

/** Returns each new aid with its most certain match. Changed aids only count if the match is certain. */
function knownElsewhere(
  connector: string,
  ours: readonly PublishedLikeness[],
  { fresh, received }: { readonly fresh: ReadonlyMap<string, Filled>; readonly received: ReadonlyMap<string, Filled> },
  others: ReadonlyMap<string, Aid>,
): KnownElsewhere[] {
  const theirs = [...others.values()].map((aid) => ({ ...likenessOf(aid.aidId, aid), connector: aid.connector }));
  const known = new Map<string, KnownElsewhere>();
  for (const { left, right, match } of likelyDuplicates([...ours, ...theirs], connector)) {
    const aid = others.get(left.key) ?? others.get(right.key);
    const externalId = [left.key, right.key].find((key) => received.has(key));
    if (aid === undefined || externalId === undefined || known.has(externalId)) continue;
    const isNew = fresh.has(externalId);
    if (!isNew && !isCertain(match)) continue;
    const contradictions = isCertain(match) ? contradictionsOf(received.get(externalId) ?? {}, aid) : [];
    known.set(externalId, { externalId, isNew, aid, match, contradictions });
  }
  return [...known.values()];
}

function remarkOf({ externalId, isNew, aid, match, contradictions }: KnownElsewhere, isLinked: boolean): Remark {
  const contradicts = contradictions.map(({ field, one, other, isSwapped }) => ({ field, incoming: one, known: other, isSwapped }));
  return {
    code: !isNew ? "contradicts-elsewhere" : isLinked ? "linked-elsewhere" : isCertain(match) ? "known-elsewhere" : "maybe-elsewhere",
    aidId: aid.aidId,
    externalId,
    params: { of: `${aid.connector}/${aid.externalId}`, ...match, ...(contradicts.length > 0 && { contradicts }) },
  };
}

const days: readonly string[] = ["startDate", "submissionDeadline"];

function factsOf(
  known: readonly KnownElsewhere[],
  { fresh, changed }: { readonly fresh: ReadonlyMap<string, Filled>; readonly changed: ReadonlyMap<string, Filled> },
  linked: number,
): ElsewhereFacts {
  const written = [...fresh.values(), ...changed.values()].flatMap(({ startDate, submissionDeadline }) =>
    [startDate ?? [], submissionDeadline ?? []].flat(),
  );
  const created = known.filter(({ isNew }) => isNew);
  const certain = created.filter(({ match }) => isCertain(match));
  const contradicting = known.filter(({ contradictions }) => contradictions.length > 0);
  const dated = contradicting.filter(({ contradictions }) => contradictions.some(({ field }) => days.includes(field)));
  const swapped = dated.filter(({ contradictions }) => contradictions.some(({ isSwapped }) => isSwapped));
  return {
    of: fresh.size,
    certain: counted(certain),
    linked,
    maybe: created.length - certain.length,
    from: [...new Set(known.map(({ aid }) => aid.connector))].sort(),
    compared: certain.length + known.length - created.length,
    contradicting: counted(contradicting),
    changed: contradicting.filter(({ isNew }) => !isNew).length,
    dated: dated.length,
    swapped: counted(swapped),
    days: written.length,
    lateDays: written.filter((day) => Number(day.slice(8)) > 12).length,
  };
}

function counted(known: readonly KnownElsewhere[]) {
  return { count: known.length, examples: known.map(({ externalId }) => externalId) };
}
