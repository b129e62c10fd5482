import { once } from "node:events";
import type { Server } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { serve } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono } from "hono";
import { keepSearchUpToDate } from "../../catalogue/search/catch-up-search.ts";
import { apiApp, apiServices } from "./api-app.ts";
import type { ApiRoute, ApiWorld } from "./api-route.ts";
import { routes as allRoutes } from "./api-routes.ts";
import type { SearchMisses } from "./misses/search-misses.ts";
import { ApiProblem, problemBody, problemType } from "./problem.ts";

/** A running API. */
export interface StartedApi {
  /** Public address, without final slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** Maximum size of an address and its headers. The server rejects longer ones without reading them. */
const maxHeaderBytes = 65_536;
const writeMissesMs = 5000;

/** Starts the read API and keeps its index up to date. Resolves when the API answers. `port` 0 uses any free port. */
export async function startApi(world: Omit<ApiWorld, "url">, routes: readonly ApiRoute[] = allRoutes): Promise<StartedApi> {
  const { settings, catalogue, logger } = world;
  const outer = new Hono();
  const serverOptions = { maxHeaderSize: maxHeaderBytes };
  const server = serve({ fetch: outer.fetch, hostname: settings.host, port: settings.port, serverOptions }) as Server;
  server.on("clientError", refuse);
  await Promise.race([once(server, "listening"), once(server, "error").then(([error]) => Promise.reject(error))]);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : settings.port;
  const url = settings.url ?? `http://${settings.host.includes(":") ? `[${settings.host}]` : settings.host}:${port}`;
  const services = apiServices({ ...world, url });
  const app = apiApp(services, routes);
  outer.all("*", (context) => app.fetch(context.req.raw, { client: getConnInfo(context).remote.address ?? "" }));
  const closing = new AbortController();
  const searchKept = keepSearchUpToDate(catalogue, logger, closing.signal);
  const missesKept = keepWriting([services.misses, services.reads], logger, closing.signal);
  return {
    url,
    async close() {
      closing.abort();
      server.close();
      server.closeAllConnections();
      await once(server, "close").catch(() => undefined);
      await Promise.all([searchKept, missesKept]);
    },
  };
}

async function keepWriting(counts: readonly Pick<SearchMisses, "write">[], logger: ApiWorld["logger"], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await wait(writeMissesMs, undefined, { signal }).catch(() => undefined);
    for (const one of counts) {
      await one.write().catch((error: unknown) => logger.error({ err: error }, "searches without a result, or readings, were not counted"));
    }
  }
}

/** Answers malformed or oversized requests as problems too. */
function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const problem = new ApiProblem(error.code === "HPE_HEADER_OVERFLOW" ? 431 : 400, {});
  const body = problemBody(problem);
  const status = problem.status === 431 ? "431 Request Header Fields Too Large" : "400 Bad Request";
  socket.end(
    `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: ${problemType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
