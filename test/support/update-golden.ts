import { readFile, writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { expectedText, runFixture } from "../../src/ingest/run-fixture.ts";
import { fixturesOf } from "../../src/survey/write/check-fixtures.ts";
import { loadedConnectors, projectRoot } from "./loaded-connectors.ts";

/**
 * Rewrites `<scenario>.expected.json` of the named connectors, or of all, and prints the changed ones. Review the diff before you commit
 * it.
 */
const named = process.argv.slice(2);
let changed = 0;
for (const connector of await loadedConnectors()) {
  if (named.length > 0 && !named.includes(connector.definition.id)) continue;
  for (const { feed, expected } of (await fixturesOf(connector)).fixtures) {
    const result = expectedText(await runFixture(connector, feed));
    if (result === (await readFile(expected, "utf8").catch(() => null))) continue;
    await writeFile(expected, result);
    process.stdout.write(`${relative(projectRoot, expected)}\n`);
    changed++;
  }
}
process.stdout.write(changed === 0 ? "nothing has changed\n" : "");
