import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import type { Aid } from "../../src/model/aid/aid.ts";
import { exampleAid } from "../support/example-aid.ts";
import { loadedConnectors } from "../support/loaded-connectors.ts";
import { propertyRuns } from "../support/property-runs.ts";
import { fixtureAids, type LiveRecord, liveAids, matched, publicRecord } from "./live-fixtures.ts";

const unlinked: LiveRecord = { origin_url: null, application_url: null };

describe("matching live aids with a connector's aids", () => {
  let connectors: readonly LoadedConnector[];
  let all: ReadonlyMap<string, readonly Aid[]>;
  beforeAll(async () => {
    connectors = await loadedConnectors();
    // The template's two connectors read the same aids.
    all = new Map(connectors.flatMap(({ definition: { id } }) => (id === "modele-xlsx" ? [] : [[id, fixtureAids(id)]])));
  });

  const connector = (id: string) => {
    const found = connectors.find(({ definition }) => definition.id === id);
    if (found === undefined) throw new Error(`no connector ${id}`);
    return found;
  };

  it("finds every aid of every fixture, even with rewritten titles or missing links, and no wrong one", async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.boolean()), async (coins) => {
        const records = [...all.values()].flat().map((aid, index) => {
          const isRenamed = aid.originUrl !== null && coins.next().value === true;
          return publicRecord(aid, isRenamed ? { name: `Titre de la rédaction, ${index}` } : unlinked);
        });
        const live = await liveAids(records);
        for (const [id, aids] of all) {
          const { pairs, doubts } = await matched(live, aids, connector(id));
          expect(pairs.filter(({ live: { id: found }, own: { aidId } }) => found !== aidId)).toEqual([]);
          const named = new Set([...pairs, ...doubts].map(({ own: { aidId } }) => aidId));
          expect(aids.filter(({ aidId }) => !named.has(aidId)).map(({ name }) => name)).toEqual([]);
        }
      }),
      { numRuns: propertyRuns(3), seed: 20261125 },
    );
  });

  it("matches nothing with the fixtures of other publishers", async () => {
    const publisherOf = (id: string) => connector(id).definition.publisher.name;
    for (const [id] of all) {
      const others = [...all].flatMap(([other, aids]) => (publisherOf(other) === publisherOf(id) ? [] : aids));
      expect((await matched(await liveAids(others.map((aid) => publicRecord(aid))), all.get(id) ?? [], connector(id))).pairs).toEqual([]);
    }
  });

  const financers = [{ name: "Département de la Drôme", siren: "222600017" }];
  const gymnasium = exampleAid({
    connector: "departement-drome",
    financers,
    applicationUrl: null,
    aidId: "ours",
    externalId: "162",
    name: "Rénover un gymnase communal",
    originUrl: "https://www.ladrome.fr/gymnase",
    description: `<p>${"Une aide aux communes qui rénovent leurs gymnases, leurs préaux et leurs vestiaires. ".repeat(3)}</p>`,
  });
  const matchedWith = async (...records: LiveRecord[]) =>
    matched(await liveAids(records), [gymnasium], connector("departement-drome"), ["IDF_"]);

  it("trusts the import id first, with or without the site's prefix", async () => {
    const renamed = { ...publicRecord(gymnasium, unlinked), name: "Sport", description: null };
    expect((await matchedWith({ ...renamed, import_uniqueid: "CDDr_162" })).pairs[0]?.match).toEqual({
      certainty: 1,
      reasons: expect.arrayContaining(["same-import-id"]),
    });
    expect((await matchedWith({ ...renamed, import_uniqueid: "162" })).pairs).toHaveLength(1);
    const copy = publicRecord(gymnasium, { id: "copy", import_uniqueid: "CDDr_999" });
    expect((await matchedWith({ ...renamed, import_uniqueid: "CDDr_162" }, copy)).pairs.map(({ live }) => live.id)).toEqual(["ours"]);
  });

  it("takes a bare number for the publisher's id only if something else matches too", async () => {
    const stranger = { id: 7, name: "Sport", import_uniqueid: "162", financers: ["Commune de Lyon"] };
    expect(await matchedWith(stranger)).toMatchObject({ pairs: [], doubts: [], onlyLive: [], ofOthers: 1 });
  });

  it("leaves another connector's aids to a curator, however similar", async () => {
    const found = await matchedWith(publicRecord(gymnasium, { import_uniqueid: "IDF_162" }));
    expect(found).toMatchObject({ pairs: [], doubts: [{ live: { importId: "IDF_162" } }] });
  });

  it.each([
    ["the same", {}],
    ["renamed", { name: "Sport : aides du Département" }],
    ["without its link", unlinked],
    ["with another text", { description: "<p>Texte à venir</p>" }],
  ])("leaves two live aids that may both be ours to a person: one is as the publisher's, one is %s", async (_, changes) => {
    const found = await matchedWith(publicRecord(gymnasium), publicRecord(gymnasium, { id: "copy", url: "/aides/copy/", ...changes }));
    expect(found.pairs).toEqual([]);
    expect(found.doubts.map(({ live }) => live.id).sort()).toEqual(["copy", "ours"]);
  });

  it("leaves a live aid that matches two of ours to a curator", async () => {
    const twin = { ...gymnasium, aidId: "twin", externalId: "163" };
    const found = await matched(await liveAids([publicRecord(gymnasium)]), [gymnasium, twin], connector("departement-drome"));
    expect(found).toMatchObject({ pairs: [], doubts: [{ own: { externalId: "162" } }, { own: { externalId: "163" } }] });
  });

  it("names unmatched live aids of this publisher, and only counts those of others", async () => {
    const found = await matchedWith(
      { id: 1, name: "Planter des haies", financers: ["Conseil départemental de la Drôme"] },
      { id: 2, name: "Ouvrir une école", origin_url: "https://ladrome.fr/ecole" },
      { id: 3, name: "Curer un étang", import_uniqueid: "CDDr_9" },
      { id: 4, name: "Peindre un pont", financers: ["Région Bretagne"] },
      { id: 5, name: "Sabler un quai", import_uniqueid: "IDF_9", financers: ["Département de la Drôme"] },
    );
    expect(found.onlyLive.map(({ id }) => id)).toEqual(["1", "2", "3"]);
    expect(found.ofOthers).toBe(2);
    expect(found.onlyOwn.map(({ externalId }) => externalId)).toEqual(["162"]);
  });

  it("shows similar aids of the same publisher as doubts", async () => {
    const live = { id: 1, name: "Soutenir : rénover un gymnase", financers: ["Département de la Drôme"] };
    expect((await matchedWith(live)).doubts).toMatchObject([{ match: { certainty: 0.62 } }]);
    expect(await matchedWith({ ...live, financers: ["Commune de Lyon"] })).toMatchObject({ pairs: [], doubts: [] });
  });
});
