import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { syncPublishers } from "../../../partners/sync-publishers.ts";
import { NotFound } from "../../route.ts";
import { hasRole, param, type Visit } from "../../visit.ts";

/** Finds the publisher of the path. Throws `NotFound`. */
export async function publisherAt(visit: Visit): Promise<StoredPublisher> {
  const found = await visit.catalogue.publishers.find(param(visit, "producteur"));
  if (found === null) throw new NotFound("Ce producteur n’existe pas, ou n’existe plus.");
  return found;
}

/** Updates the list of publishers with new connectors and newly published aids. Keeps everything that a person entered. */
export async function refreshPublishers({ catalogue, console: { jobs }, now }: Visit): Promise<void> {
  await catalogue.search.catchUp();
  await syncPublishers(catalogue, await jobs.registry(), now);
}

/** Returns true for visitors who may see the names of contacts, of authors in the log, and of the people who signed or are in charge. */
export function seesPeople(visit: Visit): boolean {
  return hasRole(visit, "bizdev");
}

/** Returns the name of a publisher in the audit trail. */
export function subjectOf({ publisherId }: Pick<StoredPublisher, "publisherId">): string {
  return `producteur ${publisherId}`;
}

/** Returns the breadcrumb of pages below a publisher's page. */
export function breadcrumbOf({ publisherId, name }: Pick<StoredPublisher, "publisherId" | "name">) {
  return [
    { title: "Producteurs", href: "/producteurs" },
    { title: name, href: `/producteurs/${publisherId}` },
  ];
}

/** A form that was not saved: the typed values, the problems, and the concurrent change if there was one. */
export interface FormState {
  readonly typed: Readonly<Record<string, string>>;
  readonly problems: Readonly<Record<string, string>>;
  /** Sentence about a concurrent change. Sets the status of the page to 409. */
  readonly moved?: string;
}
