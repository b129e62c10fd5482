import type { Session } from "../catalogue/accounts/session-repository.ts";
import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { JobServices } from "../jobs/job-services.ts";
import { mayAs, type Role } from "../model/publisher/role.ts";
import type { CheckThread } from "./check/check-thread.ts";
import type { SampleThread } from "./sample/sample-thread.ts";
import type { SpooledSamples } from "./sample/spooled-samples.ts";
import type { ConsoleSettings } from "./settings.ts";

/** Where samples of feeds are looked at. */
interface SampleRoom {
  readonly thread: SampleThread;
  readonly spooled: SpooledSamples;
  /** Files of whoever has one checked: apart, so that nobody of ours waits for them. */
  readonly checks: CheckThread;
}

/** What the console works with. */
export interface ConsoleServices {
  readonly samples: SampleRoom;
  readonly jobs: JobServices;
  readonly settings: ConsoleSettings;
  /** Address of the console as people write it, without a slash at the end. */
  readonly url: string;
}

/** Who looks. */
export interface Visitor {
  readonly personId: string;
  /** As every plan, pause and entry of the audit trail names them. */
  readonly name: string;
  readonly email: string;
  /** Null: nobody gave a role yet, or it has ended. */
  readonly role: Role | null;
  readonly session: Session;
}

/** One request of one person. */
export interface Visit {
  readonly console: ConsoleServices;
  readonly catalogue: Catalogue;
  /** Null where nobody is signed in. A route that asks for more than `anyone` has one: see `visitorOf`. */
  readonly visitor: Visitor | null;
  /** Of the path: `:run` is `params.run`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Path and query, as they were asked for. */
  readonly address: string;
  readonly headers: Headers;
  /** Where the request comes from. */
  readonly client: string;
  readonly now: Date;
  /** Token that every form carries: see `Csrf`. */
  readonly csrf: string;
}

/** Who is signed in, on a route that only they reach. */
export function visitorOf({ visitor }: Visit): Visitor {
  if (visitor === null) throw new Error("This route lets nobody in who is not signed in.");
  return visitor;
}

/** A part of the path that the route has. */
export function param({ params }: Visit, name: string): string {
  const value = params[name];
  if (value === undefined) throw new Error(`The path of this route has no :${name}.`);
  return value;
}

/** True for who may publish, reject and correct; others look. */
export function mayCurate({ visitor }: Visit): boolean {
  return visitor !== null && visitor.role !== null && mayAs(visitor.role, "bizdev");
}
