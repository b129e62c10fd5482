import type { Session } from "../catalogue/accounts/session-repository.ts";
import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { JobServices } from "../jobs/job-services.ts";
import { mayAs, type Role } from "../model/publisher/role.ts";
import type { CheckThread } from "./check/check-thread.ts";
import type { SampleThread } from "./sample/sample-thread.ts";
import type { SpooledSamples } from "./sample/spooled-samples.ts";
import type { ConsoleSettings } from "./settings.ts";

/** Threads and files that read samples of feeds. */
interface SampleRoom {
  readonly thread: SampleThread;
  readonly spooled: SpooledSamples;
  /** Reads files of anonymous visitors, in a thread of its own so that colleagues never wait for them. */
  readonly checks: CheckThread;
}

/** Services of the console. */
export interface ConsoleServices {
  readonly samples: SampleRoom;
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
  /** Null if no role was given, or it has ended. */
  readonly role: Role | null;
  readonly session: Session;
}

/** A request, and who makes it. */
export interface Visit {
  readonly console: ConsoleServices;
  readonly catalogue: Catalogue;
  /** Null for anonymous visitors. See `visitorOf`. */
  readonly visitor: Visitor | null;
  /** Path parameters: `:run` is `params.run`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Requested path and query. */
  readonly address: string;
  readonly headers: Headers;
  /** IP address of the client. */
  readonly client: string;
  readonly now: Date;
  /** Token of every form: see `CsrfField`. */
  readonly csrf: string;
}

/** Returns the signed-in person. Throws on a route that is open to anyone. */
export function visitorOf({ visitor }: Visit): Visitor {
  if (visitor === null) throw new Error("This route lets nobody in who is not signed in.");
  return visitor;
}

/** Returns a path parameter. Throws if the route has none of this name. */
export function param({ params }: Visit, name: string): string {
  const value = params[name];
  if (value === undefined) throw new Error(`The path of this route has no :${name}.`);
  return value;
}

/** True for people who can publish, reject and correct aids. */
export function mayCurate({ visitor }: Visit): boolean {
  return visitor !== null && visitor.role !== null && mayAs(visitor.role, "bizdev");
}
