import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { mayAs } from "../../../model/publisher/role.ts";
import { syncPublishers } from "../../../partners/sync-publishers.ts";
import { NotFound } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";

/** The publisher of the address. @throws NotFound */
export async function publisherAt(visit: Visit): Promise<StoredPublisher> {
  const found = await visit.catalogue.publishers.find(param(visit, "producteur"));
  if (found === null) throw new NotFound("Ce producteur n’existe pas, ou n’existe plus.");
  return found;
}

/**
 * Brings the list up before it is shown, as lists of aids bring up their index: connectors that have come, aids that have come on the site. Nothing that a person said
 * changes by looking.
 */
export async function refreshPublishers({ catalogue, console: { jobs }, now }: Visit): Promise<void> {
  await catalogue.search.catchUp();
  await syncPublishers(catalogue, await jobs.registry(), now);
}

/** True for those who may see who is in charge, contacts, the log, and who said yes. */
export function seesPeople({ visitor }: Visit): boolean {
  return visitor?.role != null && mayAs(visitor.role, "bizdev");
}

/** How the audit trail names a publisher. */
export function subjectOf({ publisherId }: Pick<StoredPublisher, "publisherId">): string {
  return `producteur ${publisherId}`;
}

/** The trail of pages that stand under a publisher's. */
export function breadcrumbOf({ publisherId, name }: Pick<StoredPublisher, "publisherId" | "name">) {
  return [
    { title: "Producteurs", href: "/producteurs" },
    { title: name, href: `/producteurs/${publisherId}` },
  ];
}

/** The page of a publisher given again, because a form on it could not be taken: what was typed into its fields, what is wrong, and what somebody else wrote meanwhile. */
export interface FormState {
  readonly typed: Readonly<Record<string, string>>;
  readonly problems: Readonly<Record<string, string>>;
  /** A sentence on what stands there instead; the page is a 409 then. */
  readonly moved?: string;
}

/** A page that is looked at for the first time. */
export const emptyForm: FormState = { typed: {}, problems: {} };
