import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NotDone, WrongUse } from "../../src/cli/exit.ts";
import { constant } from "../../src/kit/rules/constant.ts";
import { organisations } from "../../src/kit/rules/organisations.ts";
import { html } from "../../src/kit/rules/texts.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { runCommandAt } from "../support/command-line.ts";
import { guardsOff, type Harvest, newHarvest } from "../support/harvest.ts";

const records = ["haies", "vergers"].map((id) => ({
  id,
  titre: `Entretenir les ${id}`,
  texte: `<p>Une aide pour les ${id}.</p>`,
  lien: `https://example.org/${id}`,
  rythme: "Permanente",
  publics: ["Communes"],
  contact: "<p>Service</p>",
  organisme: id === "haies" ? "ADEME" : "CCI",
}));

describe("questions on the command line", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  const say = (harvest: Harvest, ...args: string[]) => runCommandAt("2026-11-27T08:30:00Z", catalogue, harvest.folder, args);
  async function harvested() {
    const fields = {
      aidTypes: constant(["technical-engineering"]),
      categories: constant(["eau-potable"]),
      perimeters: constant([{ scale: "department", code: "78" }]),
      contact: html("contact"),
      instructors: organisations("organisme"),
    };
    const harvest = await newHarvest(catalogue, { guards: guardsOff, fields: fields as never });
    await harvest.day(records);
    return harvest;
  }

  it("are listed with what free aids together, the proposal and aids to read", async () => {
    const harvest = await harvested();
    const { stdout } = await say(harvest, "questions", "--connector", harvest.connector);
    expect(stdout).toContain("financers: 2 aids; 0 become publishable, 2 fully described together with mobilizationSteps");
    expect(stdout).toContain("  run by: ADEME 1, CCI 1");
    expect(stdout).toContain(`  ${harvest.connector}/haies  Entretenir les haies`);
    expect(JSON.parse((await say(harvest, "questions", "--territory", "department:974", "--json")).stdout)).toEqual([]);
    expect((await say(harvest, "questions", "--territory", "Nulle part")).error).toBeInstanceOf(WrongUse);
  });

  it("are answered for all aids, for those of an organisation, and undone", async () => {
    const harvest = await harvested();
    const answer = (...args: string[]) => say(harvest, "questions", "answer", harvest.connector, ...args, "--by", "claire");
    const steps = await answer("mobilizationSteps", "preop,op", "--note", "before and during");
    expect(steps.stdout).toContain("2 aids filled");
    await answer("financers", "--operator", "ADEME");
    const [haies, vergers] = [await harvest.aid("haies"), await harvest.aid("vergers")];
    expect([haies.financers, haies.missingForDescription]).toEqual([[{ name: "ADEME", siren: null }], []]);
    expect([vergers.financers, vergers.mobilizationSteps]).toEqual([[], ["preop", "op"]]);
    const [, plan = ""] = /moisson undo ([0-9a-f-]{36})/.exec(steps.stdout) ?? [];
    expect((await say(harvest, "undo", plan, "--yes", "--by", "claire")).error).toBeUndefined();
    expect((await harvest.aid("vergers")).mobilizationSteps).toEqual([]);
  });

  it("refuse a field that is filled aid by aid, a wrong value, and names that no aid has", async () => {
    const harvest = await harvested();
    const answer = (...args: string[]) => say(harvest, "questions", "answer", harvest.connector, ...args);
    for (const args of [
      ["submissionDeadline", "2027-01-31"],
      ["mobilizationSteps", "bientôt"],
      ["mobilizationSteps"],
      ["mobilizationSteps", ""],
      ["financers", "--operator", "ADEM"],
      ["mobilizationSteps", "op", "--except", "haie"],
      ["mobilizationSteps", "op", "--type", "subvention"],
    ]) {
      expect((await answer(...args)).error, args.join(" ")).toBeInstanceOf(WrongUse);
    }
    expect((await harvest.aid("haies")).mobilizationSteps).toEqual([]);
  });

  it("show with --dry-run what an answer would change", async () => {
    const harvest = await harvested();
    const wanted = ["questions", "answer", harvest.connector, "mobilizationSteps", "preop,op", "--except", "haies", "--dry-run"];
    const { stdout } = await say(harvest, ...wanted);
    expect(stdout).toContain(`${harvest.connector}/vergers  Entretenir les vergers: ["preop","op"]`);
    expect(stdout).toContain("1 aids would be filled; nothing is done yet");
    expect(JSON.parse((await say(harvest, ...wanted, "--json")).stdout)).toMatchObject({ changed: 1, aids: [{ value: ["preop", "op"] }] });
    expect((await harvest.aid("vergers")).mobilizationSteps).toEqual([]);
    expect(await catalogue.standingDecisions.holdingFor(harvest.connector)).toEqual([]);
  });

  it("whose answers contradict each other are listed until one of them is confirmed instead of the other", async () => {
    const harvest = await harvested();
    const answer = (...args: string[]) =>
      say(harvest, "questions", "answer", harvest.connector, "mobilizationSteps", ...args, "--by", "claire");
    await answer("preop,op");
    expect((await say(harvest, "questions", "review", "--connector", harvest.connector)).stdout).toContain("no answer is asked again");
    await answer("op,postop", "--operator", "ADEME");
    const { stdout } = await say(harvest, "questions", "review", "--connector", harvest.connector);
    expect(stdout).toMatch(/contradicts [0-9a-f]{8} for 1 aids/);
    expect((await say(harvest, "questions", "list", "--connector", harvest.connector)).stderr).toContain("2 given answers are asked again");
    const decisions = await catalogue.standingDecisions.holdingFor(harvest.connector);
    const [wide = "", narrow = ""] = ["all", "ADEME"].map(
      (name) => decisions.find(({ condition }) => (condition?.operators?.[0] ?? "all") === name)?.id ?? "",
    );
    const later = (...args: string[]) => runCommandAt("2026-11-28T08:30:00Z", catalogue, harvest.folder, args);
    expect((await later("questions", "confirm", "00000000")).error).toBeInstanceOf(NotDone);
    const kept = await later("questions", "confirm", narrow, "--replace", wide, "--by", "paul");
    expect(kept.stdout).toContain("1 aids filled");
    expect([(await harvest.aid("haies")).mobilizationSteps, (await harvest.aid("vergers")).mobilizationSteps]).toEqual([
      ["op", "postop"],
      ["preop", "op"],
    ]);
    expect((await later("questions", "review", "--connector", harvest.connector)).stdout).toContain("no answer is asked again");
    expect(
      (await later("questions", "answer", harvest.connector, "mobilizationSteps", "preop", "--replace", wide, "--by", "paul")).stdout,
    ).toContain("1 aids filled");
    expect((await harvest.aid("vergers")).mobilizationSteps).toEqual(["preop"]);
  });

  it("a further field is asked for before publication until it is no longer", async () => {
    const harvest = await harvested();
    const asks = (...args: string[]) => say(harvest, "asks-for", harvest.connector, ...args, "--by", "claire");
    expect((await asks("description")).error).toBeInstanceOf(WrongUse);
    expect((await asks("mobilizationSteps")).stdout).toContain("no aid is published without mobilizationSteps");
    expect((await asks("mobilizationSteps")).error).toBeInstanceOf(NotDone);
    const publish = () => say(harvest, "aid", "publish", `${harvest.connector}/haies`, "--by", "claire");
    expect(String((await publish()).error)).toContain("fill or correct mobilizationSteps");
    await asks("mobilizationSteps", "--end");
    expect((await publish()).error).toBeUndefined();
  });
});
