import { expect, it } from "vitest";
import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { endLostRun } from "../../src/ingest/end-lost-run.ts";
import { RunMeter } from "../../src/ingest/run-meter.ts";
import { budgetOf } from "../../src/kit/budget.ts";
import { RunFailed } from "../../src/model/run/run-error.ts";
import { loadConnectors } from "../../src/registry/load-connectors.ts";
import { ownCatalogue } from "../support/catalogues.ts";
import { type Harvest, newHarvest } from "../support/harvest.ts";
import { startRun } from "../support/made-aids.ts";
import { testServices } from "../support/test-services.ts";

const lost = { outcome: "failed", error: { code: "process-ended", params: { signal: "SIGKILL" } } };

async function endLost({ folder }: Harvest, runId: string, catalogue: Catalogue) {
  const [connector] = await loadConnectors([folder]);
  if (connector === undefined) throw new Error("no connector");
  const services = testServices(catalogue);
  const meter = new RunMeter({ clock: services.clock, budget: budgetOf(connector.definition), ownsProcess: true });
  const error = new RunFailed("process-ended", { signal: "SIGKILL" });
  return endLostRun(
    { connector, claimed: { runId, liveness: { signal: AbortSignal.abort() }, again: async () => null }, error, meter },
    services,
  );
}

it("a run whose process has died ends with the cause", async () => {
  const catalogue = await ownCatalogue();
  const harvest = await newHarvest(catalogue);
  const { runId } = await startRun(catalogue, harvest.connector);
  const report = await endLost(harvest, runId, catalogue);
  expect(report).toMatchObject({ runId, connector: harvest.connector, ...lost });
  expect(await catalogue.runs.find(runId)).toMatchObject({ state: "ended", outcome: "failed", report });
});

it("a run that had ended just before its process died keeps its end and its report", async () => {
  const catalogue = await ownCatalogue();
  const harvest = await newHarvest(catalogue);
  const applied = await harvest.day([{ id: "toit", titre: "Rénover le toit" }]);
  const before = await catalogue.runs.find(applied.runId);
  const report = await endLost(harvest, applied.runId, catalogue);
  expect(report).toEqual(before?.report);
  expect(report).toMatchObject({ outcome: "applied", counts: { created: 1 } });
  expect(await catalogue.runs.find(applied.runId)).toEqual(before);
});

it("a run whose end cannot be read is reported as lost", async () => {
  const catalogue = await ownCatalogue();
  const harvest = await newHarvest(catalogue);
  const { runId } = await startRun(catalogue, harvest.connector);
  const runs = Object.assign(Object.create(catalogue.runs), { find: () => Promise.reject(new Error("away")) });
  expect(await endLost(harvest, runId, { ...catalogue, runs })).toMatchObject(lost);
});
