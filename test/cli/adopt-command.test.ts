import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smallDefinition } from "../support/harvest.ts";
import { type CommandPlace, commandPlace, moisson, type Said } from "../support/moisson.ts";

const records = ["Rénover un gymnase", "Planter des haies", "Ouvrir une crèche"].map((titre, index) => ({
  id: `${index + 1}`,
  titre,
  lien: `https://region.example/aides/${index + 1}`,
}));
/** The second is a person, the third has a number of a Moisson. */
const backers = [
  { id: 57, name: "Région Exemple", logo: null },
  { id: 58, name: "Mme Claire Dupontet", logo: null },
  { id: 1_000_003, name: "Agence Neuve", logo: null },
];
const live = [
  { id: 101, url: "/aides/gymnase/", name: "Remettre un gymnase à neuf", origin_url: records[0]?.lien, import_uniqueid: "REX_1" },
  { id: 102, url: "/aides/haies/", name: "Planter des haies", origin_url: records[1]?.lien, categories: ["Mot inconnu"] },
  { id: 103, url: "/aides/quai/", name: "Sabler un quai", financers_full: backers },
  { id: 104, url: "/aides/pont/", name: "Peindre un pont", financers: ["Commune de Lyon"] },
];

describe("moisson adopt and run --compare", () => {
  let folder: string;
  let place: CommandPlace;
  let environment: Record<string, string>;
  let said: Record<string, Said>;
  const file = (name: string) => join(folder, name);
  const say = (...args: string[]) => moisson(args, environment);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "moisson-adopt-"));
    place = await commandPlace(file("home"));
    environment = {
      ...place.environment,
      MOISSON_CONNECTORS: folder,
      MOISSON_NOW: "2026-11-25T03:00:00Z",
      MOISSON_USER: "marie",
    };
    await mkdir(file("connectors"));
    await writeFile(file("connectors/region-exemple.json"), JSON.stringify(smallDefinition("region-exemple", { importIdPrefix: "REX_" })));
    await writeFile(file("feed.json"), JSON.stringify(records));
    await writeFile(file("export.json"), JSON.stringify(live));
    await writeFile(file("page.json"), JSON.stringify({ count: 90, next: null, results: live }));
    const from = ["--from", file("export.json")];
    said = {};
    // One catalogue: in this order, one after the other.
    said.compared = await say("run", "region-exemple", "--file", file("feed.json"), "--compare", ...from);
    said.comparison = await say("run", "region-exemple", "--file", file("feed.json"), "--compare", ...from, "--json");
    said.tooEarly = await say("adopt", "region-exemple", ...from);
    await say("run", "region-exemple", "--file", file("feed.json"));
    said.broken = await say("adopt", "region-exemple", "--from", file("page.json"));
    said.planned = await say("adopt", "region-exemple", ...from);
    said.applied = await say("adopt", "region-exemple", ...from, "--yes", "--json");
    said.after = await say("aids", "--json");
    said.again = await say("adopt", "region-exemple", ...from, "--yes");
  }, 180_000);
  afterAll(async () => {
    await place.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it("before the switch, shows the differences and writes nothing", () => {
    expect(said.compared).toMatchObject({ code: 0, stderr: "" });
    expect(said.compared?.stdout).toMatch(/compared with the 4 live aids of export\.json/);
    expect(said.compared?.stdout).toMatch(/differ +1 pairs: name 1/);
    expect(said.compared?.stdout).toMatch(/only live\n +103 {2}Sabler un quai/);
  });

  it("learns the site's numbers of organisations once the plan is applied, not those of people", () => {
    expect([said.planned, said.again].map((one) => one?.stdout.includes("learned"))).toEqual([false, false]);
    expect(JSON.parse(said.applied?.stdout ?? "").learnedNumbers).toBe(1);
  });

  it("prints the comparison with the report", () => {
    const { outcome, comparison } = JSON.parse(said.comparison?.stdout ?? "");
    expect(outcome).toBe("planned");
    expect(comparison).toMatchObject({
      from: "export.json",
      counts: { live: 4, same: 1, differing: 1, doubts: 0, onlyLive: 1, onlyOwn: 1, ofOthers: 1 },
      fields: { name: 1 },
      pairs: [
        { externalId: "1", differences: [{ field: "name" }], live: { id: "101" } },
        { externalId: "2", differences: [] },
      ],
      onlyOwn: [{ externalId: "3" }],
      onlyLive: [{ id: "103", siteUrl: "https://aides-territoires.beta.gouv.fr/aides/quai/" }],
    });
  });

  it("asks for a run if the catalogue has none of the connector's aids", () => {
    expect(said.tooEarly).toMatchObject({ code: 1, stdout: "" });
    expect(said.tooEarly?.stderr).toMatch(/no aid of region-exemple yet: run it first/);
  });

  it("refuses a broken export with place and advice", () => {
    expect(said.broken).toMatchObject({ code: 1, stdout: "" });
    expect(said.broken?.stderr).toMatch(/page\.json: 90 aids are announced and 4 are there; save all pages/);
  });

  it("shows pairs, undecided aids and unreadable values, and leaves the plan open", () => {
    const { code, stdout } = said.planned as Said;
    expect(code).toBe(0);
    expect(stdout).toMatch(/2 {2}to take over: 2 become published, 3 values kept as edits, 1 of them titles/);
    expect(stdout).toMatch(/live as 101, 100 % sure that it is the same aid: same import id, same link/);
    expect(stdout).toMatch(/1 aids of the feed are not online/);
    expect(stdout).toMatch(/categories: 1, for example Mot inconnu/);
    expect(stdout).toMatch(/`moisson plan apply [\da-f]{8}` \(or --yes\) applies it/);
    expect(stdout).toMatch(/is open, nothing is applied yet/);
  });

  it("applies with --yes, and finds nothing to do the second time", () => {
    expect(JSON.parse(said.applied?.stdout ?? "")).toMatchObject({
      state: "applied",
      counts: { live: 4, pairs: 2, changes: 2, doubts: 0, onlyLive: 1, onlyOwn: 1, ofOthers: 1 },
      changes: [{ kind: "adopt", match: { with: "101" }, fields: { name: { action: "apply" } } }, { fields: {} }],
    });
    expect(JSON.parse(said.after?.stdout ?? "")).toMatchObject([
      { name: "Remettre un gymnase à neuf", nameInitial: "Rénover un gymnase", status: "published" },
      { status: "published" },
      { status: "reviewable" },
    ]);
    expect(said.again).toMatchObject({ code: 0 });
    expect(said.again?.stdout).toMatch(/nothing to take over$/m);
  });

  it("refuses wrong use, with nothing on stdout", async () => {
    const from = ["--from", file("export.json")];
    const wrong: [string[], RegExp][] = [
      [["adopt", "region-exemple"], /--from/],
      [["adopt", "region-exemple", "--from", file("nowhere.json")], /no such file/],
      [["adopt", "region-x", ...from], /unknown connector "region-x"/],
      [["run", "region-exemple", "--compare"], /go together/],
      [["run", "--all", "--compare", ...from], /exactly one connector/],
      [["run", "region-exemple", "--compare", ...from, "--limit", "3"], /leave --limit out/],
    ];
    for (const [args, message] of wrong) {
      const answer = await moisson(args, environment);
      expect(answer, args.join(" ")).toMatchObject({ code: 2, stdout: "" });
      expect(answer.stderr).toMatch(message);
    }
  });
});
