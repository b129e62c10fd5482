import { Writable } from "node:stream";
import { sql } from "drizzle-orm";
import { pino } from "pino";
import { expect, it } from "vitest";
import { pingHeartbeat } from "../../src/jobs/tasks/ping-heartbeat.ts";
import { onPostgresql } from "../support/queues.ts";
import { type JobSetup, jobSetup } from "./job-setup.ts";
import { onQueue } from "./on-queue.ts";

const secret = "s3cret";

/** Returns as text everything in the catalogue's tables that could contain a secret. */
async function written(house: JobSetup): Promise<string> {
  const tables = await house.catalogue.store.rows<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = ${house.catalogue.schema} and table_type = 'BASE TABLE'`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await house.catalogue.store.rows<{ row: string }>(sql`select to_jsonb(t)::text as row from ${sql.identifier(name)} t`);
    texts.push(...rows.map(({ row }) => row));
  }
  return texts.join("\n");
}

onQueue(onPostgresql, "secrets", (tested) => {
  it("are in no log, report, run or snapshot, whatever the outcome of runs", async () => {
    const house = await jobSetup(tested);
    const lines: string[] = [];
    const sink = new Writable({
      write: (chunk, _, done) => {
        lines.push(String(chunk));
        done();
      },
    });
    const logger = pino({ level: "trace" }, sink);
    const at = (id: string) => house.site.origin.replace("//", `//user:${secret}-password@`).concat(`/${id}.json?token=${secret}-token`);
    const ends = {
      "region-well": {},
      "region-gone": { status: 404 },
      "region-busy": { status: 429, headers: { "retry-after": "7200" } },
      "region-page": { headers: { "content-type": "text/html" }, text: "<!doctype html><html></html>" },
      "region-malformed": { text: '[{"id": 1' },
      "region-moved": { status: 302, headers: { location: `http://127.0.0.1:1/?token=${secret}-token` } },
    };
    const environment: Record<string, string> = {
      DATABASE_URL: `postgres://u:${secret}@127.0.0.1:1/x`,
      REDIS_URL: `redis://:${secret}@127.0.0.1:1`,
      HEARTBEAT_URL: `http://127.0.0.1:1/${secret}`,
    };
    for (const [id, answer] of Object.entries(ends)) {
      const [address, key] = [`MOISSON_URL_${id.toUpperCase().replaceAll("-", "_")}`, `${id.toUpperCase().replaceAll("-", "_")}_KEY`];
      await house.connector(id, { feed: { urlFrom: address, headersFrom: { "x-api-key": key } } });
      Object.assign(environment, { [address]: at(id), [key]: `${secret}-key` });
      house.site.answer(`/${id}.json?token=${secret}-token`, answer);
    }
    const terms = { logger, environment };
    await house.worker(terms);
    // One host, so the connector that asks for hours of rest runs last.
    const ids = Object.keys(ends).filter((id) => id !== "region-busy");
    const requested = await Promise.all(ids.map((id) => house.ask(id)));
    const ended = await Promise.all(requested.map(({ runId }) => house.ended(runId)));
    const busy = await house.ended((await house.ask("region-busy")).runId);
    const outcomes = Object.fromEntries([...ended, busy].map(({ connector, outcome }) => [connector, outcome]));
    expect(outcomes).toMatchObject({ "region-well": "applied", "region-gone": "refused", "region-busy": "unreachable" });

    // A worker that cannot run at all, and a heartbeat that fails.
    const broken = {
      ...house.catalogue,
      schedule: Object.assign(Object.create(house.catalogue.schedule), { lastDueTimes: () => Promise.reject(new Error("no")) }),
    };
    await house.worker({ ...terms, around: () => broken });
    await house.catalogue.store.rows(sql`update runs set asked_by = 'schedule' where connector = 'region-well'`);
    await house.catalogue.store.rows(sql`delete from runs where state <> 'ended'`);
    // Nothing else was expected in this night, whose runs would be missing.
    await house.catalogue.schedule.pause({ connector: "*", by: "marie", at: new Date(), reason: null });
    const morning = new Date("2026-11-25T04:40:00Z");
    const clock = { now: () => morning, fixed: null, elapsed: () => performance.now() };
    await pingHeartbeat(
      house.jobs({ ...terms, clock, settings: { HEARTBEAT_URL: environment.HEARTBEAT_URL ?? "" } }),
      new AbortController().signal,
    );

    expect(house.site.requestedPaths.some((path) => path.includes(`${secret}-token`))).toBe(true);
    expect(lines.join("")).toContain("HEARTBEAT_URL could not be requested");
    expect(lines.join("")).not.toContain(secret);
    const rows = await written(house);
    expect(rows).toContain("region-well.json");
    expect(rows).not.toContain(secret);
  });
});
