import { describe, expect, it } from "vitest";
import { Feed } from "../../src/kit/feed.ts";

const url = "https://example.org/aides";
const dataset = { portal: "dataGouv", api: "https://example.org/api/1", id: "aides", format: "csv" };
const inBody = { kind: "page", pageParameter: "page", parametersIn: "body" };
const split = { window: 10_000, facets: [{ name: "type", values: ["1"] }] };

describe("what a connector says of its feed", () => {
  it.each([
    [{ url, paging: inBody, body: { kind: "json", value: { query: "aides" } } }],
    [{ url, paging: inBody, body: { kind: "form", fields: {} } }],
    [{ url, paging: { ...inBody, parametersIn: "query" }, body: { kind: "json", value: ["aides"] }, split }],
    [{ dataset }],
  ])("%j is sound", (feed) => {
    expect(Feed.safeParse(feed).error).toBeUndefined();
  });

  it.each([
    [{ url, dataset }, "", "give one of url, urlFrom and dataset"],
    [{ dataset, paging: inBody, body: { kind: "form", fields: {} } }, "", "the file of a dataset comes whole and without a question"],
    [{ url, split }, "split", "what is split is paged"],
    [{ url, paging: inBody }, "paging", "there is no body for the parameters"],
    [
      { url, paging: inBody, body: { kind: "json", value: ["aides"] } },
      "body",
      "a body that is no JSON object has no place for the parameters",
    ],
  ])("%j is refused", (feed, at, message) => {
    const { error } = Feed.safeParse(feed);
    expect(error?.issues.map((issue) => [issue.path.join("."), issue.message])).toEqual([[at, message]]);
  });
});
