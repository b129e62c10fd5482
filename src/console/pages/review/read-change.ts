import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import type { ChangeAnswer } from "../../../catalogue/aids/change-queue-repository.ts";
import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import { fieldOfChange } from "../../../curation/answer-change.ts";
import type { AidField } from "../../../model/aid/aid.ts";
import { sameValue } from "../../../model/aid/same-value.ts";
import { shownValue } from "../../../model/aid/shown-value.ts";
import { type ChangeShape, changeShape } from "../../../model/compare/change-shape.ts";
import { NotFound } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { changeFilterOf, type FilteredQueue } from "./queue-address.ts";
import { rankOf } from "./queue-place.ts";

/** Maximum number of aids whose names the page lists. A decision concerns the others too. */
const maxListed = 100;

/** Data of the page of a change that several aids have in common. */
export interface ChangeReview {
  readonly change: string;
  readonly field: AidField;
  readonly requested: FilteredQueue;
  /** Number of aids that wait with this change. */
  readonly count: number;
  /** The first of these aids, nearest deadline first. */
  readonly listed: readonly CuratedAid[];
  /** What the change does; null if no aid waits with it. */
  readonly shape: ChangeShape | null;
  /** Last change of these aids, in microseconds since 1970. A decision leaves out aids that change later. */
  readonly seen: number;
  /** The publisher's new value, if it is the same on all listed aids and these are all; otherwise undefined. */
  readonly common: { readonly value: unknown } | undefined;
  readonly rank: { readonly place: number; readonly of: number } | null;
  /** The last answer, if no aid waits with this change. */
  readonly answered: ChangeAnswer | null;
}

/** Reads a change and its aids. @throws NotFound if there never was such a change */
export async function readChange(visit: Visit, requested: FilteredQueue): Promise<ChangeReview> {
  const { catalogue } = visit;
  const change = param(visit, "changement");
  const field = fieldOfChange(change);
  const aids = field === null ? [] : await catalogue.changeQueue.aidsWith(change, changeFilterOf(requested, visit));
  const answered = aids.length === 0 ? await catalogue.changeQueue.lastAnswer(change) : null;
  if (field === null || (aids.length === 0 && answered === null))
    throw new NotFound("Aucune aide n’attend avec ce changement : il a peut-être été traité aide par aide.");
  const listed = await aidsInOrder(
    catalogue,
    aids.slice(0, maxListed).map(({ aidId }) => aidId),
  );
  const [first] = listed;
  return {
    change,
    field,
    requested,
    count: aids.length,
    listed,
    shape: first === undefined ? null : changeShape(field, shownValue(first, field), first.imported[field]),
    seen: aids.reduce((last, { changedAt }) => Math.max(last, changedAt), 0),
    common: aids.length <= maxListed ? commonValue(field, listed) : undefined,
    rank: first === undefined ? null : await rankOf(visit, requested, change),
    answered,
  };
}

async function aidsInOrder(catalogue: Catalogue, aidIds: readonly string[]): Promise<CuratedAid[]> {
  const found = new Map<string, CuratedAid>();
  for await (const page of catalogue.aids.curated({ aidIds })) for (const aid of page) found.set(aid.aidId, aid);
  return aidIds.flatMap((aidId) => found.get(aidId) ?? []);
}

function commonValue(field: AidField, aids: readonly CuratedAid[]): ChangeReview["common"] {
  const [first] = aids;
  if (first === undefined) return undefined;
  const value = first.imported[field];
  return aids.every((aid) => sameValue(field, aid.imported[field], value)) ? { value } : undefined;
}
