import { describe, expect, it } from "vitest";
import { decodeBytes, issuesOf, valuesOf } from "../../support/decode-bytes.ts";

const keyed = { format: "json", keyField: "id" } as const;

describe("JSON records under their key", () => {
  it.each([1, 3, 65_536])("are read in order, with the key as a field, in chunks of %i bytes", async (chunk) => {
    const text = '{ "A12": {"titre": "Prêt"}, "7" : {"titre": "Prime", "id": 9},"é\\u00e9":{} }';
    const read = await decodeBytes(text, keyed, { chunk });
    expect([valuesOf(read), read.error]).toEqual([[{ id: "A12", titre: "Prêt" }, { id: "7", titre: "Prime" }, { id: "éé" }], null]);
    expect(read.records.map(({ locator }) => locator)).toEqual(["item 1", "item 2", "item 3"]);
  });

  it("are found under a path, beside the total, with fields of their own under a key", async () => {
    const text = '{"total": 2, "data": {"aides": {"a": {"fields": {"titre": "Prêt"}}, "b": {"fields": {"titre": "Prime"}}}}}';
    const read = await decodeBytes(text, { ...keyed, recordPath: "data.aides", total: "total", fieldsUnder: "fields" });
    expect([valuesOf(read), read.totals]).toEqual([
      [
        { id: "a", titre: "Prêt" },
        { id: "b", titre: "Prime" },
      ],
      [2],
    ]);
  });

  it("a list is read as usual, and an object without members has no records", async () => {
    expect(valuesOf(await decodeBytes('[{"titre": "Prêt"}]', keyed))).toEqual([{ titre: "Prêt" }]);
    expect(await decodeBytes("{}", keyed)).toMatchObject({ records: [], error: null });
  });

  it("a key twice gives two records; a member that is no object is a value; a broken one is broken", async () => {
    const read = await decodeBytes('{"a": {"titre": 1}, "a": {"titre": 2}, "b": "x", "c": {"titre": nichts}, "d": {}}', keyed);
    expect(valuesOf(read)).toEqual([{ id: "a", titre: 1 }, { id: "a", titre: 2 }, { id: "b", value: "x" }, { id: "d" }]);
    expect(issuesOf(read)).toEqual(["broken-record item 4"]);
  });

  it.each(["{", '{"a"', '{"a": ', '{"a": {}', '{"a": {},', '{"a": {},}', '{"a" {}}', "{a: {}}", '{"a": {}} x', "{,}"])(
    "%s is malformed",
    async (text) => {
      expect((await decodeBytes(text, keyed)).error).toMatchObject({ code: "malformed" });
    },
  );

  it("the key __proto__ changes no prototype", async () => {
    const [record] = valuesOf(await decodeBytes('{"__proto__": {"titre": "x"}}', keyed));
    expect([record, Object.getPrototypeOf(record)]).toEqual([{ id: "__proto__", titre: "x" }, Object.prototype]);
  });

  it("deep nesting under a key is malformed, not fatal", async () => {
    const read = await decodeBytes(`{"a": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`, keyed);
    expect(read.error).toMatchObject({ code: "malformed" });
  });

  it("a key that is larger than a record is refused", async () => {
    const read = await decodeBytes(`{"${"k".repeat(200_000)}": {}}`, keyed, { recordBytes: 1000 });
    expect(read.error).toMatchObject({ code: "too-large" });
  });
});
