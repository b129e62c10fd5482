/**
 * Measures the comparison of new aids with those of other connectors: `DATABASE_URL=… npx tsx test/bench/other-sources.ts 100000 1000`. The
 * catalogue contains the first number of aids, with the texts of two real feeds. A run then creates the second number: half of them are
 * already there. The same feed is also imported into a catalogue without other connectors.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { connectPostgresql } from "../../src/catalogue/connection/connect-postgresql.ts";
import { catalogueOn } from "../../src/catalogue/open-catalogue.ts";
import { lastRevision } from "../../src/catalogue/plans/order-changes.ts";
import { runIngestion } from "../../src/ingest/run.ts";
import { loadConnectors, readConnectors } from "../../src/registry/load-connectors.ts";
import { guardsOff, smallDefinition } from "../support/harvest.ts";
import { insertAids } from "../support/insert-aids.ts";
import { testServices } from "../support/test-services.ts";
import { realFeeds } from "./console-aids.ts";

const connectorId = "region-comparee";
const url = process.env.DATABASE_URL ?? "";
const [first = "", second = ""] = process.argv.slice(2);
const openSchema = async (schema: string) => {
  const connection = await connectPostgresql({ url, schema });
  return { store: connection.store, catalogue: await catalogueOn(connection, schema, "if-empty") };
};

/** Adds aids with the texts of two real feeds. Each has a link and a title of its own. */
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
    select gen_random_uuid() as aid_id, connector, external_id || '-' || n as external_id, 'reviewable' as status, null::date as withdrawn_at, fingerprint,
      imported || jsonb_build_object('name', left(imported ->> 'name', 150) || ', lot ' || n, 'originUrl', 'https://exemple.fr/aides/' || n) as imported,
      kept, edits, '{}'::jsonb as proposals, memo, now() as created_at, now() as updated_at
    from generate_series(1, ${count}) n join source on source.place = n % source.many`,
  );
  await store.rows(sql`update connectors set sharing = '{"link": true}'`);
  await store.rows(sql`update search_state set up_to = ${lastRevision}`);
  await store.rows(sql`vacuum analyze aids, aid_sources, contents`);
  while ((await catalogue.search.catchUp()) > 0);
  await catalogue.close();
}

/** Writes a feed: every second aid is one of the catalogue, and the others have its text without its link and title. */
async function feed(schema: string, count: number): Promise<string> {
  const { store, catalogue } = await openSchema(schema);
  const rows = await store.rows<{ name: string; link: string; text: string; deadline: string | null }>(sql`
    select imported ->> 'name' as name, imported ->> 'originUrl' as link, imported ->> 'description' as text, imported ->> 'submissionDeadline' as deadline
    from aids_with_source where external_id ~ '-[0-9]+$' order by md5(aid_id::text) limit ${count}`);
  await catalogue.close();
  return JSON.stringify(
    rows.map(({ name, link, text, deadline }, place) => ({
      id: `n${place}`,
      titre: place % 2 === 0 ? name : `${name.split(" ").reverse().join(" ")} (bis)`,
      lien: place % 2 === 0 ? link : `${link}/bis`,
      texte: text,
      fin: deadline,
    })),
  );
}

async function run(schema: string, folder: string): Promise<void> {
  const { catalogue } = await openSchema(schema);
  const [connector] = await loadConnectors([folder]);
  if (connector === undefined) throw new Error("no connector");
  const report = await runIngestion(connector, testServices(catalogue), { file: join(folder, "feed.json") });
  const { created, linked = 0 } = report.counts;
  const remarks = Object.entries(report.remarks).map(([code, found]) => `${found} ${code}`);
  process.stdout.write(
    `${schema}: ${report.outcome}, ${created} created, ${linked} linked (${remarks.join(", ")}): plan ${report.stageMs.plan} ms, run ${report.durationMs} ms, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`,
  );
  await catalogue.close();
}

if (first === "--run") await run(second, process.argv[4] ?? "");
else {
  const folder = await mkdtemp(join(tmpdir(), "moisson-bench-"));
  const [large, alone] = [`moisson_bench_sources_${first}`, "moisson_bench_sources_alone"];
  await fill(large, Number(first));
  const definition = smallDefinition(connectorId, { guards: guardsOff, otherSources: { link: true } });
  await mkdir(join(folder, "connectors"));
  await writeFile(join(folder, "connectors", `${connectorId}.json`), JSON.stringify(definition));
  await writeFile(join(folder, "feed.json"), await feed(large, Number(second)));
  for (const schema of [large, alone]) {
    const child = spawn(process.execPath, ["--import", "tsx", fileURLToPath(import.meta.url), "--run", schema, folder], {
      stdio: "inherit",
    });
    await once(child, "close");
    const { store, catalogue } = await openSchema(schema);
    await store.rows(sql`drop schema ${sql.identifier(schema)} cascade`);
    await catalogue.close();
  }
  await rm(folder, { recursive: true, force: true });
}
