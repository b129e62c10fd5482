import { once } from "node:events";
import type { Server } from "node:http";
import { serve } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono } from "hono";
import { keepSearchUpToDate } from "../catalogue/search/catch-up-search.ts";
import type { JobServices } from "../jobs/job-services.ts";
import { syncPublishers } from "../partners/sync-publishers.ts";
import { consoleApp } from "./app.ts";
import type { ConsoleSettings } from "./console-settings.ts";
import { SpooledSamples } from "./forms/spooled-samples.ts";
import { publicRoutes, routes } from "./routes.ts";
import { sampleThreads } from "./sample-threads.ts";
import type { ConsoleServices } from "./visit.ts";

/** A running console. */
export interface StartedConsole extends ConsoleServices {
  close(): Promise<void>;
}

/** Starts the console, or the process for people without an account, and resolves once it accepts requests. Port 0 picks a free port. */
export async function startConsole(jobs: JobServices, settings: ConsoleSettings): Promise<StartedConsole> {
  const outer = new Hono();
  const server = serve({ fetch: outer.fetch, hostname: settings.host, port: settings.port }) as Server;
  await Promise.race([once(server, "listening"), once(server, "error").then(([error]) => Promise.reject(error))]);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : settings.port;
  const samples = { ...sampleThreads(), spooled: new SpooledSamples() };
  const services: ConsoleServices = { jobs, settings, samples, url: settings.url ?? `http://${hostOf(settings.host)}:${port}` };
  const app = consoleApp(services, settings.isPublicOnly ? publicRoutes : routes);
  outer.all("*", (context) => app.fetch(context.req.raw, { client: getConnInfo(context).remote.address ?? "" }));
  const closing = new AbortController();
  const { catalogue, clock, logger } = jobs.services;
  if (!settings.isPublicOnly)
    await jobs
      .registry()
      .then((registry) => syncPublishers(catalogue, registry, clock.now()))
      .catch((error: unknown) => {
        logger.error({ err: error }, "could not list the publishers");
      });
  const searchUpdates = settings.isPublicOnly ? undefined : keepSearchUpToDate(catalogue, logger, closing.signal);
  return {
    ...services,
    async close() {
      closing.abort();
      server.close();
      server.closeAllConnections();
      await once(server, "close").catch(() => undefined);
      await searchUpdates;
      await samples.close();
      await samples.spooled.close();
    },
  };
}

function hostOf(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
