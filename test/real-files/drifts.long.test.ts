import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runIngestion } from "../../src/ingest/run.ts";
import type { Rule } from "../../src/kit/field-rules.ts";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import { pathsOfRule, plainRulesOf } from "../../src/kit/rules/rule-paths.ts";
import type { IssueCode } from "../../src/model/issue.ts";
import type { GuardCode } from "../../src/model/plan/guard.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { parisDay } from "../../src/model/text/paris-day.ts";
import { applyHeld } from "../support/apply-held.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { misread } from "../support/encode-twice.ts";
import { loadedConnector } from "../support/loaded-connectors.ts";
import { withOldBytes } from "../support/old-bytes.ts";
import { realFeeds } from "../support/real-feeds.ts";
import { hasSharedData, sharedData, whySkipped } from "../support/shared-data.ts";
import { testServices } from "../support/test-services.ts";
import { eachTextOf, type FeedRows, feedRows, isFilled, keyOf, type Row } from "./feed-rows.ts";

/** How a feed changes or lies, and what the run must do. */
type Drift = {
  readonly name: string;
  /** Returns the drifted file, or null if the feed has no such field. */
  change(feed: FeedRows, connector: LoadedConnector): string | Buffer | null;
} & (
  | {
      /** The first guard that must hold the run. */
      readonly held: readonly GuardCode[];
      /** The field whose path the first line must name, and its new name. */
      readonly names?: { readonly field: "name" | "description" | "submissionDeadline"; readonly to?: string };
    }
  /** The issue that reports the repair. The run must change nothing. */
  | { readonly repaired: IssueCode }
);

const files = [
  "aggregateur-aap",
  "transition-ecologique-entreprises",
  "ile-de-france-open-data",
  "tee-programmes",
  "aides-territoires",
  "eu-funding-tenders",
];

const withoutKey = (key: string) => (row: Row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== key));
const renamed = (from: string, to: string) => (row: Row) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name === from ? to : name, value]));
const swapped = (a: string, b: string) => (row: Row) => ({ ...row, [a]: row[b], [b]: row[a] });

/** Exchanges day and month, if the result is a date. A time stamp in UTC becomes the day in Paris, because midnight there is another day. */
const monthFirst = (text: string): string =>
  /^\d{4}-\d\d-\d\dT.*Z$/.test(text)
    ? monthFirst(parisDay(new Date(text)))
    : /^\d{4}-\d\d-\d\d/.test(text) && Number(text.slice(8, 10)) <= 12
      ? `${text.slice(0, 5)}${text.slice(8, 10)}-${text.slice(5, 7)}${text.slice(10)}`
      : text.replace(/^(\d\d)\/(\d\d)\/(\d{4})/, (all, day: string, month: string, year: string) =>
          Number(day) <= 12 ? `${month}/${day}/${year}` : all,
        );

/** Returns the keys of values that the connector reads as plain text. */
function plainTextKeys({ definition }: LoadedConnector): string[] {
  const rules = Object.values(definition.fields) as Rule[];
  return rules.flatMap((rule) => plainRulesOf(rule).flatMap((plain) => (plain.kind === "plainText" ? pathsOfRule(plain) : [])));
}

const wrapped = (keys: readonly string[], start: string, end: string) => (row: Row) =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, keys.includes(key) && isFilled(value) ? `${start}${value}${end}` : value]),
  );

const drifts: readonly Drift[] = [
  {
    name: "the description is gone",
    held: ["path-missing"],
    names: { field: "description" },
    change: ({ rows, write }, connector) => {
      const key = keyOf(connector, "description", rows);
      return key && write(rows.map(withoutKey(key)));
    },
  },
  {
    name: "the deadline is renamed",
    held: ["path-missing"],
    names: { field: "submissionDeadline", to: "echeance_du_depot" },
    change: ({ rows, write }, connector) => {
      const key = keyOf(connector, "submissionDeadline", rows);
      return key && write(rows.map(renamed(key, "echeance_du_depot")));
    },
  },
  {
    name: "the title is renamed",
    held: ["path-missing"],
    names: { field: "name", to: "intitule_aide" },
    change: ({ rows, write }, connector) => {
      const key = keyOf(connector, "name", rows);
      return key && write(rows.map(renamed(key, "intitule_aide")));
    },
  },
  {
    name: "title and text are swapped",
    held: ["values-moved", "titles-changed", "path-missing"],
    change: ({ rows, write }, connector) => {
      const [name, text] = [keyOf(connector, "name", rows), keyOf(connector, "description", rows)];
      return name && text && name !== text ? write(rows.map(swapped(name, text))) : null;
    },
  },
  {
    name: "the texts are cut to 150 characters",
    held: ["texts-shrunk"],
    change: ({ rows, write }) => write(eachTextOf(rows, (text) => (/^https?:/.test(text) ? text : text.slice(0, 150)))),
  },
  {
    name: "day and month of dates are exchanged",
    held: ["dates-swapped", "deadlines-past"],
    change: ({ rows, write }) => write(eachTextOf(rows, monthFirst)),
  },
  {
    name: "texts are encoded in UTF-8 twice",
    repaired: "encoded-twice",
    change: ({ rows, write }) => misread(write(rows), "windows-1252"),
  },
  {
    name: "single bytes are windows-1252",
    repaired: "wrong-encoding",
    change: ({ rows, write }) => withOldBytes(write(rows)),
  },
  {
    name: "plain texts are wrapped in <p>",
    repaired: "html-in-text",
    change: ({ rows, write }, connector) => {
      const keys = plainTextKeys(connector);
      return keys.length > 0 ? write(rows.map(wrapped(keys, "<p>", "</p>"))) : null;
    },
  },
  {
    name: "plain texts are wrapped in encoded markup",
    repaired: "html-in-text",
    change: ({ rows, write }, connector) => {
      const keys = plainTextKeys(connector);
      return keys.length > 0 ? write(rows.map(wrapped(keys, "&lt;div&gt;", "&lt;/div&gt;"))) : null;
    },
  },
  {
    name: "links of a table become formulas",
    repaired: "link-formula",
    change: ({ rows, write }, { definition }) =>
      definition.decode.format === "csv"
        ? write(eachTextOf(rows, (text) => (/^https?:\/\/[^\s"]+$/.test(text) ? `=HYPERLINK("${text}";"${text}")` : text)))
        : null,
  },
  {
    name: "every record has a copy",
    repaired: "exact-copy",
    change: ({ rows, write }) => write([...rows, ...rows]),
  },
  {
    name: "the delimiter or the record path changes",
    repaired: "reading-changed",
    change: ({ rows, write }) => write(rows, true),
  },
];

const counts = { held: 0, repaired: 0, without: 0 };
afterAll(() => process.stdout.write(`${drifts.length} drifts of ${files.length} real files: ${JSON.stringify(counts)}\n`));

describe.skipIf(!hasSharedData).each(files)(`drifts of the real feed of %s${whySkipped}`, (id) => {
  let catalogue: TestCatalogue;
  let connector: LoadedConnector;
  let folder: string;
  let feed: FeedRows;
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
    feed = feedRows(await readFile(join(sharedData, file), "utf8"), file);
    // The export of TEE is held, because its publisher read its dates with the month first.
    await applyHeld(catalogue, await run(feed.write(feed.rows), false));
  });
  afterAll(async () => {
    await catalogue?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it("written again as it is, it changes nothing", async () => {
    const again = await run(feed.write(feed.rows.map((row) => ({ ...row }))), true);
    expect([again.outcome, again.guards]).toEqual(["unchanged", []]);
  });

  it.each(drifts)("$name", async (drift) => {
    const drifted = drift.change(feed, connector);
    const report = drifted === null ? null : await run(drifted, true);
    // The feed has no such field, or no value that the drift changes.
    if (report === null || (report.outcome === "unchanged" && report.issues.every(({ code }) => !isRepairOf(drift, code)))) {
      counts.without++;
      return;
    }
    const { outcome, guards, issues } = report;
    if ("repaired" in drift) {
      expect([outcome, guards, report.counts]).toMatchObject(["unchanged", [], { created: 0, updated: 0, proposals: 0, missing: 0 }]);
      expect(issues.map(({ code }) => code)).toContain(drift.repaired);
      counts.repaired++;
      return;
    }
    const [first] = guards;
    expect([outcome, first?.code]).toEqual(["held", expect.toSatisfy((code: GuardCode) => drift.held.includes(code))]);
    if (drift.names !== undefined) {
      const { field, to } = drift.names;
      const path = keyOf(connector, field, feed.rows);
      expect(first?.params).toMatchObject({ path: expect.stringContaining(path ?? "?"), ...(to !== undefined && { to }) });
    }
    counts.held++;
  });
});

function isRepairOf(drift: Drift, code: IssueCode): boolean {
  return "repaired" in drift && drift.repaired === code;
}
