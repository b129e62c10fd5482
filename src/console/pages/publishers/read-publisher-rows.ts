import type { PublisherActivity } from "../../../catalogue/publishers/publisher-listing-repository.ts";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { publisherKindLabel } from "../../../french/publishers.ts";
import { frenchMember } from "../../../french/values.ts";
import { publisherKinds } from "../../../kit/definition.ts";
import { refOf } from "../../../kit/rules/perimeters.ts";
import { findPerimeter } from "../../../model/territories/perimeters.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import type { Visit } from "../../visit.ts";
import { refreshPublishers, seesPeople } from "./publisher-at.ts";
import { doubtOf, type PublisherDoubt } from "./publisher-stage.tsx";

/** A publisher as the list shows it. */
export interface PublisherRow extends Omit<PublisherActivity, "publisherId"> {
  readonly publisher: StoredPublisher;
  /** `Bretagne (région, 53)`; "" where none was said. */
  readonly territory: string;
  /** Name of ours, for those who may see it; null: nobody. */
  readonly inCharge: string | null;
  /** Its day is past. */
  readonly isOverdue: boolean;
  /** What does not fit between its stage and its aids on the site. */
  readonly doubt: PublisherDoubt | null;
}

const read = new WeakMap<Visit, Promise<readonly PublisherRow[]>>();

/** All publishers, by name. Read once a visit. */
export function readPublisherRows(visit: Visit): Promise<readonly PublisherRow[]> {
  const known = read.get(visit) ?? readNow(visit);
  read.set(visit, known);
  return known;
}

async function readNow(visit: Visit): Promise<readonly PublisherRow[]> {
  await refreshPublishers(visit);
  const { catalogue, now } = visit;
  const [publishers, activity, names] = await Promise.all([
    catalogue.publishers.all(),
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
}

/** Closed accounts too: who was in charge stays so until somebody else is. */
async function namesOfPeople({ catalogue }: Visit): Promise<ReadonlyMap<string, string>> {
  const people = await catalogue.people.list({}, { limit: 10_000, offset: 0 });
  return new Map(people.map(({ personId, name }) => [personId, name]));
}

/** `Bretagne (région, 53)`, of `region:53`; "" where none was said. */
export function territoryInWords(territory: string | null): string {
  const ref = territory === null ? undefined : refOf(territory);
  const found = ref === undefined ? undefined : findPerimeter(ref)?.perimeter;
  return found === undefined ? (territory ?? "") : frenchMember("perimeters", found);
}

/** What a publisher is, in French; a kind that connectors have no more stays as it is kept. */
export function kindWord(kind: string): string {
  const known = publisherKinds.find((one) => one === kind);
  return known === undefined ? kind : publisherKindLabel(known);
}
