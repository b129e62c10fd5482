import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NotDone, WrongUse } from "../../src/cli/exit.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { publisherSite } from "../jobs/publisher-site.ts";
import { newCatalogue, postgresql, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { runCommandAt } from "../support/command-line.ts";
import { connectorFolder } from "../support/connector-folder.ts";
import { smallDefinition } from "../support/harvest.ts";
import { linesOf, moisson, startMoisson } from "../support/moisson.ts";
import { ownDatabase } from "../support/test-databases.ts";

const now = "2026-11-25T08:00:00Z";

function files() {
  const definition = (id: string, changes: Partial<ConnectorInput> = {}) => [
    `connectors/${id}.json`,
    JSON.stringify(smallDefinition(id, changes)),
  ];
  return Object.fromEntries([
    definition("region-a", { schedule: "15 2 * * *" }),
    definition("region-b", { schedule: "0 4 * * 1" }),
    definition("region-old", { state: "retired", because: "no more feed" }),
  ]);
}

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`commands about the queue, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    it("run --queue shows the queued run, once, and who will do it", async () => {
      const folder = await connectorFolder(files());
      const say = (...args: string[]) => runCommandAt(now, catalogue, folder, args);
      const first = await say("run", "region-a", "region-b", "--queue");
      expect(first).toMatchObject({ error: undefined, exitCode: 0 });
      expect(linesOf(first.stdout)).toEqual([
        expect.stringMatching(/^run [0-9a-f]{8} of region-a waits in the queue$/),
        expect.stringMatching(/^run [0-9a-f]{8} of region-b waits in the queue$/),
      ]);
      expect(first.stderr).toContain("moisson worker --once");
      const again = await say("run", "region-a", "--queue", "--json");
      const id = first.stdout.slice(4, 12);
      expect(JSON.parse(again.stdout)).toMatchObject({
        connector: "region-a",
        runId: expect.stringMatching(`^${id}`),
        isNew: false,
        behind: null,
        queued: true,
      });
      expect(linesOf((await say("runs")).stdout)).toHaveLength(2);
      expect((await say("runs", id)).stdout).toContain("waits since 2026-11-25 09:00:00, asked for by marie");
    });

    it("run --queue refuses options that another machine cannot use or the catalogue must not store", async () => {
      const folder = await connectorFolder(files());
      for (const wrong of [
        ["run", "region-a", "--queue", "--file", `${folder}/connectors/region-a.json`],
        ["run", "region-a", "--queue", "--url", "https://user:s3cret@example.org/aides.csv"],
        ["run", "region-a", "--queue", "--url", "https://example.org/aides.csv?token=s3cret"],
        ["run", "region-a", "--by", "paul"],
      ]) {
        const { error, stdout } = await runCommandAt(now, catalogue, folder, wrong);
        expect(error, wrong.join(" ")).toBeInstanceOf(WrongUse);
        expect(String(error)).toMatch(/--queue|--by/);
        expect(String(error)).not.toContain("s3cret");
        expect(stdout).toBe("");
      }
    });

    it("cancel ends a queued run, once, and says so", async () => {
      const folder = await connectorFolder(files());
      const say = (...args: string[]) => runCommandAt(now, catalogue, folder, args);
      const id = (await say("run", "region-b", "--queue", "--force")).stdout.slice(4, 12);
      expect((await say("cancel", id, "--by", "paul")).stdout).toBe(`run ${id} of region-b is cancelled\n`);
      const again = await say("cancel", id);
      expect(again.error).toBeInstanceOf(NotDone);
      expect(String(again.error)).toContain("has already ended: cancelled");
      expect((await say("cancel", "ffffffff")).error).toBeInstanceOf(NotDone);
    });

    it("pause and resume show their effect, author and reason", async () => {
      const folder = await connectorFolder(files());
      const say = (...args: string[]) => runCommandAt(now, catalogue, folder, args);
      expect((await say("pause", "region-a", "--reason", "new server")).stdout).toBe("region-a is paused\n");
      const twice = await say("pause", "region-a");
      expect(twice.error).toBeInstanceOf(NotDone);
      expect(String(twice.error)).toContain("by marie on 2026-11-25 09:00: new server");
      const listed = (await say("schedule", "--list")).stdout;
      expect(listed).toMatch(/^— +region-a +15 2 \* \* \* +paused by marie on 2026-11-25 09:00: new server$/m);
      expect(listed).toMatch(/^2026-11-30 04:00 +region-b +0 4 \* \* 1$/m);
      expect(listed).toMatch(/^— +region-old +retired: no more feed$/m);
      expect((await say("pause", "--all")).stdout).toContain("everything is paused");
      expect((await say("run", "region-b")).error).toBeInstanceOf(NotDone);
      expect((await say("run", "region-b", "--queue")).stderr).toContain("everything is paused by marie");
      const json = JSON.parse((await say("schedule", "--list", "--json")).stdout);
      expect(json.pauses.map(({ connector }: { connector: string }) => connector)).toEqual(["*", "region-a"]);
      expect((await say("resume", "--all")).stdout).toBe("everything is resumed; 1 connector stays paused\n");
      expect((await say("resume", "region-a")).stdout).toBe("region-a is resumed\n");
      expect((await say("resume", "region-a")).error).toBeInstanceOf(NotDone);
    });

    it("refuse wrong use with exit code 2", async () => {
      const folder = await connectorFolder(files());
      for (const wrong of [
        ["pause"],
        ["pause", "region-a", "--all"],
        ["resume"],
        ["pause", "region-x"],
        ["runs", "--follow", "--json"],
        ["runs", "--follow", "--silent"],
      ])
        expect((await runCommandAt(now, catalogue, folder, wrong)).error, wrong.join(" ")).toBeInstanceOf(WrongUse);
      expect((await runCommandAt(now, catalogue, folder, ["runs", "--follow"])).error).toBeInstanceOf(NotDone);
    });
  });
}

describe.skipIf(postgresql.skipped)(`commands and a worker as processes, ${postgresql.title}`, () => {
  it("ask, follow and do a run to its end", async () => {
    const site = await publisherSite();
    const definition = smallDefinition("region-a", { feed: { url: `${site.origin}/a.json` } });
    const folder = await connectorFolder({ "connectors/region-a.json": JSON.stringify(definition), "mappings/.keep": "" });
    const environment = {
      DATABASE_URL: await ownDatabase(),
      MOISSON_CONNECTORS: folder,
      MOISSON_ALLOW_HOSTS: site.host,
      MOISSON_USER: "marie",
      MOISSON_LINK_CHECKS: "no",
      MOISSON_LOG: "error",
    };
    const asked = await moisson(["run", "region-a", "--queue"], environment);
    expect(asked).toMatchObject({ code: 0, stdout: expect.stringMatching(/^run [0-9a-f]{8} of region-a waits in the queue\n$/) });
    const id = asked.stdout.slice(4, 12);
    const follower = startMoisson(["runs", id, "--follow"], environment);
    const ended = new Promise((done) => follower.once("close", done));
    const said = text(follower.stdout);
    await new Promise((first) => follower.stdout.once("readable", first));
    expect(await moisson(["worker", "--once"], environment)).toMatchObject({ code: 0 });
    expect(await ended).toBe(0);
    const lines = linesOf(await said);
    expect(lines[0]).toMatch(new RegExp(`^${id} +region-a +waits$`));
    expect(lines.at(-1)).toMatch(new RegExp(`^${id} +region-a .*: 2 received$`));
  });
});
