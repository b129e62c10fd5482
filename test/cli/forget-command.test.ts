import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import pc from "picocolors";
import { describe, expect, onTestFinished, test } from "vitest";
import { CliCommand } from "../../src/cli/command.ts";
import type { CommandContext } from "../../src/cli/context.ts";
import { NotDone, WrongUse } from "../../src/cli/exit.ts";
import { addOperationCommands } from "../../src/cli/operation/operation-commands.ts";
import { html } from "../../src/kit/rules/texts.ts";
import { makeOpenData } from "../../src/publish/open-data/make-open-data.ts";
import { readConnectors } from "../../src/registry/load-connectors.ts";
import { rowOf } from "../ingest/decode/excel/handwritten-workbook.ts";
import { zipOf } from "../ingest/decode/excel/handwritten-zip.ts";
import { xlsOf } from "../ingest/decode/xls/xls-of.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";
import { testNow } from "../support/made-aids.ts";
import { testServices } from "../support/test-services.ts";

const secret = { MOISSON_SECRET: "a key of the tests" };
const who = ["Solveig Tartempion", "04 75 11 22 33"];

test("moisson forget refuses an unset secret and data that identifies nobody in one line, without repeating the input", async () => {
  const forget = (args: readonly string[], environment: Record<string, string> = secret) => say(null, "/", args, environment);
  for (const environment of [{}, { MOISSON_SECRET: "too short" }]) {
    const { error } = await forget(who, environment);
    expect(error).toBeInstanceOf(WrongUse);
    expect(String(error)).toMatch(/MOISSON_SECRET to at least 16 characters/);
  }
  const { error } = await forget(["Solveig Tartempion", "Tartempion"]);
  expect(error).toBeInstanceOf(WrongUse);
  expect(String(error)).toMatch(/^WrongUse: argument 2 is neither/);
  expect((await forget([...who, "--dry-run", "--yes"])).error).toBeInstanceOf(WrongUse);
});

describe.each(testedDatabases)("$title: moisson forget", (database) => {
  describe.skipIf(database.skipped)("", () => {
    /** Returns a catalogue with her data from two feeds, one of them an archive with her name in two fields. */
    async function withHer() {
      const catalogue = await newCatalogue(database);
      onTestFinished(() => catalogue.drop());
      const harvest = await newHarvest(catalogue, { guards: guardsOff, fields: { contact: html("contact") } as never });
      await harvest.day([{ id: "1", titre: "Une aide", contact: "<p>Solveig TARTEMPION, 04.75.11.22.33</p>" }]);
      const record = { id: "1", titre: "Une aide", contact: "<p>Accueil</p>", suivi: { nom: "Tartempion", prenom: "Solveig" } };
      const packed = join(harvest.folder, "feed.zip");
      await writeFile(packed, zipOf({ "aides.json": JSON.stringify([record]) }));
      await harvest.run({ file: packed });
      const forget = (args: readonly string[], environment: Record<string, string> = secret) =>
        say(catalogue, harvest.folder, args, environment);
      return { catalogue, harvest, forget };
    }

    test("says that it could not read a workbook in an archive, if no connector reads it", async () => {
      const { harvest, forget } = await withHer();
      const packed = join(harvest.folder, "feed.gz");
      await writeFile(packed, gzipSync(xlsOf({ rows: rowOf(1, ["contact"]) + rowOf(2, ["Solveig Tartempion, 04 75 11 22 33 – €"]) })));
      await harvest.run({ file: packed });
      expect(JSON.parse((await forget([...who, "--json"])).stdout)).toMatchObject({
        snapshotsRead: 2,
        snapshotsUnread: [expect.anything()],
      });
    });

    test("lists the places and writes nothing without --yes", async () => {
      const { catalogue, forget } = await withHer();
      const { stdout, stderr, error } = await forget(who);
      expect(error).toBeUndefined();
      expect(stdout).toMatch(/^ +1 {2}revisions of aids$/m);
      expect(stdout).toMatch(/^ +2 {2}stored feeds of 2 that were read$/m);
      expect(stdout).toContain("would be removed whole");
      expect(`${stdout}${stderr}`).not.toMatch(/tartempion/i);
      expect(stderr).toContain("--yes forgets for good");
      expect((await forget([...who, "--dry-run"])).stderr).toBe("dry run: nothing was written\n");
      expect(await catalogue.forgetting.traces()).toEqual([]);
    });

    test("takes her out, feeds in archives and names in two fields too; those runs cannot be replayed; another secret does nothing", async () => {
      const { catalogue, harvest, forget } = await withHer();
      const before = await catalogue.runs.list({ connector: harvest.connector });
      await makeOpenData({ catalogue, connectors: [] }, () => testNow);
      const { stdout, stderr, error } = await forget([...who, "--yes", "--by", "jeanne", "--json"]);
      expect(error).toBeUndefined();
      const said = JSON.parse(stdout);
      expect(said).toMatchObject({ done: true, snapshotsRead: 2, snapshotsUnread: [], runsEnded: 0, identifiers: [] });
      expect(said.snapshots.flatMap(({ runs }: { runs: { runId: string }[] }) => runs.map(({ runId }) => runId)).sort()).toEqual(
        before.map(({ runId }) => runId).sort(),
      );
      expect(stderr).toContain("forgotten; a trace is kept");
      expect(stderr).toContain("the dump of open data was made again");
      expect((await catalogue.forgetting.traces()).map(({ kind }) => kind).sort()).toEqual(["name", "phone"]);
      expect((await forget(who)).stdout).toMatch(/^ +0 {2}revisions of aids$/m);
      const replayed = await harvest.run({ snapshot: before[0]?.snapshotHash ?? "" });
      expect(replayed).toMatchObject({ outcome: "refused", error: { code: "snapshot-missing" } });

      const other = await forget([...who, "--yes"], { MOISSON_SECRET: "another key of the tests" });
      expect(other.error).toBeInstanceOf(NotDone);
    });
  });
});

/** Runs the command as a curator in this process. Null: the catalogue must not be opened. */
async function say(
  catalogue: TestCatalogue | null,
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
) {
  const said = { stdout: "", stderr: "" };
  const out = (text: string) => {
    said.stdout += `${text}\n`;
  };
  const err = (text: string) => {
    said.stderr += `${text}\n`;
  };
  const named = { ...environment, MOISSON_USER: "marie" };
  const context: Pick<CommandContext, "terminal" | "environment" | "connectors" | "withCatalogue" | "withConnectors"> = {
    terminal: { out, err, write: async (text) => out(text), colors: pc.createColors(false), columns: 120, progress: () => undefined },
    environment: named,
    connectors: () => readConnectors([folder]),
    withConnectors: (work) => work(),
    withCatalogue: async (work) => {
      if (catalogue === null) throw new Error("the catalogue was opened");
      return work(catalogue, testServices(catalogue, { environment: named }));
    },
  };
  const program = new CliCommand("moisson").exitOverride();
  addOperationCommands(program, async () => context as CommandContext);
  const error: unknown = await program.parseAsync(["forget", ...args], { from: "user" }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { ...said, error };
}
