import { afterAll, beforeAll, expect, it } from "vitest";
import type { PortalFile } from "../../../src/ingest/fetch/dataset-file.ts";
import { newestFile } from "../../../src/ingest/fetch/dataset-file.ts";

const file = (title: string, changedAt: string | null): PortalFile => ({ title, format: "csv", url: "/", changedAt });
const newestOf = (...instants: readonly (string | null)[]) =>
  newestFile(
    instants.map((instant, index) => file(String(index), instant)),
    { format: "csv" },
  ).title;

const { TZ } = process.env;
beforeAll(() => {
  process.env.TZ = "Europe/Paris";
});
afterAll(() => {
  if (TZ === undefined) delete process.env.TZ;
  else process.env.TZ = TZ;
});

it.each([
  [["2026-01-01T00:00:00+00:00", "2026-01-02T00:00:00+00:00"], "1"],
  [["2026-01-02T00:00:00+00:00", "2026-01-01T23:30:00-01:00"], "1"],
  [["2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00Z"], "0"],
  [[null, "2026-01-01"], "1"],
  [["someday", "2026-01-01"], "1"],
  [["someday", null], "0"],
])("of files of %j the newest is %s", (instants, newest) => {
  expect(newestOf(...instants)).toBe(newest);
});

it("a time without zone is UTC in any time zone", () => {
  expect(new Date("2026-09-01T12:30:00").toISOString()).toBe("2026-09-01T10:30:00.000Z");
  expect(newestOf("2026-09-01T12:30:00.123456", "2026-09-01T12:00:00Z")).toBe("0");
});

it.each([
  ["region cours", "Aides en cours (Région)"],
  ["closes", "Aides closes"],
])("%s are words of only one title", (titled, title) => {
  const files = [file("Concours de la région", "2026-11-01"), file("Aides en cours (Région)", null), file("Aides closes", null)];
  expect(newestFile(files, { format: " CSV", titled }).title).toBe(title);
});
