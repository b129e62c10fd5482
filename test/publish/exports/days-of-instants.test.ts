import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dispositifAide } from "../../../src/kit/platforms/dispositif-aide.ts";
import type { Aid } from "../../../src/model/aid/aid.ts";
import { dispositifAideRow } from "../../../src/publish/exports/dispositif-aide-row.ts";
import { type ColumnRule, dispositifAideColumns } from "../../../src/publish/exports/dispositif-aide-schema.ts";
import { exampleAid } from "../../support/example-aid.ts";
import { propertyRuns } from "../../support/property-runs.ts";
import { readValue } from "../../support/read-value.ts";

const { fields } = dispositifAide({
  id: "exemple",
  publisher: { name: "Exemple", kind: "ministry", territory: { scale: "country", code: "FRA" }, licence: "unknown" },
  feed: { url: "https://exemple.fr/aides.csv" },
  format: "csv",
});
const dateColumns: readonly ColumnRule[] = dispositifAideColumns.filter(({ type }) => type === "datetime");
const zones = ["Europe/Paris", "America/Martinique", "Indian/Reunion", "Pacific/Noumea", "UTC"];
const inParis = new Intl.DateTimeFormat("fr-CA", { timeZone: "Europe/Paris", year: "numeric", month: "2-digit", day: "2-digit" });

/** Returns the cells of an aid with this day in every date. */
function cellsOf(day: string): [keyof Aid, string, string][] {
  const row = dispositifAideRow(exampleAid({ startDate: day, submissionDeadline: day, sourceUpdatedDate: day }));
  if (typeof row === "string") throw new Error(row);
  return dateColumns.map(({ name, field = "startDate" }) => [field, name, row[name as keyof typeof row]]);
}

/** Reads a cell as the day and the time of its aid, in the publisher's time zone. */
function read(field: keyof Aid, column: string, cell: string, timeZone: string) {
  const rule = fields[field as "startDate"];
  if (rule === undefined || fields.submissionDeadlineTime === undefined) throw new Error(`no rule for ${field}`);
  const { value, codes } = readValue(rule, { [column]: cell }, { timeZone });
  const time = readValue(fields.submissionDeadlineTime, { [column]: cell }, { timeZone });
  return [value, time.value, ...codes];
}

function expectItsDay(day: string): void {
  const cells = cellsOf(day);
  expect(cells.map(([field]) => field)).toEqual(["startDate", "submissionDeadline", "sourceUpdatedDate"]);
  for (const [field, column, cell] of cells) {
    // The form of a date-time in Table Schema, on which validators insist.
    expect(cell).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const instant = new Date(cell);
    expect([cell.slice(0, 10), instant.toISOString().slice(0, 10), inParis.format(instant)]).toEqual([day, day, day]);
    for (const zone of zones) expect(read(field, column, cell, zone)).toEqual([day, null]);
  }
}

const anyDay = fc
  .date({ min: new Date("1900-01-01T00:00:00Z"), max: new Date("2199-12-31T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe("every date of the national schema", () => {
  it.each([
    ["2024-03-30", "2024-03-31", "2024-04-01"],
    ["2024-10-26", "2024-10-27", "2024-10-28"],
    ["2022-12-31", "2023-01-01", "2024-02-29"],
    ["1945-04-02", "1976-03-28", "2099-12-31"],
  ])("is its day in UTC and in Paris, and read as this day in every zone: %s, %s, %s", (...days) => {
    for (const day of days) expectItsDay(day);
  });

  it("is its day in UTC and in Paris, and read as this day in every zone, on any day", () => {
    fc.assert(fc.property(anyDay, expectItsDay), { numRuns: propertyRuns(2_000) });
  });

  it.each([
    ["2024-01-14T23:00:00.000Z", "2024-01-15"],
    ["2024-01-14T23:00:00Z", "2024-01-15"],
    ["2024-07-14T22:00:00Z", "2024-07-15"],
    ["2024-03-30T23:00:00Z", "2024-03-31"],
    ["2024-10-26T22:00:00Z", "2024-10-27"],
    ["2024-07-15T00:00:00+02:00", "2024-07-15"],
  ])("written as midnight in Paris, %s, is read as %s", (cell, day) => {
    for (const [field, column] of cellsOf(day)) expect(read(field, column, cell, "Europe/Paris")).toEqual([day, null]);
  });

  it("keeps the time of a deadline that has one", () => {
    expect(read("submissionDeadline", "date_cloture", "2024-01-15T14:00:00Z", "Europe/Paris")).toEqual(["2024-01-15", "15:00"]);
  });

  it.each(["2023-02-29", "2023-02-31", "2023-13-01", "0202-11-20"])("does not roll %s over to another day", (day) => {
    expect(dispositifAideRow(exampleAid({ startDate: day }))).toBe("impossible-date");
  });
});
