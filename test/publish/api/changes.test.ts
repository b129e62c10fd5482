import { describe, expect, onTestFinished, test, vi } from "vitest";
import { decideMerge, decidePublish, decideReject, decideUnpublish, decideWithdraw } from "../../../src/curation/decide-status.ts";
import { writeCursor } from "../../../src/publish/api/aids/cursor.ts";
import { asSite, connectorOf, type TestApi, testApi } from "../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, type TestedDatabase, testedDatabases } from "../../support/catalogues.ts";
import { act, curatedAid, edit, marie } from "../../support/curate.ts";
import { importAids, madeAid } from "../../support/made-aids.ts";
import { importPublished, publishable } from "../../support/published-aids.ts";

const connector = "agence";
const of = (externalId: string) => ({ connector, externalId });
const since = "/api/aids/?changed_since=2026-11-25";

interface World {
  readonly catalogue: TestCatalogue;
  readonly api: TestApi;
}

async function world(database: TestedDatabase, aids: Readonly<Record<string, object>>): Promise<World> {
  const catalogue = await newCatalogue(database);
  onTestFinished(() => catalogue.drop());
  await importPublished(catalogue, connector, aids);
  const api = await testApi(catalogue, { connectors: [connectorOf(connector)] });
  await api.get("/api/aids/");
  return { catalogue, api };
}

// biome-ignore lint/suspicious/noExplicitAny: as others read it
async function walk(api: TestApi, begin: string, between: (page: number) => Promise<unknown> = async () => undefined): Promise<any[]> {
  // biome-ignore lint/suspicious/noExplicitAny: as others read it
  const all: any[] = [];
  for (let [next, page] = [begin as string | null, 1]; next !== null; page++) {
    const { status, json } = await api.get(next);
    expect(status).toBe(200);
    all.push(...json.results);
    next = json.next;
    await between(page);
  }
  return all;
}

describe.each(testedDatabases)("changed_since, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    test("returns changed aids in full, and removed ones as tombstones with a reason", async () => {
      const names = ["reste", "retirée", "rejetée", "réunie", "dépubliée", "fermée", "survit"];
      const { catalogue, api } = await world(database, Object.fromEntries(names.map((name) => [name, { name }])));
      const [first] = (await api.get("/api/aids/?itemsPerPage=1")).json.results;
      expect(first.id).toBeGreaterThan(0);
      await act(catalogue, of("retirée"), (aid) => decideWithdraw(aid, marie));
      await act(catalogue, of("rejetée"), (aid) => decideReject(aid, marie));
      const survivor = await curatedAid(catalogue, of("survit"));
      await act(catalogue, of("réunie"), (aid) => decideMerge(aid, survivor, marie));
      await act(catalogue, of("dépubliée"), (aid) => decideUnpublish(aid, marie));
      await edit(catalogue, of("fermée"), { importShareLicence: "agreement" });
      const told = await walk(api, since);
      const survives = told.find(({ name }) => name === "survit");
      expect(Object.fromEntries(told.map((one) => [one.name ?? one.reason, one.deleted ?? false]))).toEqual({
        reste: false,
        survit: false,
        withdrawn: true,
        rejected: true,
        merged: true,
        unpublished: true,
        licence: true,
      });
      for (const gone of told.filter(({ deleted }) => deleted)) {
        expect(Object.keys(gone)).toEqual(["id", "aid_id", "slug", "deleted", "reason", "merged_into"]);
        expect(gone.merged_into).toBe(gone.reason === "merged" ? survives.id : null);
        const answer = await api.get(`/api/aids/by-id/${gone.id}/`);
        const status = gone.reason === "merged" ? 301 : 410;
        expect(answer.status).toBe(status);
        const location = answer.headers.get("location");
        expect(location && new URL(location).pathname).toBe(status === 301 ? `/api/aids/by-id/${survives.id}/` : null);
        expect(answer.headers.get("content-type")).toMatch("application/problem+json");
        expect(answer.json).toMatchObject({ status, reason: gone.reason, mergedInto: gone.merged_into, aid_id: gone.aid_id });
      }
      expect(told.find(({ reason }) => reason === "licence").slug).toBeNull();
      expect(told.find(({ reason }) => reason === "withdrawn").slug).toMatch(/-retiree$/);
    });

    test("shows an aid that never had an open licence to the site only, live or removed", async () => {
      const { catalogue, api } = await world(database, {
        ouverte: { name: "ouverte" },
        accord: { name: "accord", importShareLicence: "agreement" },
        partie: { name: "partie", importShareLicence: "unknown" },
      });
      await act(catalogue, of("partie"), (aid) => decideWithdraw(aid, marie));
      expect((await walk(api, since)).map(({ name }) => name)).toEqual(["ouverte"]);
      const site = await testApi(catalogue, { accessOf: asSite });
      const told = await walk(site, since);
      expect(told.map(({ name, reason }) => name ?? reason).sort()).toEqual(["accord", "ouverte", "withdrawn"]);
      for (const { id, aid_id, name } of told) {
        const status = name === "ouverte" ? 200 : 404;
        expect((await api.get(`/api/aids/by-id/${id}`)).status).toBe(status);
        expect((await api.get(`/api/aids/by-id/${aid_id}/`)).status).toBe(status);
      }
      const { slug } = told.find(({ name }) => name === "accord");
      expect((await api.get(`/api/aids/${slug}/`)).text).toBe((await api.get("/api/aids/abcd-nothing/")).text);
    });

    test("hides an aid whose licence was open only before its publication", async () => {
      const { catalogue, api } = await world(database, { ouverte: { name: "ouverte" } });
      await importAids(catalogue, connector, [madeAid("secret", { ...publishable, name: "secret" })]);
      await edit(catalogue, of("secret"), { importShareLicence: "agreement" });
      await act(catalogue, of("secret"), (aid) => decidePublish(aid, marie));
      await act(catalogue, of("secret"), (aid) => decideWithdraw(aid, marie));
      expect((await walk(api, since)).map(({ name }) => name)).toEqual(["ouverte"]);
    });

    test("misses no aid while aids change between pages; a changed one comes again later", async () => {
      const names = Array.from({ length: 25 }, (_, place) => `aide ${place}`);
      const { catalogue, api } = await world(database, Object.fromEntries(names.map((name) => [name, { name }])));
      const all = await walk(api, `${since}&itemsPerPage=5`, async (page) => {
        if (page > 4) return;
        await edit(catalogue, of(`aide ${page}`), { name: `aide ${page} bis` });
        await act(catalogue, of(`aide ${20 + page}`), (aid) => decideWithdraw(aid, marie));
      });
      const last = new Map(all.map((one) => [one.id, one]));
      expect(last.size).toBe(25);
      expect([...last.values()].filter(({ deleted }) => deleted)).toHaveLength(4);
      expect([...last.values()].filter(({ name }) => / bis$/.test(name ?? ""))).toHaveLength(4);
    });

    test("resume continues where the last walk ended, and returns nothing without changes", async () => {
      const { catalogue, api } = await world(database, { a: { name: "a" }, b: { name: "b" } });
      const { json } = await api.get(since);
      expect(json.results).toHaveLength(2);
      expect((await api.get(json.resume)).json).toMatchObject({ results: [], next: null });
      await edit(catalogue, of("b"), { name: "b bis" });
      expect((await api.get(json.resume)).json.results.map(({ name }: { name: string }) => name)).toEqual(["b bis"]);
      expect((await api.get("/api/aids/?changed_since=2026-11-26")).json.results).toEqual([]);
    });

    test("with a filter, reports aids that no longer match; expired aids are in full", async () => {
      const { catalogue, api } = await world(database, {
        sport: { name: "sport", categories: ["sport"], submissionDeadline: "2020-01-01", recurrence: "oneoff" },
        eau: { name: "eau" },
      });
      const told = await walk(api, `${since}&category_slugs=sport`);
      expect(told.map(({ name, reason }) => name ?? reason).sort()).toEqual(["out-of-filter", "sport"]);
      await edit(catalogue, of("sport"), { categories: ["musee"] });
      expect((await walk(api, `${since}&category_slugs=sport`)).map(({ reason }) => reason)).toEqual(["out-of-filter", "out-of-filter"]);
      expect(await walk(api, `${since}&publisher=${connector}`)).toHaveLength(2);
    });

    test("refuses a cursor beyond the last change, as after a restored backup", async () => {
      const { api } = await world(database, { a: {} });
      const after = writeCursor({ by: "change", seq: 10_000, count: 1 });
      const { status, json } = await api.get(`${since}&after=${encodeURIComponent(after)}`);
      expect([status, json.errors[0].name]).toEqual([400, "after"]);
    });

    test("reports an aid as no longer live from the day after its deadline", async () => {
      const { catalogue } = await world(database, { a: { submissionDeadline: "2026-12-01" } });
      const told = async (now: string) => {
        const api = await testApi(catalogue, { now: () => new Date(now) });
        return (await api.get(since)).json.results.map(({ is_live }: { is_live: boolean }) => is_live);
      };
      expect([await told("2026-12-01T22:00:00Z"), await told("2026-12-01T23:30:00Z")]).toEqual([[true], [false]]);
    });

    test("with a publisher filter, does not scan the aids of others", async () => {
      const { catalogue } = await world(database, Object.fromEntries(Array.from({ length: 40 }, (_, place) => [`a${place}`, {}])));
      await importPublished(catalogue, "autre", { b: { name: "d’un autre" } });
      const api = await testApi(catalogue, { connectors: [connectorOf(connector), connectorOf("autre")] });
      await api.get("/api/aids/");
      const looked = vi.spyOn(api.services.catalogue.publishedChanges, "known");
      expect((await walk(api, `${since}&publisher=autre`)).map(({ name }) => name)).toEqual(["d’un autre"]);
      expect(looked.mock.calls.flatMap(([aidIds]) => aidIds)).toHaveLength(1);
    });

    test("the count equals the number of returned changes, for every reader, with or without publisher", async () => {
      const { catalogue, api } = await world(database, {
        ouverte: { name: "ouverte" },
        fermée: { name: "fermée" },
        accord: { name: "accord", importShareLicence: "agreement" },
        partie: { name: "partie", importShareLicence: "unknown" },
      });
      await importPublished(catalogue, "autre", { b: { name: "d’un autre" } });
      await edit(catalogue, of("fermée"), { importShareLicence: "agreement" });
      await act(catalogue, of("partie"), (aid) => decideWithdraw(aid, marie));
      const connectors = [connectorOf(connector), connectorOf("autre")];
      await api.get("/api/aids/");
      for (const given of [{ connectors }, { connectors, accessOf: asSite }]) {
        const asked = await testApi(catalogue, given);
        for (const query of [since, `${since}&publisher=${connector}`, `${since}&publisher=autre`]) {
          const told = await walk(asked, query);
          expect((await asked.get(`${query}&itemsPerPage=1`)).json.count, query).toBe(told.length);
        }
      }
    });

    test("an aid that returns is live again with the same number and all its slugs", async () => {
      const { catalogue, api } = await world(database, { a: { name: "Premier nom" } });
      const [before] = (await api.get("/api/aids/")).json.results;
      await edit(catalogue, of("a"), { name: "Second nom" });
      await act(catalogue, of("a"), (aid) => decideUnpublish(aid, marie));
      expect((await api.get(`/api/aids/${before.slug}/`)).status).toBe(410);
      await act(catalogue, of("a"), (aid) => decidePublish(aid, marie));
      const { json } = await api.get(`/api/aids/by-id/${before.aid_id}/`);
      expect(json).toMatchObject({ id: before.id, name: "Second nom" });
      expect((await api.get(`/api/aids/${before.slug}/`)).json).toEqual(json);
      expect((await api.get(`/api/aids/${json.slug}`)).json).toEqual(json);
    });
  });
});
