import { describe, expect, it } from "vitest";
import { type DecodeInput, decodeBytes, decodeParts, issuesOf, partOf, valuesOf } from "../../support/decode-bytes.ts";

const json = { format: "json" } as const;
const culture: DecodeInput = { format: "json", recordPath: ["results", ""] };

describe("records of a JSON document", () => {
  const good = '{"id": 1}';

  it("with invalid JSON are broken; later records are read", async () => {
    for (const chunk of [1, 65_536]) {
      const decoded = await decodeBytes(`[${good}, {"id": 2,,, "a": [1]}, {'id': 3}, ${good}]`, json, { chunk });
      expect(decoded.records.map((record) => record.locator)).toEqual(["item 1", "item 4"]);
      expect(decoded.broken.map((record) => [record.locator, record.raw])).toEqual([
        ["item 2", '{"id": 2,,, "a": [1]}'],
        ["item 3", "{'id': 3}"],
      ]);
      expect(decoded.error).toBeNull();
    }
  });

  const broken: [string, string, string][] = [
    ["cut between records", `[${good}, ${good}`, "byte 21, after item 2"],
    ["cut inside a record", `[${good}, {"id": "abc`, "item 2, byte 23"],
    ["brackets that do not match", `[${good}, {"id": [1}, ${good}]`, "item 2, byte 21"],
    ["no comma", `[${good} ${good}]`, "byte 11, after item 1"],
    ["a comma too many", `[${good},]`, "byte 11, after item 1"],
    ["something after the end", `[${good}] <!-- served by cache -->`, "byte 12, after item 1"],
  ];
  it.each(broken)("the document is broken: %s", async (_, feed, at) => {
    for (const chunk of [1, 65_536]) {
      const decoded = await decodeBytes(feed, json, { chunk });
      expect(decoded.records.length).toBeGreaterThan(0);
      expect(decoded.error?.code).toBe("malformed");
      expect(decoded.error?.params.at).toBe(at);
    }
  });

  it("other than objects are read as { value }", async () => {
    expect(valuesOf(await decodeBytes('["a", 1, null, [2]]', json))).toEqual([
      { value: "a" },
      { value: 1 },
      { value: null },
      { value: [2] },
    ]);
  });

  it("have storable texts: NUL is removed, half a surrogate pair becomes U+FFFD, each with an issue", async () => {
    const decoded = await decodeBytes('[{"a": "x\\u0000y"}, {"a": "\\ud83d!"}, {"a": "\\ud83d\\ude00"}, {"a": "\\\\u0000"}]', json);
    expect(valuesOf(decoded)).toEqual([{ a: "xy" }, { a: "\uFFFD!" }, { a: "😀" }, { a: "\\u0000" }]);
    expect(issuesOf(decoded)).toEqual(["wrong-encoding item 1", "wrong-encoding item 2", "characters-broken item 2"]);
  });

  it("nested a hundred thousand times", async () => {
    const decoded = await decodeBytes(`[${good}, ${"[".repeat(100_000)}`, json);
    expect(decoded.error?.params).toMatchObject({ reason: "depth" });
    expect(decoded.records).toHaveLength(1);
  });
});

describe("the path of the records", () => {
  it("is a path of keys; an object is one record, also at the root", async () => {
    const feed = '{"meta": {"items": [0]}, "data": {"n": 2, "items": [{"id": 1}, {"id": 2}]}}';
    expect(valuesOf(await decodeBytes(feed, { ...json, recordPath: "data.items" }, { chunk: 1 }))).toEqual([{ id: 1 }, { id: 2 }]);
    expect(valuesOf(await decodeBytes(feed, { ...json, recordPath: "meta" }))).toEqual([{ items: [0] }]);
    expect((await decodeBytes(feed, json)).records).toHaveLength(1);
  });

  it.each(['{"aides": []}', '{"results": null}', '{"results.x": []}', "[]", '{"data": {"results": []}}'])(
    "is missing in %s",
    async (feed) => {
      const decoded = await decodeBytes(feed, { ...json, recordPath: "results" });
      expect(decoded.error?.code).toBe("no-such-path");
      expect(decoded.error?.params).toEqual({ path: "results" });
    },
  );

  it("is the first declared alternative that the document has", async () => {
    expect(valuesOf(await decodeBytes('[{"id": 1}]', culture, { chunk: 1 }))).toEqual([{ id: 1 }]);
    expect(valuesOf(await decodeBytes('{"a": [{}], "results": [{"id": 1}]}', culture, { chunk: 1 }))).toEqual([{ id: 1 }]);
    expect(valuesOf(await decodeBytes('{"id": 1}', culture))).toEqual([{ id: 1 }]);
    const both = { ...json, recordPath: ["second", "first"] };
    expect(valuesOf(await decodeBytes('{"first": [{"id": 1}], "second": [{"id": 2}]}', both))).toEqual([{ id: 2 }]);
    expect((await decodeBytes('{"third": []}', both)).error?.params).toEqual({ path: "first" });
  });

  it("is found after a list longer than a record may be", async () => {
    const feed = `{"first": [${Array.from({ length: 200 }, () => '{"id": "0123456789"}').join()}]}`;
    expect((await decodeBytes(feed, { ...json, recordPath: ["second", "first"] }, { recordBytes: 1000, chunk: 100 })).records).toHaveLength(
      200,
    );
  });

  it("may have fields under a key of the record, also in JSON Lines; a record without it is read unchanged", async () => {
    const records = [{ recordid: "r1", fields: { id: 1, fields: "a" } }, { id: 2 }, { id: 3, fields: ["b"] }];
    const expected = [{ recordid: "r1", id: 1, fields: "a" }, { id: 2 }, { id: 3, fields: ["b"] }];
    const inFields = { ...json, recordPath: ["records", ""], fieldsUnder: "fields" };
    expect(valuesOf(await decodeBytes(JSON.stringify({ records }), inFields, { chunk: 1 }))).toEqual(expected);
    const lines = records.map((record) => JSON.stringify(record)).join("\n");
    expect(valuesOf(await decodeBytes(lines, { ...inFields, lines: true }))).toEqual(expected);
  });

  it("occurs twice in one document", async () => {
    expect((await decodeBytes('{"results": [{}], "results": [{}]}', { ...json, recordPath: "results" })).error?.code).toBe("malformed");
  });
});

describe("the envelope", () => {
  const agir = { ...json, recordPath: "ListeDispositifs", total: "NbDispositif", mustBe: { success: true } };

  it("announces a total before or after the records", async () => {
    expect((await decodeBytes('{"success": true, "NbDispositif": 5, "ListeDispositifs": [{}]}', agir)).totals).toEqual([5]);
    expect((await decodeBytes('{"ListeDispositifs": [{}], "NbDispositif": "5", "success": true}', agir, { chunk: 1 })).totals).toEqual([5]);
    expect((await decodeBytes('{"ListeDispositifs": [{}], "NbDispositif": null, "success": true}', agir)).totals).toEqual([]);
  });

  it.each([
    ['{"success": false, "ListeDispositifs": [{}]}', "false"],
    ['{"ListeDispositifs": [{}], "success": "true"}', '"true"'],
    ['{"ListeDispositifs": null, "success": false}', "false"],
    ['{"ListeDispositifs": [{}]}', "absent"],
    ['{"message": "quota"}', "absent"],
  ])("reports an error: %s", async (feed, found) => {
    const decoded = await decodeBytes(feed, agir);
    expect(decoded.error?.code).toBe("envelope-says-error");
    expect(decoded.error?.params).toEqual({ key: "success", found });
  });

  it("must be valid JSON", async () => {
    for (const feed of ['{"a": tru, "results": [{}]}', '{"results": [{}], a: 1}', '{"results": [{}],}', '{"results": [{}]']) {
      expect((await decodeBytes(feed, { ...json, recordPath: "results" })).error?.code).toBe("malformed");
    }
  });

  it("of a single object is the object itself", async () => {
    const single = { ...json, total: "count", mustBe: { ok: 1 } };
    expect((await decodeBytes('{"ok": 1, "count": 3}', single)).totals).toEqual([3]);
    expect((await decodeBytes('{"ok": 0}', single)).error?.code).toBe("envelope-says-error");
  });
});

describe("JSON Lines", () => {
  it("blank lines are ignored, an invalid line is one broken record", async () => {
    const decoded = await decodeBytes('{"id": 1}\n\n  \r\n{"id": \n{"id": 3}\r\n', { ...json, lines: true }, { chunk: 3 });
    expect(decoded.records.map((record) => [record.locator, record.values])).toEqual([
      ["item 1", { id: 1 }],
      ["item 3", { id: 3 }],
    ]);
    expect(decoded.broken.map((record) => [record.locator, record.raw])).toEqual([["item 2", '{"id": ']]);
  });
});

it("an empty body is not a JSON document", async () => {
  expect((await decodeParts([partOf("")], json)).error?.params).toEqual({ at: "byte 0" });
});
