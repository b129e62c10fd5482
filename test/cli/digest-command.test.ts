import { CommanderError } from "commander";
import pc from "picocolors";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CliCommand } from "../../src/cli/command.ts";
import type { CommandContext } from "../../src/cli/context.ts";
import { NotDone, WrongUse } from "../../src/cli/exit.ts";
import { addOperationCommands } from "../../src/cli/operation/operation-commands.ts";
import { readConfig, WrongSettings } from "../../src/platform/config.ts";
import { readConnectors } from "../../src/registry/load-connectors.ts";
import { chatServer } from "../jobs/digest/chat-server.ts";
import { mailServer } from "../jobs/digest/mail-server.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { type Harvest, newHarvest } from "../support/harvest.ts";
import { testServices } from "../support/test-services.ts";

const morning = "2026-11-25T05:30:00Z";
const noon = "2026-11-25T11:00:00Z";

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`moisson digest, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    let harvest: Harvest;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
      harvest = await newHarvest(catalogue);
      await runAt("2026-11-24T04:10:00Z", [{ id: "toit", titre: "Rénover un toit" }]);
      await runAt("2026-11-25T04:10:00Z", "<!doctype html><title>\u001b[2JMaintenance</title>");
    });
    afterEach(() => catalogue.drop());

    const runAt = (now: string, feed: readonly unknown[] | string) =>
      harvest.day(feed, {}, { clock: { now: () => new Date(now), fixed: null, elapsed: () => 0 } });
    const say = (now: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
      sayDigest({ catalogue, folder: harvest.folder, environment: { MOISSON_NOW: now, ...environment } }, args);

    it("prints the page of the last day, and exits with 0 though the news is bad", async () => {
      const { stdout, stderr, exitCode } = await say(morning, []);
      expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: undefined });
      expect(stdout).toContain("Flux illisibles (1)\n\n  Région Exemple (");
      expect(stdout).toMatch(/→ Voir la collecte.: moisson runs [0-9a-f]{8}\n/);
      expect(stdout).not.toContain("\u001b");
    });

    it("begins with a connector that is refused since", async () => {
      await harvest.write(`connectors/${harvest.connector}.json`, "{}");
      const { stdout } = await say(morning, []);
      expect(stdout).toMatch(/^=+\n\nConnecteurs refusés \(1\)\n\n {2}connectors\/region-exemple-\d+\.json\n/m);
      expect(stdout).not.toContain("Connecteurs disparus");
      const { refusedFiles } = JSON.parse((await say(morning, ["--json"])).stdout).ops;
      expect(refusedFiles).toMatchObject([{ connector: harvest.connector, isRun: false, liveAids: 1 }]);
    });

    it("looks back as far as is asked", async () => {
      expect((await say(morning, [])).stdout).not.toContain("Nouvelles aides à relire");
      for (const since of ["2026-11-24", "2026-11-24T03:00:00Z", "2026-11-24T05:00+01:00"]) {
        expect((await say(morning, ["--since", since])).stdout).toContain("Nouvelles aides à relire");
      }
    });

    it("prints it as a value and as the mail", async () => {
      const value = JSON.parse((await say(morning, ["--json"])).stdout);
      expect(value.ops.unreadable).toMatchObject(
        [{ connector: harvest.connector, error: { code: "html-page", message: /page web/ } }].map(loosely),
      );
      expect((await say(morning, ["--html"])).stdout).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    });

    it("sends it now by every way; the next page begins there", async () => {
      const [mail, chat] = [await mailServer(), await chatServer()];
      const environment = { MOISSON_SMTP_URL: mail.url(), ...addresses, MOISSON_DIGEST_WEBHOOK: chat.url };
      expect(await say(morning, ["--send"], environment)).toMatchObject({
        stdout: "sent by mail and webhook\n",
        stderr: "",
        exitCode: undefined,
      });
      expect(mail.mails[0]?.text).toContain("Flux illisibles (1)");
      expect(chat.posts[0]?.text).toContain("**Flux illisibles (1)**");
      const { stdout } = await say(noon, []);
      expect(stdout.replace(/\u00a0/g, " ")).toContain("Du mercredi 25 novembre à 6 h 30 au mercredi 25 novembre à 12 h 00.");
      expect(stdout).not.toContain("Flux illisibles");
    });

    it("exits with 1 if a delivery failed, and says why", async () => {
      const mail = await mailServer();
      const environment = { MOISSON_SMTP_URL: mail.url("wrong-password"), ...addresses };
      const { stdout, stderr, exitCode } = await say(morning, ["--send"], environment);
      expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
      expect(stderr).toMatch(/^not sent by mail: user or password is refused \(it answered 535\)\n/);
      expect(stderr).not.toContain("wrong-password");
      expect((await say(noon, [])).stdout).toContain("Pages du matin non remises (1)");
    });
  });

  describe.skipIf(database.skipped)(`moisson digest asked in a way that makes no sense, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    it.each<[string[], Record<string, string>, new (...args: never[]) => Error, RegExp]>([
      [["--send"], {}, NotDone, /^no channel is configured: set MOISSON_SMTP_URL/],
      [
        ["--send"],
        { MOISSON_DIGEST_TO: "ops@example.org" },
        WrongSettings,
        /^MOISSON_SMTP_URL: expected, because MOISSON_DIGEST_TO is set/,
      ],
      [["--send", "--json"], {}, WrongUse, /^give one of --json, --html and --send$/],
      [["--send", "--since", "2026-11-24"], {}, WrongUse, /^--send starts where the last digest ended/],
      [["--since", "hier"], {}, WrongUse, /^--since hier: expected a day/],
      [["--since", "2026-02-30"], {}, WrongUse, /^--since 2026-02-30: expected a day/],
      [["--since", "2026-02-30T10:00:00Z"], {}, WrongUse, /^--since 2026-02-30T10:00:00Z: expected a day/],
      [["--since", "2026-11-26"], {}, WrongUse, /^--since 2026-11-26: expected a time before now/],
      [["lundi"], {}, CommanderError, /too many arguments/],
    ])("refuses %o with %o", async (args, environment, kind, said) => {
      const { error, stdout } = await sayDigest(
        { catalogue, folder: "/nowhere", environment: { MOISSON_NOW: morning, ...environment } },
        args,
      );
      expect(error).toBeInstanceOf(kind);
      expect(String((error as Error).message)).toMatch(said);
      expect(stdout).toBe("");
    });
  });
}

const addresses = { MOISSON_DIGEST_FROM: "moisson@example.org", MOISSON_DIGEST_TO: "ops@example.org" };

/** Replaces each pattern by a text that matches it. */
function loosely({ connector, error }: { connector: string; error: { code: string; message: RegExp } }): unknown {
  return { connector, error: { code: error.code, message: expect.stringMatching(error.message) } };
}

async function sayDigest(
  on: { readonly catalogue: TestCatalogue; readonly folder: string; readonly environment: Readonly<Record<string, string>> },
  args: readonly string[],
): Promise<{ stdout: string; stderr: string; error: unknown; exitCode: unknown }> {
  const said = { stdout: "", stderr: "" };
  const program = new CliCommand("moisson").exitOverride().configureOutput({ writeErr: () => undefined });
  addOperationCommands(program, async () => contextOn(on, said));
  for (const command of program.commands) command.copyInheritedSettings(program);
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    const error = await program.parseAsync(["digest", ...args], { from: "user" }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return { ...said, error, exitCode: process.exitCode };
  } finally {
    process.exitCode = before;
  }
}

function contextOn(
  { catalogue, folder, environment }: Parameters<typeof sayDigest>[0],
  said: { stdout: string; stderr: string },
): CommandContext {
  const config = readConfig(environment);
  const clock = { now: () => new Date(config.fixedNow ?? ""), fixed: config.fixedNow, elapsed: () => 0 };
  return {
    config,
    environment,
    folders: [folder],
    terminal: {
      out: (text) => {
        said.stdout += `${text}\n`;
      },
      write: async (text) => {
        said.stdout += text;
      },
      err: (text) => {
        said.stderr += `${text}\n`;
      },
      colors: pc.createColors(false),
      columns: 120,
      progress: () => undefined,
    },
    connectors: () => readConnectors([folder]),
    connectorsOfFiles: () => readConnectors([folder]),
    connector: () => Promise.reject(new Error("no connector is asked for")),
    connectorsNamed: () => Promise.reject(new Error("no connector is asked for")),
    withCatalogue: (work) => work(catalogue, testServices(catalogue, { clock, environment })),
    hasCatalogue: () => true,
    withConnectors: (work) => work(),
  };
}
