import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sql } from "drizzle-orm";
import { onTestFinished } from "vitest";
import { runIngestion } from "../../src/ingest/run.ts";
import type { RunOptions, Services } from "../../src/ingest/run-inputs.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { date } from "../../src/kit/rules/date.ts";
import { list } from "../../src/kit/rules/list.ts";
import { terms } from "../../src/kit/rules/terms.ts";
import { html } from "../../src/kit/rules/texts.ts";
import { url } from "../../src/kit/rules/url.ts";
import { type Aid, aidFields } from "../../src/model/aid/aid.ts";
import { canonicalAid } from "../../src/model/aid/canonical-aid.ts";
import type { RejectedRecord } from "../../src/model/plan/plan.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { loadConnectors } from "../../src/registry/load-connectors.ts";
import type { TestCatalogue } from "./catalogues.ts";
import { flattened, rejectedOf } from "./made-aids.ts";
import { soundConnector } from "./sound-connector.ts";
import { testServices } from "./test-services.ts";

/** Returns a definition that reads a few fields of every kind: texts, words, dates, lists, links. */
export function smallDefinition(id: string, changes: Partial<ConnectorInput> = {}): ConnectorInput {
  const { fields, ...rest } = changes;
  return soundConnector({
    id,
    keepWhen: [{ when: { not: { field: "publie", isOneOf: ["non"] } }, reason: "not published" }],
    ignored: ["note"],
    ...rest,
    fields: {
      description: html("texte"),
      originUrl: url("lien"),
      startDate: date("debut", ["iso"]),
      submissionDeadline: date("fin", ["iso"]),
      recurrence: terms("rythme", "recurrence"),
      targetedAudiences: terms("publics", "targetedAudiences"),
      keywords: list("motsCles"),
      ...fields,
    } as ConnectorInput["fields"],
  });
}

/** A connector with its term files in a folder, and functions that run it day after day on a catalogue. */
export interface Harvest {
  readonly connector: string;
  readonly folder: string;
  /** Writes the connector or a term file to the folder. The next run reads it. */
  write(name: string, content: string): Promise<void>;
  /** Writes these records (or this text) as the day's feed and returns the file. */
  feed(records: readonly unknown[] | string): Promise<string>;
  /** Imports a feed of these records as a file. */
  day(records: readonly unknown[] | string, options?: RunOptions, services?: Partial<Services>): Promise<RunReport>;
  /** Runs the connector as it is in its folder now. */
  run(options: RunOptions, services?: Partial<Services>): Promise<RunReport>;
  aid(externalId: string): Promise<Aid>;
  /** Returns the output of `aids --json` for the connector. */
  exported(): Promise<string>;
  /** See `rowsOf`. */
  rows(): Promise<unknown[]>;
  rejected(report: RunReport): Promise<RejectedRecord[]>;
}

/** Guards that allow any share, for feeds with larger changes than usual. */
export const guardsOff: NonNullable<ConnectorInput["guards"]> = {
  gone: 1,
  newIds: 1,
  rejected: 1,
  linksMoved: 1,
  paths: 1,
  shifted: 1,
  filled: Object.fromEntries(aidFields.map((field) => [field, 0])),
};

let harvests = 0;

/** Creates a small connector with a unique or a given id. Its folder is removed after the test. */
export async function newHarvest(catalogue: TestCatalogue, changes: Partial<ConnectorInput> = {}): Promise<Harvest> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-harvest-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const harvest = harvestIn(folder, changes.id ?? `region-exemple-${++harvests}`, catalogue);
  await harvest.write(`connectors/${harvest.connector}.json`, JSON.stringify(smallDefinition(harvest.connector, changes)));
  return harvest;
}

function harvestIn(folder: string, connector: string, catalogue: TestCatalogue): Harvest {
  const write = async (name: string, content: string) => {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  };
  const feed = async (records: readonly unknown[] | string) => {
    await write("feed.json", typeof records === "string" ? records : JSON.stringify(records));
    return join(folder, "feed.json");
  };
  const run = async (options: RunOptions, services: Partial<Services> = {}) => {
    const [loaded] = await loadConnectors([folder]);
    if (loaded === undefined) throw new Error("the folder holds no connector");
    return runIngestion(loaded, testServices(catalogue, services), options);
  };
  return {
    connector,
    folder,
    write,
    feed,
    run,
    day: async (records, options = {}, services = {}) => run({ ...options, file: await feed(records) }, services),
    aid: async (externalId) => {
      const [aid] = await flattened(catalogue.aids.list({ connector, externalId }));
      if (aid === undefined) throw new Error(`no aid ${externalId}`);
      return aid;
    },
    exported: async () => {
      const aids = await flattened(catalogue.aids.list({ connector }));
      return aids.map((aid) => JSON.stringify(canonicalAid(aid))).join("\n");
    },
    rows: () => rowsOf(catalogue, connector),
    rejected: (report) => rejectedOf(catalogue, report.runId),
  };
}

/** Returns the stored rows of a connector's aids, with their row versions: a rewritten row differs even if its content is equal. */
export async function rowsOf(catalogue: TestCatalogue, connector: string): Promise<unknown[]> {
  return catalogue.store.rows(sql`
    select aids.xmin::text as aid_written, aids.ctid::text as aid_at, source.xmin::text as source_written, contents.xmin::text as content_written,
      history.xmin::text as history_written, to_jsonb(aids) as aid, to_jsonb(source) as source, to_jsonb(contents) as content, to_jsonb(history) as history
    from aids join aid_sources source on source.aid_id = aids.aid_id join contents on contents.id = source.content_id left join aid_history history on history.aid_id = aids.aid_id
    where aids.connector = ${connector} order by aids.external_id, history.revision`);
}
