import { writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { fixturesOf } from "../../src/cli/check-fixtures.ts";
import { runFixture } from "../../src/pipeline/run-fixture.ts";
import { loadedConnectors, projectRoot } from "./loaded-connectors.ts";

/** Rewrites every `<scenario>.expected.json`. Read the difference before committing it. */
for (const connector of await loadedConnectors()) {
  for (const { feed, expected } of (await fixturesOf(connector)).fixtures) {
    await writeFile(expected, `${JSON.stringify(await runFixture(connector, feed), null, 2)}\n`);
    process.stdout.write(`${relative(projectRoot, expected)}\n`);
  }
}
