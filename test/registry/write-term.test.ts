import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { RegistryError } from "../../src/registry/registry-error.ts";
import { writeTerm } from "../../src/registry/terms/write-term.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "moisson-terms-"));
  file = join(folder, "region-a", "categories.csv");
});
const text = () => readFile(file, "utf8");

describe("a decision about a publisher's word", () => {
  it("creates a missing term file", async () => {
    expect(await writeTerm(file, "categories", { term: "Eau, air", targets: ["eau-potable", "qualite-de-lair"] })).toBeUndefined();
    expect(await text()).toBe('partner_term,our_term,note\n"Eau, air",eau-potable,\n"Eau, air",qualite-de-lair,\n');
  });

  it("replaces the rows of the word in any spelling and keeps the others", async () => {
    await writeTerm(file, "categories", { term: "Eau", targets: ["eau-potable"], note: "as before" });
    await writeTerm(file, "categories", { term: "Écoles", targets: ["education"] });
    await writeTerm(file, "categories", { term: "Forêts", targets: ["forets"] });
    expect(await writeTerm(file, "categories", { term: "ECOLES", targets: [], note: "no theme" })).toEqual(["education"]);
    expect(await text()).toBe("partner_term,our_term,note\nEau,eau-potable,as before\nECOLES,,no theme\nForêts,forets,\n");
  });

  it("is refused without writing if the target is not one of our terms", async () => {
    await writeTerm(file, "categories", { term: "Eau", targets: ["eau-potable"] });
    const before = await text();
    await expect(writeTerm(file, "categories", { term: "Air", targets: ["qualité de l'air"] })).rejects.toThrow(RegistryError);
    expect(await text()).toBe(before);
    expect(await readdir(join(folder, "region-a"))).toEqual(["categories.csv"]);
  });

  it("is refused without writing if the file is invalid", async () => {
    await writeTerm(file, "categories", { term: "Eau", targets: ["eau-potable"] });
    await writeFile(file, "partner_term,our_term,note\nEau,licorne,\n");
    await expect(writeTerm(file, "categories", { term: "Air", targets: ["qualite-de-lair"] })).rejects.toThrow(/licorne/);
    expect(await text()).toBe("partner_term,our_term,note\nEau,licorne,\n");
  });
});
