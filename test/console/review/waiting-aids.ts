import type { CuratedAid } from "../../../src/catalogue/aids/aid-repository.ts";
import { decideEdit } from "../../../src/curation/decide-edit.ts";
import { decidePublish } from "../../../src/curation/decide-status.ts";
import { applyActs, planActs } from "../../../src/curation/plan-acts.ts";
import type { AidField } from "../../../src/model/aid/aid.ts";
import type { TestCatalogue } from "../../support/catalogues.ts";
import { curatedAid, edit, marie } from "../../support/curate.ts";
import { type Harvest, newHarvest } from "../../support/harvest.ts";

/** A complete record of the small connector's feed. */
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

/** The fields that the small connector's feed lacks, filled in by a person. */
const lacking: Partial<Record<AidField, unknown>> = {
  contact: "<p>Marie</p>",
  aidTypes: ["technical-engineering"],
  mobilizationSteps: ["preop"],
  categories: ["eau-potable"],
  financerSuggestion: "la région",
  perimeterSuggestion: "la région",
};

/** Imports these records, so that all wait for review. */
export async function waiting(catalogue: TestCatalogue, records: readonly { readonly id: string }[]): Promise<Harvest> {
  const harvest = await newHarvest(catalogue);
  await harvest.day(records);
  return harvest;
}

/** Fills in all fields required for publication. */
export async function complete(catalogue: TestCatalogue, harvest: Harvest, externalId: string): Promise<void> {
  await edit(catalogue, { connector: harvest.connector, externalId }, lacking);
}

/** Completes and publishes all aids of the connector, with two plans. */
export async function publishAll(catalogue: TestCatalogue, { connector }: Harvest): Promise<void> {
  const decisions = [
    (aid: CuratedAid) => decideEdit(aid, { values: lacking, withdrawn: [] }, marie),
    (aid: CuratedAid) => decidePublish(aid, marie),
  ];
  for (const decide of decisions) {
    const { plan } = await planActs(catalogue, marie, { connector, asked: {} }, catalogue.aids.curated({ connector }), decide);
    if (plan === null) throw new Error("nothing to publish");
    await applyActs(catalogue, plan.planId, marie, true);
  }
}

/** Returns the current aid. */
export function aidNow(catalogue: TestCatalogue, harvest: Harvest, externalId: string) {
  return curatedAid(catalogue, { connector: harvest.connector, externalId });
}
