import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { addCommands } from "../../src/cli/commands.ts";
import { eachMoisson, linesOf, moisson, moissonProcess } from "../support/moisson.ts";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "moisson-wrong-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe("wrong use exits with 2, one line on stderr and nothing on stdout", () => {
  const fixture = "fixtures/departement-drome/null-keys-and-announced-total-differs.json";
  const wrong: readonly { args: string[]; says: RegExp }[] = [
    { args: ["run"], says: /name a connector, or give --all/ },
    { args: ["run", "departement-drome", "--file", "nowhere.json"], says: /no such file: nowhere\.json/ },
    { args: ["run", "departement-drome", "welcomeurope", "--file", fixture], says: /--file.* exactly one connector/ },
    {
      args: ["run", "departement-dromee", "--json"],
      says: /unknown connector "departement-dromee"; expected one of .*ademe-agir.*welcomeurope/,
    },
    { args: ["run", "departement-drome", "--limit", "0"], says: /--limit.*a whole number above 0/ },
    { args: ["run", "departement-drome", "--fil", fixture], says: /unknown option '--fil' \(Did you mean --file\?\)/ },
    { args: ["harvest"], says: /unknown command 'harvest'/ },
    { args: ["aids", "--format", "xml"], says: /--format.*dispositif-aide, aides-territoires/ },
    { args: ["aids", "--published"], says: /--published.* require --format/ },
    { args: ["aids", "--changed-since", "hier"], says: /--changed-since hier: expected a run .* a day .* or an instant/ },
    { args: ["aids", "--changed-since", "2026-02-30", "--json"], says: /--changed-since 2026-02-30: expected/ },
    { args: ["aids", "--changed-since", "2026-11-25", "--id", "a/1"], says: /--changed-since.* cannot be used with .*--id/ },
    { args: ["aids", "--lacks", "perimeterss"], says: /unknown field "perimeterss"; did you mean perimeters\?/ },
    { args: ["aids", "--where", "name"], says: /--where name: expected field=value/ },
  ];

  it("for every kind of mistake", async () => {
    const said = await eachMoisson(wrong.map(({ args }) => ({ args, environment: { MOISSON_HOME: home } })));
    for (const [index, { args, says }] of wrong.entries()) {
      const { code, stdout, stderr } = said[index] ?? { code: null, stdout: "", stderr: "" };
      const what = args.join(" ");
      expect({ code, stdout }, what).toEqual({ code: 2, stdout: "" });
      expect(linesOf(stderr), what).toHaveLength(1);
      expect(stderr, what).toMatch(says);
      expect(stderr, what).toMatch(/^moisson: /);
    }
    expect(await readdir(home), "no catalogue was made").toEqual([]);
  });

  it("MOISSON_CONNECTORS is refused if its folders cannot be listed", async () => {
    const folder = await mkdtemp(join(tmpdir(), "moisson-connectors-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, "connectors"), "");
    const { code, stderr } = await moisson(["aids"], { MOISSON_HOME: home, MOISSON_CONNECTORS: folder });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "moisson: MOISSON_CONNECTORS: expected a folder with connectors/ and mappings/ that the user of this process may read\n",
    });
  });

  it("each wrong setting has a line, which does not show its value", async () => {
    const wrongSettings = [
      { DATABASE_URL: "s3cret", MOISSON_NOW: "s3cret" },
      { MOISSON_CONNECTORS: "/s3cret", MOISSON_LOG: "s3cret" },
    ];
    const said = await eachMoisson(
      wrongSettings.map((environment) => ({ args: ["aids"], environment: { MOISSON_HOME: home, ...environment } })),
    );
    for (const [index, { code, stdout, stderr }] of said.entries()) {
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      const named = linesOf(stderr).map((line) => /^moisson: (\w+): expected/.exec(line)?.[1]);
      expect(named).toEqual(Object.keys(wrongSettings[index] ?? {}));
      expect(stderr).not.toContain("s3cret");
    }
  });
});

it("a database that does not answer ends with 1, in one line that does not show the password", async () => {
  const { code, stdout, stderr } = await moissonProcess(["runs"], { DATABASE_URL: "postgres://moisson:s3cret@127.0.0.1:1/moisson" });
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(linesOf(stderr)).toEqual([expect.stringContaining("ECONNREFUSED")]);
  expect(stderr).not.toContain("s3cret");
});

describe("help", () => {
  const program = new Command("moisson");
  const none = () => {
    throw new Error("help needs no context");
  };
  addCommands(program, none);

  it("lists every command that there is", async () => {
    const { code, stdout, stderr } = await moisson(["--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const listed = [...stdout.matchAll(/^ {2}([a-z][a-z-]*) (?:\[| )/gm)].map(([, name]) => name).filter((name) => name !== "help");
    expect(listed).toEqual(program.commands.map((command) => command.name()));
    expect(stdout).toMatch(/Examples:\n {2}moisson /);
  });

  it("groups every command by its purpose", () => {
    const groups = program.commands.map((command) => command.helpGroup());
    expect([...new Set(groups)]).toEqual(["Every day:", "Curation:", "Publishers:", "Operation:"]);
    const headings = [...helpOf(program).matchAll(/^([A-Z][a-z ]+):$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(["Options", "Every day", "Curation", "Publishers", "Operation", "Help"]);
  });

  for (const command of everyCommand(program)) {
    it(`${pathOf(command)} has an example that is a call of it`, () => {
      const example = new RegExp(`Examples?:\\n(?: .*\\n)*? .*${pathOf(command)}\\b`);
      expect(helpOf(command)).toMatch(example);
    });
  }
});

/** Returns all commands except groups. */
function everyCommand(command: Command): Command[] {
  const inner = command.commands.flatMap(everyCommand);
  return command.parent !== null && (inner.length === 0 || command.options.length > 0) ? [command, ...inner] : inner;
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

function helpOf(command: Command): string {
  let written = "";
  command.configureOutput({
    writeOut: (text) => {
      written += text;
    },
  });
  command.outputHelp();
  return written;
}
