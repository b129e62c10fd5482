import { expect, it } from "vitest";
import { spreadHosts } from "../../../src/jobs/schedule/spread-hosts.ts";

const hostOf = (feed: string) => feed.split("/")[0] ?? null;

it("spreads the feeds of a large host evenly among those of the others", () => {
  const large = Array.from({ length: 300 }, (_, index) => `large/${index}`);
  const small = Array.from({ length: 700 }, (_, index) => `small-${index}/0`);
  const ordered = spreadHosts([...large, ...small], hostOf);
  expect([...ordered].sort()).toEqual([...large, ...small].sort());
  expect(ordered.filter((feed) => feed.startsWith("large/"))).toEqual(large);
  for (let from = 0; from < 1000; from += 100) {
    const ofLarge = ordered.slice(from, from + 100).filter((feed) => hostOf(feed) === "large").length;
    expect(ofLarge).toBeGreaterThanOrEqual(28);
    expect(ofLarge).toBeLessThanOrEqual(32);
  }
});

it("keeps feeds without a host among the others", () => {
  expect(spreadHosts(["a/1", "a/2"], () => null)).toEqual(["a/1", "a/2"]);
});
