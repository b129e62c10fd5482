import { fieldsNeverSeen, unreadFields } from "../../../ingest/map/account-fields.ts";
import { compileConnector } from "../../../ingest/map/compile-connector.ts";
import { readExternalId } from "../../../ingest/map/map-record.ts";
import { lastWholeRun } from "../../../jobs/last-whole-run.ts";
import type { Rule } from "../../../kit/field-rules.ts";
import { pathsOfRule } from "../../../kit/rules/rule-paths.ts";
import type { LoadedConnector } from "../../../registry/load-connectors.ts";
import type { OwnField } from "../../../registry/survey/known-names.ts";
import { type GoneField, proposeRenames, type Rename } from "../../../registry/survey/propose-renames.ts";
import { firstRecords } from "../../sample/first-records.ts";
import type { Visit } from "../../visit.ts";

/** Fields of the last feed that are probably those that rules read and do not find any more. */
export async function renamesOf({ catalogue }: Visit, connector: LoadedConnector): Promise<Rename[]> {
  const { definition, terms } = connector;
  const whole = await lastWholeRun(catalogue, definition.id);
  const report = whole?.report ?? null;
  if (whole === null || report === null) return [];
  // As the whole feed had them: some fields stand in few records.
  const missed = new Set(report.issues.flatMap(({ code, field }) => (code === "field-never-seen" && field !== null ? [field] : [])));
  if (missed.size === 0 || report.unreadFields.length === 0) return [];
  const now = await firstRecords(catalogue, whole.snapshotHash, definition.decode);
  const seen = new Set(now.flatMap((record) => Object.keys(record)));
  // What a version since then reads, or ignores, is settled.
  const gone = fieldsNeverSeen(definition, seen).filter((path) => missed.has(path));
  const come = unreadFields(definition, report.unreadFields);
  if (gone.length === 0 || come.length === 0) return [];
  const last = await catalogue.runs.lastApplied(definition.id);
  const hash = last?.snapshotHash ?? null;
  const before =
    hash === null || hash === whole.snapshotHash || !(await catalogue.snapshots.has(hash))
      ? []
      : await firstRecords(catalogue, hash, definition.decode);
  const compiled = compileConnector(definition, terms);
  return proposeRenames({ gone: goneFields(connector, gone), come, before, now, identify: (record) => readExternalId(compiled, record) });
}

/** By top key: what lies in an object that was renamed was renamed with it. */
function goneFields({ definition }: LoadedConnector, paths: readonly string[]): GoneField[] {
  const rules = Object.entries(definition.fields) as [OwnField, Rule][];
  const tops = new Set(paths.map(topOf));
  return [...tops].map((path) => ({
    path,
    fields: rules.filter(([, rule]) => pathsOfRule(rule).some((read) => topOf(read) === path)).map(([field]) => field),
  }));
}

function topOf(path: string): string {
  const end = path.search(/[.[]/);
  return end > 0 ? path.slice(0, end) : path;
}
