import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunCounts, RunReport } from "../../src/model/run/run-report.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";
import { flattened } from "../support/made-aids.ts";
import { propertyRuns } from "../support/property-runs.ts";

/** A record of a small feed: identifiers that meet again, values that come, change and go. */
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
// An aid has a title of its own: the same aid under another id would be recognised as such.
const anyFeeds = fc.array(
  fc.array(
    anyRecord.map((record) => ({ ...record, titre: record.titre === " " ? " " : `${words[record.id ?? "?"]} ${record.titre}` })),
    { maxLength: 7 },
  ),
  { minLength: 2, maxLength: 4 },
);
const words: Readonly<Record<string, string>> = { a: "Chauffage", b: "Piscine", c: "Bibliothèque", d: "Verger", e: "Autocar", "?": "Sans" };

/** What a catalogue holds of an aid, as far as these feeds fill it. */
interface HeldFields {
  readonly name: string;
  readonly description: string | null;
  readonly recurrence: string | null;
  readonly startDate: string | null;
  readonly submissionDeadline: string | null;
  readonly keywords: readonly string[];
}

const slugs = { Permanente: "ongoing", Ponctuelle: "oneoff", "": null } as const;

function fieldsOf(record: SmallRecord): HeldFields {
  return {
    name: record.titre,
    description: record.texte || null,
    recurrence: slugs[record.rythme],
    startDate: record.debut === "2026-02-30" ? null : record.debut,
    submissionDeadline: record.fin,
    keywords: [...record.motsCles].sort(),
  };
}

/** What must become of an aid: what the feed says, and what it no longer says; an ongoing aid without dates loses those of before. */
function merged(held: HeldFields, said: HeldFields): HeldFields {
  const datesGo = said.recurrence === "ongoing" && said.startDate === null && said.submissionDeadline === null;
  return {
    name: said.name,
    description: said.description ?? held.description,
    recurrence: said.recurrence ?? held.recurrence,
    startDate: datesGo ? null : (said.startDate ?? held.startDate),
    submissionDeadline: datesGo ? null : (said.submissionDeadline ?? held.submissionDeadline),
    keywords: said.keywords.length > 0 ? said.keywords : held.keywords,
  };
}

type ModelCounts = Pick<RunCounts, "received" | "skipped" | "rejected" | "valid" | "created" | "updated" | "unchanged" | "missing">;

/** The same day on paper: what must be counted, and held afterwards. */
function dayOnPaper(held: ReadonlyMap<string, HeldFields>, feed: readonly SmallRecord[]) {
  const after = new Map(held);
  const said = new Map<string, HeldFields>();
  const came = new Set<string>();
  const counts = { received: feed.length, skipped: 0, rejected: 0, valid: 0, created: 0, updated: 0, unchanged: 0, missing: 0 };
  for (const record of feed) {
    if (record.publie === "non") counts.skipped++;
    else {
      if (record.id !== null) came.add(record.id);
      if (record.id === null || record.titre.trim() === "" || said.has(record.id)) counts.rejected++;
      else said.set(record.id, fieldsOf(record));
    }
  }
  counts.valid = said.size;
  for (const [id, fields] of said) {
    const before = held.get(id);
    const now = before === undefined ? fields : merged(before, fields);
    if (before === undefined) counts.created++;
    else counts[JSON.stringify(before) === JSON.stringify(now) ? "unchanged" : "updated"]++;
    after.set(id, now);
  }
  counts.missing = [...held.keys()].filter((id) => !came.has(id)).length;
  return { counts: counts satisfies ModelCounts, after: said.size === 0 ? held : after };
}

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`whatever small feeds come one after the other, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    it("the counts add up, the catalogue is what it is on paper, and a feed that comes again writes nothing", {
      timeout: 60_000,
    }, async () => {
      await fc.assert(
        fc.asyncProperty(anyFeeds, async (feeds) => {
          const harvest = await newHarvest(catalogue, { guards: guardsOff });
          let held: ReadonlyMap<string, HeldFields> = new Map();
          for (const feed of feeds) {
            const report = await harvest.day(feed);
            const paper = dayOnPaper(held, feed);
            expectSums(report);
            expect(report.counts).toMatchObject(paper.counts);
            expect(report.outcome).toBe(outcomeOnPaper(paper.counts));
            held = paper.after;
            expect(await heldIn(harvest.connector)).toEqual(sorted(held));

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

    async function heldIn(connector: string): Promise<[string, HeldFields][]> {
      const aids = await flattened(catalogue.aids.list({ connector }));
      return aids.map(({ externalId, name, description, recurrence, startDate, submissionDeadline, keywords }) => [
        externalId,
        { name, description, recurrence, startDate, submissionDeadline, keywords },
      ]);
    }
  });
}

function sorted(held: ReadonlyMap<string, HeldFields>): [string, HeldFields][] {
  return [...held].sort(([a], [b]) => (a < b ? -1 : 1));
}

function outcomeOnPaper(counts: ModelCounts): RunReport["outcome"] {
  if (counts.valid === 0) return "held";
  if (counts.created + counts.updated === 0) return "unchanged";
  return counts.rejected > 0 ? "applied-with-rejects" : "applied";
}

/** The sums of contracts.md, which hold in every report. */
function expectSums({ counts, skippedBy, issues }: RunReport): void {
  const { received, skipped, rejected, valid, created, updated, restored, unchanged, ignored } = counts;
  expect(skipped + rejected + valid).toBe(received);
  expect(created + updated + restored + unchanged + ignored).toBe(valid);
  expect(Object.values(skippedBy).reduce((sum, count) => sum + count, 0)).toBe(skipped);
  const errors = issues.filter(({ severity }) => severity === "error").reduce((sum, { count }) => sum + count, 0);
  expect(errors).toBeGreaterThanOrEqual(rejected);
  expect(Object.values(counts).every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
}
