import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { guardsOff } from "../support/harvest.ts";
import { propertyRuns, runsFactor } from "../support/property-runs.ts";
import { type DayRecord, firstFeed } from "./any-act.ts";
import { History } from "./history-commands.ts";

/** How a feed is run. `applied` runs count, also `later` by a curator; `limited` ones never do. */
type Kind = "applied" | "later" | "undone" | "dry" | "limited" | "held" | "failed";

/** A run, this many days after the previous one, whose feed lacks these aids. */
interface Run {
  readonly kind: Kind;
  readonly days: number;
  readonly lacks: readonly string[];
}

const ids = firstFeed.map(({ id }) => id);
const [stays = "", ...others] = ids;
const anyRun: fc.Arbitrary<Run> = fc.record({
  kind: fc.oneof(
    { weight: 5, arbitrary: fc.constant<Kind>("applied") },
    { weight: 2, arbitrary: fc.constant<Kind>("undone") },
    { weight: 4, arbitrary: fc.constantFrom<Kind>("later", "limited", "dry", "held", "failed") },
  ),
  days: fc.nat(2),
  // Most missing aids are missing the next day too.
  lacks: fc.subarray(others, { minLength: 2 }),
});
const anyGrace = fc.record({ runs: fc.integer({ min: 1, max: 3 }), days: fc.nat(4) });

/** Computes by a simple count which aids must be withdrawn, and since when. Days are numbers from 0. */
class AbsencesOnPaper {
  /** Runs that count: the day of application, and the missing aids. */
  #counted: readonly { readonly day: number; readonly lacks: readonly string[] }[] = [];
  #withdrawn: ReadonlyMap<string, number> = new Map();

  constructor(private readonly grace: { readonly runs: number; readonly days: number }) {}

  get withdrawn(): ReadonlyMap<string, number> {
    return this.#withdrawn;
  }

  /** Restores aids without a counting run. */
  bringBack(ids: readonly string[]): void {
    this.#withdrawn = new Map([...this.#withdrawn].filter(([id]) => !ids.includes(id)));
  }

  /** Adds a counting run: planned on one day, applied on this or a later one. */
  count(lacks: readonly string[], planned: number, applied: number): void {
    const withdrawn = new Map([...this.#withdrawn].filter(([id]) => lacks.includes(id)));
    for (const id of lacks) {
      const present = this.#counted.findLastIndex((run) => !run.lacks.includes(id));
      const absent = this.#counted.slice(present + 1);
      const days = planned - (absent[0]?.day ?? planned);
      if (!withdrawn.has(id) && absent.length + 1 >= this.grace.runs && days >= this.grace.days) withdrawn.set(id, applied);
    }
    this.#withdrawn = withdrawn;
    this.#counted = [...this.#counted, { day: applied, lacks }];
  }
}

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`grace, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    it("an aid is withdrawn when it is missing in enough counting runs over enough days, and by no other run", {
      timeout: 120_000 * Math.max(1, runsFactor),
    }, async () => {
      const runs = fc.array(anyRun, { minLength: 5, maxLength: 10, size: "max" });
      await fc.assert(
        fc.asyncProperty(anyGrace, runs, async (grace, runs) => {
          const history = await History.begin(catalogue, { absence: grace, guards: guardsOff });
          const paper = new AbsencesOnPaper(grace);
          await history.run(firstFeed);
          paper.count([], 0, 0);
          let day = 0;
          for (const [index, run] of runs.entries()) {
            day += run.days;
            const applied = await live(history, run, index);
            if (run.kind === "applied" || run.kind === "later") paper.count(run.lacks, day, day + applied);
            if (run.kind === "limited") paper.bringBack(ids.filter((id) => !run.lacks.includes(id)).slice(0, 2));
            day += applied;
            expect(await withdrawnIn(history)).toEqual(new Map([...paper.withdrawn].map(([id, since]) => [id, dayAt(since)])));
          }
        }),
        { numRuns: propertyRuns(12) },
      );
    });
  });
}

/** Performs a run and returns the days until its plan was applied. Its feed changes a title, so that there is something to undo. */
async function live(history: History, { kind, days, lacks }: Run, index: number): Promise<number> {
  const records = firstFeed
    .filter(({ id }) => !lacks.includes(id))
    .map((record): DayRecord => (record.id === stays ? { ...record, titre: `${record.titre} ${index}` } : record));
  history.goOn(days);
  if (kind === "failed") expect((await history.run('[{"id":')).outcome).toBe("unreadable");
  else if (kind === "held") expect((await history.run(records.map((record) => ({ ...record, titre: "" })))).outcome).toBe("held");
  else {
    const how = kind === "later" ? "dry" : kind === "undone" ? "applied" : kind;
    const { report } = await history.live({ act: "feed", records, how, days: 0 });
    expect(report?.outcome).toBe(how === "applied" ? "applied" : "planned");
  }
  if (kind === "undone") expect(await history.live({ act: "undo", back: 0 })).toMatchObject({ planId: expect.any(String) });
  if (kind !== "later" && kind !== "limited") return discarded(history);
  expect(await history.live({ act: "apply", part: null, days: 1 })).toMatchObject({ isWhole: true });
  return 1;
}

async function discarded(history: History): Promise<number> {
  await history.live({ act: "discard" });
  return 0;
}

async function withdrawnIn(history: History): Promise<Map<string, string>> {
  const aids = [...(await history.world()).values()];
  return new Map(aids.flatMap(({ externalId, withdrawnAt }) => (withdrawnAt === null ? [] : [[externalId, withdrawnAt]])));
}

function dayAt(day: number): string {
  return new Date(Date.parse("2026-11-25") + day * 86_400_000).toISOString().slice(0, 10);
}
