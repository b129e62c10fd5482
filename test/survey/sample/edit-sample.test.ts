import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { sentConnector } from "../../../src/ingest/sent-connector.ts";
import type { ConnectorInput } from "../../../src/kit/definition.ts";
import { identifier } from "../../../src/kit/rules/identifier.ts";
import { termLookup } from "../../../src/kit/rules/term-lookup.ts";
import { text } from "../../../src/kit/rules/texts.ts";
import { checkConnector } from "../../../src/registry/check-connector.ts";
import type { EditedSample, UnsavedChoices } from "../../../src/survey/sample/edit-request.ts";
import { editSample } from "../../../src/survey/sample/edit-sample.ts";
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

  it("offers what no column says, and fills it only where an aid has no value", async () => {
    const file = JSON.stringify([
      { id: 1, titre: "Médiathèques de village", texte: "Une subvention pour les travaux.", courriel: "a@b.fr", publie: "oui" },
      { id: 2, titre: "Ponts", texte: "Une subvention pour les travaux.", courriel: "", publie: "oui" },
      { id: 3, titre: "Livres et musées", texte: "Une subvention.", courriel: "c@d.fr", publie: "oui" },
    ]);
    const before = await edited(file, small);
    const unsaid = new Map(before.unsaid.map((one) => [one.field, one]));
    expect(unsaid.get("aidTypes")).toMatchObject({ lacking: 3, values: ["grant"] });
    expect(unsaid.get("categories")).toMatchObject({ values: [], named: 1 });

    const fields: UnsavedChoices["fields"] = {
      aidTypes: { way: "default", value: "grant" },
      categories: { way: "named", value: "patrimoine" },
      contact: { way: "path", paths: ["courriel"], otherwise: "Région Exemple : https://region.example/contact." },
    };
    const contents = await Promise.all([0, 1, 2].map(async (record) => (await edited(file, small, { fields }, record)).record?.after));
    expect(contents.map((content) => content?.categories)).toEqual([["patrimoine"], ["patrimoine"], ["livres", "musee"]]);
    expect(contents.map((content) => content?.contact?.includes("@"))).toEqual([true, false, true]);
    expect(contents[1]?.contact).toBe(
      '<p>Région Exemple : <a href="https://region.example/contact" rel="noopener">https://region.example/contact</a>.</p>',
    );
    expect(contents[0]?.aidTypes).toEqual(["grant"]);
    const after = await edited(file, small, { fields });
    expect(after.unsaid.map(({ field }) => field)).not.toContain("aidTypes");
    expect(after.problems).toEqual([]);
  });

  it("reads the recurrence from the chosen deadline, unless the recurrence has a source", async () => {
    const file = JSON.stringify([
      { id: 1, titre: "Un", cloture: "31/03/2027", publie: "oui" },
      { id: 2, titre: "Deux", cloture: "", publie: "oui" },
    ]);
    const { recurrence: _, submissionDeadline: __, ...others } = small.fields;
    const without = { ...small, fields: others } as ConnectorInput;
    const cloture: UnsavedChoices["fields"] = { submissionDeadline: { way: "path", paths: ["cloture"] } };
    const recurrenceOf = async (fields: UnsavedChoices["fields"]) =>
      Promise.all([0, 1].map(async (record) => (await edited(file, without, { fields }, record)).record?.after?.recurrence));
    expect(await recurrenceOf(cloture)).toEqual(["oneoff", "ongoing"]);
    expect(await recurrenceOf({ recurrence: { way: "path", paths: ["cloture"] } })).toEqual(["oneoff", "ongoing"]);
    const phrases = JSON.stringify([
      { id: 1, titre: "Un", cloture: "avant le 31 mars 2027", publie: "oui" },
      { id: 2, titre: "Deux", cloture: "toute l’année", publie: "oui" },
    ]);
    const contents = await Promise.all(
      [0, 1].map(async (record) => (await edited(phrases, without, { fields: cloture }, record)).record?.after),
    );
    expect(contents.map((content) => [content?.submissionDeadline, content?.recurrence])).toEqual([
      ["2027-03-31", "oneoff"],
      [null, "ongoing"],
    ]);
    expect(await recurrenceOf({ ...cloture, recurrence: { way: "constant", value: "recurring" } })).toEqual(["recurring", "recurring"]);
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
