/**
 * Measures time and memory of an open-data dump: `DATABASE_URL=… npx tsx test/bench/open-data.ts 20000 100000`, each size in its own
 * schema.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { connectPostgresql } from "../../src/catalogue/connection/connect-postgresql.ts";
import { catalogueOn } from "../../src/catalogue/open-catalogue.ts";
import { lastRevision } from "../../src/catalogue/plans/order-changes.ts";
import { runIngestion } from "../../src/ingest/run.ts";
import { makeOpenData } from "../../src/publish/open-data/make-open-data.ts";
import { readConnectors } from "../../src/registry/load-connectors.ts";
import { insertAids } from "../support/insert-aids.ts";
import { testServices } from "../support/test-services.ts";
import { realFeeds } from "./console-aids.ts";

const url = process.env.DATABASE_URL ?? "";
const [first = "", ...others] = process.argv.slice(2);
const openSchema = async (schema: string) => {
  const connection = await connectPostgresql({ url, schema });
  return { store: connection.store, catalogue: await catalogueOn(connection, schema, "if-empty") };
};

/** Adds reusable live aids with the texts of two real feeds. */
async function fill(schema: string, count: number): Promise<void> {
  const { store, catalogue } = await openSchema(schema);
  const { connectors } = await readConnectors(["."]);
  for (const [id, file] of Object.entries(realFeeds)) {
    const connector = connectors.find(({ definition }) => definition.id === id);
    if (connector !== undefined) await runIngestion(connector, testServices(catalogue), { file });
  }
  await insertAids(
    store,
    sql`
    with source as (select *, row_number() over (order by aid_id) - 1 as place, count(*) over () as many from aids_with_source)
    select gen_random_uuid() as aid_id, connector, external_id || '-' || n as external_id, 'published' as status, null::date as withdrawn_at, fingerprint,
      imported || jsonb_build_object('name', left(imported ->> 'name', 150) || ', ' || n, 'importShareLicence', 'openlicence20', 'sourceUpdatedDate', '2026-10-06') as imported,
      kept, edits, '{}'::jsonb as proposals, memo, now() as created_at, now() as updated_at
    from generate_series(1, ${count}) n join source on source.place = n % source.many`,
  );
  await store.rows(sql`insert into aid_numbers (aid_id) select aid_id from aids where status = 'published'`);
  // Marks the aids as indexed, because indexing is not part of a dump.
  await store.rows(sql`update search_state set up_to = ${lastRevision}`);
  await store.rows(sql`vacuum analyze aids, aid_sources, contents`);
  await catalogue.close();
}

async function dump(schema: string): Promise<void> {
  const { catalogue } = await openSchema(schema);
  const { connectors } = await readConnectors(["."]);
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  const { facts, files } = await makeOpenData({ catalogue, connectors }, () => new Date());
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1);
  process.stdout.write(
    `${facts.aids} aids, ${facts.inNationalSchema} in the national schema: ${seconds(performance.now() - begun)} s (CPU ${seconds((user + system) / 1000)} s), peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`,
  );
  for (const { name, bytes } of files) process.stdout.write(`  ${name}: ${(bytes / 1e6).toFixed(1)} MB\n`);
  await catalogue.close();
}

if (first === "--dump") await dump(others[0] ?? "");
else {
  for (const count of [first, ...others]) {
    const schema = `moisson_bench_dump_${count}`;
    await fill(schema, Number(count));
    const child = spawn(process.execPath, ["--import", "tsx", fileURLToPath(import.meta.url), "--dump", schema], { stdio: "inherit" });
    await once(child, "close");
    const connection = await connectPostgresql({ url, schema });
    await connection.store.rows(sql`drop schema ${sql.identifier(schema)} cascade`);
    await connection.close();
  }
}
