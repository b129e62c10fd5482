import { setTimeout as wait } from "node:timers/promises";
import type { ApiRoute, ApiVisit } from "./api-route.ts";

const answerWithinMs = 3000;
const paths = ["/live", "/ready"];

/** Returns true for health checks, which have no rate limit. `path`: without final slash. */
export function isHealthPath(path: string): boolean {
  return paths.includes(path);
}

/** `/live`: 200 while this process works; `/ready`: 200 if the catalogue answers, else 503. */
export const healthRoutes: readonly ApiRoute[] = [
  { path: "/live", name: "live", summary: "Le processus vit", parameters: [], answer: () => textResponse(200, "live\n") },
  { path: "/ready", name: "ready", summary: "Le catalogue répond", parameters: [], answer: readiness },
];

async function readiness({ services }: ApiVisit): Promise<Response> {
  const late = new AbortController();
  const isThere = services.catalogue.published.position().then(
    () => true,
    () => false,
  );
  const isReady = await Promise.race([isThere, wait(answerWithinMs, false, { signal: late.signal, ref: false })]);
  late.abort();
  return isReady ? textResponse(200, "ready\n") : textResponse(503, "the catalogue does not answer\n");
}

function textResponse(status: number, text: string): Response {
  return new Response(text, { status, headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" } });
}
