import { createReadStream } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { LiveAid } from "../../src/curation/adoption/live-aid.ts";
import { readLiveAids } from "../../src/curation/adoption/read-live-aids.ts";
import { runFixture } from "../../src/ingest/run-fixture.ts";
import { termLookup } from "../../src/kit/rules/term-lookup.ts";
import { fixtureAids, matched } from "../curation/live-fixtures.ts";
import { exampleAid } from "../support/example-aid.ts";
import { loadedConnector, loadedConnectors } from "../support/loaded-connectors.ts";
import { hasSharedData, sharedData, whySkipped } from "../support/shared-data.ts";

/**
 * Feeds of 2023 to 2026, compared with the live aids of November 2021. A person checked that no two of them are the same aid. Two of ADEME's
 * five aids may be online under other titles and addresses (eco-design); one of them resembles two live aids. Similar titles are doubts,
 * which a person decides.
 */
const feeds: readonly [connector: string, file: string, aids: number, doubts: number][] = [
  ["ademe-agir", "publishers/ademe_agir_data.json", 5, 3],
  ["departement-drome", "publishers/departement_drome_data.json", 3, 0],
  ["departement-manche", "publishers/departement_manche_data.json", 10, 0],
  ["region-ile-de-france", "publishers/ile_de_france_data.json", 3, 0],
  ["ministere-culture", "publishers/ministere_de_la_culture_data.json", 3, 0],
  ["welcomeurope", "publishers/welcom_europe_data.json", 2, 0],
  ["transition-ecologique-entreprises", "aids/tee_data_gouv_export_2025-10.csv", 190, 15],
  ["eu-funding-tenders", "eu/eu_ft_portal_grants_2026-08-14.json", 723, 0],
];

describe.skipIf(!hasSharedData)(`taking over from Aides-territoires' export of November 2021${whySkipped}`, () => {
  let live: LiveAid[];
  beforeAll(async () => {
    const file = join(sharedData, "aids/AT_aides_full_2021-11.json");
    live = await readLiveAids({ file, bytes: createReadStream(file) }, termLookup(new Map()));
  });

  it.each(feeds)("%s, %s: %d aids, no false pair", async (id, file, count, doubts) => {
    const connector = await loadedConnector(id);
    const { aids } = await runFixture(connector, join(sharedData, file));
    const own = aids.map((aid) => exampleAid({ ...aid, connector: id, aidId: aid.externalId }));
    const found = await matched(live, own, connector);
    expect([own.length, found.pairs.length, found.doubts.length]).toEqual([count, 0, doubts]);
  });

  it("pairs no aid of any fixture", async () => {
    for (const connector of await loadedConnectors()) {
      expect((await matched(live, fixtureAids(connector.definition.id), connector)).pairs).toEqual([]);
    }
  });

  it("recognises all live aids as a feed, even renamed or without links", async () => {
    const connector = await loadedConnector("departement-drome");
    const own = live.map(({ id, content }, index) => {
      const nothing = { originUrl: null, applicationUrl: null, shortTitle: null, startDate: null, submissionDeadline: null };
      const changed = index % 2 === 0 ? { name: `Titre du producteur, ${index}` } : { originUrl: null, applicationUrl: null };
      return exampleAid({ description: null, ...nothing, ...content, nameInitial: null, ...changed, aidId: id, externalId: `feed-${id}` });
    });
    const { pairs, doubts } = await matched(live, own, connector);
    expect(pairs.filter((pair) => pair.live.id !== pair.own.aidId)).toEqual([]);
    expect(new Set([...pairs, ...doubts].map((pair) => pair.live.id)).size).toBeGreaterThan(0.98 * live.length);
  });
});
