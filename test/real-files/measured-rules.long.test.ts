import { describe, expect, it } from "vitest";
import measured from "../../src/suggest/measured-rules.json" with { type: "json" };
import { readRealAids } from "../bench/suggestions/labelled-aids.ts";
import { measureRules } from "../bench/suggestions/measure-rules.ts";
import { loadedConnectors } from "../support/loaded-connectors.ts";
import { hasSharedData, whySkipped } from "../support/shared-data.ts";

describe.skipIf(!hasSharedData)(`the measured figures of suggestions${whySkipped}`, () => {
  it("are those of the rules as they are now; else run `npm run bench:suggestions -- --write`", async () => {
    const aids = await readRealAids(await loadedConnectors(), "aides-territoires");
    expect(aids).toHaveLength(473);
    expect(measureRules(aids).measured).toEqual(measured);
  });
});
