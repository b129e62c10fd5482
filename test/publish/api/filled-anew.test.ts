import { sql } from "drizzle-orm";
import { describe, expect, it, onTestFinished } from "vitest";
import { lastRevision } from "../../../src/catalogue/plans/order-changes.ts";
import { testApi } from "../../support/api-client.ts";
import { newCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { importPublished } from "../../support/published-aids.ts";

const many = 600;

describe.each(testedDatabases)("an index that a migration has emptied, $title", (database) => {
  it.skipIf(database.skipped)("is no catalogue without aids: lists wait until it is filled anew, health does not", async () => {
    const catalogue = await newCatalogue(database);
    onTestFinished(() => catalogue.drop());
    const aids = Object.fromEntries(Array.from({ length: many }, (_, id) => [`${id}`, { name: `Aide ${id}` }]));
    await importPublished(catalogue, "agence", aids);
    const { store, search } = catalogue;
    while ((await search.behind()) > 0) await search.catchUp();
    const api = await testApi(catalogue);
    expect((await api.get("/api/aids/")).json.count).toBe(many);

    await store.rows(sql`delete from aid_search`);
    await store.rows(sql`update search_state set up_to = 0, complete_from = ${lastRevision}`);
    await search.catchUp(50);
    for (const path of ["/api/aids/", "/api/aids/?changed_since=2020-01-01", "/api/aids/?page=2"]) {
      const { status, headers, json } = await api.get(path);
      expect([path, status, headers.get("retry-after")]).toEqual([path, 503, "60"]);
      expect(json.detail).toMatch(/indexation/);
    }
    expect((await api.get("/ready")).status).toBe(200);

    while ((await search.behind()) > 0) await search.catchUp();
    expect((await api.get("/api/aids/")).json.count).toBe(many);
  });

  it.skipIf(database.skipped)("lists nothing until it is filled for the first time", async () => {
    const catalogue = await newCatalogue(database);
    onTestFinished(() => catalogue.drop());
    const aids = Object.fromEntries(Array.from({ length: many }, (_, id) => [`${id}`, { name: `Aide ${id}` }]));
    await importPublished(catalogue, "agence", aids);
    const { search } = catalogue;
    const api = await testApi(catalogue);
    const list = async () => {
      const { status, json } = await api.get("/api/aids/");
      return { status, count: json.count };
    };
    expect(await list()).toEqual({ status: 503, count: undefined });
    await search.catchUp(50);
    expect(await list()).toEqual({ status: 503, count: undefined });
    while ((await search.behind()) > 0) await search.catchUp();
    expect(await list()).toEqual({ status: 200, count: many });

    // A large import later does not empty the lists again.
    await importPublished(catalogue, "region", aids);
    expect(await list()).toEqual({ status: 200, count: many });
  });

  it.skipIf(database.skipped)("never counts fewer aids than a page shows", async () => {
    const catalogue = await newCatalogue(database);
    onTestFinished(() => catalogue.drop());
    await importPublished(catalogue, "agence", { a: { name: "Aide a" } });
    const { store } = catalogue;
    const api = await testApi(catalogue);
    await catalogue.published.position();
    // The list is counted, and then an aid appears before its position has changed.
    await store.rows(sql`update aid_search set standing = 'removed'`);
    expect((await api.get("/api/aids/")).json.count).toBe(0);
    await store.rows(sql`update aid_search set standing = 'live'`);
    const { json } = await api.get("/api/aids/");
    expect({ count: json.count, shown: json.results.length }).toEqual({ count: 1, shown: 1 });
  });
});
