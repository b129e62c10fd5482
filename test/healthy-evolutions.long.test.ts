import { createReadStream, statSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guardMessage } from "../src/cli/english/guards.ts";
import { decodeFeed } from "../src/ingest/decode/decode-feed.ts";
import { defaultDecodeLimits } from "../src/ingest/decode/decoded.ts";
import { runIngestion } from "../src/ingest/run.ts";
import type { LoadedConnector } from "../src/kit/loaded-connector.ts";
import { readConnectors } from "../src/registry/load-connectors.ts";
import { fixturesOf } from "../src/survey/write/check-fixtures.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "./support/catalogues.ts";
import { projectRoot } from "./support/loaded-connectors.ts";
import { seeded } from "./support/seeded.ts";
import { testServices } from "./support/test-services.ts";

/** Number of days without a false alarm that we promise. */
const evolutions = 30;

type Values = Readonly<Record<string, unknown>>;

const { connectors } = await readConnectors([projectRoot]);

/** `real-files/healthy-days.long.test.ts` does the same with real feeds. */
describe(`${evolutions} healthy days in a row hold no run of the fixtures`, () => {
  let catalogue: TestCatalogue;
  let folder: string;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
    folder = await mkdtemp(join(tmpdir(), "moisson-healthy-"));
  });
  afterAll(async () => {
    await catalogue.drop();
    await rm(folder, { recursive: true, force: true });
  });

  for (const connector of connectors) {
    const { id } = connector.definition;
    it(id, async () => {
      const { fixtures } = await fixturesOf(connector);
      for (const [index, { feed }] of fixtures.entries()) await live(connector, `${id}-${index}`, feed);
    });
  }

  /** Runs the feed, then a changed version of it day after day: a few aids are added, removed, changed and reordered. */
  async function live(connector: LoadedConnector, id: string, feed: string): Promise<void> {
    const random = seeded(20_261_125);
    // The feed is written as JSON, because decoded values are the same in every format.
    const sameInJson: LoadedConnector = {
      ...connector,
      definition: { ...connector.definition, id, decode: { format: "json", recordPath: "", lines: false } },
    };
    let living: Living[] = (await recordsOf(connector, feed)).map((base) => ({ base, mark: null, changed: null }));
    for (let day = 0; day <= evolutions; day++) {
      const file = join(folder, `${basename(feed)}-${day}.json`);
      await writeFile(file, JSON.stringify(living.map(written)));
      const report = await runIngestion(sameInJson, testServices(catalogue), { file });
      expect([day, ...report.guards.map(guardMessage)], `${basename(feed)}, day ${day}`).toEqual([day]);
      expect(report.error).toBeNull();
      living = evolved(living, random, day);
    }
  }
});

async function recordsOf({ definition }: LoadedConnector, path: string): Promise<Values[]> {
  const part = { name: basename(path), contentType: null, bytes: statSync(path).size, path, open: () => createReadStream(path) };
  const records: Values[] = [];
  for await (const batch of decodeFeed([part], definition.decode, defaultDecodeLimits)) {
    for (const decoded of batch) if (decoded.kind === "record") records.push(decoded.values);
  }
  return records;
}

/** A record of the feed and its changes: a new aid with this mark, or a text corrected on this day. */
interface Living {
  readonly base: Values;
  readonly mark: string | null;
  readonly changed: number | null;
}

/**
 * Returns the feed of the next day, in another order. It removes, adds and changes about one aid in fifty, and at least one if there are
 * three or more.
 */
function evolved(living: readonly Living[], random: () => number, day: number): Living[] {
  const few = living.length < 3 ? 0 : Math.max(1, Math.floor(living.length * 0.02));
  const after = [...living];
  const anyOne = () => Math.floor(random() * after.length);
  for (let i = 0; i < few; i++) {
    const [gone] = after.splice(anyOne(), 1);
    if (gone !== undefined) after.push({ base: gone.base, mark: `${day}${i}`, changed: null });
    const changed = after[anyOne()];
    if (changed !== undefined) after[after.indexOf(changed)] = { ...changed, changed: day };
  }
  return after.sort(() => random() - 0.5);
}

function written({ base, mark, changed }: Living): Values {
  const record = mark === null ? base : newAid(base, mark);
  return changed === null ? record : mapped(record, (text) => (text.length > 300 ? `${text} Précisé le jour ${changed}.` : text));
}

/** Returns a similar aid with different words and numbers wherever they distinguish aids. */
function newAid(model: Values, mark: string): Values {
  return mapped(model, (text, key) => {
    if (/^\d+$/.test(text)) return /id|num|code/i.test(key) ? `${text}${mark}` : text;
    if (/^https?:/.test(text)) return text.replace(/\/?$/, `-${mark}`);
    return /id$|^id|titre|title|nom|name|intitule|label/i.test(key) ? `${text} ${mark}` : text;
  });
}

function mapped(record: Values, change: (text: string, key: string) => string): Values {
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return change(value, key);
    if (typeof value === "number" && /id$|^id/i.test(key)) return change(String(value), key);
    if (Array.isArray(value) || value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, walk(member, name)]));
  };
  return walk(record, "") as Values;
}
