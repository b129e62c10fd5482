import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunReport } from "../../src/model/run/run-report.ts";
import type { Row } from "../real-files/feed-rows.ts";
import { ownCatalogue, type TestCatalogue } from "../support/catalogues.ts";
import { type DriftKind, drifted, isSame } from "./drift-kind.ts";
import { table, totals } from "./drift-table.ts";
import { exampleFeed } from "./example-feed.ts";
import { driftKinds } from "./kinds/all-kinds.ts";
import type { LoadedFeed } from "./load-feed.ts";
import { recordValue, withValue } from "./record-value.ts";
import { importClean, runDrift, runNight } from "./run-drift.ts";
import { daysAfter, writtenDate, yearsAfter } from "./written-date.ts";

let folder: string;
let loaded: LoadedFeed;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "moisson-drifts-"));
  loaded = exampleFeed(folder);
  await writeFile(loaded.file, await loaded.write(loaded.feed.rows));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const first = { seed: 1, night: 1 };

/** Freezes a value and all its members, so that a change of it throws. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

/** Returns the top-level keys with different values. */
function changedKeys(before: Row, after: Row): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !isSame(before[key], after[key]));
}

describe("every kind of drift", () => {
  it("has its own id", () => {
    expect(new Set(driftKinds.map(({ id }) => id)).size).toBe(driftKinds.length);
  });

  it.each(driftKinds.map((kind) => [kind.id, kind] as const))("%s changes what it says, and nothing else", (_, kind) => {
    const feed = { ...loaded.feed, rows: frozen(loaded.feed.rows) };
    const rows = drifted(kind, feed, { ...first, share: 1 }) ?? drifted(kind, feed, { ...first, share: 0.5 });
    if (rows === null) throw new Error("does not fit the example");
    expect(isSame(rows, feed.rows)).toBe(false);
    if (kind.touches === "records" || kind.touches === "all") return;
    expect(rows.length).toBe(feed.rows.length);
    const own = new Set(kind.touches.flatMap((field) => [...feed.paths(field), feed.mainPath(field) ?? ""]));
    const changed = new Set(rows.flatMap((row, index) => changedKeys(feed.rows[index] ?? {}, row)));
    expect([...changed].filter((key) => !own.has(key))).toEqual([]);
  });

  it("changes the asked share of the records, the same ones each time, and more each night", () => {
    const kind = driftKinds.find(({ id }) => id === "text-slow-loss") as DriftKind;
    const changedOn = (night: number) => {
      const rows = drifted(kind, loaded.feed, { seed: 1, share: 0.1, night }) ?? [];
      return rows.flatMap((row, index) => (isSame(row, loaded.feed.rows[index]) ? [] : [index]));
    };
    expect([changedOn(1).length, changedOn(3).length]).toEqual([4, 12]);
    expect(changedOn(3)).toEqual(expect.arrayContaining(changedOn(1)));
    expect(changedOn(3)).toEqual(changedOn(3));
  });

  it.each<[string, (rows: readonly Row[], clean: readonly Row[]) => unknown, unknown]>([
    ["lost", (rows) => rows.length, 20],
    ["copied", (rows) => [rows.length, new Set(rows.map(({ id }) => id)).size], [50, 50]],
    [
      "ids-recycled",
      (rows, clean) => [rows.map(({ id }) => id).sort(), rows.filter(({ id }, i) => id !== clean[i]?.id).length],
      [expect.any(Array), 6],
    ],
    [
      "renumbered",
      (rows) =>
        isSame(
          rows.map(({ titre }) => titre),
          rows.map(({ titre }) => String(titre)).sort(),
        ),
      true,
    ],
    ["deadline-of-next", (rows, clean) => rows.every(({ fin }, i) => fin === clean[(i + 1) % clean.length]?.fin), true],
    ["deadline-day-early", (rows, clean) => rows.every(({ fin }, i) => fin === daysAfter(String(clean[i]?.fin), -1)), true],
    ["amounts-x100", (rows) => rows[0]?.pret, 1_000_000],
    ["rates-fractions", (rows) => rows[0]?.taux, "0,205"],
    ["audience-all", (rows) => rows[0]?.publics, ["Communes", "Départements"]],
    ["territory-france", (rows) => rows.every(({ lieux }) => isSame(lieux, ["France"])), true],
    ["links-home", (rows) => rows[3]?.lien, "https://exemple.fr/"],
    ["text-amounts-x10", (rows) => /\d+ 500 ?0 €/.test(String(rows[0]?.texte)), true],
  ])("%s", (id, look, expected) => {
    const kind = driftKinds.find((known) => known.id === id) as DriftKind;
    const rows = drifted(kind, loaded.feed, { ...first, share: kind.share ?? 1 }) ?? [];
    expect(look(rows, loaded.feed.rows)).toEqual(expected);
  });
});

describe("dates and paths of records", () => {
  it.each([
    ["2026-03-01", "2026-02-28"],
    ["2026-03-01T00:00:00+01:00", "2026-02-28T00:00:00+01:00"],
    ["01/03/2026", "28/02/2026"],
    ["20260301", "20260228"],
    ["1er mars 2026", "28 février 2026"],
  ])("%s one day earlier is %s", (text, earlier) => {
    const date = writtenDate(text);
    expect(date?.write(daysAfter(date.day, -1))).toBe(earlier);
  });

  it("other texts, impossible days and the end of time are no dates; 29 February has no next year", () => {
    expect(["bientôt", "2026-13-01", "31/12/2099", "", null, 7].map(writtenDate)).toEqual([null, null, null, null, null, null]);
    expect(yearsAfter("2028-02-29", 1)).toBe("2029-02-28");
  });

  it("a path is followed to its first list; the record itself is not changed", () => {
    const row = frozen({ a: { b: 1, c: 2 }, l: [{ m: 1 }], "x.y": 3 });
    expect([recordValue(row, "a.b"), recordValue(row, "l[].m"), recordValue(row, "x.y")]).toEqual([1, [{ m: 1 }], 3]);
    expect(withValue(row, "a.b", 5)).toEqual({ ...row, a: { b: 5, c: 2 } });
    expect(withValue(row, "x.y", undefined)).toEqual({ a: row.a, l: row.l });
    expect(withValue(row, "a.b", 1)).toBe(row);
  });
});

/** A kind that changes one field of the first record. */
function change(id: string, key: string, to: (value: string) => string): DriftKind {
  return { id, says: id, touches: "all", change: () => (row, index) => (index === 0 ? { ...row, [key]: to(String(row[key])) } : row) };
}

describe("what becomes of a drift", () => {
  let catalogue: TestCatalogue;
  let control: RunReport;
  const run = async (kind: DriftKind) => runDrift(catalogue, loaded, kind, control, { share: kind.share ?? 1, seed: 1 });
  const known = (id: string) => driftKinds.find((kind) => kind.id === id) as DriftKind;

  it("the clean feed is unchanged; half of the records lost is held; single changes are silent, proposed or mended, and undone", async () => {
    catalogue = await ownCatalogue();
    const { published } = await importClean(catalogue, loaded, true);
    expect(published).toBeGreaterThan(30);
    control = await runNight(catalogue, loaded, 1, loaded.feed.rows);
    expect([control.outcome, control.warnings]).toEqual(["unchanged", []]);

    const lost = await run(known("lost"));
    expect(lost).toMatchObject({ fate: "held", applied: 0, isUndoExact: true, messages: [expect.any(String)] });
    const texts = await run(change("a text", "texte", (text) => `${text}<p>La région répond.</p>`));
    expect(texts).toMatchObject({ fate: "proposed", applied: 0, proposed: 1, byField: { description: 1 }, isUndoExact: true });
    const links = await run(change("a link", "lien", (link) => `${link}/2026`));
    expect(links).toMatchObject({ fate: "silent", applied: 1, proposed: 0, byField: { originUrl: 1 }, isUndoExact: true });
    const empty = await run(change("no conditions", "conditions", () => ""));
    expect(empty).toMatchObject({ fate: "mended", applied: 0, proposed: 0, isUndoExact: true });
    const blanks = await run(change("blanks", "titre", (title) => `  ${title} `));
    expect(blanks).toMatchObject({ fate: "same", applied: 0, proposed: 0, isUndoExact: true });
    const misfit = await run({ ...change("nothing", "titre", (title) => title) });
    expect(misfit).toBeNull();

    const cases = [known("lost"), change("a link", "lien", String)].map((kind, index) => {
      return { kind: kind.id, feed: loaded.id, isPublished: true, share: 0.5, result: [lost, links][index] ?? null };
    });
    expect(table([known("lost")], [loaded.id], cases)).toContain("| lost: records are missing | 50 % | held |");
    expect(totals([loaded.id], cases)).toContain("| all | 2 | 1 | 0 | 0 | 0 | 0 | 1 | 50.0 % | 0 |");
  });
});
