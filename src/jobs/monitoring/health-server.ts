import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { WrongSettings } from "../../platform/config.ts";
import { inTime } from "../../platform/in-time.ts";
import { findInstallation, versionText } from "../../registry/installation.ts";
import type { JobSettings } from "../job-settings.ts";
import type { RunQueue } from "../queue/run-queue.ts";
import type { Worker } from "../worker/worker.ts";
import type { Metrics } from "./metrics.ts";
import { causeOf, causeSentence, type TroubleCause } from "./trouble.ts";

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
const unanswered = "catalogue or queue do not answer\n";
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
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const advice =
      code === "EADDRINUSE" ? `port ${port} is taken; give each worker of this machine its own` : "the port cannot be listened on";
    throw new WrongSettings([`MOISSON_PORT, MOISSON_HOST: ${advice} (${code})`]);
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
    if (path === "/metrics")
      return send(response, 200, await inTime(watched.metrics.text(), answerWithinMs, late), watched.metrics.contentType);
    if (path === "/live") return send(response, ...liveness(watched));
    if (path === "/ready") return send(response, ...(await readiness(watched)));
    send(response, 404, "there is /metrics, /live and /ready\n");
  } catch {
    send(response, 503, unanswered);
  }
}

function liveness({ worker, settings }: Watched): [number, string] {
  const [look, task] = [worker.sinceLook() / 1000, worker.sinceTask() / 1000];
  if (look > Math.max(120, settings.tickSeconds * looksMissed)) return [503, `no look for ${Math.round(look)} s\n`];
  return task > longestTask ? [503, `a task has not ended for ${Math.round(task)} s\n`] : [200, "live\n"];
}

/** Reads the last self-test, then tries to claim a run, which needs the queue, a connection and a lock. */
async function readiness({ catalogue, queue, worker }: Watched): Promise<[number, string]> {
  const { sickFor, since, leaveFor } = worker.state();
  if (leaveFor !== null) return [503, `takes no run: it ends for the migration ${leaveFor}\n`];
  if (sickFor !== null) return [503, `takes no run since ${since?.toISOString()}: ${causeSentence(sickFor)}\n`];
  const trouble = await troubleOf(catalogue, queue);
  if (trouble !== null) return [503, trouble === "other" ? unanswered : `takes no run: ${causeSentence(trouble)}\n`];
  return [200, `ready, version ${versionText(findInstallation())}\n`];
}

/** Returns why catalogue or queue do not answer, or null. */
async function troubleOf(catalogue: Catalogue, queue: RunQueue): Promise<TroubleCause | null> {
  const asked = async (answer: Promise<unknown>, kind: RunQueue["kind"]) => {
    try {
      await inTime(answer, answerWithinMs, late);
      return null;
    } catch (error) {
      return causeOf(error, kind).cause;
    }
  };
  const [claim, depth] = await Promise.all([asked(catalogue.runQueue.tryClaim(), "postgresql"), asked(queue.depth(), queue.kind)]);
  return claim ?? depth;
}

function late(): never {
  throw Object.assign(new Error("no answer in time"), { code: "timed-out" });
}

function send(response: ServerResponse, status: number, text: string, type = "text/plain; charset=utf-8"): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(text);
}
