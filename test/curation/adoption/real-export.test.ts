import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { adoptedEdits } from "../../../src/curation/adoption/compare-contents.ts";
import type { LiveAid } from "../../../src/curation/adoption/live-aid.ts";
import { knownKeys } from "../../../src/curation/adoption/live-fields.ts";
import { readLiveAids } from "../../../src/curation/adoption/read-live-aids.ts";
import { termLookup } from "../../../src/kit/rules/term-lookup.ts";
import { type AidField, isEmptyValue } from "../../../src/model/aid/aid.ts";
import { wholeContent } from "../../../src/model/aid/filled-content.ts";
import { hasSharedData, sharedData, whySkipped } from "../../support/shared-data.ts";

const file = join(sharedData, "aids/AT_aides_full_2021-11.json");

describe.skipIf(!hasSharedData)(`Aides-territoires' public API of November 2021${whySkipped}`, () => {
  let aids: LiveAid[];
  beforeAll(async () => {
    aids = await readLiveAids({ file, bytes: createReadStream(file) }, termLookup(new Map()));
  });

  it("contains 473 published aids with distinct ids", () => {
    expect(aids).toHaveLength(473);
    expect(new Set(aids.map(({ id }) => id)).size).toBe(473);
    expect(new Set(aids.map(({ status }) => status))).toEqual(new Set(["published"]));
    for (const { url, slug } of aids) expect(url).toBe(`/aides/${slug}/`);
  });

  it("has only known keys", async () => {
    const records = JSON.parse(await readFile(file, "utf8")) as object[];
    const keys = new Set(records.flatMap((record) => Object.keys(record)));
    expect([...keys].filter((key) => !knownKeys.has(key))).toEqual([]);
  });

  it("does not read only invalid links in contacts, and groups that are not our territories", () => {
    const counts: Record<string, number> = {};
    for (const { unread } of aids) for (const { field } of unread) counts[field] = (counts[field] ?? 0) + 1;
    // contact: sentences and a host after "mailto:" as addresses; the text around them is read. perimeters: PETR, SCoT, GAL, natural parks, lists of towns, a former region; the site has an ad-hoc group for each.
    expect(counts).toEqual({ contact: 3, perimeters: 41 });
  });

  it("fills the fields that the file fills", () => {
    const filled = (field: AidField) => aids.filter(({ content }) => !isEmptyValue(content[field])).length;
    expect(filled("categories")).toBe(473);
    expect(filled("recurrence")).toBe(473);
    expect(filled("targetedAudiences")).toBe(473);
    expect(filled("aidTypes")).toBe(466);
    expect(filled("financers")).toBe(467);
    expect(filled("perimeters")).toBe(473 - 41);
    expect(filled("submissionDeadline")).toBe(473 - 290);
    expect(filled("originUrl")).toBe(442);
    expect(filled("subventionRateUpperBound")).toBe(195);
  });

  it("gives no edit if the publisher's value is online", () => {
    for (const aid of aids) expect(adoptedEdits(wholeContent(aid.content), aid, () => "review")).toEqual({});
  });
});
