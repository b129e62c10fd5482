import type { CuratedAid } from "../../src/catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { decidePublish } from "../../src/curation/decide-status.ts";
import { applyActs, planActs } from "../../src/curation/plan-acts.ts";
import type { AidContent } from "../../src/model/aid/aid.ts";
import type { Memo } from "../../src/model/plan/plan.ts";
import { marie } from "./curate.ts";
import { emptyMemo, importAids, madeAid } from "./made-aids.ts";

/** The fields that publication requires, under an open licence. */
export const publishable: Partial<AidContent> = {
  description: "<p>Pour les projets des collectivités.</p>",
  contact: "<p>contact@exemple.fr</p>",
  originUrl: "https://exemple.fr/aide",
  recurrence: "ongoing",
  targetedAudiences: ["commune"],
  aidTypes: ["technical-engineering"],
  mobilizationSteps: ["preop"],
  categories: ["eau-potable"],
  financers: [{ name: "Région Exemple", siren: "200053767" }],
  perimeters: [{ scale: "country", code: "FRA", name: "France" }],
  importShareLicence: "openlicence20",
};

/** Imports aids, by external id, and publishes them at this instant as a curator. `memo`: of their records. */
export async function importPublished(
  catalogue: Catalogue,
  connector: string,
  aids: Readonly<Record<string, Partial<AidContent>>>,
  now: Date = marie.now,
  memo: Memo = emptyMemo,
): Promise<void> {
  await importAids(
    catalogue,
    connector,
    Object.entries(aids).map(([id, given]) => ({ ...madeAid(id, { ...publishable, ...given }), memo })),
  );
  await publishAll(catalogue, connector, now, Object.keys(aids));
}

/** Publishes these aids of a connector in one plan. */
async function publishAll(catalogue: Catalogue, connector: string, now: Date, externalIds: readonly string[]): Promise<void> {
  const pages: CuratedAid[][] = [];
  for await (const page of catalogue.aids.curated({ connector }))
    pages.push(page.filter(({ externalId }) => externalIds.includes(externalId)));
  const curator = { ...marie, now };
  const { plan, refused } = await planActs(catalogue, curator, { connector, asked: {} }, pages, (aid) => decidePublish(aid, curator));
  if (plan === null || refused.length > 0) throw new Error(`not published: ${JSON.stringify(refused)}`);
  await applyActs(catalogue, plan.planId, curator, true);
}
