import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runIngestion } from "../../src/ingest/run.ts";
import type { Rule } from "../../src/kit/field-rules.ts";
import { pathsOfRule } from "../../src/kit/rules/rule-paths.ts";
import type { AidField } from "../../src/model/aid/aid.ts";
import type { GuardCode } from "../../src/model/plan/guard.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import type { LoadedConnector } from "../../src/registry/load-connectors.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { loadedConnector } from "../support/loaded-connectors.ts";
import { realFeeds } from "../support/real-feeds.ts";
import { hasSharedData, sharedData, whySkipped } from "../support/shared-data.ts";
import { testServices } from "../support/test-services.ts";

type Row = Record<string, unknown>;

/** A file of records that can be changed and written again in its format. */
interface Feed {
  readonly rows: readonly Row[];
  write(rows: readonly Row[]): string;
}

/** How a feed changes or lies. `code`: the first guard that must hold; `repaired`: the plan must change nothing. */
interface Drift {
  readonly name: string;
  readonly expected: readonly (GuardCode | "repaired")[];
  /** Returns the drifted file, or null if the feed has no such field. */
  change(feed: Feed, connector: LoadedConnector): string | Buffer | null;
}

const files = [
  "aggregateur-aap",
  "transition-ecologique-entreprises",
  "ile-de-france-open-data",
  "tee-programmes",
  "aides-territoires",
  "eu-funding-tenders",
];

/** Returns the top-level key of the first path that a field's rule reads and that some record fills. */
function keyOf({ definition }: LoadedConnector, field: AidField | "externalId", rows: readonly Row[]): string | null {
  const rule = Object.entries(definition.fields).find(([name]) => name === field)?.[1] as Rule | undefined;
  const keys =
    rule === undefined ? [] : pathsOfRule(rule).map((path) => (rows.some((row) => path in row) ? path : (path.split(/[.[]/)[0] ?? path)));
  return keys.find((key) => rows.some((row) => isFilled(row[key]))) ?? null;
}

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}

const withoutKey = (key: string) => (row: Row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== key));
const renamed = (from: string, to: string) => (row: Row) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name === from ? to : name, value]));
const swapped = (a: string, b: string) => (row: Row) => ({ ...row, [a]: row[b], [b]: row[a] });

/** Changes every string of a record. */
function eachText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((member) => eachText(member, change));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, eachText(member, change)]));
}

const monthFirst = (text: string) =>
  /^\d{4}-\d\d-\d\d/.test(text) && Number(text.slice(8, 10)) <= 12
    ? `${text.slice(0, 5)}${text.slice(8, 10)}-${text.slice(5, 7)}${text.slice(10)}`
    : text.replace(/^(\d\d)\/(\d\d)\/(\d{4})/, (all, day: string, month: string, year: string) =>
        Number(day) <= 12 ? `${month}/${day}/${year}` : all,
      );

const drifts: readonly Drift[] = [
  {
    name: "the description is gone",
    expected: ["path-missing"],
    change: ({ rows, write }, connector) => {
      const key = keyOf(connector, "description", rows);
      return key && write(rows.map(withoutKey(key)));
    },
  },
  {
    name: "the deadline is renamed",
    expected: ["path-missing"],
    change: ({ rows, write }, connector) => {
      const key = keyOf(connector, "submissionDeadline", rows);
      return key && write(rows.map(renamed(key, "echeance_du_depot")));
    },
  },
  {
    name: "the title is renamed",
    expected: ["path-missing"],
    change: ({ rows, write }, connector) => {
      const key = keyOf(connector, "name", rows);
      return key && write(rows.map(renamed(key, "intitule_aide")));
    },
  },
  {
    name: "title and text are swapped",
    expected: ["values-moved", "titles-changed", "path-missing"],
    change: ({ rows, write }, connector) => {
      const [name, text] = [keyOf(connector, "name", rows), keyOf(connector, "description", rows)];
      return name && text && name !== text ? write(rows.map(swapped(name, text))) : null;
    },
  },
  {
    name: "the texts are cut to 150 characters",
    expected: ["texts-shrunk"],
    change: ({ rows, write }) =>
      write(rows.map((row) => eachText(row, (text) => (/^https?:/.test(text) ? text : text.slice(0, 150))) as Row)),
  },
  {
    name: "day and month of dates are exchanged",
    expected: ["dates-swapped", "deadlines-past"],
    change: ({ rows, write }) => write(rows.map((row) => eachText(row, monthFirst) as Row)),
  },
];

function feedOf(text: string, file: string): Feed {
  if (extname(file) === ".csv") {
    const { data, meta } = Papa.parse<Row>(text.replace("\ufeff", ""), { header: true, skipEmptyLines: true });
    return { rows: data, write: (rows) => Papa.unparse(rows as Row[], { delimiter: meta.delimiter }) };
  }
  const whole = JSON.parse(text) as Row[] | Record<string, unknown>;
  if (Array.isArray(whole)) return { rows: whole, write: (rows) => JSON.stringify(rows) };
  const [key, rows] = Object.entries(whole).find(([, value]) => Array.isArray(value)) ?? ["", []];
  return { rows: rows as Row[], write: (changed) => JSON.stringify({ ...whole, [key]: changed }) };
}

describe.skipIf(!hasSharedData).each(files)(`drifts of the real feed of %s${whySkipped}`, (id) => {
  let catalogue: TestCatalogue;
  let connector: LoadedConnector;
  let folder: string;
  let feed: Feed;
  const file = realFeeds[id] ?? "";

  const run = async (content: string | Buffer, dryRun: boolean): Promise<RunReport> => {
    const path = join(folder, `feed${extname(file)}`);
    await writeFile(path, content);
    return runIngestion(connector, testServices(catalogue), { file: path, dryRun });
  };

  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
    const loaded = await loadedConnector(id);
    connector = { ...loaded, definition: { ...loaded.definition, state: "active" } };
    folder = await mkdtemp(join(tmpdir(), "moisson-drift-"));
    feed = feedOf(await readFile(join(sharedData, file), "utf8"), file);
    const first = await run(feed.write(feed.rows), false);
    expect(first.outcome).toMatch(/^applied/);
  });
  afterAll(async () => {
    await catalogue?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it("written again as it is, it changes nothing", async () => {
    const again = await run(feed.write(feed.rows.map((row) => ({ ...row }))), true);
    expect([again.outcome, again.guards]).toEqual(["unchanged", []]);
  });

  it.each(drifts)("$name", async ({ change, expected }) => {
    const drifted = change(feed, connector);
    if (drifted === null) return; // the feed has no such field
    const { outcome, guards, counts } = await run(drifted, true);
    if (expected.includes("repaired") && outcome === "unchanged") return;
    // A feed without dates, or without long texts, does not change.
    if (counts.updated + counts.proposals + counts.created === 0 && outcome === "unchanged") return;
    expect([outcome, guards[0]?.code]).toEqual(["held", expect.toSatisfy((code: GuardCode) => expected.includes(code))]);
  });
});
