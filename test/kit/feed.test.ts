import { describe, expect, it } from "vitest";
import { Feed } from "../../src/kit/feed.ts";

const url = "https://example.org/aides";
const dataset = { portal: "dataGouv", api: "https://example.org/api/1", id: "aides", format: "csv" };
const inBody = { kind: "page", pageParameter: "page", parametersIn: "body" };
const split = { window: 10_000, facets: [{ name: "type", values: ["1"] }] };

describe("the feed of a connector", () => {
  it.each([
    [{ url, paging: inBody, body: { kind: "json", value: { query: "aides" } } }],
    [{ url, paging: inBody, body: { kind: "form", fields: {} } }],
    [{ url, paging: { ...inBody, parametersIn: "query" }, body: { kind: "json", value: ["aides"] }, split }],
    [{ dataset }],
  ])("%j is valid", (feed) => {
    expect(Feed.safeParse(feed).error).toBeUndefined();
  });

  it.each([
    [{ url, dataset }, "", "must have exactly one of url, urlFrom and dataset"],
    [{ dataset, paging: inBody, body: { kind: "form", fields: {} } }, "", "a dataset allows neither paging nor body"],
    [{ url, split }, "split", "split requires paging"],
    [{ url, paging: inBody }, "paging", 'parametersIn is "body", but the request has no body'],
    [{ url, paging: inBody, body: { kind: "json", value: ["aides"] } }, "body", 'must be a JSON object, because parametersIn is "body"'],
  ])("%j is refused", (feed, at, message) => {
    const { error } = Feed.safeParse(feed);
    expect(error?.issues.map((issue) => [issue.path.join("."), issue.message])).toEqual([[at, message]]);
  });
});
