import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { syncPublishers } from "../../../partners/sync-publishers.ts";
import { type Form, NotFound, type Page } from "../../route.ts";
import { hasRole, param, type Visit } from "../../visit.ts";
import type { PublisherConnector } from "./read-connectors.ts";

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

/** What the sections of a publisher's page show. `isPartner`: see `seesPeople`; `again`: a form with mistakes, to show it again. */
export interface PublisherView {
  readonly visit: Visit;
  readonly publisher: StoredPublisher;
  readonly connectors: readonly PublisherConnector[];
  readonly isPartner: boolean;
  readonly again: FormState;
}

/**
 * A completed act. `at`: place on the publisher's page, such as `#journal`; `to`: another page to show; `details`: facts for the audit trail besides
 * the name. Without `message`, somebody has done the same before, so it is not recorded.
 */
interface PublisherDone {
  readonly message?: string;
  readonly at?: string;
  readonly to?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** An act of bizdev on the publisher of the path. `path`: below the address of the publisher. */
export interface PublisherAct {
  readonly path: string;
  readonly act: string;
  /** Performs the act, or returns its own page, or the state of its form on the publisher's page. */
  perform(visit: Visit, publisher: StoredPublisher, form: Form): Promise<PublisherDone | Page | { readonly again: FormState }>;
}

/** Returns an act of bizdev on the publisher of the path. */
export function publisherAct(path: string, act: string, perform: PublisherAct["perform"]): PublisherAct {
  return { path, act, perform };
}
