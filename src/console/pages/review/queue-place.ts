import type { ItemPlace } from "../../../catalogue/aids/change-queue-repository.ts";
import type { QueuePlace } from "../../../catalogue/aids/review-queue-repository.ts";
import type { Visit } from "../../visit.ts";
import { changeFilterOf, type FilteredQueue, queuePath, reviewFilterOf, reviewPath } from "./queue-address.ts";

/** Position in a queue: of an aid, or of an item of the queue of proposals. */
export type Place = QueuePlace | ItemPlace;

/** Returns the position of an aid, or of a change in the queue of proposals. Null if there is no such item. */
export function placeOf(visit: Visit, requested: FilteredQueue, item: string): Promise<Place | null> {
  const { reviewQueue, changeQueue } = visit.catalogue;
  return requested.queue === "proposals" ? changeQueue.position(changeFilterOf(requested, visit), item) : reviewQueue.position(item);
}

/** Returns the address of the item after a position (null: the first), or of the list after the last one. Skips items in other hands. */
export async function nextPath(
  visit: Visit,
  requested: FilteredQueue,
  after: Place | null,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const next = await nextItem(visit, requested, after);
  return next === null ? queuePath(requested, { ...more, fin: "1" }) : reviewPath(next, requested, more);
}

function nextItem(visit: Visit, requested: FilteredQueue, after: Place | null): Promise<string | null> {
  const { catalogue, visitor, now } = visit;
  const person = visitor?.personId ?? null;
  if (requested.queue === "proposals") {
    return catalogue.changeQueue.next(changeFilterOf(requested, visit), after !== null && isItem(after) ? after : null, person, now);
  }
  return catalogue.reviewQueue.next(reviewFilterOf(requested, now), after !== null && !isItem(after) ? after : null, person, now);
}

/** Returns the number of an item in its queue, from 1, and the length of the queue. Null if it does not wait there. */
export async function rankOf(
  visit: Visit,
  requested: FilteredQueue,
  item: string,
): Promise<{ readonly place: number; readonly of: number } | null> {
  const place = await placeOf(visit, requested, item);
  if (place === null) return null;
  const { all, after } = await countAround(visit, requested, place);
  return all === 0 ? null : { place: Math.max(1, all - after), of: all };
}

async function countAround(
  visit: Visit,
  requested: FilteredQueue,
  place: Place,
): Promise<{ readonly all: number; readonly after: number }> {
  const { catalogue, now } = visit;
  if (isItem(place)) return catalogue.changeQueue.countAround(changeFilterOf(requested, visit), place);
  const filter = reviewFilterOf(requested, now);
  return { all: await catalogue.reviewQueue.count(filter), after: await catalogue.reviewQueue.countAfter(filter, place) };
}

function isItem(place: Place): place is ItemPlace {
  return "item" in place;
}
