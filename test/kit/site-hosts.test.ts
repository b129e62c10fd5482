import { describe, expect, it } from "vitest";
import { hostsOfConnector, readsSite } from "../../src/kit/site-hosts.ts";

const listed = { id: "region-a", feed: { url: "https://www.region-a.fr/aides.json" } };
const withPages = { ...listed, details: { hosts: ["www.region-a.fr", "aides.region-a.fr"] } } as Parameters<typeof hostsOfConnector>[0];

describe("the hosts of a connector", () => {
  it("are those of its feed and its pages, each once, without www.", () => {
    expect(hostsOfConnector(listed, {})).toEqual(["region-a.fr"]);
    expect(hostsOfConnector(withPages, {})).toEqual(["region-a.fr", "aides.region-a.fr"]);
  });

  it("use the address of the environment, unless it is blank", () => {
    expect(hostsOfConnector(listed, { MOISSON_URL_REGION_A: " https://test.example/feed " })).toEqual(["test.example"]);
    expect(hostsOfConnector(listed, { MOISSON_URL_REGION_A: "  " })).toEqual(["region-a.fr"]);
    expect(hostsOfConnector(listed, { MOISSON_URL_REGION_B: "https://test.example/feed" })).toEqual(["region-a.fr"]);
  });

  it("are none for an address that is missing or is no web address", () => {
    expect(hostsOfConnector({ id: "region-a", feed: {} }, {})).toEqual([]);
    expect(hostsOfConnector(listed, { MOISSON_URL_REGION_A: "nowhere" })).toEqual([]);
  });
});

it("a connector reads a site if its feed has pages or is a page", () => {
  const decode = { format: "json" } as Parameters<typeof readsSite>[0]["decode"];
  expect(readsSite({ decode })).toBe(false);
  expect(readsSite({ decode, details: withPages.details })).toBe(true);
  expect(readsSite({ decode: { ...decode, format: "html" } as typeof decode })).toBe(true);
});
