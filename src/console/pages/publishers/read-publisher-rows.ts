import type { PublisherActivity } from "../../../catalogue/publishers/publisher-listing-repository.ts";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { publisherKindLabels } from "../../../french/publishers.ts";
import { frenchMember } from "../../../french/values.ts";
import { refOf } from "../../../kit/rules/perimeters.ts";
import { publisherKinds } from "../../../model/publisher/publisher-kinds.ts";
import { findPerimeter } from "../../../model/territories/perimeters.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { oncePerVisit } from "../../once-per-visit.ts";
import type { Visit } from "../../visit.ts";
import { refreshPublishers, seesPeople } from "./publisher-at.ts";
import { doubtOf, type PublisherDoubt } from "./publisher-stage.tsx";

export interface PublisherRow extends Omit<PublisherActivity, "publisherId"> {
  readonly publisher: StoredPublisher;
  /** `Bretagne (région, 53)`; "" if unknown. */
  readonly territory: string;
  /** Name of the person in charge, for visitors who may see it, or null. */
  readonly inCharge: string | null;
  /** True if the day of the next action has passed. */
  readonly isOverdue: boolean;
  readonly doubt: PublisherDoubt | null;
}

/** Reads all publishers, sorted by name. */
export const readPublisherRows = oncePerVisit(async (visit): Promise<readonly PublisherRow[]> => {
  await refreshPublishers(visit);
  const { catalogue, now } = visit;
  const [publishers, activity, names] = await Promise.all([
    catalogue.publishers.list(),
    catalogue.publisherListing.activity(),
    seesPeople(visit) ? namesOfPeople(visit) : new Map<string, string>(),
  ]);
  const activityOf = new Map(activity.map((one) => [one.publisherId, one]));
  const today = parisDay(now);
  return publishers
    .map((publisher): PublisherRow => {
      const { publisherId, territory, personInCharge, nextActionOn } = publisher;
      const { connectors = 0, liveAids = 0, lastExchangeAt = null, wasAgreed = false } = activityOf.get(publisherId) ?? {};
      return {
        publisher,
        connectors,
        liveAids,
        lastExchangeAt,
        wasAgreed,
        territory: territoryInWords(territory),
        inCharge: personInCharge === null ? null : (names.get(personInCharge) ?? null),
        isOverdue: nextActionOn !== null && nextActionOn < today,
        doubt: doubtOf(publisher, { liveAids, wasAgreed }),
      };
    })
    .sort((a, b) => a.publisher.name.localeCompare(b.publisher.name, "fr"));
});

/** Returns names by person id. Includes closed accounts, because their owners stay in charge until somebody replaces them. */
async function namesOfPeople({ catalogue }: Visit): Promise<ReadonlyMap<string, string>> {
  const people = await catalogue.people.list({}, { limit: 10_000, offset: 0 });
  return new Map(people.map(({ personId, name }) => [personId, name]));
}

/** Returns `Bretagne (région, 53)` for `region:53`; "" for null. */
export function territoryInWords(territory: string | null): string {
  const ref = territory === null ? undefined : refOf(territory);
  const found = ref === undefined ? undefined : findPerimeter(ref)?.perimeter;
  return found === undefined ? (territory ?? "") : frenchMember("perimeters", found);
}

/** Returns the kind of a publisher in French. A kind that no longer exists is returned as stored. */
export function kindWord(kind: string): string {
  const known = publisherKinds.find((one) => one === kind);
  return known === undefined ? kind : publisherKindLabels[known];
}
