import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { perimeters } from "../../src/kit/rules/perimeters.ts";
import { useEdition } from "../../src/model/territories/edition.ts";
import { packageVersion } from "../../src/model/territories/read-decoupage.ts";
import { smallDefinition } from "../support/harvest.ts";
import { type CommandPlace, commandPlace, moisson, type Said } from "../support/moisson.ts";
import { inventedLists } from "../support/territory-editions.ts";

const where = perimeters("ou", { written: "insee" });
const records = [
  { id: "1", titre: "Aide aux commerces d'Aouste", ou: "COM-26011" },
  { id: "2", titre: "Aide aux ponts de la Drôme", ou: "DEP-26" },
];
const simple = inventedLists({ merged: { "26011": "26108" } });
const divided = inventedLists({ merged: { "26011": "26108" }, independent: { "01144": { from: "01025", name: "Dommartin" } } });

describe("moisson territories", () => {
  let folder: string;
  let place: CommandPlace;
  let said: Record<string, Said>;

  /** Writes an edition as the registry has it: a package with one file per list. Returns its folder. */
  async function writePackage(into: string, version: string, lists: typeof simple): Promise<string> {
    const home = join(folder, into, "package");
    await mkdir(join(home, "data"), { recursive: true });
    await writeFile(join(home, "package.json"), JSON.stringify({ name: "@etalab/decoupage-administratif", version }));
    for (const [name, list] of Object.entries(lists)) await writeFile(join(home, `data/${name}.json`), JSON.stringify(list));
    return home;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "moisson-territories-"));
    place = await commandPlace(join(folder, "home"));
    const environment = { ...place.environment, MOISSON_CONNECTORS: folder, MOISSON_NOW: "2026-11-25T03:00:00Z", MOISSON_USER: "marie" };
    const say = (...args: string[]) => moisson(args, environment);
    await mkdir(join(folder, "connectors"));
    await writeFile(
      join(folder, "connectors/region-exemple.json"),
      JSON.stringify(smallDefinition("region-exemple", { fields: { perimeters: where } as ConnectorInput["fields"] })),
    );
    await writeFile(join(folder, "feed.json"), JSON.stringify(records));
    const home = await writePackage("seven", "7.0.0", simple);
    const archive = join(folder, "seven.tgz");
    execFileSync("tar", ["-czf", archive, "-C", join(folder, "seven"), "package"]);
    const other = join(folder, "other");
    await mkdir(other);
    await writeFile(join(other, "package.json"), JSON.stringify({ name: "left-pad", version: "1.0.0" }));
    const eight = await writePackage("eight", "8.0.0", { ...divided, epci: divided.epci.slice(0, 0) });
    const older = await writePackage("older", "5.0.0", simple);
    said = {};
    // One catalogue: in this order, one after the other.
    said.before = await say("territories");
    await say("run", "region-exemple", "--file", join(folder, "feed.json"));
    said.other = await say("territories", "update", other);
    said.nothing = await say("territories", "update", join(folder, "nowhere"));
    said.form = await say("territories", "update", eight);
    said.older = await say("territories", "update", older);
    said.check = await say("territories", "update", archive, "--check");
    said.plans = await say("plan", "list");
    said.planned = await say("territories", "update", archive, "--json");
    said.shown = await say("plan", "show", String(JSON.parse(said.planned.stdout).planId));
    said.applied = await say("territories", "update", home, "--yes");
    said.after = await say("territories", "--json");
    said.again = await say("territories", "update", home);
    said.undone = await say("undo", String(JSON.parse(said.after.stdout).plan), "--yes");
    said.back = await say("territories");
  }, 180_000);
  afterAll(async () => {
    useEdition(null);
    await place?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it("shows the edition of the installed package, and that of a plan", () => {
    expect(said.before?.stdout).toContain(`edition ${packageVersion()}, of the installed package: 34969 communes, 1266 EPCI`);
    expect(JSON.parse(said.after?.stdout ?? "")).toMatchObject({
      edition: "7.0.0",
      since: "2026-11-25T03:00:00.000Z",
      communes: 34968,
      former: 1,
    });
  });

  it("checks without a plan", () => {
    expect(said.check).toMatchObject({ code: 0, stderr: "" });
    expect(said.check?.stdout).toContain("commune:26011 Aouste-sur-Sye is replaced by Crest (commune:26108); 1 aid");
    expect(said.check?.stdout).toContain("nothing is stored");
    expect(said.plans?.stdout).not.toContain("territories");
  });

  it("makes a plan that can be read, applied and undone", () => {
    expect(JSON.parse(said.planned?.stdout ?? "")).toMatchObject({ state: "open", edition: "7.0.0", since: packageVersion(), aids: 1 });
    expect(said.shown?.stdout).toContain("to take a new edition of the territories");
    expect(said.shown?.stdout).toContain("1 territory changes with the new edition");
    expect(said.applied?.stdout).toMatch(/plan [0-9a-f-]{36}: applied/);
    expect(said.again?.stdout).toContain("edition 7.0.0 is in use: nothing to do");
    expect(said.undone).toMatchObject({ code: 0 });
    expect(said.back?.stdout).toContain(`edition ${packageVersion()}, of the installed package`);
  });

  it("refuses another package, an older edition, and files of another form", () => {
    expect(said.other).toMatchObject({ code: 1, stdout: "" });
    expect(said.other?.stderr).toContain("is not the package @etalab/decoupage-administratif");
    expect(said.nothing?.stderr).toContain("does not exist");
    expect(said.form?.stderr).toContain("has another form than the editions that we know: epci");
    expect(said.older?.stderr).toContain(`edition 5.0.0 is older than the one in use, ${packageVersion()}`);
  });
});
