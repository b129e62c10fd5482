// Main of a run's process. It obeys its parent's messages: see `RunProcess`.
import { Worker } from "node:worker_threads";
import type { SharedConnection } from "../../catalogue/connection/connect-shared.ts";
import { databaseClock } from "../../catalogue/database-clock.ts";
import { type Catalogue, catalogueOn, openCatalogue } from "../../catalogue/open-catalogue.ts";
import type { Services } from "../../ingest/run-inputs.ts";
import { receivedConnector } from "../../ingest/sent-connector.ts";
import { createLogger } from "../../platform/logger.ts";
import { ownUsage } from "../../platform/process-usage.ts";
import { executeRun } from "../worker/execute-run.ts";
import {
  type FromProcess,
  type ProcessCatalogue,
  type ProcessStart,
  receivedError,
  type SentOrder,
  sentError,
  type ToProcess,
} from "./messages.ts";
import { ProcessLiveness } from "./process-liveness.ts";

// The parent decides when runs end. A signal to all processes of a service or a container must not stop them earlier.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
// The parent has ended. A run in progress loses its connections, and its transaction is rolled back.
process.on("disconnect", () => process.exit());

/** Code of the thread that watches the parent. */
const watchCode = `
const { workerData } = require("node:worker_threads");
setInterval(() => {
  if (process.ppid !== workerData) process.kill(process.pid, "SIGKILL");
}, 1000);`;

const parent = process.ppid;
let isParentWatched = false;
let start: ProcessStart | undefined;
let opened: Promise<Catalogue> | undefined;
let liveness: ProcessLiveness | undefined;
let shared: SharedConnection | undefined;

process.on("message", (message: ToProcess) => {
  if (message.kind === "start") start = message.start;
  else if (message.kind === "run") void run(message.order);
  else if (message.kind === "stop") liveness?.stop(receivedError(message.reason));
  else if (message.kind === "beaten") liveness?.beaten();
  else if (message.kind === "answer") shared?.receive(message.answer);
  else if (message.kind === "leave") process.exit();
  else send({ kind: "pong", usage: ownUsage() });
});
send({ kind: "ready" });

function send(message: FromProcess): void {
  // The parent may have ended meanwhile; then this process ends too.
  process.send?.(message, undefined, undefined, () => undefined);
}

async function run(order: SentOrder): Promise<void> {
  liveness = new ProcessLiveness(send);
  // Only code of a connector can loop for ever.
  if (order.connector.functionsIn !== null && !isParentWatched) watchParent(parent);
  isParentWatched ||= order.connector.functionsIn !== null;
  try {
    const services = await servicesOf(start as ProcessStart);
    const connector = await receivedConnector(order.connector);
    const report = await executeRun({ ...order, connector }, liveness, services, (start as ProcessStart).retrySeconds);
    send({ kind: "ended", report, usage: ownUsage() });
  } catch (error) {
    send({ kind: "refused", reason: sentError(error), usage: ownUsage() });
  }
}

/** Opens the catalogue before the first run, and again if it could not be opened. */
async function servicesOf(start: ProcessStart): Promise<Services> {
  const { catalogue: place, environment, allowHosts, normaliser, fixedNow, logLevel, processMemoryMb } = start;
  opened ??= open(place);
  const catalogue = await opened.catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return {
    catalogue,
    clock: await databaseClock(catalogue, fixedNow),
    logger: createLogger(logLevel),
    environment,
    allowHosts,
    normaliser,
    processMemoryMb,
    feedCleaner: async () => (await import("../../catalogue/forgetting/feed-cleaner.ts")).feedCleaner(catalogue.forgetting, environment),
    proposeRenames: async (feed) => (await import("../../survey/propose/propose-renames.ts")).proposeRenames(feed),
  };
}

async function open(place: ProcessCatalogue): Promise<Catalogue> {
  if (place.kind === "postgresql") return openCatalogue({ ...place, home: "" });
  // On a server, nobody needs this driver.
  const { connectShared } = await import("../../catalogue/connection/connect-shared.ts");
  shared = connectShared((request) => send({ kind: "ask", request }));
  return catalogueOn(shared, place.schema, "if-empty");
}

/** Starts a thread that kills this process if its parent, `pid`, has ended. A process in an endless loop receives no `disconnect`. */
function watchParent(pid: number): void {
  const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 };
  new Worker(watchCode, { eval: true, workerData: pid, execArgv: [], resourceLimits }).unref();
}
