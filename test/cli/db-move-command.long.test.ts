import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { lockHome } from "../../src/catalogue/connection/lock-home.ts";
import { postgresql } from "../support/catalogues.ts";
import { linesOf, moisson } from "../support/moisson.ts";
import { ownDatabase } from "../support/test-databases.ts";

const now = { MOISSON_NOW: "2026-11-25T03:00:00Z" };
const feed = ["departement-drome", "--file", "fixtures/departement-drome/null-keys-and-announced-total-differs.json"];

// Each command opens an embedded catalogue on disk, which takes seconds.
describe.skipIf(postgresql.skipped)("moisson db move", { timeout: 180_000 }, () => {
  let MOISSON_HOME: string;
  let DATABASE_URL: string;
  beforeEach(async () => {
    MOISSON_HOME = await mkdtemp(join(tmpdir(), "moisson-move-"));
    onTestFinished(() => rm(MOISSON_HOME, { recursive: true, force: true }));
    DATABASE_URL = await ownDatabase();
  });

  test("moves the catalogue; afterwards only the database can be used", async () => {
    expect(await moisson(["run", ...feed], { MOISSON_HOME, ...now })).toMatchObject({ code: 0 });
    const exports = [
      ["aids", "--json"],
      ["aids", "--changed-since", "2000-01-01", "--json"],
    ];
    const before = [];
    for (const args of exports) before.push(await moisson(args, { MOISSON_HOME, ...now }));
    const moved = await moisson(["db", "move"], { MOISSON_HOME, DATABASE_URL });
    expect(moved).toMatchObject({ code: 0, stderr: "" });
    expect(moved.stdout).toMatch(/^moved: \d+ aids, 1 runs, \d+ rows in \d+ tables, in [\d.]+ s\nequal on both sides: /);
    expect(moved.stdout).toContain("set DATABASE_URL");
    expect(moved.stdout).toContain("if each process has its own role: moisson db migrate --roles");
    for (const [at, args] of exports.entries()) expect(await moisson(args, { DATABASE_URL, ...now })).toEqual(before[at]);
    // The next run continues the history.
    expect((await moisson(["run", ...feed], { DATABASE_URL, ...now })).stdout).toContain("5 unchanged");
    const { host, pathname } = new URL(DATABASE_URL);
    expect(await moisson(["runs"], { MOISSON_HOME })).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(
        new RegExp(
          `^moisson: The catalogue in ${MOISSON_HOME} was moved to ${host}${pathname} on .*: set DATABASE_URL\\..*delete .*moved\\.json\\.\n$`,
        ),
      ),
    });
    expect(await moisson(["db", "move"], { MOISSON_HOME, DATABASE_URL })).toMatchObject({ code: 1, stdout: "" });
  });

  test("refuses an embedded catalogue in use, and a database with a catalogue", async () => {
    await moisson(["run", ...feed], { MOISSON_HOME, ...now });
    const unlock = await lockHome(MOISSON_HOME);
    const inUse = await moisson(["db", "move"], { MOISSON_HOME, DATABASE_URL });
    expect(inUse).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining(`in use by process ${process.pid}`) });
    await unlock();
    await moisson(["pause", "departement-drome", "--by", "marie"], { DATABASE_URL });
    const filled = await moisson(["db", "move"], { MOISSON_HOME, DATABASE_URL });
    expect(filled).toMatchObject({ code: 1, stdout: "" });
    expect(linesOf(filled.stderr)).toEqual([expect.stringContaining('(the table "pauses" has rows): move into an empty database')]);
    expect(existsSync(join(MOISSON_HOME, "moved.json"))).toBe(false);
    expect(await moisson(["runs"], { MOISSON_HOME })).toMatchObject({ code: 0 });
  });

  test("says what is missing", async () => {
    expect(await moisson(["db", "move"], { MOISSON_HOME })).toMatchObject({ code: 2, stderr: expect.stringContaining("set DATABASE_URL") });
    const empty = await moisson(["db", "move"], { MOISSON_HOME, DATABASE_URL });
    expect(empty).toMatchObject({
      code: 1,
      stderr: `moisson: there is no embedded catalogue in ${MOISSON_HOME}; set MOISSON_HOME to its folder\n`,
    });
  });
});
