import fc from "fast-check";
import { expect, it } from "vitest";
import { writeRequestBody } from "../../../src/ingest/fetch/request-body.ts";
import type { FeedBody } from "../../../src/kit/feed.ts";
import { propertyRuns } from "../../support/property-runs.ts";

const all = { type: { values: ["1", "2"], isDivided: false }, year: { values: ["2025", "2026"], isDivided: false } };
const one = { ...all, type: { values: ["2"], isDivided: true } };
const written = (...parameters: Parameters<typeof writeRequestBody>) => Buffer.from(writeRequestBody(...parameters).bytes).toString("utf8");

it("in JSON a placeholder becomes its value or a list of values, or members of a list; the rest is unchanged", () => {
  const value = {
    must: [{ terms: { type: ["0", "{type}", "9"] } }, { term: "{type}" }],
    text: "of {type}",
    other: "{unknown}",
    "{type}": [["{year}"], 7, null, true],
  };
  expect(JSON.parse(written({ kind: "json", value }, {}, all))).toEqual({
    must: [{ terms: { type: ["0", "1", "2", "9"] } }, { term: ["1", "2"] }],
    text: "of {type}",
    other: "{unknown}",
    "{type}": [["2025", "2026"], 7, null, true],
  });
  expect(JSON.parse(written({ kind: "json", value }, {}, one)).must).toEqual([{ terms: { type: ["0", "2", "9"] } }, { term: "2" }]);
  expect(JSON.parse(written({ kind: "json", value }, {}))).toEqual(value);
});

it("in a form a placeholder becomes several fields", () => {
  const body: FeedBody = { kind: "form", fields: { t: "{type}", q: "{type} only" } };
  expect(written(body, {}, all)).toBe("t=1&t=2&q=%7Btype%7D+only");
  expect(written(body, { page: 3 }, one)).toBe("t=2&q=%7Btype%7D+only&page=3");
});

it("in parts a text stays a text, other values are JSON, and names are escaped", () => {
  const parts = [
    { name: 'a"\r\nX: y', value: "{type}" },
    { name: "query", value: { bool: { must: ["{type}"] } } },
  ];
  expect(written({ kind: "multipart", parts }, {}, one)).toBe(
    [
      "--moisson-1-",
      'Content-Disposition: form-data; name="a%22%0D%0AX: y"',
      "",
      "2",
      "--moisson-1-",
      'Content-Disposition: form-data; name="query"; filename="blob"',
      "Content-Type: application/json",
      "",
      '{"bool":{"must":["2"]}}',
      "--moisson-1---",
      "",
    ].join("\r\n"),
  );
});

it("the boundary is in none of the parts, and the body can be parsed", async () => {
  const texts = fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("--moisson-1-", "\r\n--moisson-2---\r\n", "moisson-3-")), {
    minLength: 1,
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(texts, async (values) => {
      const parts = values.map((value, index) => ({ name: `p${index}`, value }));
      const { contentType, bytes } = writeRequestBody({ kind: "multipart", parts });
      const read = await new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { "content-type": contentType } }).formData();
      expect(parts.map(({ name }) => read.get(name))).toEqual(values.map((value) => Buffer.from(value).toString("utf8")));
    }),
    { numRuns: propertyRuns(25) },
  );
});
