import type { Edition, FormerTerritory, TerritoryLists } from "../edition.ts";
import type { Epci } from "../epcis.ts";
import type { Perimeter, PerimeterRef, PerimeterScale } from "../perimeter.ts";
import { type EditionView, namedIn, viewEdition } from "./edition-view.ts";

/**
 * What a new edition changes about a territory of the edition in use:
 * - `renamed`: its name;
 * - `replaced`: its code is gone, and one territory contains all of it;
 * - `divided`: its code is gone, and several territories replace it; a person must check them;
 * - `reduced`: a commune without the communes that became independent again (`by` also lists these);
 * - `moved`: an EPCI with other communes than before (`joined`, `left`);
 * - `lost`: its code is gone, and nothing is known to replace it.
 */
type TerritoryChangeKind = "renamed" | "replaced" | "divided" | "reduced" | "moved" | "lost";

/** See `TerritoryChangeKind`. `by`: the territories of the new edition that it corresponds to. */
export interface TerritoryChange {
  readonly kind: TerritoryChangeKind;
  readonly territory: Perimeter;
  readonly by: readonly Perimeter[];
  /** Numbers of communes. */
  readonly joined?: number;
  readonly left?: number;
}

/** A new edition with what earlier editions listed, and the changes since the edition in use. */
export interface EditionComparison {
  readonly edition: Edition;
  readonly changes: readonly TerritoryChange[];
}

/** What a person decided: `scale:code` of a territory that is gone -> the territories that replace it. */
export type Replacements = ReadonlyMap<string, readonly PerimeterRef[]>;

/** Compares the edition in use with new lists. A person's decisions take precedence over matches. */
export function compareEditions(
  old: Edition,
  next: { readonly name: string; readonly lists: TerritoryLists },
  decided: Replacements = new Map(),
): EditionComparison {
  const [before, after] = [viewEdition(old), viewEdition(next)];
  const changes = [
    ...changesOfCommunes(before, after, decided),
    ...changesOfEpcis(before.taxed, after.taxed, after, decided),
    ...changesOfEpcis(before.parts, after.parts, after, decided),
    ...(["department", "region"] as const).flatMap((scale) => changesAbove(scale, old.lists, before, after)),
  ];
  const formerNow = changes.flatMap((change) => formerOf(change, before, next.name));
  const formerBefore = old.former.map((former) => broughtForward(former, formerNow, after, decided));
  return { edition: { ...next, former: [...formerBefore, ...formerNow] }, changes };
}

function changesOfCommunes(before: EditionView, after: EditionView, decided: Replacements): TerritoryChange[] {
  const independent = new Map<string, Perimeter[]>();
  for (const [code, { name }] of after.communes.current) {
    const within = before.communes.current.has(code) ? undefined : before.communes.successors.get(code);
    if (within !== undefined && after.communes.current.has(within))
      independent.set(within, [...(independent.get(within) ?? []), { scale: "commune", code, name }]);
  }
  return [...before.communes.current].flatMap(([code, { name }]): TerritoryChange[] => {
    const territory = { scale: "commune", code, name } as const;
    const now = namedIn(after, territory);
    if (now === undefined) {
      const successor = after.communes.successors.get(code);
      const found = successor === undefined ? [] : [{ scale: "commune" as const, code: successor }];
      return [goneChange(territory, found, after, decided)];
    }
    const parts = independent.get(code) ?? [];
    return [
      ...(now.name === name ? [] : [{ kind: "renamed", territory, by: [now] } as const]),
      ...(parts.length === 0 ? [] : [{ kind: "reduced", territory, by: [now, ...parts] } as const]),
    ];
  });
}

function changesOfEpcis(
  before: ReadonlyMap<string, Epci>,
  present: ReadonlyMap<string, Epci>,
  after: EditionView,
  decided: Replacements,
): TerritoryChange[] {
  return [...before].flatMap(([code, { name, members }]): TerritoryChange[] => {
    const territory = { scale: "epci", code, name } as const;
    const former = [...new Set(members.flatMap((member) => after.communeOf(member) ?? []))];
    const now = present.get(code);
    if (now === undefined) return [goneChange(territory, matchMembers(former, present).by, after, decided)];
    const by = [{ scale: "epci", code, name: now.name } as const];
    const [was, is] = [new Set(former), new Set(now.members)];
    const joined = now.members.filter((member) => !was.has(member)).length;
    const left = former.filter((member) => !is.has(member)).length;
    return [
      ...(now.name === name ? [] : [{ kind: "renamed", territory, by } as const]),
      ...(joined + left === 0 ? [] : [{ kind: "moved", territory, by, joined, left } as const]),
    ];
  });
}

function changesAbove(
  scale: Extract<PerimeterScale, "department" | "region">,
  lists: TerritoryLists,
  before: EditionView,
  after: EditionView,
): TerritoryChange[] {
  return lists[scale === "region" ? "regions" : "departements"].flatMap(({ code }): TerritoryChange[] => {
    const territory = namedIn(before, { scale, code });
    if (territory === undefined) return [];
    const now = namedIn(after, territory);
    if (now === undefined) return [{ kind: "lost", territory, by: [] }];
    return now.name === territory.name ? [] : [{ kind: "renamed", territory, by: [now] }];
  });
}

function goneChange(territory: Perimeter, found: readonly PerimeterRef[], after: EditionView, decided: Replacements): TerritoryChange {
  const refs = decided.get(`${territory.scale}:${territory.code}`) ?? found;
  const by = refs.flatMap((ref) => namedIn(after, ref) ?? []);
  return { kind: by.length === 0 ? "lost" : by.length === 1 ? "replaced" : "divided", territory, by };
}

/** Returns the former territory that a change makes. Moved and reduced territories keep code and name. */
function formerOf({ kind, territory, by }: TerritoryChange, before: EditionView, since: string): FormerTerritory[] {
  const { scale, code, name } = territory;
  if ((scale !== "commune" && scale !== "epci") || kind === "moved" || kind === "reduced") return [];
  const members = scale === "epci" ? (before.taxed.get(code) ?? before.parts.get(code))?.members : undefined;
  return [{ scale, code, name, since, by: by.map(refOf), ...(members !== undefined && { members }) }];
}

/** Replaces the successors of a former territory that are gone by theirs, and all of them if a person has decided so. */
function broughtForward(
  former: FormerTerritory,
  formerNow: readonly FormerTerritory[],
  after: EditionView,
  decided: Replacements,
): FormerTerritory {
  const by = (decided.get(`${former.scale}:${former.code}`) ?? former.by).flatMap((ref) => {
    if (after.nameOf(ref) !== undefined) return [ref];
    return formerNow.find(({ scale, code }) => scale === ref.scale && code === ref.code)?.by ?? [];
  });
  return { ...former, by: [...new Map(by.map((ref) => [`${ref.scale}:${ref.code}`, ref])).values()] };
}

function refOf({ scale, code }: PerimeterRef): PerimeterRef {
  return { scale, code };
}

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
