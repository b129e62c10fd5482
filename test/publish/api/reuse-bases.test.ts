import { describe, expect, onTestFinished, test } from "vitest";
import type { ConfirmableBasis } from "../../../src/model/aid/reuse-basis.ts";
import { asSite, connectorOf, type TestApi, testApi } from "../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { edit, marie } from "../../support/curate.ts";
import { importPublished } from "../../support/published-aids.ts";

const connector = "agence";
const since = "/api/aids/?changed_since=2026-11-24";
const later = (minutes: number) => new Date(marie.now.getTime() + minutes * 60_000);

async function confirm(catalogue: TestCatalogue, basis: ConfirmableBasis = "crpa", minutes = 1, of = connector): Promise<void> {
  const given = { connector: of, basis, page: null, seen: null, answers: {}, note: null };
  await catalogue.reuseBases.confirm(given, "Marie", later(minutes));
}

/** Reads all pages from an address. Returns the names, or the reasons of tombstones, and where to resume. */
async function walk(api: TestApi, begin: string): Promise<{ readonly read: string[]; readonly resume: string }> {
  const read: string[] = [];
  let [next, resume]: [string | null, string] = [begin, begin];
  while (next !== null) {
    const { status, json } = await api.get(next);
    expect(status).toBe(200);
    read.push(...json.results.map((one: { name?: string; reason?: string }) => one.name ?? one.reason));
    [next, resume] = [json.next, json.resume];
  }
  return { read, resume };
}

describe.each(testedDatabases)("confirmed legal bases in the API, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    async function world() {
      const catalogue = await newCatalogue(database);
      onTestFinished(() => catalogue.drop());
      await importPublished(catalogue, connector, {
        inconnue: { name: "inconnue", importShareLicence: "unknown", sourceUpdatedDate: "2026-10-06" },
        accord: { name: "accord", importShareLicence: "agreement" },
        ouverte: { name: "ouverte" },
      });
      await importPublished(catalogue, "autre", { ailleurs: { name: "ailleurs", importShareLicence: "unknown" } });
      const fields = { aidTypes: { kind: "constant" as const, value: ["grant"] as const } };
      const sound = connectorOf(connector, { name: "Région Exemple" });
      const connectors = [
        { ...sound, definition: { ...sound.definition, fields: { ...sound.definition.fields, ...fields } } } as typeof sound,
        connectorOf("autre"),
      ];
      const api = await testApi(catalogue, { connectors });
      await api.get("/api/aids/");
      return { catalogue, api };
    }

    test("let out the aids without a known licence of their connector, and only these", async () => {
      const { catalogue, api } = await world();
      expect((await walk(api, "/api/aids/")).read).toEqual(["ouverte"]);
      await confirm(catalogue);
      expect((await walk(api, "/api/aids/")).read.sort()).toEqual(["inconnue", "ouverte"]);
      await confirm(catalogue, "agreement", 2);
      expect((await walk(api, "/api/aids/")).read.sort()).toEqual(["accord", "inconnue", "ouverte"]);
      expect((await walk(api, "/api/aids/?reuse_basis=agreement")).read.sort()).toEqual(["accord", "inconnue"]);
      expect((await walk(api, "/api/aids/?reuse_basis=licence,crpa")).read).toEqual(["ouverte"]);
      expect((await api.get("/api/aids/?reuse_basis=none")).status).toBe(400);
      expect((await api.get("/api/backers/")).json.results[0].aids).toBe(3);
    });

    test("are shown by the record, with source, day and our part in it, and never as a licence", async () => {
      const { catalogue, api } = await world();
      await edit(catalogue, { connector, externalId: "inconnue" }, { eligibility: "<p>Communes.</p>" });
      await confirm(catalogue);
      const records = new Map((await api.get("/api/aids/")).json.results.map((one: { name: string }) => [one.name, one]));
      expect(records.get("inconnue")).toMatchObject({
        import_share_licence: "unknown",
        reuse_basis: { basis: "crpa", page: expect.stringContaining("legifrance"), confirmed: "2026-11-25" },
        reuse_mention: expect.stringMatching(/^Source : Région Exemple, mise à jour du 06\/10\/2026\./),
        fields_of_ours: ["eligibility", "aid_types"],
      });
      expect(records.get("ouverte")).toMatchObject({ reuse_basis: { basis: "licence", confirmed: null }, fields_of_ours: ["aid_types"] });
      const site = await testApi(catalogue, { accessOf: asSite });
      const bySite = new Map((await site.get("/api/aids/")).json.results.map((one: { name: string }) => [one.name, one]));
      expect(bySite.get("accord")).toMatchObject({ reuse_basis: null });
    });

    test("reach clients that follow changes, page by page, and become tombstones when they are revoked", async () => {
      const { catalogue, api } = await world();
      const many = Object.fromEntries(
        Array.from({ length: 23 }, (_, place) => [`plus ${place}`, { name: `plus ${place}`, importShareLicence: "unknown" as const }]),
      );
      await importPublished(catalogue, connector, many);
      const before = await walk(api, since);
      expect(before.read).toEqual(["ouverte"]);
      await confirm(catalogue);
      const confirmed = await walk(api, `${before.resume}&itemsPerPage=5`);
      expect(confirmed.read.sort()).toEqual(["inconnue", "ouverte", ...Object.keys(many)].sort());
      expect((await api.get(since)).json.count).toBe(25);
      await catalogue.reuseBases.revoke(connector, "The publisher objects.", "Marie", later(2));
      const revoked = await walk(api, `${confirmed.resume}&itemsPerPage=5`);
      expect(revoked.read.sort()).toEqual([...Array.from({ length: 24 }, () => "licence"), "ouverte"]);
      expect((await api.get(since)).json.count).toBe(25);
      expect((await walk(api, "/api/aids/")).read).toEqual(["ouverte"]);
      const gone = (await api.get(confirmed.resume)).json.results.find(({ reason }: { reason?: string }) => reason === "licence");
      expect(gone).toMatchObject({ deleted: true, slug: null });
      expect((await api.get(`/api/aids/by-id/${gone.id}/`)).status).toBe(410);
      // A client that begins from the start sees each readable aid once, and no other aid.
      expect((await walk(api, since)).read.sort()).toEqual([...Array.from({ length: 24 }, () => "licence"), "ouverte"]);
    });

    test("change the ETag at once, even of a client that just asked", async () => {
      const { catalogue, api } = await world();
      const { headers } = await api.get("/api/aids/");
      const same = () => api.get("/api/aids/", { "if-none-match": headers.get("etag") ?? "" });
      expect((await same()).status).toBe(304);
      await confirm(catalogue);
      expect((await same()).status).toBe(200);
      await catalogue.reuseBases.revoke(connector, null, "Marie", later(2));
      expect((await walk(api, "/api/aids/")).read).toEqual(["ouverte"]);
    });

    test("are kept with who confirmed and revoked them; nothing is revoked twice", async () => {
      const { catalogue } = await world();
      expect(await catalogue.reuseBases.revoke(connector, null, "Marie", later(1))).toBe(false);
      await confirm(catalogue);
      await confirm(catalogue, "agreement", 2);
      expect(await catalogue.reuseBases.revoke(connector, "fin de l’accord", "Jean", later(3))).toBe(true);
      expect((await catalogue.reuseBases.list()).filter((one) => one.connector === connector)).toMatchObject([
        { basis: "agreement", by: "Marie", revokedBy: "Jean", revokedBecause: "fin de l’accord" },
        { basis: "crpa", by: "Marie", revokedBy: "Marie" },
      ]);
      expect([...(await catalogue.reuseBases.inForce())]).toEqual([]);
    });
  });
});
