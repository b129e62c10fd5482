import type { PublisherVisitor } from "../catalogue/accounts/publisher-account-repository.ts";
import type { Session } from "../catalogue/accounts/session-repository.ts";
import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { JobServices } from "../jobs/job-services.ts";
import { mayAs, type Role } from "../model/publisher/role.ts";
import type { ConsoleSettings } from "./console-settings.ts";
import type { SpooledSamples } from "./forms/spooled-samples.ts";
import type { SampleThreads } from "./sample-threads.ts";

/** Services of the console. */
export interface ConsoleServices {
  /** Threads that read samples of feeds, and the files of the samples. */
  readonly samples: SampleThreads & { readonly spooled: SpooledSamples };
  readonly jobs: JobServices;
  readonly settings: ConsoleSettings;
  /** Public URL, without a trailing slash. */
  readonly url: string;
}

/** The signed-in person. */
export interface Visitor {
  readonly personId: string;
  /** Name shown in plans, pauses and the audit trail. */
  readonly name: string;
  readonly email: string;
  /** Null if the person has no role, or if the role has ended. */
  readonly role: Role | null;
  readonly hasSecondFactor: boolean;
  readonly session: Session;
}

/** A request to the console, with its visitor and the services that answer it. */
export interface Visit {
  readonly console: ConsoleServices;
  readonly catalogue: Catalogue;
  /** Null for anonymous visitors. See `visitorOf`. */
  readonly visitor: Visitor | null;
  /** The signed-in person of a publisher. Always null on routes that are not for publishers. See `publisherVisitorOf`. */
  readonly publisherVisitor: PublisherVisitor | null;
  /** Path parameters: `:run` is `params.run`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Requested path and query. */
  readonly address: string;
  readonly headers: Headers;
  /** IP address of the client. */
  readonly client: string;
  readonly now: Date;
  /** Token that every form sends: see `CsrfField`. */
  readonly csrf: string;
}

/** Returns the signed-in person. Throws for an anonymous visitor. */
export function visitorOf({ visitor }: Visit): Visitor {
  if (visitor === null) throw new Error("visitorOf was called on a route that is open to anyone");
  return visitor;
}

/** Returns who acts and when. Throws for an anonymous visitor. */
export function actorOf(visit: Visit): { readonly by: string; readonly now: Date } {
  return { by: visitorOf(visit).name, now: visit.now };
}

/** Returns the signed-in person of a publisher. Throws for anybody else. */
export function publisherVisitorOf({ publisherVisitor }: Visit): PublisherVisitor {
  if (publisherVisitor === null) throw new Error("publisherVisitorOf was called on a route that is open to others");
  return publisherVisitor;
}

/** Returns a path parameter. Throws if the path has no such parameter. */
export function param({ params }: Visit, name: string): string {
  const value = params[name];
  if (value === undefined) throw new Error(`the path of this route has no parameter :${name}`);
  return value;
}

/** Returns the address of a public page, such as a letter, for people without an account. `path`: as `/lettre/…`. */
export function publicAddress({ console: { settings, url } }: Pick<Visit, "console">, path: string): string {
  return `${settings.publicUrl ?? url}${path}`;
}

/** Returns true if the visitor has this role or a higher one. */
export function hasRole({ visitor }: Pick<Visit, "visitor">, role: Role): boolean {
  return visitor !== null && visitor.role !== null && mayAs(visitor.role, role);
}

/** Returns true for people who can publish, reject and correct aids. */
export function mayCurate(visit: Visit): boolean {
  return hasRole(visit, "bizdev");
}
