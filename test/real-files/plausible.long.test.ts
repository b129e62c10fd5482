import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runIngestion } from "../../src/ingest/run.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import type { FeedFigures } from "../support/feed-figures.ts";
import { loadedConnector } from "../support/loaded-connectors.ts";
import { realFeeds } from "../support/real-feeds.ts";
import { hasSharedData, sharedData, whySkipped } from "../support/shared-data.ts";
import { testServices } from "../support/test-services.ts";

const codes = [
  ...["test-record", "filler-text", "placeholder-link", "cut-text", "says-closed", "permanent-call", "amount-without-unit"],
  ...["rate-above-100", "unlikely-date", "outside-territory", "without-territory"],
];

/** `connector-figures.long.test.ts` checks these figures against the real files. */
const figures: Record<string, FeedFigures> = JSON.parse(await readFile(join(import.meta.dirname, "connector-figures.json"), "utf8"));

it("docs/publishers.md says how many alarms of each code real files raise", async () => {
  const page = await readFile(join(import.meta.dirname, "../../docs/publishers.md"), "utf8");
  for (const code of codes) {
    const counts = Object.values(figures).flatMap(({ issues }) =>
      Object.entries(issues).flatMap(([issue, count]) => (issue.split(":")[0] === code ? [count] : [])),
    );
    const sum = counts.reduce((total, count) => total + count, 0);
    expect(page, code).toMatch(new RegExp(`^\\| \`${code}\` \\|.*\\| ${sum} \\| \\d+ \\|$`, "m"));
  }
});

for (const database of testedDatabases) {
  describe.skipIf(database.skipped || !hasSharedData)(`dates of real feeds, ${database.title}${whySkipped}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    it.each(Object.keys(realFeeds).filter((id) => id !== "modele-schema-appel-public"))("%s", { timeout: 120_000 }, async (id) => {
      const { guards } = await runIngestion(await loadedConnector(id), testServices(catalogue), {
        file: join(sharedData, realFeeds[id] ?? ""),
      });
      const held = guards.filter(({ code }) => code === "dates-month-first");
      expect(held).toMatchObject(id === "transition-ecologique-entreprises" ? [{ field: "startDate", found: 18, params: { of: 73 } }] : []);
    });
  });
}
