import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { StoredPublisher } from "../catalogue/publishers/publisher-repository.ts";
import type { Change } from "../model/plan/plan.ts";
import type { Remark } from "../model/plan/remark.ts";
import { type Edition, editionInUse, packEdition, storedStamp, type TerritoryLists } from "../model/territories/edition.ts";
import {
  compareEditions,
  type EditionComparison,
  type Replacements,
  type TerritoryChange,
} from "../model/territories/editions/compare-editions.ts";
import { territoryTranslation } from "../model/territories/editions/translate-territories.ts";
import { placeKey } from "../model/territories/perimeter.ts";
import { fingerprintOf } from "../model/text/canonical.ts";
import { type Curator, makePersonPlan, type PersonPlan } from "./person-plan.ts";
import { territoriesOfAid, translatedAid } from "./translate-aid.ts";

/** A change of a territory, with the number of its aids and the names of its publishers. */
export interface ConcernedTerritory extends TerritoryChange {
  readonly aids: number;
  readonly publishers: readonly string[];
}

/** Result of `updateTerritories`. `plan`: null for a check, or if the edition is in use. `since`: the edition in use. */
export interface TerritoryUpdate {
  readonly plan: PersonPlan | null;
  readonly isInUse: boolean;
  readonly since: string;
  /** Number of aids whose territories change. */
  readonly aids: number;
  readonly changes: readonly ConcernedTerritory[];
}

/**
 * Makes a plan that takes a new edition of the official lists. Its changes write the territories of aids as the new edition lists them; its
 * remarks name the territories that change. When the plan is applied, the edition is in use; when it is undone, the one before. Closes
 * earlier open plans of this kind. `decided`: what a person decided about territories that are gone. `isCheck`: stores nothing.
 */
export async function updateTerritories(
  catalogue: Catalogue,
  curator: Curator,
  next: { readonly name: string; readonly lists: TerritoryLists },
  { decided, isCheck = false }: { readonly decided?: Replacements; readonly isCheck?: boolean } = {},
): Promise<TerritoryUpdate> {
  await catalogue.territoryEditions.refresh();
  const old = editionInUse();
  const comparison = compareEditions(old, next, decided);
  if (isInUse(old, comparison)) return { plan: null, isInUse: true, since: old.name, aids: 0, changes: [] };
  const publishers = await catalogue.publishers.list();
  const counts = new Map<string, number>();
  const concerned = () => concernedTerritories(comparison.changes, counts, publishers);
  const pages = pagesOf(catalogue, curator, comparison, counts, () => remarksOf(concerned(), next.name));
  if (isCheck) {
    let aids = 0;
    for await (const { changes } of pages) aids += changes.length;
    return { plan: null, isInUse: false, since: old.name, aids, changes: concerned() };
  }
  for (const { planId } of await catalogue.plans.list({ origin: "territories", isOpen: true }))
    await catalogue.plans.close(planId, "overtaken", { now: curator.now, by: curator.by });
  const asked = { act: "territories", edition: next.name, since: old.name };
  const plan = await makePersonPlan(catalogue, curator, { origin: "territories", connector: null, asked }, pages, (planId) =>
    catalogue.territoryEditions.add(planId, packed(comparison.edition)),
  );
  return { plan, isInUse: false, since: old.name, aids: plan.changes, changes: concerned() };
}

/** False as long as no plan has taken an edition: a plan without changes then keeps that of the installed package. */
function isInUse(old: Edition, { edition, changes }: EditionComparison): boolean {
  return (
    storedStamp() !== null &&
    old.name === edition.name &&
    changes.length === 0 &&
    JSON.stringify(old.former) === JSON.stringify(edition.former)
  );
}

function packed(edition: Edition) {
  return { name: edition.name, stamp: `${edition.name} ${fingerprintOf(JSON.stringify(edition))}`, packed: packEdition(edition) };
}

/** Yields the changes of aids, and at the end the remarks. Counts the aids of each changed territory by `scale:code`. */
async function* pagesOf(
  catalogue: Catalogue,
  curator: Curator,
  comparison: EditionComparison,
  counts: Map<string, number>,
  remarks: () => Remark[],
): AsyncGenerator<{ readonly changes: readonly Change[]; readonly remarks?: readonly Remark[] }> {
  const translate = territoryTranslation(comparison);
  const changed = new Set(comparison.changes.map(({ territory }) => placeKey(territory)));
  for await (const page of catalogue.aids.curated()) {
    for (const aid of page) {
      for (const key of new Set(territoriesOfAid(aid).map(placeKey))) if (changed.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    yield { changes: page.flatMap((aid) => translatedAid(aid, translate, curator) ?? []) };
  }
  yield { changes: [], remarks: remarks() };
}

function concernedTerritories(
  changes: readonly TerritoryChange[],
  counts: ReadonlyMap<string, number>,
  publishers: readonly StoredPublisher[],
): ConcernedTerritory[] {
  return changes.map((change) => {
    const key = placeKey(change.territory);
    const names = publishers.filter(({ territory }) => territory === key).map(({ name }) => name);
    return { ...change, aids: counts.get(key) ?? 0, publishers: names };
  });
}

/** Makes a remark of every changed territory, except new names and members of a territory that no aid and no publisher has. */
function remarksOf(changes: readonly ConcernedTerritory[], edition: string): Remark[] {
  return changes
    .filter(({ kind, aids, publishers }) => (kind !== "renamed" && kind !== "moved") || aids > 0 || publishers.length > 0)
    .map(({ territory, by, ...params }) => ({
      code: "territory-changed",
      aidId: null,
      externalId: null,
      params: { ...params, with: placeKey(territory), name: territory.name, by, edition },
    }));
}
