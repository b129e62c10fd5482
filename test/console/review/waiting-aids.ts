import type { AidField } from "../../../src/model/aid/aid.ts";
import type { TestCatalogue } from "../../support/catalogues.ts";
import { curatedAid, edit } from "../../support/curate.ts";
import { type Harvest, newHarvest } from "../../support/harvest.ts";

/** A record of the small connector that lacks nothing of what such a feed can give. */
export function record(id: string, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    id,
    titre: `Rénover ${id}`,
    texte: `<p>Une aide pour rénover ${id}.</p>`,
    lien: `https://example.org/${id}`,
    debut: "2026-10-01",
    fin: "2026-12-31",
    rythme: "Ponctuelle",
    publics: "Communes",
    ...changes,
  };
}

/** What a feed of the small connector lacks, as a person gives it. */
const lacking: Partial<Record<AidField, unknown>> = {
  contact: "<p>Marie</p>",
  aidTypes: ["technical-engineering"],
  mobilizationSteps: ["preop"],
  categories: ["eau-potable"],
  financerSuggestion: "la région",
  perimeterSuggestion: "la région",
};

/** A connector with these records, all waiting for review. */
export async function waiting(catalogue: TestCatalogue, records: readonly { readonly id: string }[]): Promise<Harvest> {
  const harvest = await newHarvest(catalogue);
  await harvest.day(records);
  return harvest;
}

/** Fills all that publishing asks for. */
export async function complete(catalogue: TestCatalogue, harvest: Harvest, externalId: string): Promise<void> {
  await edit(catalogue, { connector: harvest.connector, externalId }, lacking);
}

/** The aid as it is now. */
export function aidNow(catalogue: TestCatalogue, harvest: Harvest, externalId: string) {
  return curatedAid(catalogue, { connector: harvest.connector, externalId });
}
