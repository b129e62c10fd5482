import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decodeFeed } from "../../src/ingest/decode/decode-feed.ts";
import { defaultDecodeLimits } from "../../src/ingest/decode/decoded.ts";
import { readingOf } from "../../src/ingest/feed-reading.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { plainText } from "../../src/kit/rules/texts.ts";
import { FeedUnreadable } from "../../src/model/run/run-error.ts";
import { checkConnector } from "../../src/registry/check-connector.ts";
import { partOf } from "../support/decode-bytes.ts";
import { soundConnector } from "../support/sound-connector.ts";

const read = async (decode: ConnectorInput["decode"], feed: string | Uint8Array) => {
  const checked = checkConnector(soundConnector({ decode, fields: { description: plainText("texte") } as never }));
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  const found = { records: [] as unknown[], issues: [] as unknown[], error: null as unknown };
  try {
    for await (const batch of decodeFeed([partOf(feed)], readingOf(checked.connector), defaultDecodeLimits)) {
      for (const decoded of batch) {
        if (decoded.kind === "record") found.records.push(decoded.values);
        if (decoded.kind === "issue") found.issues.push([decoded.issue.code, decoded.issue.params]);
      }
    }
  } catch (error) {
    if (!(error instanceof FeedUnreadable)) throw error;
    found.error = [error.code, error.params];
  }
  return found;
};

const records = [
  { id: "1", titre: "Aide à l’été", texte: "un" },
  { id: "2", titre: "Aide, bis", texte: "deux" },
];
const table = (delimiter: string) =>
  ["id", "titre", "texte"].join(delimiter) +
  records.map(({ id, titre, texte }) => `\n${id}${delimiter}"${titre}"${delimiter}${texte}`).join("");

describe("a CSV whose delimiter changed", () => {
  const decode = { format: "csv", delimiter: ";" } as const;

  it.each([",", "\t", "|"])("is read with the new one, and reported: %j", async (delimiter) => {
    expect(await read(decode, table(delimiter))).toEqual({
      records,
      issues: [["reading-changed", { declared: ";", delimiter }]],
      error: null,
    });
  });

  it("is read as declared if the declared delimiter gives the columns, or if no other one does", async () => {
    expect(await read(decode, table(";"))).toEqual({ records, issues: [], error: null });
    expect((await read(decode, "réf,intitulé,contenu\n1,a,b\n")).issues).toEqual([]);
    expect((await read(decode, "id;titre,texte\n1;a,b\n")).issues).toEqual([]);
  });

  it("is read whether it is compressed or not", async () => {
    expect(await read(decode, gzipSync(table(",")))).toMatchObject({ records, error: null });
  });
});

describe("JSON whose records moved", () => {
  const declared = (recordPath: string | string[]) => ({ format: "json", recordPath }) as const;
  const changed = (from: string, to: string) => [["reading-changed", { declared: from, path: to }]];

  it.each([
    ["under another key", "data", { total: 2, items: records }, "items"],
    ["deeper", "data", { data: { page: 1, items: records } }, "data.items"],
    ["to the root", "data", records, ""],
    ["from the root", "", { meta: { id: 1 }, résultats: { aides: records } }, "résultats.aides"],
    ["among other lists", "data", { data: null, types: [{ id: 1 }], liste: records, erreurs: [] }, "liste"],
  ])("%s", async (_, from, document, to) => {
    for (const text of [JSON.stringify(document), JSON.stringify(document, null, 2)])
      expect(await read(declared(from), text)).toEqual({ records, issues: changed(from, to), error: null });
  });

  it.each([
    ["two lists of records", { a: records, b: records }],
    ["an error", { errors: [{ code: 1, message: "quota" }] }],
    ["another object", { data: { message: "maintenance" } }],
    ["records in records", { pages: [{ items: records }] }],
    ["records without most fields", { items: [{ id: 1 }] }],
    ["no records", { items: [] }],
  ])("are not searched for in a feed with %s", async (_, document) => {
    expect(await read(declared("data"), JSON.stringify(document))).toEqual({
      records: [],
      issues: [],
      error: ["no-such-path", { path: "data" }],
    });
  });

  it.each(['{"items":[{"id":1},', '{"items":[}', '{"items" [1]}', '{"items":[1,,]}', "{", "[", '{"a":{"b":{"c":{"d":{"e":[]}}}}}'])(
    "are not searched for in %s",
    async (text) => {
      expect(await read(declared("data"), text)).toMatchObject({ records: [], issues: [], error: [expect.any(String), expect.anything()] });
    },
  );

  it("an empty list under the declared path is an empty feed, and a single record is one", async () => {
    expect(await read(declared("data"), JSON.stringify({ data: [], items: records }))).toEqual({ records: [], issues: [], error: null });
    expect(await read(declared("data"), JSON.stringify({ data: records[0] }))).toEqual({ records: [records[0]], issues: [], error: null });
  });
});

describe("XML whose records moved", () => {
  const decode = { format: "xml", recordPath: "/flux/aide" } as const;
  const aides = records.map(
    ({ id, titre, texte }) => `<aide id="${id}"><id>${id}</id><titre>${titre}</titre><texte>${texte}</texte></aide>`,
  );
  const found = records.map((record) => ({ "@id": record.id, ...record }));

  it.each([
    ["into another element", `<flux><aides>${aides.join("")}</aides></flux>`, "/flux/aides/aide"],
    ["under another root", `<export><date/><aide>${aides.join("").slice(6)}</export>`, "/export/aide"],
    ["to another name", `<flux>${aides.join("").replaceAll("aide", "dispositif")}</flux>`, "/flux/dispositif"],
  ])("%s", async (_, xml, path) => {
    const { records: moved, issues, error } = await read(decode, xml.replace("<aide> id", "<aide id"));
    expect([moved.length, issues, error]).toEqual([2, [["reading-changed", { declared: "/flux/aide", path }]], null]);
    expect(moved[1]).toMatchObject(found[1] ?? {});
  });

  it("are not searched for in an empty feed, nor if two paths have them", async () => {
    expect(await read(decode, "<flux><date/></flux>")).toEqual({ records: [], issues: [], error: null });
    expect(await read(decode, "<autre/>")).toMatchObject({ issues: [], error: ["no-such-path", { path: "/flux/aide" }] });
    const twice = `<flux><a>${aides.join("")}</a><b>${aides.join("")}</b></flux>`;
    expect(await read(decode, twice)).toEqual({ records: [], issues: [], error: null });
  });
});
