import fc from "fast-check";
import { expect, test } from "vitest";
import { dateOfSerial } from "../../../../src/ingest/decode/excel/cell-value.ts";

const seconds = fc.integer({ min: 0, max: 86_399 });

/** Returns Excel's serial number of a date and time, valid from 1 March 1900. */
function serialOf(day: Date, time: number, firstDay: number): number {
  return (day.getTime() - firstDay) / 86_400_000 + time / 86_400;
}

test.each([
  [1900, Date.UTC(1899, 11, 30), Date.UTC(1900, 2, 1)],
  [1904, Date.UTC(1904, 0, 1), Date.UTC(1904, 0, 1)],
] as const)("any second since %s is converted back and forth (property)", (system, dayZero, earliest) => {
  const day = fc
    .integer({ min: earliest / 86_400_000, max: Date.UTC(9999, 11, 30) / 86_400_000 })
    .map((days) => new Date(days * 86_400_000));
  fc.assert(
    fc.property(day, seconds, (date, time) => {
      const expected = new Date(date.getTime() + time * 1000).toISOString().slice(0, 19).replace("T00:00:00", "");
      expect(dateOfSerial(serialOf(date, time, dayZero), system)).toBe(expected);
    }),
  );
});

test("dates from 1 January to 29 February 1900 are as Excel shows them", () => {
  expect([1, 2, 31, 32, 59, 60, 61].map((serial) => dateOfSerial(serial, 1900))).toEqual([
    "1900-01-01",
    "1900-01-02",
    "1900-01-31",
    "1900-02-01",
    "1900-02-28",
    "1900-02-29",
    "1900-03-01",
  ]);
});
