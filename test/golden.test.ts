import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { expectedText, runFixture } from "../src/ingest/run-fixture.ts";
import { fixturesOf } from "../src/survey/write/check-fixtures.ts";
import { loadedConnectors } from "./support/loaded-connectors.ts";

/**
 * Golden pairs: a publisher's feed, and the complete expected result. `npm run golden:update` rewrites the expected files; review the diff
 * before you commit it.
 */
for (const connector of await loadedConnectors()) {
  describe(connector.definition.id, async () => {
    const { fixtures, orphans } = await fixturesOf(connector);

    it("has a fixture, and no expected file without one", () => {
      expect(fixtures.length).toBeGreaterThan(0);
      expect(orphans).toEqual([]);
    });

    for (const { feed, expected } of fixtures) {
      it(`${basename(feed)} gives the expected result`, async () => {
        expect(existsSync(expected), `${expected} is missing: npm run golden:update`).toBe(true);
        const result = JSON.parse(expectedText(await runFixture(connector, feed)));
        expect(result).toEqual(JSON.parse(await readFile(expected, "utf8")));
      });
    }
  });
}
