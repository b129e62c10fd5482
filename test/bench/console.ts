// Measures each page of the console on a catalogue of 100,000 aids, 500 connectors and 20,000 runs. Run `npx tsx test/bench/console.ts [part
// of an address]` with DATABASE_URL set; MOISSON_BENCH_KEEP=1 keeps the filled database for the next time. `--embedded` uses the embedded
// catalogue with 5,000 aids, 50 connectors and 500 runs; `--large` uses 200,000 aids, 10,000 connectors and 100,000 runs. Exits with 1 if a page exceeds its target time or size.
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { catalogueOn } from "../../src/catalogue/open-catalogue.ts";
import { readConsoleSettings } from "../../src/console/console-settings.ts";
import { startConsole } from "../../src/console/start-console.ts";
import { consoleAddresses, pages, routeOf } from "./console-addresses.ts";
import { fillCatalogue } from "./console-catalogue.ts";
import { cpuUsed } from "./console-cpu.ts";
import { consolePlace } from "./console-place.ts";
import { consoleSizes } from "./console-sizes.ts";
import { consoleVisitor } from "./console-visitor.ts";

const asked = { medianMs: 200, p95Ms: 500, bytes: 300_000 };
const warmUp = 3;
const times = Number(process.env.MOISSON_BENCH_TIMES ?? 30);
const { values, positionals } = parseArgs({
  options: { embedded: { type: "boolean", default: false }, large: { type: "boolean", default: false } },
  allowPositionals: true,
});
const only = positionals[0] ?? "";
const kind = values.embedded ? "embedded" : values.large ? "large" : "postgresql";
const size = consoleSizes[kind];

const folder = await mkdtemp(path.join(os.tmpdir(), "moisson-bench-console-"));
const say = (line: string) => process.stdout.write(`${line}\n`);
const { connection, schema, version, close } = await consolePlace(kind, path.join(folder, "home"));
const { store } = connection;
const catalogue = await catalogueOn(connection, schema, "always");
try {
  const { jobs, ids } = await fillCatalogue({ connection, catalogue, folder, size, say });
  const console = await startConsole(jobs, { ...readConsoleSettings({}), port: 0 });
  try {
    const visitor = await consoleVisitor(console, catalogue);
    const addresses = (await consoleAddresses({ store, size, made: ids.length }, visitor)).filter((address) => address.includes(only));
    say(
      `${os.cpus().length} cores (${os.cpus()[0]?.model.trim()}), Node ${process.version}, ${version}, load ${os.loadavg()[0]?.toFixed(1)}`,
    );
    say(`not asked: ${notAsked(addresses).join(", ") || "none"}`);
    say("\n| page | median ms | p95 ms | CPU ms | kB |\n| --- | ---: | ---: | ---: | ---: |");
    const wrong: string[] = [];
    for (const address of addresses) {
      const took: number[] = [];
      let answer = { status: 0, bytes: 0 };
      let before = 0;
      for (let time = 0; time < warmUp + times; time++) {
        if (time === warmUp) before = await cpuUsed(connection);
        const begin = performance.now();
        answer = await visitor.get(address);
        if (time >= warmUp) took.push(performance.now() - begin);
      }
      const cpu = ((await cpuUsed(connection)) - before) / times;
      took.sort((a, b) => a - b);
      const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
      const [median, p95] = [at(0.5), at(0.95)];
      say(
        `| \`${address.replace(/\|/g, "%7C").slice(0, 110)}\` | ${median.toFixed(0)} | ${p95.toFixed(0)} | ${cpu.toFixed(0)} | ${(answer.bytes / 1000).toFixed(0)} |`,
      );
      if (![200, 303].includes(answer.status)) wrong.push(`${address}: status ${answer.status}`);
      if (median >= asked.medianMs || p95 >= asked.p95Ms || answer.bytes >= asked.bytes)
        wrong.push(`${address}: median ${median.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, ${answer.bytes} bytes`);
    }
    say(`\nload at the end ${os.loadavg()[0]?.toFixed(1)}`);
    if (wrong.length > 0) {
      say(`slower or larger than asked:\n${wrong.join("\n")}`);
      process.exitCode = 1;
    }
  } finally {
    await console.close();
  }
} finally {
  await catalogue.close();
  await close();
  await rm(folder, { recursive: true, force: true });
}

/** Returns the pages that no address covers, so that none is forgotten. */
function notAsked(addresses: readonly string[]): readonly string[] {
  if (only !== "") return [];
  const found = new Set(addresses.map(routeOf));
  return pages.filter((page) => !found.has(page));
}
