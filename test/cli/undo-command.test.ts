import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smallDefinition } from "../support/harvest.ts";
import { type CommandPlace, commandPlace, linesOf, moisson } from "../support/moisson.ts";

const connector = "region-essai";
const morning = ["toits", "haies", "puits"].map((id) => ({ id, titre: `Aide aux ${id}`, fin: "2026-12-31" }));
const evening = morning
  .map((record) => ({ ...record, fin: "2027-06-30" }))
  .concat({ id: "ponts", titre: "Aide aux ponts", fin: "2027-06-30" });

/** All commands run on one home, in this order. Each test checks the output of some. */
describe("output of the undo command", () => {
  let home: string;
  let place: CommandPlace;
  let said: Awaited<ReturnType<typeof sayAll>>;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "moisson-undo-"));
    await mkdir(join(home, "more", "connectors"), { recursive: true });
    await writeFile(join(home, "more", "connectors", `${connector}.json`), JSON.stringify(smallDefinition(connector)));
    place = await commandPlace(join(home, "home"));
    said = await sayAll();
  }, 240_000);
  afterAll(async () => {
    await place.drop();
    await rm(home, { recursive: true, force: true });
  });

  async function sayAll() {
    const environment = {
      ...place.environment,
      MOISSON_CONNECTORS: join(home, "more"),
      MOISSON_NOW: "2026-11-25T03:00:00Z",
      MOISSON_USER: "marie",
    };
    const say = (...args: string[]) => moisson(args, environment);
    const run = async (records: unknown) => {
      await writeFile(join(home, "feed.json"), JSON.stringify(records));
      return JSON.parse((await say("run", connector, "--file", join(home, "feed.json"), "--json")).stdout) as {
        runId: string;
        feed: { sha256: string };
      };
    };
    await run(morning);
    const { runId, feed } = await run(evening);
    await say("aid", "edit", `${connector}/haies`, "submissionDeadline=2027-01-31");
    const id = runId.slice(0, 8);
    const open = await say("undo", id);
    const planId = /^plan ([0-9a-f-]{36}): open$/m.exec(open.stdout)?.[1] ?? "";
    const whileOpen = await say("undo", runId);
    const discarded = await say("plan", "discard", planId.slice(0, 8));
    const reopened = await say("undo", id);
    // The undo that waits does not prevent this.
    const done = await say("undo", id, "--yes", "--json", "--by", "ops", "--note", "the feed of a test server");
    const waiting = await say("plan", "list", "--json");
    const undoId = (JSON.parse(done.stdout) as { planId: string }).planId;
    const again = await say("undo", id);
    const ofUndo = await say("undo", undoId.slice(0, 8));
    return {
      id,
      runId,
      feed,
      open,
      planId,
      whileOpen,
      discarded,
      reopened,
      done,
      waiting,
      undoId,
      again,
      ofUndo,
      short: await say("undo", "abc"),
      runs: await say("runs", "--json"),
      toits: await say("aid", "show", `${connector}/toits`),
    };
  }

  it("shows what it would undo and spare, leaves the plan open, and prints its id and the next step", () => {
    const { open, id, planId } = said;
    expect(open).toMatchObject({ code: 0, stderr: "" });
    expect(linesOf(open.stdout)).toEqual([
      `would undo run ${id} of ${connector}: 2 update, 1 remove`,
      "  1 aid left as it is, in whole or in part: changed since by a person or a later run:",
      "    haies: submissionDeadline",
      `plan ${planId}: open`,
      expect.stringContaining(`moisson plan apply ${planId.slice(0, 8)}`),
    ]);
  });

  it("while that plan waits a second one is refused, and the plan is named; discarded, it is in nobody's way", () => {
    const { whileOpen, id, planId, discarded } = said;
    const waits = planId.slice(0, 8);
    expect(whileOpen).toEqual({
      code: 1,
      stdout: "",
      stderr: `moisson: run ${id} has an undo that waits: \`moisson plan apply ${waits}\` applies it, \`moisson plan discard ${waits}\` discards it\n`,
    });
    expect(discarded.code).toBe(0);
  });

  it("with --yes replaces an undo that waits, and applies it", () => {
    const { reopened, done, waiting } = said;
    expect([reopened.code, done.code]).toEqual([0, 0]);
    expect(JSON.parse(waiting.stdout)).toEqual([]);
  });

  it("an aid names who restored a value, not the undone run", () => {
    const { toits, id } = said;
    expect(toits.stdout).toContain(`2026-12-31 (restored by ops, undoing run ${id} 2026-11-25 04:00; owner: publisher)`);
    expect(toits.stdout).toMatch(new RegExp(`update +ops, undoing run ${id}  \\(.*submissionDeadline\\)  "the feed of a test server"`));
  });

  it("--yes undoes at once; --json prints only JSON: the plan, its target, counts by kind, everything spared", () => {
    const { done, runId } = said;
    expect(done).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(done.stdout)).toEqual({
      planId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      state: "applied",
      connector,
      undoes: { runId, planId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      counts: { update: 2, remove: 1 },
      spared: [{ aidId: expect.any(String), externalId: "haies", fields: ["submissionDeadline"] }],
    });
    const runs = JSON.parse(said.runs.stdout) as { runId: string; undoneBy: string | null }[];
    expect(runs.map((run) => [run.runId === runId, run.undoneBy])).toEqual([
      [true, "ops"],
      [false, null],
    ]);
  });

  it("an undone plan and an undo cannot be undone; the feed is run again instead", () => {
    const { again, id, undoId, ofUndo, feed } = said;
    expect(again).toEqual({ code: 1, stdout: "", stderr: `moisson: run ${id} was undone before, by plan ${undoId.slice(0, 8)}\n` });
    expect(ofUndo).toMatchObject({ code: 1, stdout: "" });
    expect(ofUndo.stderr).toContain(`run the feed again instead: moisson run ${connector} --snapshot ${feed.sha256.slice(0, 12)}`);
  });

  it("fewer than four characters of an id are wrong use", () => {
    expect(said.short).toMatchObject({ code: 2, stdout: "" });
    expect(said.short.stderr).toContain("4 characters");
  });
});
