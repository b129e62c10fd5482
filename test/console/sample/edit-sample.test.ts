import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { EditedSample, UnsavedChoices } from "../../../src/console/sample/edit-request.ts";
import { editSample } from "../../../src/console/sample/edit-sample.ts";
import { sentConnector } from "../../../src/jobs/run-processes/sent-connector.ts";
import type { ConnectorInput } from "../../../src/kit/definition.ts";
import { identifier } from "../../../src/kit/rules/identifier.ts";
import { termLookup } from "../../../src/kit/rules/term-lookup.ts";
import { text } from "../../../src/kit/rules/text.ts";
import { checkConnector } from "../../../src/registry/check-connector.ts";
import { smallDefinition } from "../../support/harvest.ts";
import { soundConnector } from "../../support/sound-connector.ts";

const nothing: UnsavedChoices = { fields: {}, useless: [], reading: null };

async function edited(
  content: string,
  definition: ConnectorInput,
  choices: Partial<UnsavedChoices> = {},
  record = 0,
): Promise<EditedSample> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-edit-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "feed");
  await writeFile(path, content);
  const checked = checkConnector(definition);
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  const connector = sentConnector({ definition: checked.connector, terms: termLookup(new Map()), file: null, fingerprint: "f" });
  const file = { path, name: "feed", contentType: null, bytes: Buffer.byteLength(content) };
  const answer = await editSample({ file, connector, choices: { ...nothing, ...choices }, record });
  if ("refused" in answer) throw new Error(answer.refused.code);
  return answer;
}

const aids = [
  {
    id: 1,
    titre: "Fonds vert",
    texte: "Pour les communes.",
    suite: "Et leurs groupements.",
    courriel: "vert@example.fr",
    publie: "oui",
    geo: { code: "23" },
  },
  { id: 2, titre: "Prêt eau", texte: "Pour l’eau.", suite: "", courriel: "eau@example.fr", publie: "non", geo: { code: "24" } },
  { id: null, titre: "Sans numéro", texte: "x", suite: "", courriel: "", publie: "oui", geo: { code: "25" } },
];
const small = smallDefinition("region-exemple", { ignored: ["geo"] });
const column = ({ columns }: EditedSample, path: string) => columns.find((one) => one.path === path);

describe("trying choices on a file", () => {
  it("shows the columns with the fields that read them, and what becomes of each record", async () => {
    const sample = await edited(JSON.stringify(aids), small);
    expect(sample.columns.map(({ path }) => path)).toEqual(["id", "titre", "texte", "suite", "courriel", "publie", "geo.code"]);
    expect(column(sample, "titre")?.readBy).toEqual([{ field: "name", others: [], isUnsaved: false }]);
    expect(column(sample, "geo.code")).toMatchObject({ readBy: [], isUseless: true });
    expect(sample.rows.map(({ outcome }) => outcome)).toEqual(["aid", "skipped", "rejected"]);
    expect(sample.rows[0]?.cells).toEqual([
      "1",
      "Fonds vert",
      "Pour les communes.",
      "Et leurs groupements.",
      "vert@example.fr",
      "oui",
      "23",
    ]);
    expect(sample.after).toMatchObject({ received: 3, skipped: 1, rejected: 1, valid: 1, publishable: 0 });
    expect(sample.change).toEqual({});
    expect((await edited(JSON.stringify(aids), small, {}, 1)).record).toMatchObject({ skipped: "not published", after: null });
    expect((await edited(JSON.stringify(aids), small, {}, 2)).record?.rejected.length).toBeGreaterThan(0);
  });

  it("joins columns into a long text, sets a value for all, empties a field, and shows the aid before and after", async () => {
    const sample = await edited(JSON.stringify(aids), small, {
      fields: {
        description: { way: "path", paths: ["texte", "suite"] },
        contactEmail: { way: "path", paths: ["courriel"] },
        recurrence: { way: "constant", value: "oneoff" },
        keywords: { way: "none" },
        name: { way: "none" },
      },
      useless: ["suite", "publie"],
    });
    expect(sample.record?.before).toMatchObject({ description: "<p>Pour les communes.</p>", contactEmail: null, recurrence: null });
    expect(sample.record?.after).toMatchObject({ name: "Fonds vert", contactEmail: "vert@example.fr", recurrence: "oneoff" });
    expect(sample.record?.after?.description).toContain("Et leurs groupements.");
    expect(column(sample, "suite")).toMatchObject({
      readBy: [{ field: "description", others: ["texte"], isUnsaved: true }],
      isUseless: false,
    });
    expect(sample.change).toMatchObject({ fields: { keywords: null }, ignored: ["geo", "publie"] });
    expect(Object.keys(sample.change.fields as object)).not.toContain("name");
  });

  it("counts a choice that makes aids publishable, and takes an ignored column back", async () => {
    const sample = await edited(JSON.stringify(aids), small, { fields: { shortTitle: { way: "path", paths: ["geo.code"] } } });
    expect(sample.record?.after?.shortTitle).toBe("23");
    expect(sample.change).toMatchObject({ ignored: [] });
    expect(sample.before.missing).toHaveProperty("contact", 1);
  });

  it("accepts a proposal by its field, and lists only those for empty fields", async () => {
    const before = await edited(JSON.stringify(aids), small);
    expect(before.proposals.map(({ field }) => field)).toContain("contactEmail");
    expect(before.proposals.map(({ field }) => field)).not.toContain("name");
    const after = await edited(JSON.stringify(aids), small, { fields: { contactEmail: { way: "proposed" } } });
    expect(after.record?.after?.contactEmail).toBe("vert@example.fr");
    expect(after.proposals.map(({ field }) => field)).not.toContain("contactEmail");
  });

  it("says which choices do not fit, and shows the aids without them", async () => {
    const fields = { categories: { way: "constant", value: "pas-un-terme" } } as const;
    const sample = await edited(JSON.stringify(aids), small, { fields });
    expect(sample.problems.map(({ key }) => key).join()).toContain("categories");
    expect(sample.after).toEqual(sample.before);
  });

  it("shows another list of the file with the same columns", async () => {
    const file = JSON.stringify({
      themes: [
        { id: 7, titre: "Eau" },
        { id: 8, titre: "Air" },
      ],
      aides: aids,
    });
    const definition = { ...small, decode: { format: "json", recordPath: "themes" } } as ConnectorInput;
    const before = await edited(file, definition);
    expect(before.columns.map(({ path }) => path)).toEqual(["id", "titre"]);
    const reading = before.readings.findIndex((one) => "recordPath" in one && one.recordPath === "aides");
    expect(reading).toBeGreaterThan(0);
    const after = await edited(file, definition, { reading });
    expect(after.columns.map(({ path }) => path)).toContain("texte");
    expect(after.change).toEqual({ decode: { format: "json", recordPath: "aides" } });
    expect(after.after.valid).toBe(1);
  });

  it("shows XML and CSV as the same table, and an empty file without a record", async () => {
    const xml = "<aides><aide><id>1</id><titre>Fonds</titre><lieu><nom>Creuse</nom></lieu></aide></aides>";
    const ofXml = await edited(xml, soundConnector({ decode: { format: "xml", recordPath: "/aides/aide" } }));
    expect(ofXml.columns.map(({ path }) => path)).toEqual(["id", "titre", "lieu.nom"]);
    const csv = await edited("id;titre\n1;Fonds\n", soundConnector({ decode: { format: "csv", delimiter: ";" } }));
    expect(csv.rows[0]?.cells).toEqual(["1", "Fonds"]);
    expect(await edited("[]", soundConnector())).toMatchObject({ record: null, rows: [], columns: [] });
  });

  it("keeps a wide and long file small, and says that it counts only the beginning", async () => {
    const wide = Array.from({ length: 700 }, (_, row) => ({
      id: row + 1,
      titre: `Aide ${row}`,
      ...Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`c${index}`, "mot ".repeat(200)])),
    }));
    const sample = await edited(JSON.stringify(wide), soundConnector({ fields: { externalId: identifier("id"), name: text("titre") } }));
    expect(sample).toMatchObject({ isBeginning: true, columnsHidden: 102 });
    expect(sample.after.received).toBeLessThan(100);
    expect(JSON.stringify(sample.rows).length).toBeLessThan(150_000);
  });
});
