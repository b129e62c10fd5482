import { expect, it } from "vitest";
import { AidContent } from "../../../src/model/aid/aid.ts";
import { aidFields, type Field, fieldTable, keyInApi } from "../../../src/model/aid/field-table.ts";
import { aidesTerritoiresRecord } from "../../../src/publish/exports/aides-territoires-record.ts";
import { AidRecord } from "../../../src/publish/exports/record-schema.ts";
import { exampleAid } from "../../support/example-aid.ts";

it("refuses a text without a class for people, when it is compiled", () => {
  // @ts-expect-error a text may name people, so it needs a class
  const text: Field = { kind: "html", part: "texts" };
  // @ts-expect-error an organisation may be a person
  const organisations: Field = { kind: "organisations", part: "organisations" };
  const day: Field = { kind: "date", part: "when" };
  expect([text, organisations, day]).toHaveLength(3);
});

it("is the schema of an aid's content, in the same order", () => {
  expect(Object.keys(AidContent.shape)).toEqual(Object.keys(fieldTable));
});

it("has every field in the documented record of the API, under the key of its name", () => {
  const keys = Object.keys(AidRecord.shape);
  for (const field of aidFields) {
    const key = keyInApi(field);
    expect([field, keys.includes(key) || keys.includes(`${key}_full`)]).toEqual([field, true]);
  }
});

it("has in the record of Aides-territoires just the fields that are not ours", () => {
  const keys = Object.keys(aidesTerritoiresRecord(exampleAid(), { importIdPrefix: "", publisher: null }));
  const missing = aidFields.filter((field) => ![keyInApi(field), keyInApi(field).replace(/s$/, "")].some((key) => keys.includes(key)));
  expect(missing).toEqual(aidFields.filter((field) => (fieldTable[field] as Field).isOurs === true));
});
