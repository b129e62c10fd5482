import type { Child } from "hono/jsx";
import type { Role } from "../model/publisher/role.ts";
import type { Visit } from "./visit.ts";

export { CannotDo, NotFound } from "./refusals.ts";

/**
 * Who may use a route. `public`: people without an account. `publisher`: people with a publisher's account, and nobody else; they see their
 * own publisher only. `moisson public` serves both. `anyone`: visitors of the console, as for sign-in. `signed-in`: every colleague with an
 * account, even without a role. Otherwise colleagues with this role or a higher one.
 */
type Who = "public" | "publisher" | "anyone" | "signed-in" | Role;

/** A page, without its header and footer. */
export interface Page {
  /** Title of the window and of the breadcrumb: short, in French. */
  readonly title: string;
  /** Language of the title, if it is that of an aid. Default: French. */
  readonly language?: string | null;
  readonly content: Child;
  /** Pages above this one, without the home page. Undefined: the page has no breadcrumb. */
  readonly breadcrumb?: readonly (Pick<Page, "title" | "language"> & { readonly href: string })[];
  /** Path of the menu entry to highlight. Default: the page's own path. */
  readonly menuPath?: string;
  /** Default: 200. */
  readonly status?: 200 | 401 | 403 | 404 | 408 | 409 | 410 | 413 | 422 | 429 | 500 | 503;
  /** Value of the Retry-After header, in seconds. */
  readonly retryAfter?: number;
  /** Hides menu and breadcrumb, for anonymous visitors. */
  readonly isBare?: boolean;
  /** Allows search engines to index the page. */
  readonly isIndexed?: boolean;
  /** URL outside the console that the browser opens next. A form cannot redirect to another site: see `form-action` in headers.ts. */
  readonly refreshTo?: string;
  readonly cookies?: readonly string[];
}

/** A file to download. */
export interface Download {
  readonly fileName: string;
  readonly type: string;
  readonly body: Uint8Array | string | AsyncIterable<Uint8Array | string>;
}

/** A redirect. */
interface Redirect {
  readonly to: string;
  readonly cookies?: readonly string[];
}

/** The answer of a route. */
export type Answer = Page | Download | Redirect | Response;

/** A completed act, which is recorded in the audit trail. */
export interface Done {
  /** French sentence that the next page shows, or null. */
  readonly message: string | null;
  readonly to: string;
  /** The object of the act, as the audit trail shows it, or null. */
  readonly subject: string | null;
  /** Further facts for the audit trail. They contain no secrets and no personal data of a publisher. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** The person who acted. Only for acts of people who are not signed in yet. */
  readonly by?: { readonly personId: string; readonly name: string };
  readonly cookies?: readonly string[];
}

/** A completed act whose page shows a secret once. */
export interface DoneWithPage extends Pick<Done, "subject" | "details"> {
  readonly page: Page;
}

/** A form before its body is read. */
export interface UnreadForm extends Pick<Request, "headers" | "body"> {
  readonly maxBytes: number;
}

/** The fields of a submitted form. */
export interface Form {
  /** Returns the last value of a field, trimmed; "" if it is missing. */
  text(name: string): string;
  /** Returns all values of a field, trimmed. */
  all(name: string): readonly string[];
  /** Returns the uploaded file, or null. */
  file(name: string): File | null;
  /** Returns true if the field was sent, such as a ticked box or a pressed button. */
  has(name: string): boolean;
  names(): readonly string[];
}

/** The route of a page. A page changes nothing. */
export interface PageRoute {
  readonly method: "get";
  /** In Hono's syntax: `/collectes/:run`. */
  readonly path: string;
  readonly who: Who;
  answer(visit: Visit): Promise<Answer> | Answer;
}

/** The route of a form that does something. The form token is checked first; the audit trail records start and end of the act. */
export interface ActRoute {
  readonly method: "post";
  readonly path: string;
  readonly who: Who;
  /** Name in the audit trail, such as `run.ask`. Null: the act changes nothing, so it is not recorded. */
  readonly act: string | null;
  /** The act limits itself. Otherwise, all acts of anonymous visitors of a network have a limit per hour. */
  readonly limitsItself?: boolean;
  /** Maximum size of the form, in bytes. Default: 1 MB. */
  readonly maxBytes?: number;
  /** Calls `work` to read and perform the form, or answers without it. Default: limits how many large forms are read at once. */
  admit?(
    visit: Visit,
    form: UnreadForm,
    work: (form: UnreadForm) => Promise<Done | DoneWithPage | Answer>,
  ): Promise<Done | DoneWithPage | Answer>;
  /** Performs the act, or returns the form again with its problems (422) or a conflict (409). */
  perform(visit: Visit, form: Form): Promise<Done | DoneWithPage | Answer>;
}

/** Returns the route of a page. */
export function pageRoute(path: string, who: Who, answer: PageRoute["answer"]): PageRoute {
  return { method: "get", path, who, answer };
}

/** Returns the route of a form that does something. */
export function actRoute(path: string, options: Omit<ActRoute, "method" | "path" | "perform">, perform: ActRoute["perform"]): ActRoute {
  return { method: "post", path, ...options, perform };
}

/** A route of the console. */
export type Route = PageRoute | ActRoute;
