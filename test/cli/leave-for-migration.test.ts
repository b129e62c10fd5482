import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished } from "vitest";
import { openCatalogue } from "../../src/catalogue/open-catalogue.ts";
import { askWorkersToLeave } from "../../src/cli/operation/db-command.ts";
import { postgresql } from "../support/catalogues.ts";
import { startMoisson } from "../support/moisson.ts";
import { ownDatabase } from "../support/test-databases.ts";
import { until } from "../support/until.ts";

describe.skipIf(postgresql.skipped)("a migration for which workers must leave", () => {
  it("waits for a running worker of another version, which ends with 0", async () => {
    const databaseUrl = await ownDatabase();
    const catalogue = await openCatalogue({ databaseUrl, home: "" });
    onTestFinished(() => catalogue.close());
    const worker = startMoisson(["worker"], { DATABASE_URL: databaseUrl, MOISSON_LOG: "info", MOISSON_TICK_SECONDS: "0.2" });
    onTestFinished(() => void worker.kill("SIGKILL"));
    const said: string[] = [];
    createInterface({ input: worker.stderr }).on("line", (line) => said.push(line));
    const code = new Promise<number | null>((resolve) => worker.once("close", resolve));
    await until("the worker is heard", async () => (await catalogue.workers.list()).length === 1);
    const [stored] = await catalogue.workers.list();
    const lines: string[] = [];
    await askWorkersToLeave(catalogue.workers, "9999_newer", 60, { err: (line) => lines.push(line) });
    expect(lines).toEqual([`asked to finish its runs and end: ${stored?.name} (version ${stored?.version})`]);
    expect(await code).toBe(0);
    expect(said.some((line) => line.includes("ends for an update"))).toBe(true);
    expect(await catalogue.workers.list()).toEqual([]);
  });

  it("is refused if a worker does not end in time", async () => {
    const databaseUrl = await ownDatabase();
    const catalogue = await openCatalogue({ databaseUrl, home: "" });
    onTestFinished(() => catalogue.close());
    await catalogue.workers.hear({ name: "host-a:1:aaaaaaaa", version: "0.2.0", migration: "0001_machine_faults", sickFor: null });
    const asking = askWorkersToLeave(catalogue.workers, "9999_newer", 0.1, { err: () => undefined });
    await expect(asking).rejects.toThrow("not migrated: still running after 0.1 s: host-a:1:aaaaaaaa");
  });
});
