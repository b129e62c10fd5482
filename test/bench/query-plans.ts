// Finds the statements that read whole tables, on a catalogue of 200,000 aids, 10,000 connectors and 100,000 runs: `DATABASE_URL=… npx tsx
// test/bench/query-plans.ts [part of a name]`, as a superuser, because the database explains every statement. MOISSON_BENCH_KEEP=1 keeps the
// filled database for the next time, and MOISSON_BENCH_PLANS=<file> writes the plans themselves.
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { connectPostgresql } from "../../src/catalogue/connection/connect-postgresql.ts";
import { catalogueOn } from "../../src/catalogue/open-catalogue.ts";
import { readRetention } from "../../src/catalogue/retention/read-retention.ts";
import { readConsoleSettings } from "../../src/console/console-settings.ts";
import { startConsole } from "../../src/console/start-console.ts";
import { gatherDigest } from "../../src/jobs/digest/gather-digest.ts";
import { readFigures } from "../../src/jobs/monitoring/catalogue-figures.ts";
import { openBenchDatabase } from "./bench-database.ts";
import { consoleAddresses } from "./console-addresses.ts";
import { fillCatalogue } from "./console-catalogue.ts";
import { consoleSizes } from "./console-sizes.ts";
import { consoleVisitor } from "./console-visitor.ts";
import { type ExplainedStatement, explainStatements, takeExplained } from "./explained-statements.ts";

const size = consoleSizes.large;
const only = process.argv[2] ?? "";
const plansFile = process.env.MOISSON_BENCH_PLANS;
const dayMs = 86_400_000;

const folder = await mkdtemp(path.join(os.tmpdir(), "moisson-bench-plans-"));
const say = (line: string) => process.stdout.write(`${line}\n`);
if (plansFile !== undefined) await writeFile(plansFile, "");
const database = await openBenchDatabase({ name: "moisson_bench_large", isKept: process.env.MOISSON_BENCH_KEEP === "1" });
const schema = "moisson";
const connect = () => connectPostgresql({ url: database.url, schema });
{
  const connection = await connect();
  const catalogue = await catalogueOn(connection, schema, "always");
  await fillCatalogue({ connection, catalogue, folder, size, say });
  await connection.store.rows(sql`vacuum (analyze)`);
  await explainStatements(connection.store);
  await catalogue.close();
}
const connection = await connect();
const catalogue = await catalogueOn(connection, schema, "if-empty");
try {
  const { jobs, ids } = await fillCatalogue({ connection, catalogue, folder, size, say });
  const registry = await jobs.registry();
  const now = new Date();
  const period = { since: new Date(now.getTime() - dayMs), until: now };
  const console = await startConsole(jobs, { ...readConsoleSettings({}), port: 0 });
  try {
    const visitor = await consoleVisitor(console, catalogue);
    const addresses = await consoleAddresses({ store: connection.store, size, made: ids.length }, visitor);
    const parts: readonly (readonly [string, () => Promise<unknown>])[] = [
      ["digest", () => gatherDigest(catalogue, { ...registry, environment: {} }, period, now)],
      ["`runs --silent`", () => catalogue.activity.list()],
      ["metrics", () => readFigures(jobs)],
      ["`prune --dry-run`", () => catalogue.retention.survey(readRetention({}), now)],
      ["dead links", () => catalogue.links.deadLinks()],
      ...addresses.map((address) => [`\`${address}\``, () => visitor.get(address)] as const),
    ];
    say(`${database.version}, load ${os.loadavg()[0]?.toFixed(1)}\n`);
    say("| part | ms | pages | reads whole | statement |\n| --- | ---: | ---: | --- | --- |");
    const rowsOf = await tableSizes();
    for (const [name, run] of parts.filter(([name]) => name.includes(only))) {
      takeExplained();
      await run();
      for (const statement of takeExplained()) await report(name, statement, rowsOf);
    }
  } finally {
    await console.close();
  }
} finally {
  await catalogue.close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
}

/** Returns the rows of the tables that grow with the catalogue. */
async function tableSizes(): Promise<ReadonlyMap<string, number>> {
  const rows = await connection.store.rows<{ name: string; rows: number }>(
    sql`select relname as name, reltuples::float8 as rows from pg_class where relkind = 'r' and reltuples > 5000`,
  );
  return new Map(rows.map(({ name, rows: count }) => [name, count]));
}

/** Prints a statement that reads at least half of a large table, or takes longer than a page may. */
async function report(name: string, statement: ExplainedStatement, rowsOf: ReadonlyMap<string, number>): Promise<void> {
  const whole = [...statement.rowsRead].filter(([table, rows]) => rows > (rowsOf.get(table) ?? Number.POSITIVE_INFINITY) / 2);
  if (whole.length === 0 && statement.ms < 100) return;
  const tables = whole.map(([table]) => table).join(", ");
  say(
    `| ${name} | ${statement.ms.toFixed(0)} | ${statement.pages} | ${tables} | \`${statement.text.replace(/\s+/g, " ").replaceAll("|", "\\|").slice(0, 90)}\` |`,
  );
  if (plansFile !== undefined) await appendFile(plansFile, `${name}\n${statement.text}\n${statement.plan}\n\n`);
}
