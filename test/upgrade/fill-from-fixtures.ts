import { decidePublish } from "../../src/curation/decide-status.ts";
import { applyActs, planActs } from "../../src/curation/plan-acts.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import { runIngestion } from "../../src/ingest/run.ts";
import { fixturesOf } from "../../src/survey/write/check-fixtures.ts";
import type { TestCatalogue } from "../support/catalogues.ts";
import { marie } from "../support/curate.ts";
import { newHarvest } from "../support/harvest.ts";
import { loadedConnectors } from "../support/loaded-connectors.ts";
import { testNow } from "../support/made-aids.ts";
import { testServices } from "../support/test-services.ts";

/**
 * Runs every connector of the project on all of its fixtures, one after the other, and publishes the aids that lack nothing. A fixture
 * that shares few aids with the one before it is held: of these plans, one is applied, one is discarded, and the others stay open.
 */
export async function fillFromFixtures(catalogue: TestCatalogue): Promise<void> {
  const held: string[] = [];
  for (const connector of await loadedConnectors()) {
    for (const { feed } of (await fixturesOf(connector)).fixtures) {
      const { outcome, planId } = await runIngestion(connector, testServices(catalogue), { file: feed });
      if (outcome === "held" && planId !== null) held.push(planId);
    }
    await publishComplete(catalogue, connector.definition.id);
  }
  const [applied = "", discarded = ""] = held;
  await catalogue.plans.apply(applied, { token: null, now: testNow, appliedBy: "ops", note: "looked at" });
  await catalogue.plans.close(discarded, "discarded", { now: testNow, by: "ops" });
  await undoOneRun(catalogue);
  while ((await catalogue.search.catchUp()) > 0);
  await catalogue.links.sync();
}

async function publishComplete(catalogue: TestCatalogue, connector: string): Promise<void> {
  const { plan } = await planActs(catalogue, marie, { connector, asked: {} }, catalogue.aids.curated({ connector }), (aid) =>
    decidePublish(aid, marie),
  );
  if (plan !== null) await applyActs(catalogue, plan.planId, marie, true);
}

/** Undoes a run that created an aid, which is then removed. */
async function undoOneRun(catalogue: TestCatalogue): Promise<void> {
  const harvest = await newHarvest(catalogue, { id: "region-annulee" });
  const { planId } = await harvest.day([{ id: "1", titre: "Le mauvais fichier", texte: "<p>Un essai.</p>" }]);
  const plan = await catalogue.plans.find(planId ?? "");
  if (plan === null) throw new Error("the run made no plan");
  const undo = await undoRun(catalogue, marie, plan);
  if ("refused" in undo) throw new Error(undo.refused.code);
  await applyActs(catalogue, undo.planId, marie, false);
}
