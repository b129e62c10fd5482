import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { firstSegment } from "../kit/expressions/field-path.ts";
import type { Rule } from "../kit/field-rules.ts";
import { pathsOfRule } from "../kit/rules/rule-paths.ts";
import type { AidField } from "../model/aid/aid.ts";
import { RunError } from "../model/run/run-error.ts";
import { decodeFeed } from "./decode/decode-feed.ts";
import type { FeedPart } from "./decode/decoded.ts";
import { readingOf } from "./feed-reading.ts";
import type { IngestionRun } from "./ingestion-run.ts";
import { unreadFields } from "./map/account-fields.ts";
import { compileConnector } from "./map/compile-connector.ts";
import { readExternalId } from "./map/map-record.ts";
import type { FoundRename } from "./plan/guard-facts.ts";

type Values = Readonly<Record<string, unknown>>;

/** Enough records to prove a rename. */
const maxRecords = 2000;

/** Compares this feed with the last applied one, and returns the columns that probably replace the missing paths. */
export async function findRenames(
  run: IngestionRun,
  parts: readonly FeedPart[],
  missing: readonly string[],
): Promise<readonly FoundRename[]> {
  const { connector, services, findings, lastApplied } = run;
  const { definition, terms } = connector;
  const added = unreadFields(definition, findings.tally.seenFields);
  if (services.proposeRenames === undefined || missing.length === 0 || added.length === 0) return [];
  const hash = lastApplied?.snapshotHash ?? null;
  if (hash === null || !(await services.catalogue.snapshots.has(hash))) return [];
  const folder = join(await run.spool.path(), "last-applied");
  await mkdir(folder, { recursive: true });
  const { parts: partsBefore } = await services.catalogue.snapshots.restore(hash, folder);
  const compiled = compileConnector(definition, terms);
  const tops = [...new Set(missing.map(firstSegment))];
  return services.proposeRenames({
    gone: tops.map((path) => ({ path, fields: fieldsReading(run, path) })),
    added,
    before: await firstRecords(run, partsBefore),
    now: await firstRecords(run, parts),
    identify: (record) => readExternalId(compiled, record),
  });
}

/** Returns the aid's fields, and `externalId`, whose rules read a path or something below it. */
export function fieldsReading({ connector }: Pick<IngestionRun, "connector">, path: string): (AidField | "externalId")[] {
  const rules = Object.entries(connector.definition.fields) as [AidField | "externalId", Rule][];
  return rules.filter(([, rule]) => pathsOfRule(rule).some((read) => read === path || firstSegment(read) === path)).map(([field]) => field);
}

async function firstRecords(run: IngestionRun, parts: readonly FeedPart[]): Promise<Values[]> {
  const records: Values[] = [];
  try {
    for await (const batch of decodeFeed(parts, readingOf(run.connector.definition), run.decodeLimits())) {
      for (const decoded of batch) if (decoded.kind === "record") records.push(decoded.values);
      if (records.length >= maxRecords) break;
    }
  } catch (error) {
    // The records before the error are enough.
    if (!(error instanceof RunError)) throw error;
  }
  return records;
}
