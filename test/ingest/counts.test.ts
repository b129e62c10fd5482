import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunCounts, RunReport } from "../../src/model/run/run-report.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";
import { flattened } from "../support/made-aids.ts";
import { propertyRuns } from "../support/property-runs.ts";

/** A record of a small feed: repeated identifiers, and values that appear, change and disappear. */
interface SmallRecord {
  readonly id: string | null;
  readonly titre: string;
  readonly texte: string | null;
  readonly rythme: "Permanente" | "Ponctuelle" | "";
  readonly debut: string | null;
  readonly fin: string | null;
  readonly motsCles: readonly string[];
  readonly publie: "oui" | "non";
}

const anyRecord: fc.Arbitrary<SmallRecord> = fc.record({
  id: fc.oneof({ weight: 12, arbitrary: fc.constantFrom("a", "b", "c", "d", "e") }, { weight: 1, arbitrary: fc.constant(null) }),
  titre: fc.constantFrom("Toit", "Haie", "Puits", "Mur", " "),
  texte: fc.constantFrom("<p>Un</p>", "<p>Deux</p>", "", null),
  rythme: fc.constantFrom("Permanente", "Ponctuelle", ""),
  debut: fc.constantFrom("2026-01-01", "2026-02-02", "2026-02-30", null),
  fin: fc.constantFrom("2026-06-30", null),
  motsCles: fc.constantFrom(["eau", "air"], ["air", "eau"], ["feu"], []),
  publie: fc.oneof({ weight: 6, arbitrary: fc.constant("oui" as const) }, { weight: 1, arbitrary: fc.constant("non" as const) }),
});
// Each aid has its own title, else the same aid under another id would be recognised.
const anyFeeds = fc.array(
  fc.array(
    anyRecord.map((record) => ({ ...record, titre: record.titre === " " ? " " : `${words[record.id ?? "?"]} ${record.titre}` })),
    { maxLength: 7 },
  ),
  { minLength: 2, maxLength: 4 },
);
const words: Readonly<Record<string, string>> = { a: "Chauffage", b: "Piscine", c: "Bibliothèque", d: "Verger", e: "Autocar", "?": "Sans" };

/** Stored fields of an aid that these feeds fill. */
interface StoredFields {
  readonly name: string;
  readonly description: string | null;
  readonly recurrence: string | null;
  readonly startDate: string | null;
  readonly submissionDeadline: string | null;
  readonly keywords: readonly string[];
}

const slugs = { Permanente: "ongoing", Ponctuelle: "oneoff", "": null } as const;

function fieldsOf(record: SmallRecord): StoredFields {
  return {
    name: record.titre,
    description: record.texte || null,
    recurrence: slugs[record.rythme],
    startDate: record.debut === "2026-02-30" ? null : record.debut,
    submissionDeadline: record.fin,
    keywords: [...record.motsCles].sort(),
  };
}

/** Returns the expected fields of an aid: the feed's values and the missing ones kept. An ongoing aid without dates loses its dates. */
function merged(stored: StoredFields, received: StoredFields): StoredFields {
  const datesGo = received.recurrence === "ongoing" && received.startDate === null && received.submissionDeadline === null;
  return {
    name: received.name,
    description: received.description ?? stored.description,
    recurrence: received.recurrence ?? stored.recurrence,
    startDate: datesGo ? null : (received.startDate ?? stored.startDate),
    submissionDeadline: datesGo ? null : (received.submissionDeadline ?? stored.submissionDeadline),
    keywords: received.keywords.length > 0 ? received.keywords : stored.keywords,
  };
}

type ModelCounts = Pick<RunCounts, "received" | "skipped" | "rejected" | "valid" | "created" | "updated" | "unchanged" | "missing">;

/** Computes the expected counts and the stored fields after a run. */
function expectedAfter(stored: ReadonlyMap<string, StoredFields>, feed: readonly SmallRecord[]) {
  const after = new Map(stored);
  const feedFields = new Map<string, StoredFields>();
  const receivedIds = new Set<string>();
  const counts = { received: feed.length, skipped: 0, rejected: 0, valid: 0, created: 0, updated: 0, unchanged: 0, missing: 0 };
  for (const record of feed) {
    if (record.publie === "non") counts.skipped++;
    else {
      if (record.id !== null) receivedIds.add(record.id);
      if (record.id === null || record.titre.trim() === "" || feedFields.has(record.id)) counts.rejected++;
      else feedFields.set(record.id, fieldsOf(record));
    }
  }
  counts.valid = feedFields.size;
  for (const [id, fields] of feedFields) {
    const before = stored.get(id);
    const now = before === undefined ? fields : merged(before, fields);
    if (before === undefined) counts.created++;
    else counts[JSON.stringify(before) === JSON.stringify(now) ? "unchanged" : "updated"]++;
    after.set(id, now);
  }
  counts.missing = [...stored.keys()].filter((id) => !receivedIds.has(id)).length;
  return { counts: counts satisfies ModelCounts, after: feedFields.size === 0 ? stored : after };
}

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`any sequence of small feeds, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    it("counts add up, the catalogue matches a calculation by hand, and an identical feed writes nothing", async () => {
      await fc.assert(
        fc.asyncProperty(anyFeeds, async (feeds) => {
          const harvest = await newHarvest(catalogue, { guards: guardsOff });
          let stored: ReadonlyMap<string, StoredFields> = new Map();
          for (const feed of feeds) {
            const report = await harvest.day(feed);
            const paper = expectedAfter(stored, feed);
            expectSums(report);
            expect(report.counts).toMatchObject(paper.counts);
            expect(report.outcome).toBe(outcomeOnPaper(paper.counts));
            stored = paper.after;
            expect(await storedIn(harvest.connector)).toEqual(sorted(stored));

            const rows = await harvest.rows();
            const again = await harvest.day(feed, { force: true });
            expectSums(again);
            expect(again.issues).toEqual(report.issues);
            expect(again.fillRates).toEqual(report.fillRates);
            expect(again.outcome).toBe(report.outcome === "held" ? "held" : "unchanged");
            expect(await harvest.rows()).toEqual(rows);
          }
        }),
        { numRuns: propertyRuns(15) },
      );
    });

    async function storedIn(connector: string): Promise<[string, StoredFields][]> {
      const aids = await flattened(catalogue.aids.list({ connector }));
      return aids.map(({ externalId, name, description, recurrence, startDate, submissionDeadline, keywords }) => [
        externalId,
        { name, description, recurrence, startDate, submissionDeadline, keywords },
      ]);
    }
  });
}

function sorted(stored: ReadonlyMap<string, StoredFields>): [string, StoredFields][] {
  return [...stored].sort(([a], [b]) => (a < b ? -1 : 1));
}

function outcomeOnPaper(counts: ModelCounts): RunReport["outcome"] {
  if (counts.valid === 0) return "held";
  if (counts.created + counts.updated === 0) return "unchanged";
  return counts.rejected > 0 ? "applied-with-rejects" : "applied";
}

/** Checks the sums of counts that every report must fulfil. */
function expectSums({ counts, skippedBy, issues }: RunReport): void {
  const { received, skipped, rejected, valid, created, updated, restored, unchanged, ignored } = counts;
  expect(skipped + rejected + valid).toBe(received);
  expect(created + updated + restored + unchanged + ignored).toBe(valid);
  expect(Object.values(skippedBy).reduce((sum, count) => sum + count, 0)).toBe(skipped);
  const errors = issues.filter(({ severity }) => severity === "error").reduce((sum, { count }) => sum + count, 0);
  expect(errors).toBeGreaterThanOrEqual(rejected);
  expect(Object.values(counts).every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
}
