import { type Context, Hono } from "hono";
import { RunError } from "../../model/run/run-error.ts";
import { editionStamp } from "../../model/territories/edition.ts";
import { fingerprintOf } from "../../model/text/canonical.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { fingerprintOfRooms } from "../../platform/code-version.ts";
import { acceptsGzip } from "./accepts-gzip.ts";
import type { Access } from "./access/access.ts";
import { Counts } from "./aids/counts.ts";
import { Records } from "./aids/records.ts";
import { currentSources } from "./aids/sources.ts";
import type { ApiAnswer, ApiRoute, ApiServices, ApiVisit, ApiWorld } from "./api-route.ts";
import { deprecationHeaders } from "./changes/api-changes.ts";
import { AidReads } from "./counts/count-buffer.ts";
import { gzipAnswer } from "./gzip-answer.ts";
import { BackerNames } from "./lists/backer-names.ts";
import { SearchMisses } from "./misses/search-misses.ts";
import { ApiProblem, problemBody, problemType } from "./problem.ts";

/** Facts of the server about a request. */
export interface ApiConnection {
  /** Address of the client. */
  readonly client: string;
}

type ApiContext = Context<{ Bindings: ApiConnection }>;

/** Adds caches to the services. */
export function apiServices(world: ApiWorld): ApiServices {
  const { catalogue } = world;
  return {
    ...world,
    records: new Records(catalogue),
    counts: new Counts(catalogue),
    backerNames: new BackerNames(catalogue),
    misses: new SearchMisses(catalogue),
    reads: new AidReads(catalogue),
  };
}

/** Returns the API as a function from requests to answers. It handles what all routes share: methods, headers, access, caching, errors. */
export function apiApp(services: ApiServices, routes: readonly ApiRoute[]): Hono<{ Bindings: ApiConnection }> {
  const app = new Hono<{ Bindings: ApiConnection }>();
  app.use(async (context, next) => {
    await next();
    if (acceptsGzip(context.req.header("accept-encoding"))) context.res = await gzipAnswer(context.res);
    if (context.req.method === "HEAD") await context.res.body?.cancel();
    for (const [name, value] of Object.entries(headersOfAll(services.url))) if (!keepsOwn(context.res, name)) context.header(name, value);
  });
  for (const route of routes) {
    for (const path of pathsOf(route)) app.on((route.method ?? "get").toUpperCase(), path, (context) => serve(services, route, context));
  }
  for (const path of new Set(routes.flatMap(pathsOf))) {
    app.options(path, () => new Response(null, { status: 204, headers: headersOfPreflight }));
    app.all(path, () => problemResponse(otherMethod(routes, path)));
  }
  app.notFound(() => problemResponse(new ApiProblem(404, { detail: "Rien n’est à cette adresse." })));
  app.onError((error) => problemResponse(problemOf(services, error)));
  return app;
}

/** Returns true for the content policy of the HTML page, which sets its own. */
function keepsOwn({ headers }: Response, name: string): boolean {
  return name === "content-security-policy" && headers.has(name);
}

function otherMethod(routes: readonly ApiRoute[], path: string): ApiProblem {
  const isRead = routes.some((route) => pathsOf(route).includes(path) && route.method !== "post");
  return isRead
    ? new ApiProblem(405, { headers: { allow: "GET, HEAD, OPTIONS" }, detail: "Cette adresse se lit seulement (GET, HEAD)." })
    : new ApiProblem(405, { headers: { allow: "POST, OPTIONS" }, detail: "Cette adresse accepte seulement les envois (POST)." });
}

/** Returns every path of a route, with and without a final slash. */
function pathsOf({ path, otherPaths = [] }: ApiRoute): readonly string[] {
  return [path, ...otherPaths].flatMap((one) => {
    const bare = one.replace(/\/+$/, "");
    return bare === "" ? ["/"] : [bare, `${bare}/`];
  });
}

async function serve(services: ApiServices, route: ApiRoute, context: ApiContext): Promise<Response> {
  const request = context.req.raw;
  const url = new URL(request.url);
  // Refuse `%`: no address of ours contains it, and PostgreSQL rejects %00.
  if (url.pathname.includes("%")) throw new ApiProblem(404, { detail: "Rien n’est à cette adresse." });
  const access = await services.accessOf(request, clientOf(services, context));
  const now = services.clock.now();
  const position = route.changesWith === "catalogue" ? await services.catalogue.published.position() : 0;
  if (position === null) throw indexIncomplete();
  const params = context.req.param() as Record<string, string>;
  const visit: ApiVisit = { services, access, request, params, query: url.searchParams, now, day: parisDay(now), position };
  const tag = await entityTag(route, visit);
  const headers = {
    ...(tag !== null && { etag: tag, "cache-control": cachingOf(access) }),
    ...access.headers,
    ...deprecationHeaders(route.parameters, url.searchParams, services.url),
  };
  if (tag !== null && isHeld(tag, request.headers.get("if-none-match"))) return new Response(null, { status: 304, headers });
  try {
    return answered(await route.answer(visit), headers);
  } catch (error) {
    throw error instanceof ApiProblem ? error.withHeaders(access.headers) : error;
  }
}

function indexIncomplete(): ApiProblem {
  const detail = "Le catalogue est en cours d’indexation : réessayez dans quelques minutes.";
  return new ApiProblem(503, { detail, headers: { "retry-after": "60" } });
}

/** The last proxy appends the client's address; what precedes it may be forged. */
function clientOf({ settings }: ApiServices, context: ApiContext): string {
  const forwarded = settings.isBehindProxy ? context.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
  return forwarded || context.env.client;
}

function answered(answer: ApiAnswer | Response, headers: Readonly<Record<string, string>>): Response {
  if (answer instanceof Response) {
    for (const [name, value] of Object.entries(headers)) if (!answer.headers.has(name)) answer.headers.set(name, value);
    return answer;
  }
  return new Response(answer.json, { headers: { ...headers, "content-type": "application/json; charset=utf-8", ...answer.headers } });
}

/** Converts an error to a problem. Faults of ours are logged without details to the client. */
function problemOf({ logger }: ApiServices, error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  logger.error({ err: error }, "the API could not answer");
  if (error instanceof RunError) return new ApiProblem(503, { detail: "Réessayez dans une minute.", headers: { "retry-after": "30" } });
  return new ApiProblem(500, { detail: "La faute est de notre côté." });
}

function problemResponse(problem: ApiProblem): Response {
  const caching = problem.status >= 429 || problem.status === 401 ? "no-store" : "private, max-age=60";
  const headers = { "content-type": problemType, "cache-control": caching, ...problem.facts.headers };
  return new Response(problemBody(problem), { status: problem.status, headers });
}

let codeStamp: string | undefined;

/** Returns the weak ETag of an address, which changes whenever its answer may, or null if the route makes its own. */
async function entityTag({ changesWith }: ApiRoute, visit: ApiVisit): Promise<string | null> {
  if (changesWith === undefined) return null;
  codeStamp ??= fingerprintOfRooms(["model", "publish/api", "publish/exports", "privacy"]);
  const { pathname, search } = new URL(visit.request.url);
  const stampOf = async () => (await currentSources(visit.services)).stamp;
  const dependencies = {
    code: async () => [],
    jumps: async () => [await visit.services.catalogue.jumps.recent(visit.now), await stampOf()],
    catalogue: async () => [visit.position, visit.day, visit.access.scope, await stampOf()],
  };
  return `W/"${fingerprintOf(JSON.stringify([codeStamp, editionStamp(), visit.services.url, pathname, search, ...(await dependencies[changesWith]())]))}"`;
}

/** Returns true if the client has the named version (RFC 9110, 13.1.2). Ignores `*`, because existence is not known yet. */
function isHeld(tag: string, ifNoneMatch: string | null): boolean {
  const weak = (text: string) => text.trim().replace(/^W\//, "");
  return ifNoneMatch?.split(",").some((held) => weak(held) === weak(tag)) ?? false;
}

/** Returns the headers of every answer. Pages of all sites can read it, and browsers execute nothing in it. */
function headersOfAll(url: string): Readonly<Record<string, string>> {
  return {
    "access-control-allow-origin": "*",
    "access-control-expose-headers":
      "ETag, Last-Modified, Content-Length, X-Checksum-Sha256, Retry-After, RateLimit, RateLimit-Policy, Deprecation, Sunset, Link",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "cross-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    vary: "Accept-Encoding, Authorization, X-AUTH-TOKEN",
    ...(url.startsWith("https:") && { "strict-transport-security": "max-age=31536000" }),
  };
}

/** The client may cache for a minute, and proxies too if the answer is public. */
function cachingOf({ name, scope }: Access): string {
  return name === null && scope === "reuse" ? "public, max-age=60, stale-while-revalidate=300" : "private, max-age=60";
}

/** Answer to a browser's preflight request. */
const headersOfPreflight = {
  "access-control-allow-methods": "GET, HEAD, POST, OPTIONS",
  "access-control-allow-headers": "Authorization, X-AUTH-TOKEN, Content-Type, If-None-Match",
  "access-control-max-age": "86400",
} as const;
