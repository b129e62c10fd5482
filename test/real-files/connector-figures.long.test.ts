import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { FeedFigures } from "../support/feed-figures.ts";
import { feedFigures } from "../support/feed-figures.ts";
import { loadedConnectors } from "../support/loaded-connectors.ts";
import { realFeeds } from "../support/real-feeds.ts";
import { hasSharedData, sharedData, whySkipped } from "../support/shared-data.ts";

const connectors = await loadedConnectors();
const expected: Record<string, FeedFigures> = JSON.parse(await readFile(join(import.meta.dirname, "connector-figures.json"), "utf8"));

describe.skipIf(!hasSharedData)(`real feeds through their connectors${whySkipped}`, () => {
  for (const [id, feed] of Object.entries(realFeeds)) {
    it(`${id}: ${feed}`, async () => {
      const connector = connectors.find(({ definition }) => definition.id === id);
      if (connector === undefined) throw new Error(`there is no connector ${id}`);
      const figures = await feedFigures(connector, [join(sharedData, feed)]);
      expect(figures).toEqual(expected[id]);
      expect(figures.received).toBe(figures.valid + figures.rejected + figures.skipped);
      expect(figures.unreadFields).toEqual([]);
    });
  }
});
