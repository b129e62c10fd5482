import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { WrongSettings } from "../../platform/config.ts";
import type { JobSettings } from "../job-settings.ts";
import type { RunQueue } from "../queue/run-queue.ts";
import type { Worker } from "../worker/worker.ts";
import type { Metrics } from "./metrics.ts";

/** Components that are checked. */
export interface Watched {
  readonly catalogue: Catalogue;
  readonly queue: RunQueue;
  readonly worker: Worker;
  readonly metrics: Metrics;
  readonly settings: JobSettings;
}

/** An open server with its port. */
export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

const answerWithinMs = 3000;
/** Missed checks after which a worker counts as stuck. */
const looksMissed = 8;
/** No task takes longer than this, in seconds: they check links, delete old data and make dumps piece by piece. */
const longestTask = 3600;

/**
 * Serves `/metrics`; `/live`: 200 while the loops of this worker go on (restart it otherwise); `/ready`: 200 while it could claim a run.
 * Answers contain no settings. Throws `WrongSettings` if the port is taken.
 */
export async function openHealthServer(port: number, watched: Watched): Promise<HealthServer> {
  const server = createServer((request, response) => {
    void answer((request.url ?? "/").split("?", 1)[0] ?? "/", response, watched);
  });
  server.listen(port, watched.settings.host);
  await once(server, "listening").catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    throw new WrongSettings([`MOISSON_PORT, MOISSON_HOST: the port cannot be listened on${code}`]);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function answer(path: string, response: ServerResponse, watched: Watched): Promise<void> {
  try {
    if (path === "/metrics") return send(response, 200, await inTime(watched.metrics.text()), watched.metrics.contentType);
    if (path === "/live") return send(response, ...liveness(watched));
    if (path === "/ready") return send(response, ...(await readiness(watched)));
    send(response, 404, "there is /metrics, /live and /ready\n");
  } catch {
    send(response, 503, "catalogue or queue do not answer\n");
  }
}

function liveness({ worker, settings }: Watched): [number, string] {
  const [look, task] = [worker.sinceLook() / 1000, worker.sinceTask() / 1000];
  if (look > Math.max(120, settings.tickSeconds * looksMissed)) return [503, `no look for ${Math.round(look)} s\n`];
  return task > longestTask ? [503, `a task has not ended for ${Math.round(task)} s\n`] : [200, "live\n"];
}

/** Tries to claim a run, which needs the queue, a connection and a lock. */
async function readiness({ catalogue, queue }: Watched): Promise<[number, string]> {
  await inTime(Promise.all([catalogue.runQueue.tryClaim(), queue.depth()]));
  return [200, "ready\n"];
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), answerWithinMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function send(response: ServerResponse, status: number, text: string, type = "text/plain; charset=utf-8"): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(text);
}
