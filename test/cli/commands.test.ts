import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lockHome } from "../../src/catalogue/connection/lock-home.ts";
import { addressVariable } from "../../src/kit/address-variable.ts";
import { aidFields } from "../../src/model/aid/aid.ts";
import { type FeedServer, startFeedServer } from "../support/feed-server.ts";
import { smallDefinition } from "../support/harvest.ts";
import { loadedConnectors } from "../support/loaded-connectors.ts";
import {
  type CommandPlace,
  commandPlace,
  eachMoisson,
  linesOf,
  moisson,
  moissonProcess,
  type Said,
  startMoisson,
} from "../support/moisson.ts";

const now = "2026-11-25T03:00:00Z";
const secrets = { header: "s3cret-header", query: "s3cret-query" };
/** Too many for the buffer of a pipe. */
const records = Array.from({ length: 300 }, (_, index) => ({
  id: `aide/${index}`,
  titre: index === 7 ? "" : `Aide numéro ${index}`,
  texte: `<p>${"Une aide aux communes. ".repeat(50)}</p>`,
  publics: ["Communes", "Villes jumelées"],
  fin: index % 100 === 0 ? "2026-02-30" : "2036-06-30",
  publie: index % 50 === 0 ? "non" : "oui",
}));

/** All commands run on one home, in this order. Each test checks the output of one. */
describe("the command line, on a home of its own", () => {
  let home: string;
  let server: FeedServer;
  let place: CommandPlace;
  let environment: Record<string, string>;
  let said: Awaited<ReturnType<typeof sayAll>>;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "moisson-commands-"));
    server = await startFeedServer();
    place = await commandPlace(join(home, "home"));
    environment = {
      ...place.environment,
      MOISSON_CONNECTORS: join(home, "more"),
      MOISSON_ALLOW_HOSTS: server.host,
      MOISSON_NOW: now,
      REGION_BONNE_TOKEN: secrets.header,
    };
    await writeConnectors(join(home, "more", "connectors"), server.origin);
    await writeFile(join(home, "bonne.json"), JSON.stringify(records));
    said = await sayAll();
  }, 300_000);
  afterAll(async () => {
    await server.close();
    await place.drop();
    await rm(home, { recursive: true, force: true });
  });

  async function sayAll() {
    const say = (...args: string[]) => moisson(args, environment);
    const feed = `/bonne?token=${secrets.query}`;
    server.on(feed, { body: records }, { body: records });
    server.on("/vide", { body: [] }, { body: [] });

    const one = await say("run", "region-bonne", "--file", join(home, "bonne.json"), "--json");
    const several = await say("run", "region-bonne", "region-vide", "--json");
    const all = await sayRunAll();
    const dry = await say("run", "region-bonne", "--file", join(home, "bonne.json"), "--limit", "12", "--force");
    const aids = await say("aids", "--connector", "region-bonne", "--json");
    const aidId = String((JSON.parse(aids.stdout) as { aidId: string }[])[0]?.aidId);
    const runId = reportOf(one).runId;
    return {
      one,
      several,
      all,
      dry,
      aids,
      byAidId: await say("aids", "--id", aidId),
      byExternalId: await say("aids", "--id", "region-bonne/aide/8", "--format", "aides-territoires"),
      noAid: await say("aids", "--id", "region-bonne/nowhere", "--json"),
      runs: await say("runs", "--json", "--connector", "region-bonne"),
      run: await say("runs", runId.slice(0, 8)),
      terms: await say("terms", "missing", "--json"),
      migrate: await say("db", "migrate"),
    };
  }

  /** Redirects each of our connectors with a public address to the test server, which has none of its feeds. */
  async function sayRunAll(): Promise<Said> {
    const addresses: Record<string, string> = {};
    for (const { definition } of await loadedConnectors()) {
      if (definition.feed.url !== undefined) addresses[addressVariable(definition.id)] = server.on(`/${definition.id}`, { status: 404 });
    }
    // Paging adds parameters; the server has no answer for them either.
    return moisson(["run", "--all", "--json"], { ...environment, ...addresses });
  }

  it("run --json prints one object with all that the contract names", () => {
    const { code, stdout, stderr } = said.one;
    // It reads only the connector that it names, not the refused one.
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const report = JSON.parse(stdout);
    expect(report).toEqual({
      runId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      planId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      connector: "region-bonne",
      outcome: "applied-with-rejects",
      now,
      feed: {
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        bytes: Buffer.byteLength(JSON.stringify(records)),
        file: join(home, "bonne.json"),
      },
      counts: {
        received: 300,
        skipped: 6,
        rejected: 1,
        valid: 293,
        created: 293,
        updated: 0,
        restored: 0,
        unchanged: 0,
        ignored: 0,
        missing: 0,
        withdrawn: 0,
        proposals: 0,
      },
      skippedBy: { "not published": 6 },
      issues: expect.any(Array),
      unmappedTerms: [{ vocabulary: "targetedAudiences", term: "Villes jumelées", count: 293 }],
      unreadFields: [],
      fillRates: expect.objectContaining({ name: 1, submissionDeadline: 1, loanAmount: 0 }),
      losses: { measured: expect.any(Number), totals: expect.any(Object), groups: [] },
      shape: { records: 294, filled: expect.objectContaining({ titre: 293 }), shifts: { of: 0 } },
      guards: [],
      warnings: [
        {
          code: "content-repeated",
          field: "description",
          found: 293,
          limit: 88,
          examples: ["aide/1", "aide/10", "aide/101"],
          params: { of: 293 },
          message: "the same description is in 293 of 293 new or changed aids, for example aide/1, aide/10, aide/101",
        },
      ],
      remarks: {},
      error: null,
      stageMs: { fetch: expect.any(Number), read: expect.any(Number), plan: expect.any(Number), apply: expect.any(Number) },
      durationMs: expect.any(Number),
      peakRssMb: expect.any(Number),
      budget: expect.objectContaining({ records: { used: expect.any(Number), limit: 2_000_000 } }),
    });
    expect(report.issues[0]).toEqual({
      code: "missing-name",
      field: "name",
      severity: "error",
      count: 1,
      examples: [{ locator: "item 8", value: null, message: "no title: the record cannot be kept" }],
    });
  });

  it("several runs print an array, and a failed one makes the exit code 1", () => {
    const { code, stdout } = said.several;
    const reports = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(reports.map(({ connector, outcome }: Record<string, unknown>) => [connector, outcome])).toEqual([
      ["region-bonne", "unchanged"],
      ["region-vide", "held"],
    ]);
    expect(reports[1].guards).toEqual([
      { code: "nothing-received", found: 0, limit: 1, examples: [], message: "the feed contains no records" },
    ]);
  });

  it("--all runs the active ones whose address and secrets are known, and names the others on stderr", async () => {
    const { code, stdout, stderr } = said.all;
    expect(code).toBe(1);
    const outcomes = new Map((JSON.parse(stdout) as { connector: string; outcome: string }[]).map((run) => [run.connector, run.outcome]));
    const known = (await loadedConnectors())
      .filter(({ definition: { feed, state } }) => feed.url !== undefined && state === "active")
      .map(({ definition }) => definition.id);
    expect([...outcomes.keys()].sort()).toEqual([...known, "region-bonne", "region-vide"].sort());
    expect(Object.fromEntries(outcomes)).toMatchObject({
      "region-bonne": "unchanged",
      "region-vide": "held",
      "region-ile-de-france": "refused",
    });
    const leftOut = linesOf(stderr).filter((line) => line.startsWith("left out: "));
    expect(leftOut).toEqual(
      expect.arrayContaining([
        expect.stringContaining("departement-drome needs MOISSON_URL_DEPARTEMENT_DROME"),
        expect.stringContaining("region-brouillon is draft"),
        expect.stringContaining("region-en-pause is paused: the site is being rebuilt"),
        expect.stringContaining("region-sans-adresse needs MOISSON_URL_REGION_SANS_ADRESSE"),
      ]),
    );
    expect(stderr).toMatch(/^refused: .*region-cassee\.json: shedule: .*did you mean schedule\?$/m);
  });

  it("a readable report shows the planned changes, what to check, and the fixed instant", () => {
    const { code, stdout } = said.dry;
    expect(code).toBe(0);
    expect(stdout).toMatch(/region-bonne .*planned|nothing changed/);
    expect(stdout).toContain("12 received = 10 valid + 1 rejected + 1 skipped");
    expect(stdout).toContain(`now fixed at ${now}`);
    expect(stdout).toContain('"Villes jumelées" (10)');
  });

  it("aids --json prints the canonical form, one aid a line, sorted", () => {
    const aids = JSON.parse(said.aids.stdout) as Record<string, unknown>[];
    expect(aids).toHaveLength(293);
    expect(Object.keys(aids[0] ?? {})).toEqual([
      "aidId",
      "connector",
      "externalId",
      ...aidFields,
      "status",
      "withdrawnAt",
      "missingForPublication",
      "missingForDescription",
    ]);
    expect(aids[0]).toMatchObject({
      externalId: "aide/1",
      targetedAudiences: ["commune"],
      loanAmount: null,
      keywords: [],
      status: "reviewable",
    });
    const ids = aids.map(({ externalId }) => String(externalId));
    expect(ids).toEqual([...ids].sort());
    expect(said.aids.stdout).toBe(`[\n${aids.map((aid) => JSON.stringify(aid)).join(",\n")}\n]\n`);
    expect(said.aids.stdout).not.toContain(reportOf(said.one).runId);
  });

  it("aids --id takes the permanent id or connector/externalId; an unknown one exits with 1; --format writes the same", () => {
    expect(said.byAidId).toMatchObject({ code: 0, stdout: expect.stringMatching(/^externalId +aide\/1$/m) });
    expect(said.byExternalId.code).toBe(0);
    expect(JSON.parse(said.byExternalId.stdout)).toMatchObject({ count: 1, results: [{ name: "Aide numéro 8" }] });
    expect(said.noAid).toMatchObject({ code: 1, stdout: "" });
    expect(linesOf(said.noAid.stderr).at(-1)).toBe("moisson: unknown aid region-bonne/nowhere");
  });

  it("runs lists them, newest first; the beginning of an id shows one in full", () => {
    const runs = JSON.parse(said.runs.stdout) as { runId: string; outcome: string; startedAt: string }[];
    expect(runs.map(({ outcome }) => outcome)).toEqual(["unchanged", "unchanged", "unchanged", "applied-with-rejects"]);
    expect(runs.at(-1)).toMatchObject({ runId: reportOf(said.one).runId, startedAt: "2026-11-25T03:00:00.000Z" });
    expect(said.run.stdout).toContain("300 received = 293 valid + 1 rejected + 6 skipped");
  });

  it("terms missing, db migrate", () => {
    expect(JSON.parse(said.terms.stdout)).toEqual([
      { connector: "region-bonne", vocabulary: "targetedAudiences", term: "Villes jumelées", count: 293 },
    ]);
    expect(said.migrate).toMatchObject({ code: 0, stdout: "the catalogue is up to date\n" });
  });

  it("no output contains a secret or an escape code", () => {
    for (const [command, { stdout, stderr }] of Object.entries(said)) {
      const written = stdout + stderr;
      expect(written, command).not.toMatch(/s3cret/);
      expect(written, command).not.toContain("\u001b");
    }
    expect(server.requests.find(({ path }) => path.startsWith("/bonne"))).toMatchObject({ headers: { authorization: secrets.header } });
  });

  it("a second process on the same home is refused in one line", async () => {
    const locked = join(home, "locked");
    const unlock = await lockHome(locked);
    const { code, stdout, stderr } = await moissonProcess(["aids"], { MOISSON_HOME: locked });
    await unlock();
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(linesOf(stderr)).toEqual([expect.stringMatching(/^moisson: The catalogue in .* is in use by process \d+ .*DATABASE_URL/)]);
  });

  it("a reader that goes away, as head does, is no error", async () => {
    const child = startMoisson(["aids", "--json"], environment);
    let stderr = "";
    child.stderr.on("data", (piece) => {
      stderr += piece;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("connectors check names the file and key of a broken connector, explains failed fixtures, and exits with 1", async () => {
    const [checked, listed] = await eachMoisson(
      [
        ["connectors", "check"],
        ["connectors", "--json"],
      ].map((args) => ({ args, environment })),
    );
    const { code, stdout, stderr } = checked ?? { code: null, stdout: "", stderr: "" };
    expect([code, listed?.code]).toEqual([1, 1]);
    const states = new Map(JSON.parse(listed?.stdout ?? "").map(({ id, state }: Record<string, string>) => [id, state]));
    expect(Object.fromEntries(states)).toMatchObject({
      "region-bonne": "active",
      "region-brouillon": "draft",
      "departement-drome": "active",
    });
    expect(states.has("region-cassee")).toBe(false);
    expect(stderr).toMatch(/^refused: .*more\/connectors\/region-cassee\.json: shedule: unknown key, did you mean schedule\?$/m);
    expect(stderr).toMatch(/^region-bonne: no fixture/m);
    expect(stdout).toMatch(/^\d+ connectors checked, \d+ problems\n$/m);
    expect(stdout).toMatch(/^plan-france-relance: the aids lack, from \S+\.json: field_paragraphes: 3 of 3 dates, in 3 records: item 1 "/m);
  });
});

function reportOf({ stdout }: Said): { readonly runId: string } {
  return JSON.parse(stdout);
}

async function writeConnectors(folder: string, origin: string): Promise<void> {
  const url = (path: string) => ({ feed: { url: `${origin}${path}` } });
  const definitions: Record<string, Record<string, unknown>> = {
    "region-bonne": { feed: { url: `${origin}/bonne?token=${secrets.query}`, headersFrom: { authorization: "REGION_BONNE_TOKEN" } } },
    "region-vide": url("/vide"),
    "region-brouillon": { ...url("/brouillon"), state: "draft" },
    "region-en-pause": { ...url("/pause"), state: "paused", because: "the site is being rebuilt" },
    "region-sans-adresse": { feed: { urlFrom: "MOISSON_URL_REGION_SANS_ADRESSE" } },
    "region-cassee": { ...url("/cassee"), shedule: "30 2 * * *" },
  };
  await mkdir(folder, { recursive: true });
  for (const [id, changes] of Object.entries(definitions)) {
    await writeFile(join(folder, `${id}.json`), JSON.stringify(smallDefinition(id, changes)));
  }
}
