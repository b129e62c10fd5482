import type { Child } from "hono/jsx";
import type { Role } from "../model/publisher/role.ts";
import type { Visit } from "./visit.ts";

export { CannotDo, NotFound } from "./refusals.ts";

/** Who may: anybody, whoever is signed in (with a role or not yet), or a role and those above it. */
type Who = "anyone" | "signed-in" | Role;

/** A page: what stands between header and footer. */
export interface Page {
  /** Of the window, and of the trail above the page: short, in French. */
  readonly title: string;
  readonly content: Child;
  /** Pages above this one. Default: the first page. */
  readonly breadcrumb?: readonly { readonly title: string; readonly href: string }[];
  /** Entry of the menu that it stands under: its path. */
  readonly menuPath?: string;
  /** Default 200. */
  readonly status?: 200 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 500 | 503;
  /** Seconds after which trying again may help: said to who asks by machine. */
  readonly retryAfter?: number;
  /** Without menu and trail: what people see who are not signed in. */
  readonly isBare?: boolean;
  /** Search engines may lead to it: it is written for everybody. */
  readonly isIndexed?: boolean;
  /** Where the browser goes on to by itself, out of the console: a form must not end in a redirect to elsewhere (see `form-action` in headers.ts). */
  readonly refreshTo?: string;
  readonly cookies?: readonly string[];
}

/** A file to be kept. */
export interface Download {
  readonly fileName: string;
  readonly type: string;
  readonly body: Uint8Array | string | AsyncIterable<Uint8Array | string>;
}

/** Go there, with a cookie perhaps. */
interface Redirect {
  readonly to: string;
  readonly cookies?: readonly string[];
}

/** An answer that is made elsewhere. */
export type Answer = Page | Download | Redirect | Response;

/** What was done: said on the next page, and written into the audit trail. */
export interface Done {
  /** Sentence for the person, in French; null says nothing. */
  readonly message: string | null;
  readonly to: string;
  /** On what, as the trail shows it; null: on nothing in particular. */
  readonly subject: string | null;
  /** More for the trail: never a secret, never personal data of a publisher. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Who did it, where that is known by nothing but what was sent: who signs in. */
  readonly by?: { readonly personId: string; readonly name: string };
  readonly cookies?: readonly string[];
}

/** What was done, and a page that shows what is shown once only: a link that nobody can be told again. */
export interface DoneWithPage extends Pick<Done, "subject" | "details"> {
  readonly page: Page;
}

/** A form of which nothing is read yet. `most`: bytes that it may have. */
export interface UnreadForm extends Pick<Request, "headers" | "body"> {
  readonly maxBytes: number;
}

/** Fields of a form that was sent: texts, and files. */
export interface Form {
  /** The last value of a field, trimmed; "" where it is not there. */
  text(name: string): string;
  /** Every value of a field, trimmed. */
  all(name: string): readonly string[];
  /** A file that was chosen; null where none was. */
  file(name: string): File | null;
  /** True where a field is there: a box that is ticked, a button that was pressed. */
  has(name: string): boolean;
  names(): readonly string[];
}

/** A page that is looked at. Looking changes nothing. */
export interface PageRoute {
  readonly method: "get";
  /** As Hono writes it: `/collectes/:run`. */
  readonly path: string;
  readonly who: Who;
  answer(visit: Visit): Promise<Answer> | Answer;
}

/** Something that is done: a form that is sent. Its token is checked before, and it stands in the audit trail from its beginning. */
export interface ActRoute {
  readonly method: "post";
  readonly path: string;
  readonly who: Who;
  /** Its name in the audit trail, as `run.ask`. Null: it changes nothing that anybody would ask after. */
  readonly act: string | null;
  /** Most that may be sent, in bytes. Default 1 MB. */
  readonly maxBytes?: number;
  /** Lets a form be read and done, or answers in its place, before a byte of it is read. Default: few large forms at once, all together. */
  admit?(
    visit: Visit,
    form: UnreadForm,
    work: (form: UnreadForm) => Promise<Done | DoneWithPage | Answer>,
  ): Promise<Done | DoneWithPage | Answer>;
  /** Does it; or gives the form again, with what is wrong in it (422) or what has moved (409). */
  perform(visit: Visit, form: Form): Promise<Done | DoneWithPage | Answer>;
}

/** One of the console's addresses. */
export type Route = PageRoute | ActRoute;
