import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommanderError } from "commander";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { NotDone, WrongUse } from "../../src/cli/exit.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { type CommandOutput, runCommandAt } from "../support/command-line.ts";
import { guardsOff, smallDefinition } from "../support/harvest.ts";
import { commandPlace, linesOf, moissonProcess } from "../support/moisson.ts";

const connector = "region-lue";
const idle = "region-oubliee";
const records = [
  { id: "toit", titre: "Rénover l’école", rythme: "Permanente", lien: "https://example.org/toit", debut: "2026-02-30" },
  { id: "haie", titre: "Planter une haie", rythme: "Permanente", lien: "https://example.org/haie" },
  { id: "brouillon", titre: "Aide en préparation", publie: "non" },
  { id: "muet", titre: "" },
];

const today = "2026-11-25T03:00:00Z";

/** A folder with two connectors and a feed. */
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-questions-"));
  await mkdir(join(folder, "connectors"));
  for (const id of [connector, idle]) {
    await writeFile(
      join(folder, "connectors", `${id}.json`),
      JSON.stringify(smallDefinition(id, { guards: guardsOff, ...(id === idle && { feed: { urlFrom: "MOISSON_URL_REGION_OUBLIEE" } }) })),
    );
  }
  await writeFile(join(folder, "feed.json"), JSON.stringify(records));
  return folder;
}

/** All commands run on one catalogue, in this order. Each test checks the output of one. */
for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`the questions of ops and bizdev, ${database.title}`, () => {
    let folder: string;
    let catalogue: TestCatalogue;
    let said: Awaited<ReturnType<typeof sayAll>>;

    beforeAll(async () => {
      folder = await newFolder();
      catalogue = await newCatalogue(database);
      said = await sayAll();
    });
    afterAll(async () => {
      await catalogue.drop();
      await rm(folder, { recursive: true, force: true });
    });

    async function sayAll() {
      const on = (now: string, ...args: string[]) => runCommandAt(now, catalogue, folder, args);
      const say = (...args: string[]) => on(today, ...args);
      const feed = join(folder, "feed.json");
      await on("2025-06-01T03:00:00Z", "run", connector, "--file", feed);
      await on("2026-11-21T03:00:00Z", "run", connector, "--file", feed);
      const asideArgs = ["--until", "2026-12-24", "--reason", "told them"];
      return {
        trace: await say("trace", "renover l'ecole", "--record"),
        traceJson: await say("trace", `${connector}/muet`, "--json"),
        several: await say("trace", "e", "--connector", connector),
        nothing: await say("trace", "aide en préparation", "--json"),
        leftOut: await say("trace", "aide en preparation", "--connector", connector, "--record"),
        silent: await say("runs", "--silent", "--json"),
        noAside: await say("aside", connector, "--issue", "unreadable-url", ...asideArgs),
        asideIssue: await say("aside", connector, "--issue", "impossible-date:startDate", ...asideArgs, "--by", "paul"),
        asideSilence: await say("aside", connector, "--silence", ...asideArgs, "--json"),
        silentThen: await say("runs", "--silent", "--connector", connector),
        silentAll: await say("runs", "--silent", "--connector", connector, "--all"),
        report: await say("run", connector, "--file", feed, "--force"),
        reportJson: await say("runs", "--limit", "1", "--json"),
        onTheDay: await on("2026-12-24T03:00:00Z", "run", connector, "--file", feed, "--dry-run", "--force"),
        ...(await listAndRemove(say)),
        stale: await say("aids", "--stale"),
        confirm: await say("aid", "confirm", `${connector}/toit`, "--until", "2027-06-30", "--note", "asked them"),
        suspend: await say("aid", "suspend", `${connector}/haie`, "--until", "2027-01-15", "--reason", "no budget yet", "--json"),
        staleLater: await on("2027-01-15T03:00:00Z", "aids", "--stale", "--json"),
        withdraw: await say("aid", "withdraw", `${connector}/haie`, "--note", "they stopped it"),
        traceWithdrawn: await say("trace", "haie"),
      };
    }

    async function listAndRemove(say: (...args: string[]) => Promise<CommandOutput>) {
      const asides = await say("aside", "--list", "--json");
      const [first] = JSON.parse(asides.stdout) as { id: string }[];
      return { asides, removed: await say("aside", "--remove", String(first?.id.slice(0, 8))) };
    }

    const json = ({ stdout }: CommandOutput) => JSON.parse(stdout);

    it("trace first says why the aid is online or not, then its history; without colours outside a terminal", () => {
      const { stdout, stderr, exitCode } = said.trace;
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      const lines = linesOf(stdout);
      expect(lines[0]).toBe(`${connector}/toit  Rénover l’école`);
      expect(lines[1]).toMatch(
        /^In the catalogue, not online: it waits for review, and description, aidTypes, targetedAudiences, perimeters are missing\.$/,
      );
      expect(stdout).toMatch(/issue +startDate: there is no such day; the field stays empty \("2026-02-30"\)/);
      expect(stdout).toMatch(/2025-06-01 05:00 created \(run [0-9a-f]{8}\)\n.*2026-11-21 04:00 received, nothing to change/);
    });

    it("trace --json has standing, runs and life, of a rejected record too", () => {
      expect(said.traceJson.exitCode).toBe(0);
      const { hits, trace } = json(said.traceJson);
      expect(hits).toMatchObject([{ place: "rejected", connector, externalId: "muet", aidId: null }]);
      expect(trace).toMatchObject({
        externalId: "muet",
        aid: null,
        standing: { code: "record-rejected", isLast: true, locator: "item 4" },
      });
      expect(trace.message).toMatch(/item 4\): no title/);
      expect(trace.runs.map(({ reception, locator }: Record<string, unknown>) => [reception, locator])).toEqual([
        ["rejected", "item 4"],
        ["rejected", "item 4"],
      ]);
      expect(trace.life).toMatchObject([{ what: "rejected", runs: 2, message: expect.stringContaining("no title") }]);
    });

    it("trace with several answers lists them and exits with 1; with none it says where else to look", () => {
      expect(said.several.exitCode).toBe(1);
      expect(linesOf(said.several.stdout)).toEqual([
        `${connector}/haie Planter une haie (aid)`,
        `${connector}/toit Rénover l’école (aid)`,
        `${connector}/muet item 4 (rejected record)`,
      ]);
      expect(said.several.stderr).toMatch(/^3 match: .*connector\/externalId/);
      expect(said.nothing.stdout).toBe("");
      expect(said.nothing.error).toBeInstanceOf(NotDone);
      expect(String(said.nothing.error)).toContain("--connector <connector> --record");
    });

    it("trace --record shows the record as it was received, and why one is left out", () => {
      expect(said.leftOut.exitCode).toBe(0);
      expect(said.leftOut.stdout).toMatch(/^record {2}item 3, left out: not published\n/);
      expect(said.leftOut.stdout).toContain('"titre": "Aide en préparation"');
      expect(said.trace.stdout).toMatch(/record {2}item 1\n {2}startDate: there is no such day.*\n\{\n {2}"id": "toit",/);
    });

    it("runs --silent names active connectors of which nothing is heard, in one sentence each", () => {
      const silent = json(said.silent);
      expect(silent).toContainEqual({
        connector,
        code: "not-applied",
        days: 4,
        appliedAt: "2026-11-21T03:00:00.000Z",
        message: "no applied run for 4 days, since 2026-11-21, though it is active",
      });
      expect(silent).toContainEqual({
        connector: idle,
        code: "never-applied",
        message: "no run of it was ever applied, though it is active; it needs MOISSON_URL_REGION_OUBLIEE",
      });
    });

    it("a silence that is set aside is left out, and shown with --all", () => {
      expect(json(said.asideSilence)).toMatchObject({ connector, what: "silence", upTo: 1, until: "2026-12-24", by: "marie" });
      expect(said.silentThen).toMatchObject({ stdout: "no active connector is silent\n", stderr: "1 set aside; --all shows it\n" });
      expect(said.silentAll.stdout).toBe(
        `${connector}: set aside until 2026-12-24 by marie: no applied run for 4 days, since 2026-11-21, though it is active, because told them\n`,
      );
    });

    it("a dismissed issue is one line in the report, and in JSON has author, end and reason; it returns on its day", () => {
      expect(said.noAside.error).toBeInstanceOf(NotDone);
      expect(String(said.noAside.error)).toMatch(/has no issue unreadable-url; it has .*impossible-date:startDate/);
      expect(said.asideIssue.stdout).toMatch(/impossible-date:startDate \(up to 1\), because told them\n$/);
      expect(json(said.asides)).toMatchObject([{ until: "2026-12-24", isOver: false }, {}]);
      const aside = "set aside until 2026-12-24 by paul: 1 × startDate: there is no such day; the field stays empty, because told them";
      expect(linesOf(said.report.stdout)).toContain(`  ${aside}`);
      expect(said.report.stdout).not.toMatch(/to look at/);
      const [{ report }] = json(said.reportJson);
      expect(report.issues.filter((group: object) => "setAside" in group)).toMatchObject([
        { code: "impossible-date", count: 1, setAside: { until: "2026-12-24", by: "paul", reason: "told them" } },
      ]);
      expect(said.onTheDay.stdout).toMatch(/to look at:\n +1 × startDate/);
      expect(said.removed.stdout).toMatch(/: removed, it is reported again\n$/);
    });

    it("aids --stale lists unconfirmed aids until they are confirmed or suspended, and again on the day", () => {
      expect(linesOf(said.stale.stdout)).toEqual([
        `${connector}/haie  Planter une haie  (reviewable): no deadline, unchanged since 2025-06-01`,
        `${connector}/toit  Rénover l’école  (reviewable): no deadline, unchanged since 2025-06-01`,
      ]);
      expect(said.confirm).toMatchObject({
        error: undefined,
        stdout: expect.stringMatching(/confirmed until 2027-06-30 by marie: asked them/),
      });
      expect(json(said.suspend)).toMatchObject({ state: "applied", kinds: { suspend: 1 } });
      expect(json(said.staleLater)).toMatchObject([
        { externalId: "haie", reason: "look-again", since: "2027-01-15", message: "suspended until 2027-01-15 by marie: no budget yet" },
      ]);
    });

    it("an aid withdrawn by a curator says by whom and why", () => {
      expect(said.withdraw).toMatchObject({ error: undefined, stdout: expect.stringMatching(/done by marie/) });
      expect(linesOf(said.traceWithdrawn.stdout)[1]).toMatch(/^Not online: withdrawn by marie on 2026-11-25 04:00 \("they stopped it"\)/);
    });

    it("refuses invalid options with nothing on stdout", async () => {
      const until = ["--until", "2099-01-01"];
      const wrong: readonly (readonly [string[], RegExp])[] = [
        [["aside", connector], /one of --issue, --silence, --list and --remove/],
        [["aside", connector, "--silence", ...until], /--reason/],
        [["aside", connector, "--silence", "--reason", "x", "--until", "2026-11-25"], /a day after today/],
        [["aside", connector, "--silence", "--reason", "x", "--until", "2099-02-30"], /expected a day/],
        [["aside", "nowhere", "--silence", "--reason", "x", ...until], /no connector "nowhere"/],
        [["aid", "suspend", "a/1", ...until], /--reason/],
        [["aid", "confirm", "a/1", "--until", "soon"], /expected a day/],
        [["runs", "--all"], /--all requires --silent/],
        [["runs", "3f2a91c0", "--silent"], /leave the run out/],
        [["aids", "--stale", "--duplicates"], /--stale.*cannot be used with/],
        [["trace"], /missing required argument/],
        [["trace", " "], /give a title, an identifier or a link/],
      ];
      for (const [args, says] of wrong) {
        const { stdout, error } = await runCommandAt(today, catalogue, folder, args);
        expect(stdout, args.join(" ")).toBe("");
        expect(error instanceof WrongUse || error instanceof CommanderError, args.join(" ")).toBe(true);
        expect(String(error), args.join(" ")).toMatch(says);
      }
    });
  });
}

it("also works as a process: trace after a run, exit 1 without a result", { timeout: 180_000 }, async () => {
  const folder = await newFolder();
  const place = await commandPlace(join(folder, "home"));
  onTestFinished(place.drop);
  const environment = { ...place.environment, MOISSON_CONNECTORS: folder, MOISSON_NOW: today };
  await moissonProcess(["run", connector, "--file", join(folder, "feed.json")], environment);
  const found = await moissonProcess(["trace", "planter", "une", "haie"], environment);
  expect(found).toMatchObject({
    code: 0,
    stderr: "",
    stdout: expect.stringMatching(/^region-lue\/haie {2}Planter une haie\nIn the catalogue/),
  });
  expect(await moissonProcess(["trace", "rien"], environment)).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/^moisson: no aid/),
  });
  await rm(folder, { recursive: true, force: true });
});
