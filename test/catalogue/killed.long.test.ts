import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openCatalogue } from "../../src/catalogue/open-catalogue.ts";
import { newCatalogue, postgresql } from "../support/catalogues.ts";
import { startScript } from "../support/child-process.ts";
import { flattened, importAids, madeAid } from "../support/made-aids.ts";

/** Starts the process, kills it `afterMs` after its first plan, and returns the progress it reported. */
async function killedWhileApplying(home: string, databaseUrl: string, afterMs: number): Promise<number> {
  const script = startScript("apply-for-ever.ts", [home], { DATABASE_URL: databaseUrl });
  onTestFinished(() => script.kill());
  let said = 0;
  const killed = script.nextLine().then((line) => {
    said = Number(line?.split(" ")[1]);
    return new Promise((done) => setTimeout(done, afterMs)).then(() => script.kill());
  });
  await killed;
  for (let line = await script.nextLine(); line !== null; line = await script.nextLine()) said = Number(line.split(" ")[1]);
  return said;
}

describe("kill -9 at different moments while plans are applied", () => {
  test("embedded: every plan is applied completely or not at all, and the next run starts at once", async () => {
    const home = await mkdtemp(join(tmpdir(), "moisson-killed-"));
    onTestFinished(() => rm(home, { recursive: true }));
    for (const afterMs of [7, 23]) {
      const said = await killedWhileApplying(home, "", afterMs);
      const catalogue = await openCatalogue({ home });
      const count = await catalogue.aids.count();
      expect([said, said + 100]).toContain(count);
      await importAids(catalogue, "region-test", [madeAid(`next-${afterMs}`)]);
      expect(await catalogue.aids.count()).toBe(count + 1);
      await catalogue.close();
    }
  });

  test.skipIf(postgresql.skipped)(`${postgresql.title}: likewise`, async () => {
    const catalogue = await newCatalogue(postgresql);
    onTestFinished(() => catalogue.drop());
    for (const afterMs of [7, 23, 41]) {
      const said = await killedWhileApplying("", catalogue.databaseUrl ?? "", afterMs);
      // Taking over the connector waits for what the killed run left to the server.
      await catalogue.connectors.takeToken("region-test", new Date());
      const aids = await flattened(catalogue.aids.list());
      expect([said, said + 100]).toContain(aids.length);
    }
  });
});
