import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { feedServer } from "../support/feed-server.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";

const yesterday = Array.from({ length: 20 }, (_, index) => ({ id: `${index}`, titre: `Aide ${index}` }));
const slow = yesterday.map((record) => ({ ...record, titre: `${record.titre}, lente` }));
const quick = yesterday.map((record) => ({ ...record, titre: `${record.titre}, rapide` }));

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`two runs at the same time, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    /** The same catalogue, opened by another process. */
    let elsewhere: Catalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
      elsewhere = await catalogue.again();
    });
    afterAll(() => catalogue.drop());

    it("of one connector: the run that began first and was displaced writes nothing", async () => {
      const server = await feedServer();
      const harvest = await newHarvest(catalogue, { feed: { url: `${server.origin}/feed` } });
      await harvest.day(yesterday);
      const gate = closedGate();
      server.on("/feed", { body: pausedAt(JSON.stringify(slow), gate) });
      const first = harvest.run({}, { allowHosts: [server.host] });
      await gate.reached;

      const second = await harvest.day(quick, {}, { catalogue: elsewhere });
      expect(second).toMatchObject({ outcome: "applied", counts: { updated: 20 } });
      const rows = await harvest.rows();
      gate.open();
      const displaced = await first;
      expect(displaced).toMatchObject({ outcome: "abandoned", error: { code: "token-taken-over" } });
      expect(await harvest.rows()).toEqual(rows);
      expect(await catalogue.runs.find(displaced.runId)).toMatchObject({ state: "ended", outcome: "abandoned" });
      expect((await harvest.aid("7")).name).toBe("Aide 7, rapide");
      // It does not count as the last applied run either.
      expect(await harvest.day(quick)).toMatchObject({ outcome: "unchanged", planId: null });
    });

    it.each(["create", "finish", "apply"] as const)(
      "of one connector, displaced just before plans.%s: nothing is written",
      async (step) => {
        const harvest = await newHarvest(catalogue);
        await harvest.day(yesterday);
        const interrupted = withPlans(catalogue, step, async () => {
          expect((await harvest.day(quick, {}, { catalogue: elsewhere })).outcome).toBe("applied");
        });
        const displaced = await harvest.day(slow, {}, { catalogue: interrupted });
        expect(displaced).toMatchObject({ outcome: "abandoned", error: { code: "token-taken-over" } });
        expect((await harvest.aid("7")).name).toBe("Aide 7, rapide");
        expect(await catalogue.runs.find(displaced.runId)).toMatchObject({ outcome: "abandoned" });
        const history = await catalogue.history.list((await harvest.aid("7")).aidId);
        expect(history.map(({ kind, runId }) => [kind, runId === displaced.runId])).toEqual([
          ["create", false],
          ["update", false],
        ]);
      },
    );

    it("displaced before it could record its start: it ends as abandoned, and the other one continues", async () => {
      const harvest = await newHarvest(catalogue);
      const overtaken = Object.create(catalogue.connectors, {
        takeToken: {
          value: async (connector: string, now: Date) => {
            const token = await catalogue.connectors.takeToken(connector, now);
            await elsewhere.connectors.takeToken(connector, now);
            return token;
          },
        },
      });
      const report = await harvest.day(slow, {}, { catalogue: { ...catalogue, connectors: overtaken } });
      expect(report).toMatchObject({ outcome: "abandoned", error: { code: "token-taken-over" }, counts: { received: 0 } });
      expect(await harvest.rows()).toEqual([]);
    });

    it("an aid changed between plan and write: the run plans again, and gives up after three attempts", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day(yesterday);
      let changed = 0;
      const edit = async () => {
        changed++;
        await catalogue.store.rows(
          sql`update aids set revision = revision + 1 where connector = ${harvest.connector} and external_id = '7'`,
        );
      };
      const once = withPlans(catalogue, "apply", async () => (changed === 0 ? edit() : undefined));
      expect(await harvest.day(quick, {}, { catalogue: once })).toMatchObject({ outcome: "applied", counts: { updated: 20 } });
      expect((await harvest.aid("7")).name).toBe("Aide 7, rapide");

      changed = 0;
      const rows = async () => (await harvest.exported()).split("\n");
      const before = await rows();
      const failed = await harvest.day(slow, {}, { catalogue: withPlans(catalogue, "apply", edit) });
      expect(failed).toMatchObject({ outcome: "failed", error: { code: "world-moved", params: { aids: "7" } } });
      expect(changed).toBe(3);
      const states = (await catalogue.plans.list({ connector: harvest.connector })).map(({ state }) => state);
      expect(states.filter((state) => state === "open")).toEqual([]);
      expect(await rows()).toEqual(before);
      expect((await harvest.day(slow)).outcome).toBe("applied");
    });

    it("of different connectors do not affect each other", async () => {
      const [one, other] = await Promise.all([newHarvest(catalogue, { guards: guardsOff }), newHarvest(catalogue, { guards: guardsOff })]);
      const many = (title: string) => Array.from({ length: 1500 }, (_, index) => ({ id: `${index}`, titre: `${title} ${index % 7}` }));
      for (const title of ["Lundi", "Mardi"]) {
        const reports = await Promise.all([one.day(many(title)), other.day(many(title), {}, { catalogue: elsewhere })]);
        expect(reports.map(({ outcome }) => outcome)).toEqual(["applied", "applied"]);
      }
      for (const harvest of [one, other]) {
        const titles = (await harvest.exported()).match(/"name":"Mardi \d"/g);
        expect(titles).toHaveLength(1500);
        expect(await harvest.rows()).toHaveLength(3000);
      }
    });
  });
}

interface Gate {
  readonly reached: Promise<void>;
  readonly opened: Promise<void>;
  reach(): void;
  open(): void;
}

function closedGate(): Gate {
  let reach: () => void = () => undefined;
  let open: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { reached, opened, reach: () => reach(), open: () => open() };
}

/** Yields a body that stops in the middle until the gate is open. */
async function* pausedAt(text: string, gate: Gate): AsyncGenerator<string> {
  const middle = Math.floor(text.length / 2);
  yield text.slice(0, middle);
  gate.reach();
  await gate.opened;
  yield text.slice(middle);
}

/** Returns the catalogue with an action just before a step of the plan. */
function withPlans(catalogue: TestCatalogue, step: "create" | "finish" | "apply", before: () => Promise<void>): Catalogue {
  const { plans } = catalogue;
  const original = plans[step].bind(plans) as (...given: unknown[]) => Promise<unknown>;
  const interrupted = Object.create(plans, {
    [step]: {
      value: async (...given: unknown[]) => {
        await before();
        return original(...given);
      },
    },
  });
  return { ...catalogue, plans: interrupted };
}
