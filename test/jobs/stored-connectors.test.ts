import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { watchConnectors } from "../../src/jobs/connectors/watch-connectors.ts";
import { date } from "../../src/kit/rules/date.ts";
import { text } from "../../src/kit/rules/texts.ts";
import { guardsOff, smallDefinition } from "../support/harvest.ts";
import { flattened } from "../support/made-aids.ts";
import { inProcess } from "../support/queues.ts";
import { jobSetup } from "./job-setup.ts";
import { onQueue } from "./on-queue.ts";

const at = new Date("2026-11-25T03:00:00Z");
const made = { definition: null, changes: {}, terms: {}, why: "un essai", by: "Marie", at };

onQueue(inProcess, "connectors stored in the catalogue", (tested) => {
  it("run like any other: a draft's first run is held, and a new version applies to the next run without restarting the worker", async () => {
    const house = await jobSetup(tested);
    const { connectorVersions } = house.catalogue;
    const definition = smallDefinition("agence-neuve", {
      state: "draft",
      feed: { url: `${house.site.origin}/agence-neuve.json` },
      guards: guardsOff,
    });
    await connectorVersions.add({ ...made, connector: "agence-neuve", definition: { ...definition } }, 0);
    await house.worker();
    const first = await house.ended((await house.ask("agence-neuve")).runId);
    expect(first).toMatchObject({ outcome: "held", report: { guards: [{ code: "first-run-of-draft" }] } });

    await connectorVersions.add({ ...made, connector: "agence-neuve", definition: { ...definition, state: "active" } }, 1);
    const second = await house.ended((await house.ask("agence-neuve")).runId);
    expect(second.outcome).toBe("applied");
  });

  it("a change of a file's definition reads an unchanged feed again", async () => {
    const house = await jobSetup(tested);
    house.site.answer("/region-a.json", { records: [{ id: "1", titre: "Aide", intitule: "Aide aux communes", ouverture: "2026-12-01" }] });
    await house.connector("region-a");
    await house.worker();
    expect((await house.ended((await house.ask("region-a")).runId)).outcome).toBe("applied");
    expect((await house.ended((await house.ask("region-a")).runId)).outcome).toBe("unchanged");
    const changes = { fields: { name: text("intitule"), startDate: date("ouverture", ["iso"]) } };
    await house.catalogue.connectorVersions.add({ ...made, connector: "region-a", changes }, 0);
    expect((await house.ended((await house.ask("region-a")).runId)).outcome).toBe("applied");
    const [aid] = await flattened(house.catalogue.aids.list({ connector: "region-a" }));
    expect(aid).toMatchObject({ name: "Aide aux communes", startDate: "2026-12-01" });
  });

  it("a watching process sees a new version at once, and reloads nothing without one", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a");
    let reads = 0;
    const registry = watchConnectors([house.folder], house.catalogue.connectorVersions, () => {
      reads++;
    });
    const scheduleOf = async () => (await registry()).connectors[0]?.definition.schedule;
    expect(await scheduleOf()).toBeUndefined();
    await registry();
    expect(reads).toBe(1);
    await house.catalogue.connectorVersions.add({ ...made, connector: "region-a", changes: { schedule: "15 4 * * *" } }, 0);
    expect(await scheduleOf()).toBe("15 4 * * *");
    await house.catalogue.connectorVersions.add({ ...made, connector: "region-a", changes: { shedule: "15 4 * * *" } }, 1);
    expect(await registry()).toMatchObject({
      connectors: [],
      problems: [{ version: { connector: "region-a", number: 2 }, key: "shedule" }],
    });
    await writeFile(join(house.folder, "note.txt"), "no connector");
    expect(reads).toBe(3);
  });
});
