import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { NotDone, WrongUse } from "../../src/cli/exit.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { type CommandOutput, runCommandAt } from "../support/command-line.ts";
import { type Harvest, newHarvest, smallDefinition } from "../support/harvest.ts";
import { commandPlace, linesOf, moissonProcess } from "../support/moisson.ts";

const subjects = ["haies", "gymnases", "vergers", "lavoirs", "marchés", "puits", "ponts", "chemins"];

function recordOf(id: string, changes: Record<string, unknown> = {}) {
  const texte = `<p>La région aide les communes qui entretiennent leurs ${id} : études, travaux et matériel, dans la limite de la moitié du coût.</p>`;
  return { id, titre: `Aide aux ${id}`, texte, fin: "2026-12-31", publics: ["Communes"], ...changes };
}

const held = subjects.map((id) => recordOf(id));
const changed = [
  recordOf("haies", { fin: "2027-03-31", texte: recordOf("haies").texte.replace("de la moitié", "d'un tiers") }),
  recordOf("gymnases", { fin: "2027-06-30" }),
  ...held.slice(2),
  recordOf("cantines"),
];

/** A refusal: `main.ts` prints one line and exits with 1. */
function notDone(message: string): CommandOutput {
  return { stdout: "", stderr: "", error: new NotDone(message), exitCode: undefined };
}

/** The same with exit code 2. */
function wrongUse(message: string): CommandOutput {
  return { ...notDone(message), error: new WrongUse(message) };
}

describe("output of the plan command", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  /** Two days after the plan was made. */
  async function say(harvest: Harvest, ...args: string[]) {
    return runCommandAt("2026-11-27T08:30:00Z", catalogue, harvest.folder, args);
  }

  /** Returns a connector with eight aids, and the open plan of a dry run: one new aid, two changed ones. */
  async function openPlan() {
    const harvest = await newHarvest(catalogue);
    await harvest.day(held);
    const { planId, runId } = await harvest.day(changed, { dryRun: true });
    if (planId === null) throw new Error("the dry run made no plan");
    return { harvest, planId, runId, id: planId.slice(0, 8) };
  }

  it("list says so if no plan is open", async () => {
    const harvest = await newHarvest(catalogue);
    const { stdout } = await say(harvest, "plan", "list", "--connector", harvest.connector);
    expect(stdout).toBe(`no plan of ${harvest.connector} is open; \`moisson plan list --all\` lists applied and discarded plans\n`);
  });

  it("list shows open plans: id, connector, age, author, effect; --all adds closed ones", async () => {
    const { harvest, planId, runId, id } = await openPlan();
    const { connector } = harvest;
    const waiting = `${id}  ${connector}  2 days ago      run ${runId.slice(0, 8)}      open          1 created, 2 updated`;
    expect(linesOf((await say(harvest, "plan", "list", "--connector", connector)).stdout)).toEqual([waiting]);
    expect(linesOf((await say(harvest, "plan", "list", "--connector", connector, "--all")).stdout)).toEqual([
      waiting,
      expect.stringMatching(/ applied +8 created$/),
    ]);
    const { stdout } = await say(harvest, "plan", "list", "--json", "--connector", connector);
    expect(JSON.parse(stdout)).toMatchObject([{ planId, connector, runId, state: "open", counts: { created: 1, updated: 2 }, guards: [] }]);
  });

  it("show prints counts and the next step, then each aid with title, new values and differences", async () => {
    const { harvest, id } = await openPlan();
    const lines = linesOf((await say(harvest, "plan", "show", id)).stdout);
    expect(lines[0]).toBe(`plan ${id} of ${harvest.connector} (Région Exemple): open, not applied yet`);
    expect(lines).toContain("  would be      1 created, 2 updated");
    expect(lines).toContain(`  next          moisson plan apply ${id}   or   moisson plan discard ${id}`);
    expect(lines.slice(lines.indexOf("+ create       cantines  Aide aux cantines"))).toEqual([
      "+ create       cantines  Aide aux cantines",
      expect.stringMatching(/^ {4}description +La région aide les communes qui entretiennent leurs cantines/),
      expect.stringMatching(/^ +.*coût\.$/),
      "    submissionDeadline  2026-12-31",
      "    targetedAudiences   commune",
      "~ update       gymnases  Aide aux gymnases",
      "    submissionDeadline  applied  2026-12-31 → 2027-06-30",
      "~ update       haies  Aide aux haies",
      "    description         applied",
      expect.stringMatching(/^ {8}La région aide .* dans la limite \[-de la$/),
      "        moitié-] {+d'un tiers+} du coût.",
      "    submissionDeadline  applied  2026-12-31 → 2027-03-31",
    ]);
  });

  it("show lists the aids that a held plan misses, and when they are withdrawn; --json lists all", async () => {
    const harvest = await newHarvest(catalogue, { state: "active", schedule: "0 3 * * *" });
    const many = Array.from({ length: 62 }, (_, id) => recordOf(`projet-${String(id).padStart(2, "0")}`, { lien: "https://a.example/p" }));
    await harvest.day(many);
    const { planId, outcome } = await harvest.day(many.slice(0, 8));
    expect(outcome).toBe("held");
    const id = planId?.slice(0, 8) ?? "";
    const lines = linesOf((await say(harvest, "plan", "show", id)).stdout);
    const at = lines.indexOf(
      "  54 aids are missing from this feed; once the plan is applied, each is withdrawn on the given day if it stays missing:",
    );
    expect(lines.slice(at + 1, at + 3)).toEqual([
      `    ${harvest.connector}/projet-08  Aide aux projet-08`,
      "        in review, last seen on 2026-11-25, withdrawn on 2026-12-04  https://a.example/p",
    ]);
    expect(lines).toContain("    … and 4 more; --json lists all");
    const { missing } = JSON.parse((await say(harvest, "plan", "show", id, "--json")).stdout);
    expect(missing).toHaveLength(54);
    expect(missing[0]).toMatchObject({ externalId: "projet-08", standing: "review", withdrawal: { day: "2026-12-04", isEarliest: false } });
  });

  it("show takes the id of the run that made the plan; --only chooses kinds, --field shows that field alone, --aid one aid", async () => {
    const { harvest, runId, id } = await openPlan();
    const { stdout: byRun } = await say(harvest, "plan", "show", runId.slice(0, 13), "--only", "create,withdraw", "--whole");
    expect(byRun).toContain("+ create       cantines");
    expect(byRun).toContain("    nameInitial ");
    expect(byRun).not.toContain("~ update");
    const { stdout: byField } = await say(harvest, "plan", "show", id, "--field", "submissionDeadline", "--limit", "1");
    expect(byField).toContain("~ update       gymnases");
    expect(byField).toContain("\n1 of 2 changes shown (2 update); --limit shows more");
    const { stdout: haies } = await say(
      harvest,
      "plan",
      "show",
      id,
      "--field",
      "submissionDeadline",
      "--aid",
      `${harvest.connector}/haies`,
    );
    expect(haies).toContain("~ update       haies");
    expect(haies).not.toMatch(/description|gymnases/);
    expect((await say(harvest, "plan", "show", id, "--only", "merge")).stdout).toContain("the selection matches no change of this plan");
  });

  it("show --json prints one object in the contract's shape with all changes; a creation has all its values", async () => {
    const { harvest, planId, runId, id } = await openPlan();
    const plan = JSON.parse((await say(harvest, "plan", "show", id, "--json")).stdout);
    expect(plan).toMatchObject({
      planId,
      connector: harvest.connector,
      runId,
      state: "open",
      counts: { created: 1 },
      guards: [],
      // Other tests bring the same aids.
      remarks: expect.any(Array),
    });
    expect(plan.changes.map(({ externalId, kind }: Record<string, unknown>) => [externalId, kind])).toEqual([
      ["cantines", "create"],
      ["gymnases", "update"],
      ["haies", "update"],
    ]);
    const [cantines, gymnases] = plan.changes;
    expect(cantines.fields.name).toEqual({ last: null, current: null, incoming: "Aide aux cantines", action: "fill" });
    expect(gymnases.aidId).toBe((await harvest.aid("gymnases")).aidId);
    expect(gymnases.fields).toEqual({
      submissionDeadline: { last: "2026-12-31", current: "2026-12-31", incoming: "2027-06-30", action: "apply" },
    });
    const none = JSON.parse((await say(harvest, "plan", "show", id, "--json", "--only", "withdraw")).stdout);
    expect(none.changes).toEqual([]);
  });

  it("a plan of many changes is complete in JSON; the text says how many it hides", async () => {
    const harvest = await newHarvest(catalogue);
    const many = Array.from({ length: 1100 }, (_, place) => recordOf(`aide-${String(place).padStart(4, "0")}`));
    const { planId } = await harvest.day(many, { dryRun: true });
    const { changes } = JSON.parse((await say(harvest, "plan", "show", planId ?? "", "--json")).stdout);
    expect(changes.map(({ externalId }: { externalId: string }) => externalId)).toEqual(many.map(({ id }) => id));
    const { stdout } = await say(harvest, "plan", "show", planId ?? "");
    expect(stdout.match(/^\+ create/gm)).toHaveLength(20);
    expect(stdout).toContain("20 of 1100 changes shown (1100 create)");
  });

  it("aids under new ids are listed with their certainty, doubtful pairs with theirs", async () => {
    const harvest = await newHarvest(catalogue);
    const linked = (id: string, changes = {}) => recordOf(id, { lien: `https://aides.example.org/${id}`, ...changes });
    await harvest.day(subjects.map((id) => linked(id)));
    const { planId, remarks } = await harvest.day(
      [
        linked("haies", { id: "2026/haies" }),
        linked("gymnases", { id: "2026/gymnases", titre: "Salles de sport", texte: "<p>Un tout autre texte.</p>", fin: "2027-12-31" }),
        ...subjects.slice(2).map((id) => linked(id)),
      ],
      { dryRun: true },
    );
    expect(remarks).toEqual({ "re-identified": 1, "doubtful-pair": 1 });
    const { stdout } = await say(harvest, "plan", "show", planId ?? "", "--limit", "1");
    expect(stdout).toMatch(/1 aid has a new id and stays the same aid:\n {4}haies → 2026\/haies, 100 % sure: same link, same title/);
    expect(stdout).toMatch(/1 pair, possibly the same aid: not .*:\n {4}gymnases → 2026\/gymnases, \d\d % sure: same link/);
  });

  it("takes a connector for its only open plan", async () => {
    const { harvest, id } = await openPlan();
    const { connector } = harvest;
    expect((await say(harvest, "plan", "show", connector)).stdout).toContain(`plan ${id} of ${connector}`);
    await harvest.day([...changed, recordOf("bancs")], { dryRun: true });
    expect(await say(harvest, "plan", "discard", connector)).toEqual(
      notDone(`${connector} has 2 open plans; \`moisson plan list\` lists their ids`),
    );
    await say(harvest, "plan", "discard", id);
    expect((await say(harvest, "plan", "discard", connector)).stdout).toContain("discarded");
    expect(await say(harvest, "plan", "show", connector)).toEqual(
      notDone(`no plan of ${connector} is open; \`moisson plan list --connector ${connector} --all\` lists its plans`),
    );
  });

  it("a kind or a field that there is not is wrong use, with the nearest name; an aid or a plan that is not there is not done", async () => {
    const { harvest, id } = await openPlan();
    const refusal = (...args: string[]) => say(harvest, "plan", ...args);
    expect(await refusal("show", id, "--only", "creat")).toEqual(wrongUse('--only: unknown kind of change "creat"; did you mean create?'));
    expect(await refusal("apply", id, "--field", "descripton")).toEqual(
      wrongUse('--field: unknown field "descripton"; did you mean description?'),
    );
    expect(await refusal("apply", id, "--aid", "nowhere")).toEqual(notDone(`plan ${id} has no change for an aid nowhere`));
    expect(await refusal("show", "xyz")).toMatchObject({ stdout: "", error: expect.any(WrongUse) });
    expect(await refusal("show", "00000000")).toEqual(
      notDone("no plan has the id 00000000, and no run with this id made one; `moisson plan list --all` lists them"),
    );
  });

  it("apply takes a part and shows the rest, then the rest; a closed plan says by whom and when", async () => {
    const { harvest, id } = await openPlan();
    expect(await say(harvest, "plan", "apply", id, "--only", "withdraw")).toEqual(
      notDone(`the selection matches nothing left of plan ${id}; left: 1 create, 2 update`),
    );
    const part = await say(harvest, "plan", "apply", id, "--field", "submissionDeadline", "--json");
    expect(JSON.parse(part.stdout)).toMatchObject({
      state: "part-applied",
      created: 0,
      updated: 2,
      left: { create: 1, update: 1 },
      moved: 0,
    });
    expect((await say(harvest, "aid", "show", `${harvest.connector}/haies`)).stdout).toMatch(
      /submissionDeadline +2027-03-31 \(imported by run [0-9a-f]{8}, applied by marie 2026-11-27 09:30; owner: publisher\)/,
    );
    const { stdout: shown } = await say(harvest, "plan", "show", id);
    expect(shown).toContain("applied in part, the rest is open");
    expect(shown).toContain("  left to do    1 create, 1 update");
    expect(shown).toContain("~ update       gymnases  Aide aux gymnases (applied)");
    const rest = await say(harvest, "plan", "apply", id, "--by", "Claire Martin", "--note", "relu");
    expect(rest.stdout).toBe(`plan ${id} of ${harvest.connector} applied: 1 created, 1 updated\n`);
    expect(await say(harvest, "plan", "apply", id)).toEqual(
      notDone(`plan ${id} was applied on 2026-11-27 09:30 by Claire Martin (relu): there is nothing left to apply`),
    );
  });

  it("lists a held plan with its reason and applies it with a note; its run stays held and names who applied it", async () => {
    const harvest = await newHarvest(catalogue);
    await harvest.day(held);
    const { runId, planId } = await harvest.day(held.slice(0, 2));
    const id = planId?.slice(0, 8) ?? "";
    const list = linesOf((await say(harvest, "plan", "list", "--connector", harvest.connector)).stdout);
    expect(list).toEqual([
      expect.stringMatching(/ HELD +nothing to do$/),
      expect.stringContaining("6 of 8 aids are no longer in the feed (75 %; 10 % holds)"),
    ]);
    const [, ...listed] = linesOf((await say(harvest, "runs", "--connector", harvest.connector, "--limit", "1")).stdout);
    expect(listed).toEqual([expect.stringContaining("6 of 8 aids are no longer in the feed (75 %; 10 % holds)")]);
    expect((await say(harvest, "runs", runId)).stdout).toContain(
      `  next          moisson plan show ${id}   then   moisson plan apply ${id} --note "…"   or   moisson plan discard ${id} --note "…"`,
    );
    expect((await say(harvest, "plan", "apply", id, "--note", "le flux est bien celui-là")).stdout).toMatch(/applied: nothing to write\n$/);
    const { stdout: run } = await say(harvest, "runs", runId);
    expect(run).toContain("  applied       on 2026-11-27 09:30 by marie: le flux est bien celui-là");
    expect(run).not.toContain("  next ");
    expect((await say(harvest, "runs", "--connector", harvest.connector)).stdout).toContain("held; applied on 2026-11-27 09:30 by marie");
    expect(JSON.parse((await say(harvest, "runs", runId, "--json")).stdout)).toMatchObject({
      outcome: "held",
      appliedAt: "2026-11-27T08:30:00.000Z",
      appliedBy: "marie",
      undoneAt: null,
      undoneBy: null,
    });
  });

  it("a plan in which an aid has moved is refused by its name; --skip-moved applies the rest, once", async () => {
    const { harvest, id } = await openPlan();
    await harvest.day([recordOf("haies", { fin: "2028-01-31" }), ...held.slice(1)]);
    expect(await say(harvest, "plan", "apply", id)).toMatchObject({
      stdout: "",
      error: { code: "world-moved", params: { count: 1, aids: "haies" } },
    });
    const skipped = await say(harvest, "plan", "apply", id, "--skip-moved");
    expect(linesOf(skipped.stdout)).toEqual([
      `plan ${id} of ${harvest.connector} applied in part: 1 created, 1 updated`,
      expect.stringMatching(/^left open: 1 update; /),
      "1 aid has changed since the plan was made: haies",
    ]);
    expect(await say(harvest, "plan", "apply", id, "--skip-moved")).toEqual(
      notDone("nothing was written: 1 aid has changed since the plan was made: haies"),
    );
  });

  it("discard says what is not applied and keeps the note, also in the run's report", async () => {
    const { harvest, id, runId } = await openPlan();
    const { stdout } = await say(harvest, "plan", "discard", id, "--note", "la moitié du fichier manque");
    expect(stdout).toBe(`plan ${id} of ${harvest.connector} discarded: 1 create, 2 update not applied\n`);
    expect(await say(harvest, "plan", "discard", id)).toEqual(
      notDone(`plan ${id} was discarded on 2026-11-27 09:30 by marie (la moitié du fichier manque): there is nothing left to apply`),
    );
    expect((await say(harvest, "runs", runId)).stdout).toContain(
      "  discarded     on 2026-11-27 09:30 by marie: la moitié du fichier manque",
    );
  });
});

describe("a plan over restarts, each command a process of its own", () => {
  it("is made by one, listed and applied by others, in whole and once", async () => {
    const folder = await mkdtemp(join(tmpdir(), "moisson-plans-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await mkdir(join(folder, "more", "connectors"), { recursive: true });
    await writeFile(join(folder, "more", "connectors", "region-plans.json"), JSON.stringify(smallDefinition("region-plans")));
    await writeFile(join(folder, "feed.json"), JSON.stringify(held));
    const place = await commandPlace(join(folder, "home"));
    onTestFinished(place.drop);
    const say = (...args: string[]) =>
      moissonProcess(args, { ...place.environment, MOISSON_CONNECTORS: join(folder, "more"), MOISSON_NOW: "2026-11-25T03:00:00Z" });

    const dry = await say("run", "region-plans", "--file", join(folder, "feed.json"), "--dry-run", "--json");
    const { planId } = JSON.parse(dry.stdout);
    const shown = await say("plan", "show", planId, "--json");
    expect({ code: shown.code, ids: JSON.parse(shown.stdout).changes.length }).toEqual({ code: 0, ids: 8 });
    expect(await say("plan", "apply", planId.slice(0, 8), "--by", "marie")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("8 created"),
    });
    const again = await say("plan", "apply", planId.slice(0, 8), "--by", "marie");
    expect({ ...again, stderr: linesOf(again.stderr) }).toEqual({
      code: 1,
      stdout: "",
      stderr: [`moisson: plan ${planId.slice(0, 8)} was applied on 2026-11-25 04:00 by marie: there is nothing left to apply`],
    });
    expect(await say("plan", "show", planId, "--only", "nothing")).toMatchObject({ code: 2, stdout: "" });
  });
});
