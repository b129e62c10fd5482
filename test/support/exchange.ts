import { sql } from "drizzle-orm";
import { moissonRecords } from "../../src/kit/platforms/moisson-records.ts";
import { type Aid, aidFields } from "../../src/model/aid/aid.ts";
import { canonicalAid } from "../../src/model/aid/canonical-aid.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { withoutPeopleInAid } from "../../src/privacy/without-people-in-aid.ts";
import { writeOpenData } from "../../src/publish/open-data/make-open-data.ts";
import { loadConnectors } from "../../src/registry/load-connectors.ts";
import type { TestCatalogue } from "./catalogues.ts";
import { inMemory } from "./dump-in-memory.ts";
import { guardsOff, newHarvest } from "./harvest.ts";
import { flattened } from "./made-aids.ts";

const connector = "region-exemple";
const definitionOf = (id: string, source?: string) =>
  moissonRecords({
    id,
    publisher: {
      name: "Région Exemple",
      siren: "200053767",
      kind: "region",
      territory: { scale: "region", code: "53" },
      licence: "unknown",
    },
    feed: { url: "https://api.exemple.fr/open-data/aides.jsonl" },
    guards: guardsOff,
    ...(source !== undefined && { source }),
  });

/** The file `aides.jsonl` of a catalogue, and the aids in it as the gate for people lets them out, by external id. */
interface Exported {
  readonly file: string;
  readonly records: readonly Readonly<Record<string, unknown>>[];
  readonly aids: ReadonlyMap<string, Aid>;
}

/** Exports the live aids of a connector. */
export async function exportRecords(catalogue: TestCatalogue, id = connector): Promise<Exported> {
  const { keep, files } = inMemory();
  const { folder } = await newHarvest(catalogue, { id });

  await writeOpenData({ catalogue, connectors: await loadConnectors([folder]) }, keep);
  const file = files.get("aides.jsonl")?.toString() ?? "";
  const records = file.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Record<string, unknown>]));
  const aids = (await flattened(catalogue.aids.list({ connector: id }))).filter(({ status }) => status === "published");
  return { file, records, aids: new Map(aids.map((aid) => [aid.externalId, withoutPeopleInAid(aid, "keep")])) };
}

/** Imports a file by a connector of another Moisson's records, and publishes everything. */
export async function importRecords(catalogue: TestCatalogue, file: string, id = connector, source?: string): Promise<RunReport> {
  const harvest = await newHarvest(catalogue, { id });
  await harvest.write(`connectors/${id}.json`, JSON.stringify(definitionOf(id, source)));
  const report = await harvest.day(file);
  await catalogue.store.rows(sql`update aids set status = 'published' where connector = ${id}`);
  return report;
}

/**
 * Returns the fields in which aids differ, with both values, by external id. Lists have the order of the catalogue. `compared`: without
 * `aidId` for another connector, whose aids have ids of their own.
 */
export function differences(
  before: Exported["aids"],
  after: Exported["aids"],
  compared: readonly string[] = ["aidId", ...aidFields],
): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [id, aid] of before) {
    const other = after.get(id);
    const [one, two] = [canonicalAid(aid), other === undefined ? {} : canonicalAid(other)];
    const differing = compared.filter((field) => JSON.stringify(one[field]) !== JSON.stringify(two[field]));
    if (differing.length > 0) found[id] = differing.map((field) => [field, one[field], two[field]]);
  }
  return found;
}
