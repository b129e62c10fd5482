import { type Context, Hono } from "hono";
import { CatalogueRefused } from "../catalogue/connection/storage-failure.ts";
import { runErrorMessage } from "../french/runs.ts";
import type { JobServices } from "../jobs/job-services.ts";
import { mayAs } from "../model/publisher/role.ts";
import { RunError } from "../model/run/run-error.ts";
import { clientNetwork } from "../platform/client-network.ts";
import { colleagues, publishersPeople } from "./access/account-kind.ts";
import { isWithinHourlyLimits } from "./access/attempt-limits.ts";
import { readCookie } from "./access/cookies.ts";
import { headersOfFile, headersOfPage } from "./access/headers.ts";
import { needsSecondFactor } from "./access/second-factor.ts";
import { readSession } from "./access/sign-in.ts";
import { csrfToken, isSame } from "./access/tokens.ts";
import { assetAt } from "./assets.ts";
import { BodyIncomplete, BodyTooLarge, readForm } from "./forms/read-form.ts";
import { TooManyForms, withAdmission, withFormSlot } from "./forms/receive-form.ts";
import { type Refusal, refusedPage } from "./layout/refused-page.tsx";
import { isRefusal, performAudited } from "./perform-audited.ts";
import { respond } from "./respond.tsx";
import { type ActRoute, type Answer, CannotDo, type Done, type DoneWithPage, NotFound, type Route, type UnreadForm } from "./route.ts";
import { type ConsoleServices, publicAddress, type Visit, type Visitor } from "./visit.ts";

/** Data that the server adds to a request. */
export interface Connection {
  /** IP address of the client. */
  readonly client: string;
}

/** Maximum size of a form, if its route has no other. Forms of people without an account are short: an address, a password, an answer. */
const maxBytesSignedIn = 1_000_000;
const maxBytesOfAnybody = 10_000;
/** Form token of anonymous visitors, for sign-in and public pages. It protects nothing. */
const anonymousToken = "personne";

/** Returns the app that answers the routes. It handles headers, sessions, permissions, form tokens, audit trail and error pages. */
export function consoleApp(services: ConsoleServices, routes: readonly Route[]): Hono<{ Bindings: Connection }> {
  const app = new Hono<{ Bindings: Connection }>();
  app.get("/dsfr/*", fileOf);
  app.get("/fichiers/*", fileOf);
  for (const route of routes) app.on(route.method.toUpperCase(), route.path, (context) => serve(services, route, context));
  app.notFound((context) => serve(services, notFoundRoute, context));
  app.onError((error) => fallbackResponse(services, error));
  return app;
}

const notFoundRoute: Route = {
  method: "get",
  path: "*",
  who: "anyone",
  answer() {
    throw new NotFound("Cette page n’existe pas, ou n’existe plus.");
  },
};

/** Returns the answer for an error outside of a route, for example while the session is read from the database. */
function fallbackResponse(services: ConsoleServices, error: unknown): Response {
  services.jobs.services.logger.error({ err: error }, "the console could not answer");
  const headers = { ...headersOfPage(services), "content-type": "text/plain; charset=utf-8", "retry-after": "30" };
  const status = error instanceof RunError ? 503 : 500;
  return new Response("Le service ne répond pas pour le moment. Réessayez dans une minute.\n", { status, headers });
}

function fileOf(context: Context): Response {
  const asset = assetAt(context.req.path);
  if (asset === null) return new Response("not found", { status: 404, headers: headersOfFile(false) });
  const gzips = asset.gzipped !== null && /\bgzip\b/.test(context.req.header("accept-encoding") ?? "");
  return new Response(gzips ? asset.gzipped : asset.body, {
    headers: {
      ...headersOfFile(asset.isCurrent),
      "content-type": asset.type,
      vary: "accept-encoding",
      ...(gzips && { "content-encoding": "gzip" }),
    },
  });
}

async function serve(services: ConsoleServices, route: Route, context: Context<{ Bindings: Connection }>): Promise<Response> {
  const visit = await readVisit(services, route, context);
  const message = readCookie(services, visit.headers, "said");
  let answer: Answer | Done | DoneWithPage;
  try {
    answer = refusalOf(route, visit, context) ?? (await answered(route, visit, context));
  } catch (error) {
    answer = refusedPage(refusalOfError(services, error, route.method === "post"), visit);
  }
  return respond(services, visit, answer, message, headersOfPage(services));
}

async function readVisit(services: ConsoleServices, { who, method }: Route, context: Context<{ Bindings: Connection }>): Promise<Visit> {
  const { catalogue, clock } = services.jobs.services;
  const headers = context.req.raw.headers;
  const url = new URL(context.req.url);
  const now = clock.now();
  // The public process does not know the sessions of colleagues. In a publisher's space, a colleague is a visitor like any other.
  const token = services.settings.isPublicOnly || who === "publisher" ? null : readCookie(services, headers, "session");
  const visitor = token === null ? null : await readSession(catalogue, colleagues, token, now, !headers.has("x-live"));
  const spaceToken = who === "publisher" || who === "public" ? readCookie(services, headers, "space") : null;
  const publisherVisitor = spaceToken === null ? null : await readSession(catalogue, publishersPeople, spaceToken, now, true);
  return {
    console: method === "get" ? withConnectorsReadOnce(services) : services,
    catalogue,
    visitor,
    publisherVisitor,
    params: context.req.param() as Record<string, string>,
    query: url.searchParams,
    address: `${url.pathname}${url.search}`,
    headers,
    client: clientOf(services, headers, context.env.client),
    now,
    csrf: formTokenOf(visitor === null ? null : token, publisherVisitor === null ? null : spaceToken),
  };
}

/** Makes a page read the connectors once, not again for each name that it shows. A form may change them while it is processed. */
function withConnectorsReadOnce(services: ConsoleServices): ConsoleServices {
  let registry: ReturnType<JobServices["registry"]> | undefined;
  const readOnce = () => (registry ??= services.jobs.registry());
  return { ...services, jobs: { ...services.jobs, registry: readOnce, connectors: async () => (await readOnce()).connectors } };
}

/** Returns the form token of a visitor. `token`: of the session of a colleague; `spaceToken`: of the session of a publisher's person. */
function formTokenOf(token: string | null, spaceToken: string | null): string {
  const session = token ?? spaceToken;
  return session === null ? anonymousToken : csrfToken(session);
}

/** Returns the client's address. Behind a proxy it is the last entry of the header: earlier entries can be forged. */
function clientOf({ settings }: ConsoleServices, headers: Headers, client: string): string {
  return (settings.isBehindProxy ? headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined) ?? client;
}

/** Returns the answer for a visitor who may not use the route; null if they may. */
function refusalOf(route: Route, visit: Visit, context: Context): Answer | null {
  const { who } = route;
  // Databases refuse zero bytes, and no URL of the console contains one.
  if (visit.address.includes("%00")) throw new NotFound("Cette page n’existe pas.");
  const { visitor } = visit;
  if (who === "publisher") return refusalOfSpace(route, visit) ?? refusalOfOrigin(route, visit, context);
  const isOpen = who === "anyone" || who === "public";
  if (who === "public" && visitor === null && visit.console.settings.publicUrl !== null) return atPublicUrl(route, visit);
  if (!isOpen && visitor === null) {
    if (route.method === "post") return refusedPage({ code: "signed-out" }, visit);
    return { to: `/connexion?retour=${encodeURIComponent(visit.address)}` };
  }
  if (!isOpen && who !== "signed-in" && visitor !== null) {
    if (visitor.role === null) return route.method === "get" ? { to: "/en-attente" } : refusedPage({ code: "no-role" }, visit);
    if (!mayAs(visitor.role, who)) return refusedPage({ code: "not-yours", needed: who }, visit);
  }
  if (visitor !== null && lacksSecondFactor(visit, visitor) && !/^\/(mon-compte|deconnexion)\b/.test(route.path))
    return { to: "/mon-compte/double-authentification" };
  return refusalOfOrigin(route, visit, context);
}

/** Refuses everybody without a session of a publisher's space, whatever their role among colleagues. Returns null for a valid session. */
function refusalOfSpace(route: Route, visit: Visit): Answer | null {
  if (visit.console.settings.publicUrl !== null) return atPublicUrl(route, visit);
  if (visit.publisherVisitor !== null) return null;
  if (route.method === "post") return refusedPage({ code: "signed-out-of-space" }, visit);
  return { to: `/espace/connexion?retour=${encodeURIComponent(visit.address)}` };
}

/** Refuses forms of other sites. */
function refusalOfOrigin({ method }: Route, visit: Visit, context: Context): Answer | null {
  return method === "post" && !isSameOrigin(visit, context) ? refusedPage({ code: "from-elsewhere" }, visit) : null;
}

/** Sends an anonymous visitor of a public page to the process that serves it, and refuses forms. */
function atPublicUrl({ method }: Route, visit: Visit): Answer {
  return method === "get" ? { to: publicAddress(visit, visit.address) } : refusedPage({ code: "signed-out" }, visit);
}

/** Returns true if the visitor signed in with a password alone, but must have a second factor. */
function lacksSecondFactor({ console: { settings } }: Visit, { role, session, hasSecondFactor }: Visitor): boolean {
  return settings.requiresSecondFactor && session.way === "password" && !hasSecondFactor && needsSecondFactor(role);
}

/** Returns false for a form of another site, according to the headers that browsers add. */
function isSameOrigin({ console: { url }, headers }: Visit, context: Context): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  const origin = headers.get("origin");
  return origin === null || origin === new URL(url).origin || origin === new URL(context.req.url).origin;
}

async function answered(route: Route, visit: Visit, context: Context): Promise<Answer | Done | DoneWithPage> {
  if (route.method === "get") return route.answer(visit);
  if (await isTooOften(route, visit)) return refusedPage({ code: "too-often" }, visit);
  const { headers, body } = context.req.raw;
  const isSignedIn = visit.visitor !== null || visit.publisherVisitor !== null;
  const unread = { headers, body, maxBytes: route.maxBytes ?? (isSignedIn ? maxBytesSignedIn : maxBytesOfAnybody) };
  const work = async (sent: UnreadForm) => {
    const form = await readForm(sent);
    if (!isSame(form.text("jeton"), visit.csrf)) return refusedPage({ code: "stale-form" }, visit);
    return performAudited(visit, route, () => route.perform(visit, form));
  };
  return withAdmission(unread, clientNetwork(visit.client), () =>
    route.admit === undefined ? withFormSlot(unread, work) : route.admit(visit, unread, work),
  );
}

/**
 * Maximum acts per hour of anonymous visitors of a network, and of a publisher's person. Each act adds entries to the audit trail, which stay
 * for a year.
 */
const maxAnonymousActs = 200;
const maxPublisherActs = 300;

/** Counts an act of somebody who is no colleague, before its form is read. Returns true if there were too many. */
async function isTooOften({ act, limitsItself = false }: ActRoute, visit: Visit): Promise<boolean> {
  const { visitor, publisherVisitor, client } = visit;
  if (visitor !== null || act === null || limitsItself) return false;
  const limit: readonly [string, number] =
    publisherVisitor === null
      ? [`act-from:${clientNetwork(client)}`, maxAnonymousActs]
      : [`act-of:${publisherVisitor.accountId}`, maxPublisherActs];
  return !(await isWithinHourlyLimits(visit, [limit]));
}

const incompleteMessage =
  "Ce que vous envoyiez n’est pas arrivé jusqu’au bout, ou trop lentement : rien n’en a été gardé. Vérifiez votre connexion, puis recommencez.";

/** Returns the refusal to show for an error. Internal errors are logged, and the page shows no details. */
function refusalOfError(services: ConsoleServices, error: unknown, isAct: boolean): Refusal {
  if (error instanceof NotFound) return { code: "not-found", message: error.message };
  if (error instanceof CannotDo) return { code: "cannot", message: error.message, status: error.status };
  if (error instanceof BodyIncomplete) return { code: "cannot", message: incompleteMessage, status: 408 };
  if (error instanceof TooManyForms) return { code: "too-many-forms" };
  if (error instanceof BodyTooLarge) return { code: "too-much", maxBytes: error.maxBytes };
  if (error instanceof RunError && isRefusal(error))
    return { code: "cannot", message: runErrorMessage(error.code, error.params), status: error.code === "world-moved" ? 409 : 422 };
  if (error instanceof CatalogueRefused) return { code: "cannot", message: error.message, status: 503 };
  services.jobs.services.logger.error({ err: error }, "a page failed");
  return { code: isAct ? "act-failed" : "our-fault" };
}
