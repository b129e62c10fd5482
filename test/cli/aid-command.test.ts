import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommandContext } from "../../src/cli/context.ts";
import { addCurationCommands } from "../../src/cli/curation/curation-commands.ts";
import { WrongUse } from "../../src/cli/exit.ts";
import { guardsOff, smallDefinition } from "../support/harvest.ts";
import { type CommandPlace, commandPlace, linesOf, moisson } from "../support/moisson.ts";

const connector = "region-relue";
/** The publisher's ids contain the separators of names on the command line. */
const toit = `${connector}/aide/1:a`;
const haie = `${connector}/aide/2`;
const records = [
  {
    id: "aide/1:a",
    titre: "Rénover un toit",
    texte: "<p>Le toit.</p>",
    lien: "https://example.org/1",
    rythme: "Permanente",
    publics: ["Communes"],
  },
  {
    id: "aide/2",
    titre: "Planter une haie",
    texte: "<p>La haie.</p>",
    lien: "https://example.org/2",
    rythme: "Permanente",
    publics: ["Communes"],
  },
];
const wanting = [
  "contact=Marie",
  "aidTypes=technical-engineering",
  "mobilizationSteps=preop,op",
  "categories=eau-potable",
  "financers=Région Exemple",
  "perimeters=department:26",
];

/** All commands run on one home, in this order. Each test checks the output of one. */
describe("a curator at the command line", () => {
  let home: string;
  let place: CommandPlace;
  let said: Awaited<ReturnType<typeof sayAll>>;
  const environment = () => ({
    ...place.environment,
    MOISSON_CONNECTORS: join(home, "more"),
    MOISSON_NOW: "2026-11-25T03:00:00Z",
    MOISSON_USER: "marie",
  });
  const feed = (name: string) => join(home, name);

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "moisson-curator-"));
    await mkdir(join(home, "more", "connectors"), { recursive: true });
    const definition = smallDefinition(connector, { guards: guardsOff, policy: { keywords: "publisher" } });
    await writeFile(join(home, "more", "connectors", `${connector}.json`), JSON.stringify(definition));
    await writeFile(feed("monday.json"), JSON.stringify(records));
    await writeFile(feed("tuesday.json"), JSON.stringify(records.map((record) => ({ ...record, texte: "<p>Tout neuf.</p>" }))));
    place = await commandPlace(join(home, "home"));
    said = await sayAll();
  }, 300_000);
  afterAll(async () => {
    await place.drop();
    await rm(home, { recursive: true, force: true });
  });

  async function sayAll() {
    const say = (...args: string[]) => moisson(args, environment());
    await say("run", connector, "--file", feed("monday.json"));
    return {
      edit: await say("aid", "edit", toit, ...wanting, "--note", "asked the publisher", "--by", "paul"),
      selected: await say("aid", "publish", "--connector", connector, "--status", "reviewable"),
      yes: await say("aid", "publish", "--connector", connector, "--yes", "--json"),
      tuesday: await say("run", connector, "--file", feed("tuesday.json")),
      show: await say("aid", "show", toit),
      json: await say("aid", "show", toit, "--json"),
      list: await say("proposal", "list", "--json"),
      listed: await say("proposal", "list", "--connector", connector),
      refuse: await say("proposal", "refuse", `${toit}:description`, "--note", "lorem ipsum"),
      again: await say("proposal", "accept", `${toit}:description`),
      none: await say("proposal", "accept", "--connector", connector, "--field", "contact"),
      merge: await say("aid", "merge", haie, toit),
      merged: await say("aid", "show", haie),
      source: await say("aid", "source", toit, "description", "region-inconnue"),
      noSource: await say("aid", "source", toit, "description"),
      reject: await say("aid", "reject", haie),
    };
  }

  it("refuses a connector that is no source of the aid, and a call without connector", () => {
    expect(said.source).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`region-inconnue is no source of this aid; its sources are ${connector}`),
    });
    expect(said.noSource).toMatchObject({ code: 2, stderr: expect.stringContaining("give a connector, or --default") });
  });

  it("edits one aid at once, shows author and reason, and how to revert it", () => {
    const { code, stdout } = said.edit;
    expect(code).toBe(0);
    expect(stdout).toContain("Drôme (department 26)");
    expect(stdout).toMatch(/done by paul; `moisson undo [0-9a-f]{8}` reverts it/);
  });

  it("shows a selection and leaves it as an open plan; names excluded aids with the reason", () => {
    const { code, stdout, stderr } = said.selected;
    expect(code).toBe(0);
    expect(stdout).toMatch(/plan [0-9a-f-]{36}: 1 aid to be published, 1 left out/);
    expect(stderr).toMatch(/left out: region-relue\/aide\/2: .*aidTypes, perimeters/);
  });

  it("--yes does it at once; --json prints one object that names everything", () => {
    expect(said.yes.code).toBe(0);
    expect(JSON.parse(said.yes.stdout)).toEqual({
      planId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      state: "applied",
      kinds: { publish: 1 },
      changes: 1,
      refused: [{ aid: haie, code: "missing-fields", params: expect.anything(), message: expect.stringContaining("perimeters") }],
      cautions: [],
    });
  });

  it("aid show prints both values of a field, their sources, and the owner", () => {
    expect(said.tuesday.code).toBe(0);
    expect(said.show.stdout).toMatch(/description +Le toit\. \(kept since 2026-11-25 04:00;.* waits for a curator.*owner: review\)/s);
    expect(said.show.stdout).toMatch(/publisher +Tout neuf\. \(imported by run [0-9a-f]{8}/);
    expect(said.show.stdout).toMatch(/contact +Marie \(edited by paul 2026-11-25 04:00: asked the publisher; owner: review\)/);
    const { fields, history, ...aid } = JSON.parse(said.json.stdout);
    expect(aid).toMatchObject({ connector, externalId: "aide/1:a", status: "published", mergedInto: null, watch: null });
    expect(fields.description).toMatchObject({ shown: "<p>Le toit.</p>", publisher: "<p>Tout neuf.</p>", from: "kept", policy: "review" });
    expect(fields.contact).toMatchObject({ from: "edit", edit: { by: "paul", note: "asked the publisher" }, broughtBy: { by: "run" } });
    expect(fields.keywords.policy).toBe("publisher");
    expect(history.map(({ kind, by }: { kind: string; by: string }) => [kind, by])).toEqual([
      ["create", "run"],
      ["edit", "paul"],
      ["publish", "marie"],
      ["update", "run"],
    ]);
  });

  it("proposals are listed with both values, and answered by their name", () => {
    const { aidId } = JSON.parse(said.json.stdout);
    expect(JSON.parse(said.list.stdout)).toEqual([
      {
        proposalId: `${aidId}:description`,
        aidId,
        connector,
        externalId: "aide/1:a",
        field: "description",
        current: "<p>Le toit.</p>",
        incoming: "<p>Tout neuf.</p>",
        editedBy: null,
        since: "2026-11-25T03:00:00.000Z",
        runId: expect.any(String),
      },
    ]);
    expect(said.listed.stdout).toContain(`${toit}:description  Rénover un toit  (no deadline)`);
    expect(said.refuse.code).toBe(0);
    expect({ ...said.again, stderr: linesOf(said.again.stderr).at(-1) }).toEqual({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining(`no proposal waits on ${toit}:description`),
    });
  });

  it("a filter without a matching proposal says where to list them", () => {
    const { code, stdout, stderr } = said.none;
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: "",
      stderr: "moisson: no proposal matches; `moisson proposal list` lists proposals\n",
    });
  });

  it("a merged aid names its target and refuses other acts", () => {
    expect(said.merge.code).toBe(0);
    expect(said.merged.stdout).toMatch(new RegExp(`merged into +${toit}`));
    expect([said.reject.code, said.reject.stdout]).toEqual([1, ""]);
    expect(said.reject.stderr).toMatch(/merged into .*`moisson aid split` reverts this/);
  });
});

describe("wrong use, before any catalogue is opened", () => {
  /** Runs a command that must not open the catalogue. */
  async function say(args: readonly string[]): Promise<void> {
    const context = () =>
      ({ environment: {}, withCatalogue: () => Promise.reject(new Error("a catalogue was opened")) }) as unknown as CommandContext;
    const program = new Command();
    addCurationCommands(program, async () => context());
    await program.parseAsync(args, { from: "user" });
  }

  it.each<[words: string, says: RegExp]>([
    ["aid edit name=x", /name the aid first: <aid> name=x, or select aids with --connector/],
    [`aid edit ${toit}`, /nothing to edit: give field=value/],
    [`aid edit ${toit} naem=x`, /unknown field "naem"; did you mean name\?/],
    [`aid edit ${toit} recurrence=parfois`, /recurrence: "parfois" is not a term; allowed: oneoff, ongoing, recurring/],
    [`aid edit ${toit} name=`, /name is never empty/],
    [`aid edit ${toit} name=x name=y`, /name is given twice/],
    [`aid edit ${toit} name=x --withdraw name`, /name cannot be edited and withdrawn in one command/],
    [`aid edit --connector ${connector} name`, /"name": expected field=value/],
    ["aid publish", /name an aid, or select aids/],
    [`aid reject ${toit} --status draft`, /give an aid .* or a filter, not both/],
    ["proposal accept", /name proposals, or select them/],
    [`proposal accept ${toit}:name --field name`, /give proposals or a filter, not both/],
    [`proposal accept ${toit}`, /expected <aidId>:<field>/],
    [`proposal list --aid ${toit} --connector another`, /is not an aid of another/],
  ])("%s", async (words, says) => {
    const wrong = await say(words.split(" ")).catch((error: unknown) => error);
    expect(wrong).toBeInstanceOf(WrongUse);
    expect(String(wrong)).toMatch(says);
  });
});
