// Measures the read API on a catalogue of 100,000 aids. Run `npx tsx test/bench/api.ts` with DATABASE_URL set; MOISSON_BENCH_KEEP=1 keeps
// the filled database for the next time. It requests lists with filters, each different so that no cached answer helps, then walks by
// `next`. Exits with 1 if it is slower than the target.
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { sql } from "drizzle-orm";
import { connectPostgresql } from "../../src/catalogue/connection/connect-postgresql.ts";
import { catalogueOn } from "../../src/catalogue/open-catalogue.ts";
import { everybody } from "../../src/publish/api/access/access.ts";
import { readApiSettings } from "../../src/publish/api/api-settings.ts";
import { startApi } from "../../src/publish/api/start-api.ts";
import { readConnectors } from "../../src/registry/load-connectors.ts";
import { testServices } from "../support/test-services.ts";
import { apiAddresses } from "./api-addresses.ts";
import { openBenchDatabase } from "./bench-database.ts";
import { fillAids } from "./console-aids.ts";
import { writeConnectors } from "./console-connectors.ts";

const asked = { p95Ms: 100, aidsASecond: 2000 };
/** Some 100,000 of them are live. */
const aids = Number(process.env.MOISSON_BENCH_AIDS ?? 126_000);
const times = Number(process.env.MOISSON_BENCH_TIMES ?? 20);

const database = await openBenchDatabase({ name: "moisson_bench_api", isKept: process.env.MOISSON_BENCH_KEEP === "1" });
const folder = await mkdtemp(path.join(os.tmpdir(), "moisson-bench-api-"));
const say = (line: string) => process.stdout.write(`${line}\n`);
const connection = await connectPostgresql({ url: database.url, schema: "moisson" });
const catalogue = await catalogueOn(connection, "moisson", "always");
const wrong: string[] = [];
try {
  const { folders, ids } = await writeConnectors(folder, 500);
  const { connectors } = await readConnectors(folders);
  const clock = { now: () => new Date(), fixed: null, elapsed: () => performance.now() };
  const logger = {
    error: (...what: unknown[]) => process.stderr.write(`${JSON.stringify(what)}\n`),
    warn: () => undefined,
    info: () => undefined,
  } as never;
  if ((await catalogue.search.count({})) === 0) {
    await fillAids(connection.store, testServices(catalogue, { clock, logger }), connectors, ids, aids);
    await connection.store.rows(sql`update contents set content = content || '{"importShareLicence": "openlicence20"}'`);
    await connection.store.rows(sql`vacuum (full, analyze) aids`);
    const begin = performance.now();
    for (let done = -1; done !== 0; ) done = await catalogue.search.catchUp();
    say(`the index caught up in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  }
  const settings = { ...readApiSettings({}), port: 0 };
  const api = await startApi({ catalogue, clock, logger, connectors: async () => connectors, settings, accessOf: everybody });
  try {
    say(
      `${os.cpus().length} cores (${os.cpus()[0]?.model.trim()}), Node ${process.version}, ${database.version}, load ${os.loadavg()[0]?.toFixed(1)}`,
    );
    await listsTake(api.url);
    await walksTake(api.url);
  } finally {
    await api.close();
  }
} finally {
  await catalogue.close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
}
if (wrong.length > 0) {
  say(`slower than asked:\n${wrong.join("\n")}`);
  process.exitCode = 1;
}

async function listsTake(url: string): Promise<void> {
  say("\n| list | aids | median ms | p95 ms | kB |\n| --- | ---: | ---: | ---: | ---: |");
  for (const { name, addressOf } of apiAddresses) {
    const took: number[] = [];
    let [count, bytes] = [0, 0];
    for (let time = -2; time < times; time++) {
      const begin = performance.now();
      const answer = await fetch(`${url}${addressOf(time + 2)}`);
      const text = await answer.text();
      if (time >= 0) took.push(performance.now() - begin);
      if (!answer.ok) throw new Error(`${addressOf(time)}: ${answer.status} ${text}`);
      [count, bytes] = [JSON.parse(text).count ?? 1, text.length];
    }
    took.sort((a, b) => a - b);
    const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
    say(`| ${name} | ${count} | ${at(0.5).toFixed(0)} | ${at(0.95).toFixed(0)} | ${(bytes / 1000).toFixed(0)} |`);
    if (at(0.95) >= asked.p95Ms) wrong.push(`${name}: p95 ${at(0.95).toFixed(0)} ms`);
  }
}

async function walksTake(url: string): Promise<void> {
  for (const start of [
    "/api/aids/?itemsPerPage=100&include_expired=true",
    "/api/aids/?itemsPerPage=100&orderBy=submission_deadline",
    "/api/aids/?itemsPerPage=100&changed_since=2000-01-01",
  ]) {
    const walker = new Worker(new URL("api-walk.mjs", import.meta.url), { workerData: `${url}${start}` });
    const [walked] = (await once(walker, "message")) as [{ aids: number; count: number; bytes: number; seconds: number }];
    const rate = walked.aids / walked.seconds;
    say(
      `\nwalk ${start}: ${walked.aids} aids of ${walked.count} in ${walked.seconds.toFixed(1)} s, ${rate.toFixed(0)} a second, ${(walked.bytes / 1e6).toFixed(0)} MB, RSS ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`,
    );
    if (rate < asked.aidsASecond) wrong.push(`walk ${start}: ${rate.toFixed(0)} a second`);
  }
}
