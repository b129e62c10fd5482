import { significantWords } from "../compare/compare-titles.ts";
import { type Contradiction, contradictionsOf } from "../compare/contradictions.ts";
import { likelyDuplicates, type PublishedLikeness } from "../compare/likely-duplicates.ts";
import { likenessOf } from "../compare/likeness.ts";
import { isCertain } from "../compare/likeness-rules.ts";
import type { Aid, AidContent } from "../model/aid/aid.ts";
import type { Match, Remark } from "../model/plan/plan.ts";
import type { IngestionRun } from "./ingestion-run.ts";
import type { ElsewhereFacts } from "./plan/guard-facts.ts";

/** New aids that are compared. A first import of more is mostly another catalogue, and a person compares it with `aids --duplicates`. */
const maxCompared = 5_000;
const queriesAtOnce = 200;

type Filled = Partial<AidContent>;

/** A new aid of a plan, the aid of another connector that it is or may be, and where they contradict each other. */
interface KnownElsewhere {
  readonly externalId: string;
  readonly aid: Aid;
  readonly match: Match;
  readonly contradictions: readonly Contradiction[];
}

/**
 * Finds new aids that another connector has already brought, adds a remark for each, and returns facts for the guards. Links certain pairs
 * if both connectors allow it. The cost depends on the number of new aids, not on the size of the catalogue.
 */
export async function findElsewhere({ services, connector, claim }: IngestionRun, planId: string): Promise<ElsewhereFacts> {
  const { plans, search } = services.catalogue;
  const { definition } = connector;
  const { id } = definition;
  const fresh = new Map<string, Filled>();
  // Reading the new aids takes a tenth of a large first import.
  if (!(await search.hasOthers(id))) return factsOf([], fresh, 0);
  for await (const page of plans.createdAids(planId, claim.runId)) {
    for (const { externalId, content } of page) if (fresh.size < maxCompared) fresh.set(externalId, content);
    if (fresh.size === maxCompared) break;
  }
  const ours = [...fresh].map(([key, content]) => ({ ...likenessOf(key, content), connector: id }));
  const others = new Map<string, Aid>();
  for (let first = 0; first < ours.length; first += queriesAtOnce) {
    const found = await search.alike(
      id,
      ours.slice(first, first + queriesAtOnce).map((aid) => queryOf(aid, fresh.get(aid.key) ?? {})),
    );
    for (const aid of found) others.set(aid.aidId, aid);
  }
  const known = others.size === 0 ? [] : knownElsewhere(ours, fresh, others);
  const linked = definition.otherSources.link ? await plans.linkCreations(planId, definition.id, linksOf(known)) : [];
  const isLinked = new Set(linked);
  await plans.addRemarks(
    planId,
    known.map((pair) => remarkOf(pair, isLinked.has(pair.externalId))),
  );
  return factsOf(known, fresh, linked.length);
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

/** Returns each new aid with its most certain match. */
function knownElsewhere(
  ours: readonly PublishedLikeness[],
  fresh: ReadonlyMap<string, Filled>,
  others: ReadonlyMap<string, Aid>,
): KnownElsewhere[] {
  const theirs = [...others.values()].map((aid) => ({ ...likenessOf(aid.aidId, aid), connector: aid.connector }));
  const known = new Map<string, KnownElsewhere>();
  for (const { left, right, match } of likelyDuplicates([...ours, ...theirs])) {
    const aid = others.get(left.key) ?? others.get(right.key);
    const externalId = [left.key, right.key].find((key) => fresh.has(key));
    if (aid === undefined || externalId === undefined || known.has(externalId)) continue;
    const contradictions = isCertain(match) ? contradictionsOf(fresh.get(externalId) ?? {}, aid) : [];
    known.set(externalId, { externalId, aid, match, contradictions });
  }
  return [...known.values()];
}

function remarkOf({ externalId, aid, match, contradictions }: KnownElsewhere, isLinked: boolean): Remark {
  const contradicts = contradictions.map(({ field, one, other, isSwapped }) => ({ field, incoming: one, known: other, isSwapped }));
  return {
    code: isLinked ? "linked-elsewhere" : isCertain(match) ? "known-elsewhere" : "maybe-elsewhere",
    aidId: aid.aidId,
    externalId,
    params: { of: `${aid.connector}/${aid.externalId}`, ...match, ...(contradicts.length > 0 && { contradicts }) },
  };
}

const days: readonly string[] = ["startDate", "submissionDeadline"];

function factsOf(known: readonly KnownElsewhere[], fresh: ReadonlyMap<string, Filled>, linked: number): ElsewhereFacts {
  const written = [...fresh.values()].flatMap(({ startDate, submissionDeadline }) => [startDate ?? [], submissionDeadline ?? []].flat());
  const certain = known.filter(({ match }) => isCertain(match));
  const contradicting = certain.filter(({ contradictions }) => contradictions.length > 0);
  const dated = contradicting.filter(({ contradictions }) => contradictions.some(({ field }) => days.includes(field)));
  const swapped = dated.filter(({ contradictions }) => contradictions.some(({ isSwapped }) => isSwapped));
  return {
    of: fresh.size,
    certain: counted(certain),
    linked,
    maybe: known.length - certain.length,
    from: [...new Set(known.map(({ aid }) => aid.connector))].sort(),
    contradicting: counted(contradicting),
    dated: dated.length,
    swapped: counted(swapped),
    days: written.length,
    lateDays: written.filter((day) => Number(day.slice(8)) > 12).length,
  };
}

function counted(known: readonly KnownElsewhere[]) {
  return { count: known.length, examples: known.map(({ externalId }) => externalId) };
}
