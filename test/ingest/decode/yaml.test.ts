import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type DecodedFeed, type DecodeInput, decodeBytes, decodeParts, issuesOf, partOf, valuesOf } from "../../support/decode-bytes.ts";
import { zipOf } from "./excel/handwritten-zip.ts";

const yaml = { format: "yaml" } as const;
const aids = "- id: A1\n  titre: Aide à l'été\n- id: A2\n  titre: Prêt\n";

async function decodeZip(
  files: Readonly<Record<string, string>>,
  decode: DecodeInput = yaml,
  decompressedBytes?: number,
): Promise<DecodedFeed> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-yaml-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "feed");
  const bytes = zipOf(files);
  await writeFile(path, bytes);
  return decodeParts([partOf(bytes, { path })], decode, decompressedBytes === undefined ? {} : { decompressedBytes });
}

describe("a YAML file", () => {
  it("is read as the same JSON, with a byte order mark and in windows-1252 too", async () => {
    const expected = [
      { id: "A1", titre: "Aide à l'été" },
      { id: "A2", titre: "Prêt" },
    ];
    expect(valuesOf(await decodeBytes(aids, yaml, { chunk: 3 }))).toEqual(expected);
    expect(valuesOf(await decodeBytes(`\ufeff---\n${aids}`, yaml))).toEqual(expected);
    expect(valuesOf(await decodeBytes(Buffer.from(aids, "latin1"), yaml))).toEqual(expected);
  });

  it("texts in several lines, lists, dates and codes keep their form", async () => {
    const text =
      "texte: |\n  un\n  deux\nsuite: >-\n  a\n  b\npublics: [Communes, EPCI]\nfin: 2026-12-31\ninsee: 01004\nsiret: 12345678901234567\ntaux: 0.5\noui: true\nvide:\n";
    expect(valuesOf(await decodeBytes(text, yaml))).toEqual([
      {
        texte: "un\ndeux\n",
        suite: "a b",
        publics: ["Communes", "EPCI"],
        fin: "2026-12-31",
        insee: "01004",
        siret: "12345678901234567",
        taux: 0.5,
        oui: true,
        vide: null,
      },
    ]);
  });

  it("records under a path, under their key, and in several documents", async () => {
    const under = await decodeBytes("data:\n  aides:\n    A1: {titre: Prêt}\n    A2: {titre: Prime}\n", {
      ...yaml,
      recordPath: "data.aides",
      keyField: "id",
    });
    expect(valuesOf(under)).toEqual([
      { id: "A1", titre: "Prêt" },
      { id: "A2", titre: "Prime" },
    ]);
    expect(valuesOf(await decodeBytes("titre: Prêt\n---\ntitre: Prime\n...\n", yaml))).toEqual([{ titre: "Prêt" }, { titre: "Prime" }]);
  });

  it("an alias is replaced by its value; a merge key is a field like others", async () => {
    const text = "- &base {public: Communes}\n- *base\n- {<<: *base, titre: Prêt}\n";
    expect(valuesOf(await decodeBytes(text, yaml))).toEqual([
      { public: "Communes" },
      { public: "Communes" },
      { "<<": { public: "Communes" }, titre: "Prêt" },
    ]);
  });

  it("control characters that a database cannot store are repaired, and a wrong path is named", async () => {
    const read = await decodeBytes('titre: "a\\0b"\n', yaml);
    expect([valuesOf(read), issuesOf(read)]).toEqual([[{ titre: "ab" }], ["wrong-encoding item 1"]]);
    expect((await decodeBytes(aids, { ...yaml, recordPath: "aides" })).error).toMatchObject({
      code: "no-such-path",
      params: { path: "aides" },
    });
  });

  it("a mistake is named with its line", async () => {
    expect((await decodeBytes("a: 1\nb: [1, 2\nc: 3\n", yaml)).error).toMatchObject({
      code: "malformed",
      params: { at: expect.stringContaining("line") },
    });
    expect((await decodeBytes("", yaml)).error).toMatchObject({ code: "malformed" });
    expect((await decodeBytes("<html><body>Connexion", yaml)).error).toMatchObject({ code: "html-page" });
  });
});

describe("an archive of YAML files", () => {
  it("is read in the order of its names, each record with its file", async () => {
    const read = await decodeZip(
      { "b.yml": "titre: Prime\n", "aides/a.yaml": "titre: Prêt\n", "lisez.txt": "rien", "__MACOSX/a.yaml": "x" },
      { ...yaml, fileField: "fichier" },
    );
    expect(read.records.map(({ locator, values }) => [locator, values])).toEqual([
      ["file aides/a.yaml, item 1", { titre: "Prêt", fichier: "aides/a.yaml" }],
      ["file b.yml, item 1", { titre: "Prime", fichier: "b.yml" }],
    ]);
  });

  it("is refused without such a file, and a broken file is named", async () => {
    expect((await decodeZip({ "lisez.txt": "rien" })).error).toMatchObject({
      code: "unsupported-file",
      params: { found: "zip: lisez.txt" },
    });
    expect((await decodeZip({ "a.yaml": "titre: Prêt\n", "b.yaml": "a: [" })).error).toMatchObject({
      code: "malformed",
      params: { at: expect.stringMatching(/^file b\.yaml, line \d/) },
    });
  });

  it("all files together count for the size limit", async () => {
    const file = `titre: ${"x".repeat(600)}\n`;
    const read = await decodeZip({ "a.yaml": file, "b.yaml": file }, yaml, 1000);
    expect([read.records.length, read.error?.code]).toEqual([1, "decompression-limit"]);
  });
});

describe("hostile YAML", () => {
  const list = (member: string) => `[${Array(10).fill(member).join(",")}]`;
  const bomb = `a0: &a0 ${list("x")}\n${Array.from({ length: 12 }, (_, level) => `a${level + 1}: &a${level + 1} ${list(`*a${level}`)}`).join("\n")}`;
  const chain = `a0: &a0 {x: 1}\n${Array.from({ length: 1500 }, (_, level) => `a${level + 1}: &a${level + 1} {<<: *a${level}, x${level}: 1}`).join("\n")}`;

  it.each([
    ["an alias bomb", bomb, "too-large"],
    ["a value that contains itself", "a: &a [*a, *a]", "malformed"],
    ["a value that merges itself", "a: &a {b: 1, <<: *a}", "malformed"],
    ["a chain of merges", chain, "malformed"],
    ["brackets without end", "[".repeat(100_000), "malformed"],
    ["dashes without end", "- ".repeat(100_000), "malformed"],
    ["a million numbers", `[${"1,".repeat(1_000_000)}1]`, "malformed"],
    ["thousands of aliases", `- &a x\n${"- *a\n".repeat(100_000)}`, "malformed"],
    ["a file of 5 MB", `a: ${"x".repeat(5 * 1024 ** 2)}`, "too-large"],
  ])("%s is refused within seconds", async (_, text, code) => {
    const started = performance.now();
    expect((await decodeBytes(text, yaml)).error).toMatchObject({ code });
    expect(performance.now() - started).toBeLessThan(8000);
  });

  it("the tags of programming languages make no objects", async () => {
    const text = "a: !!js/function 'function () { return 1 }'\nb: !!python/object:os.system [x]\n";
    const read = await decodeBytes(text, yaml);
    expect(read.error === null ? valuesOf(read) : read.error.code).toEqual([{ a: "function () { return 1 }", b: ["x"] }]);
  });

  it("the key __proto__ changes no prototype", async () => {
    const [record] = valuesOf(await decodeBytes("__proto__: {titre: x}\n", yaml));
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
  });
});
