// Measures what many connectors in the catalogue cost a process that needs one of them, or shows the first page. Run `npm run build`, then
// `npx tsx test/bench/stored-connectors.ts 10000`. MOISSON_BENCH_NODE: arguments for Node of the command, such as `--cpu-prof`.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import postgres from "postgres";
import { openCatalogue } from "../../src/catalogue/open-catalogue.ts";
import { readConsoleSettings } from "../../src/console/console-settings.ts";
import { startConsole } from "../../src/console/start-console.ts";
import { watchConnectors } from "../../src/jobs/connectors/watch-connectors.ts";
import { readJobSettings } from "../../src/jobs/job-settings.ts";
import { noQueue } from "../../src/jobs/queue/no-queue.ts";
import { projectRoot } from "../support/loaded-connectors.ts";
import { testServices } from "../support/test-services.ts";
import { benchConnector } from "./bench-connector.ts";
import { withPlace } from "./bench-place.ts";
import { consoleVisitor } from "./console-visitor.ts";

const count = Number(process.argv[2] ?? 10_000);
const nodeArguments = (process.env.MOISSON_BENCH_NODE ?? "").split(" ").filter(Boolean);
const execute = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), "moisson-stored-"));

await mkdir(join(folder, "connectors"));
await withPlace("redis", { folder, hosts: [] }, async ({ environment, databaseUrl }) => {
  await storeConnectors(databaseUrl);
  print(`${count} connectors in the catalogue, load ${loadavg()[0]?.toFixed(1)}\n\n| what | seconds |\n| --- | ---: |`);
  const env = { ...process.env, ...environment };
  for (const args of [["run", "nuit-00007", "--queue"], ["runs"], ["pause", "nuit-00007"]])
    await timed(`moisson ${args.join(" ")}`, () =>
      execute(process.execPath, [...nodeArguments, "dist/src/cli/main.js", ...args], { cwd: projectRoot, env }),
    );
  const catalogue = await openCatalogue({ home: folder, runsAtOnce: 1, migrate: "if-empty", databaseUrl });
  const registry = watchConnectors([projectRoot], catalogue.connectorVersions, () => undefined);
  const services = testServices(catalogue);
  const settings = readJobSettings({});
  const jobs = { services, settings, queue: noQueue, registry, connectors: async () => (await registry()).connectors };
  const console = await timed("console: start", () => startConsole(jobs, { ...readConsoleSettings({}), port: 0 }));
  const visitor = await consoleVisitor(console, catalogue);
  for (const which of ["first", "second"]) await timed(`console: first page, ${which} time`, () => visitor.get("/"));
  await timed("console: list of connectors", () => visitor.get("/connecteurs"));
  const { definition } = (await catalogue.connectorVersions.list("nuit-00007"))[0] ?? { definition: null };
  const made = { connector: "nuit-00007", definition, changes: {}, terms: {}, why: "", by: "bench", at: new Date() };
  await catalogue.connectorVersions.add(made, 1);
  await timed("console: first page after a new version", () => visitor.get("/"));
  await console.close();
  await catalogue.close();
});
await rm(folder, { recursive: true, force: true });

async function storeConnectors(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const { id: _, ...definition } = benchConnector("json");
  await sql`
    insert into moisson.connector_versions (connector, version, definition, changes, terms, why, by, at)
    select id, 1, ${sql.json(definition as never)}::jsonb || jsonb_build_object('id', id), '{}', '{}', '', 'bench', now()
    from (select 'nuit-' || lpad(n::text, 5, '0') as id from generate_series(1, ${count}::int) n) made`;
  await sql`analyze moisson.connector_versions`;
  await sql.end();
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const done = await work();
  print(`| ${what} | ${((performance.now() - begun) / 1000).toFixed(2)} |`);
  return done;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
