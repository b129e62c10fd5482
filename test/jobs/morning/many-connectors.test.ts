import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { gatherMorning } from "../../../src/jobs/morning/gather-morning.ts";
import { explainStatements, takeExplained } from "../../bench/explained-statements.ts";
import { newCatalogue, postgresql } from "../../support/catalogues.ts";
import { testNow } from "../../support/made-aids.ts";

const period = { since: new Date(testNow.getTime() - 86_400_000), until: testNow };
const [few, many] = [300, 1200];

/** Returns the rows that the statements of the first page process, by statement, after a night of so many connectors without statistics. */
async function rowsOfFirstPage(connectors: number): Promise<ReadonlyMap<string, number>> {
  const created = await newCatalogue(postgresql);
  try {
    const { store } = created;
    await store.rows(sql`alter table runs set (autovacuum_enabled = off)`);
    await store.rows(sql`alter table connectors set (autovacuum_enabled = off)`);
    await store.rows(sql`insert into connectors (id, fence) select 'c' || n, 1 from generate_series(1, ${connectors}::int) n`);
    await store.rows(sql`
      insert into runs (id, connector, token, state, outcome, asked_by, started_at, ended_at, mapping_fingerprint, options, report, staging)
      select gen_random_uuid(), 'c' || n, 1, 'ended', case when n % 2 = 0 then 'unchanged' else 'failed' end, 'schedule', ended, ended, 'm', '{}',
        '{"counts": {"received": 3, "rejected": 0}, "warnings": [], "issues": [], "unmappedTerms": []}', false
      from generate_series(1, ${connectors}::int) n, (select ${testNow.toISOString()}::timestamptz - interval '1 hour' as ended) night`);
    await explainStatements(store);
    const catalogue = { ...created, ...(await created.again()) };
    takeExplained();
    await gatherMorning(catalogue, { connectors: [], problems: [], environment: {} }, period, testNow);
    expect(await catalogue.overview.statuses()).toHaveLength(connectors);
    await catalogue.overview.lastUnmapped();
    return new Map(takeExplained().map(({ text, rows }) => [text.replace(/\s+/g, " "), rows]));
  } finally {
    await created.drop();
  }
}

describe.skipIf(postgresql.skipped)(`the first page after a night of many connectors, ${postgresql.title}`, () => {
  it("reads only the runs of each connector, if statistics are missing", async () => {
    const [small, large] = [await rowsOfFirstPage(few), await rowsOfFirstPage(many)];
    expect(large.size).toBeGreaterThan(15);
    // Four times the connectors: linear statements process four times the rows, quadratic ones sixteen times.
    const grown = [...large].flatMap(([statement, rows]) => {
      const before = small.get(statement) ?? 0;
      return rows > 8 * before + 10 * many ? [`${before} -> ${rows} rows: ${statement.slice(0, 200)}`] : [];
    });
    expect(grown).toEqual([]);
  });
});
