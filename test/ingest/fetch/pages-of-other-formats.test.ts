import { describe, expect, it } from "vitest";
import { feedServer } from "../../support/feed-server.ts";
import { failureOf } from "../../support/fetch-test-feed.ts";
import { byOffset, byPage, walk } from "../../support/walk-feed.ts";

const byCursor = { kind: "cursor", path: "next", parameter: "cursor", parametersIn: "query" } as const;
const byLink = { kind: "nextLink", path: "next" } as const;

describe("pages of other formats", () => {
  it("CSV and XML end at a page without rows", async () => {
    const server = await feedServer();
    server.on("/csv?limit=2&offset=0", { body: "id;titre\n1;a\n2;b\n" });
    server.on("/csv?limit=2&offset=2", { body: "id;titre\n" });
    server.on("/xml?page=1", { body: '<ns:flux><ns:aide id="1"/><aides/></ns:flux>' });
    server.on("/xml?page=2", { body: "<flux><aides/></flux>" });
    const csv = await walk(server, "/csv", { paging: byOffset }, { format: "csv", headerRow: 1 });
    const xml = await walk(server, "/xml", { paging: byPage }, { format: "xml", recordPath: "/flux/aide" });
    for (const feed of [csv, xml]) expect([feed.parts.length, feed.stoppedEarly]).toEqual([1, null]);
  });

  it("HTML is counted by the selector of the records, and ends at a page without records", async () => {
    const server = await feedServer();
    const html = (...ids: number[]) => ({
      body: `<p class="aide">non</p><ul>${ids.map((id) => `<li class="aide x">${id}`).join("")}</ul>`,
    });
    const decode = { format: "html", records: "ul > .aide", values: { id: "" } } as const;
    server.on("/liste?limit=2&offset=0", html(1, 2));
    server.on("/liste?limit=2&offset=2", html(3));
    server.on("/liste?limit=2&offset=3", html());
    server.on("/liste?page=1", html(1));
    server.on("/liste?page=2", html(2));
    server.on("/liste?page=3", { body: `<title>un autre</title>${html(2).body}` });
    const whole = await walk(server, "/liste", { paging: byOffset }, decode);
    expect([whole.parts.length, whole.stoppedEarly]).toEqual([2, null]);
    const again = await walk(server, "/liste", { paging: byPage }, decode);
    expect([again.parts.length, again.stoppedEarly?.params.reason]).toEqual([2, "repeated-page"]);
  });

  it("an unreadable HTML page is not a page", async () => {
    const server = await feedServer();
    server.on("/liste?page=1", { body: "<p class=aide>1" });
    server.on("/liste?page=2", { body: "<div>".repeat(1000) });
    const decode = { format: "html", records: ".aide", values: { id: "" } } as const;
    const feed = await walk(server, "/liste", { paging: byPage }, decode);
    expect(feed.stoppedEarly?.params).toMatchObject({ page: 2, reason: "not-a-page" });
  });

  it("CSV follows the Link header", async () => {
    const server = await feedServer();
    server.on("/csv", { body: "id;titre\n1;a\n", headers: { link: '</csv?page=2>; rel="next"' } });
    server.on("/csv?page=2", { body: "id;titre\n2;b\n" });
    const feed = await walk(server, "/csv", { paging: { kind: "linkHeader" } }, { format: "csv", headerRow: 1 });
    expect([feed.parts.length, feed.stoppedEarly]).toEqual([2, null]);
  });

  it("Excel pages, and next links and cursors outside of JSON, are refused before any request", async () => {
    const server = await feedServer();
    const excel = await failureOf(walk(server, "/f", { paging: byPage }, { format: "excel", sheet: 1, headerRow: 1, skipRows: 0 }));
    const link = await failureOf(walk(server, "/f", { paging: byLink }, { format: "csv", headerRow: 1 }));
    const cursor = await failureOf(walk(server, "/f", { paging: byCursor }, { format: "xml", recordPath: "/flux/aide" }));
    expect([excel.code, link.code, cursor.code]).toEqual(["unsupported-file", "unsupported-file", "unsupported-file"]);
    expect(server.requests).toEqual([]);
  });
});
