import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { feedServer } from "../support/feed-server.ts";
import { type Harvest, newHarvest } from "../support/harvest.ts";

const records = [
  { id: "1", titre: "Rénover un toit", texte: "<p>Le toit.</p>" },
  { id: "2", titre: "Planter une haie", fin: "2026-02-30" },
];
const html = { "content-type": "text/html" };

describe("a feed from a server", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  /** Returns a connector for this server's `/feed` and a function that runs it. */
  async function served(changes: Partial<ConnectorInput> = {}) {
    const server = await feedServer();
    const harvest = await newHarvest(catalogue, { ...changes, feed: { url: `${server.origin}/feed`, ...changes.feed } });
    const night = (options: Parameters<Harvest["run"]>[0] = {}, environment: Record<string, string> = {}) =>
      harvest.run(options, { allowHosts: [server.host], environment });
    return { server, harvest, night };
  }

  it("ends unchanged at 304, with the findings of the last applied run, night after night", async () => {
    const { server, harvest, night } = await served();
    server.on("/feed", { body: records, headers: { etag: '"one"', "last-modified": "Tue, 24 Nov 2026 10:00:00 GMT" } });
    const first = await night();
    expect(first).toMatchObject({ outcome: "applied", counts: { created: 2 }, feed: { url: `${server.origin}/feed` } });
    const rows = await harvest.rows();

    server.on("/feed", { status: 304 }, { status: 304, headers: { etag: '"one"' } });
    for (const { issues, feed } of [await night(), await night()])
      expect({ issues, feed }).toEqual({ issues: first.issues, feed: first.feed });
    expect(server.requests.map(({ headers }) => headers["if-none-match"])).toEqual([undefined, '"one"', '"one"']);
    expect(server.requests.map(({ headers }) => headers["if-modified-since"]).at(-1)).toBe("Tue, 24 Nov 2026 10:00:00 GMT");
    const [last] = await catalogue.runs.list({ connector: harvest.connector, limit: 1 });
    expect(last).toMatchObject({ outcome: "unchanged", report: { counts: { received: 2, valid: 2, unchanged: 2, created: 0 } } });
    expect(await harvest.rows()).toEqual(rows);

    server.on("/feed", { body: records });
    expect(await night({ force: true })).toMatchObject({ outcome: "unchanged" });
    expect(server.requests.at(-1)?.headers).not.toHaveProperty("if-none-match");
  });

  it("is requested without ETag if connector or terms have changed, or the last feed came from elsewhere", async () => {
    const { server, harvest, night } = await served();
    const answer = (etag: string) => ({ body: records, headers: { etag } });
    server.on("/feed", answer('"one"'), answer('"one"'), answer('"one"'), answer('"one"'));
    await night();
    await harvest.write(`mappings/${harvest.connector}/targetedAudiences.csv`, "partner_term,our_term,note\nVilles,commune,\n");
    await night();

    server.on("/elsewhere", { body: records.slice(0, 1), headers: { etag: '"one"', "last-modified": "Wed, 25 Nov 2026 10:00:00 GMT" } });
    await night({ url: `${server.origin}/elsewhere` });
    await night();

    await harvest.day(records.slice(0, 1));
    await night();
    const requested = server.requests.map(({ path, headers }) => [path, headers["if-none-match"], headers["if-modified-since"]]);
    expect(requested).toEqual(["/feed", "/feed", "/elsewhere", "/feed", "/feed"].map((path) => [path, undefined, undefined]));
  });

  it("is requested unconditionally at a new address", async () => {
    const { server, harvest, night } = await served();
    const variable = `MOISSON_URL_${harvest.connector.toUpperCase().replaceAll("-", "_")}`;
    server.on("/feed", { body: records, headers: { etag: '"v1"' } });
    server.on("/new-feed", { body: records.slice(0, 1), headers: { etag: '"v1"' } });
    await night();
    expect(await night({}, { [variable]: `${server.origin}/new-feed` })).toMatchObject({ counts: { received: 1, missing: 1 } });
    expect(server.requests.at(-1)?.headers).not.toHaveProperty("if-none-match");
  });

  it("stops early with fewer records than announced: nothing is written, the plan stays open, no aid counts as missing", async () => {
    const { server, harvest, night } = await served({ decode: { format: "json", recordPath: "aides", total: "count" } });
    server.on("/feed", { body: { count: 2, aides: records } });
    await night();
    const rows = await harvest.rows();

    server.on("/feed", { body: { count: 3, aides: [{ ...records[0], titre: "Neuf" }] } });
    const stopped = await night();
    expect(stopped).toMatchObject({
      outcome: "stopped-early",
      error: { code: "walk-incomplete", params: { announced: 3, received: 1 } },
      counts: { received: 1, updated: 1, missing: 0 },
    });
    expect(stopped.issues.map(({ code }) => code)).toContain("announced-total-differs");
    expect(await catalogue.plans.find(stopped.planId ?? "")).toMatchObject({ state: "open" });
    expect(await harvest.rows()).toEqual(rows);

    // A file given by hand is accepted, with an issue.
    const given = await harvest.day(JSON.stringify({ count: 3, aides: [{ ...records[0], titre: "Neuf" }] }));
    expect(given).toMatchObject({ outcome: "applied", counts: { updated: 1, missing: 1 } });
    expect(given.issues[0]).toMatchObject({ code: "announced-total-differs", examples: [{ params: { announced: 3, received: 1 } }] });
  });

  it("writes nothing if its walk stops early; the pages of a complete walk are run again by their hash", async () => {
    const { server, harvest, night } = await served({
      feed: { paging: { kind: "nextLink", path: "next" } },
      decode: { format: "json", recordPath: "aides", total: "count" },
    });
    const page = (record: unknown, next: string | null) => ({ body: { count: 2, next, aides: [record] } });
    server.on("/feed", page(records[0], `${server.origin}/feed?page=2`), page(records[0], `${server.origin}/feed?page=2`));
    server.on("/feed?page=2", { status: 404 }, page(records[1], null));
    expect(await night()).toMatchObject({ outcome: "stopped-early", counts: { received: 1, created: 1, missing: 0 } });
    expect(await harvest.rows()).toEqual([]);
    const whole = await night();
    expect(whole).toMatchObject({ outcome: "applied", counts: { received: 2, created: 2 } });
    expect(whole.issues.find(({ code }) => code === "impossible-date")?.examples[0]?.locator).toBe("page 2, item 1");
    expect(await night({ snapshot: whole.feed.sha256 ?? "" })).toMatchObject({ outcome: "unchanged", counts: { received: 2 } });
  });

  it("does not count as complete when the pages of an incomplete walk are run again, even without a total", async () => {
    const { server, harvest, night } = await served({
      feed: { paging: { kind: "nextLink", path: "next" } },
      decode: { format: "json", recordPath: "aides" },
    });
    server.on("/feed", { body: { next: "/feed?page=2", aides: [records[0]] } });
    server.on("/feed?page=2", { status: 403 });
    const broken = await night();
    const again = await night({ snapshot: broken.feed.sha256 ?? "" });
    expect(broken).toMatchObject({ outcome: "stopped-early", error: { params: { page: 2, reason: "page-failed", status: 403 } } });
    expect([again.outcome, again.error]).toEqual([broken.outcome, broken.error]);
    expect(await harvest.rows()).toEqual([]);
  });

  it("holds the run with fewer records than a healthy feed", async () => {
    const { server, harvest, night } = await served({ expect: { atLeast: 3 } });
    server.on("/feed", { body: records });
    expect(await night()).toMatchObject({
      outcome: "held",
      guards: [{ code: "fewer-than-expected", found: 2, limit: 3 }],
      counts: { created: 2 },
    });
    expect(await harvest.rows()).toEqual([]);
    expect((await harvest.day(records)).outcome).toBe("applied");
  });

  it("is unreadable if it is a web page, with its title; the page is stored for inspection", async () => {
    const { server, harvest, night } = await served();
    server.on("/feed", {
      body: "<!doctype html><html><head><title>Site en maintenance</title></head><body>…</body></html>",
      headers: html,
    });
    const report = await night();
    expect(report).toMatchObject({
      outcome: "unreadable",
      error: { code: "html-page", params: { title: "Site en maintenance" } },
      planId: null,
    });
    expect(report.counts).toMatchObject({ received: 0, missing: 0 });
    expect(await night({ snapshot: report.feed.sha256 ?? "none" })).toMatchObject({ outcome: "unreadable", error: { code: "html-page" } });
    expect(await harvest.rows()).toEqual([]);
  });

  it("leaves the catalogue unchanged if its connection breaks", async () => {
    const { server, harvest, night } = await served();
    server.on("/feed", { body: records });
    await night();
    const rows = await harvest.rows();
    const many = JSON.stringify(Array.from({ length: 2000 }, (_, index) => ({ id: `n${index}`, titre: "Neuve" })));
    server.on("/feed", { body: many.slice(0, -20) }, { body: many.slice(0, -20) });
    const broken = await night();
    expect(broken).toMatchObject({ outcome: "unreadable", error: { code: "malformed" }, planId: null });
    expect(await harvest.rows()).toEqual(rows);
    expect((await night()).outcome, "the same again").toBe("unreadable");
  });

  it("is refused with 404, unreachable with 503; nothing is written", async () => {
    const { server, harvest, night } = await served();
    // A server that requests too long a wait is not retried.
    server.on("/feed", { status: 404 }, { status: 503, headers: { "retry-after": "3600" } });
    expect(await night()).toMatchObject({ outcome: "refused", error: { code: "http-refused", params: { status: 404 } } });
    expect(await night()).toMatchObject({ outcome: "unreachable", error: { code: "server-busy", params: { status: 503 } } });
    expect(await harvest.rows()).toEqual([]);
  });

  it("is refused at a private address that is not allowed, and without address or secret", async () => {
    const { harvest } = await served();
    expect(await harvest.run({})).toMatchObject({ outcome: "refused", error: { code: "address-refused" }, feed: { sha256: null } });
    const locked = await newHarvest(catalogue, { feed: { url: "https://example.org/a", headersFrom: { authorization: "LOCKED_TOKEN" } } });
    expect(await locked.run({})).toMatchObject({
      outcome: "refused",
      error: { code: "missing-secret", params: { variable: "LOCKED_TOKEN" } },
    });
  });
});
