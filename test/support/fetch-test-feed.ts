import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type FetchDependencies, type FetchedFeed, type FetchRequest, fetchFeed } from "../../src/ingest/fetch/fetch-feed.ts";
import type { Connector } from "../../src/kit/definition.ts";
import type { RunError } from "../../src/model/run/run-error.ts";

/** Returns a minimal connector with this `feed` and `decode`. */
export function connectorOf(
  feed: Connector["feed"],
  decode: Connector["decode"] = { format: "json", recordPath: "", lines: false },
): Connector {
  return {
    id: "region-test",
    publisher: { name: "Test", kind: "region", territory: { scale: "country", code: "FRA" }, licence: "unknown" },
    state: "active",
    language: "fr",
    timeZone: "Europe/Paris",
    feed,
    decode,
    ignored: [],
    placeholders: [],
    noise: [],
    fields: {
      externalId: { kind: "identifier", of: { kind: "field", path: "id" } },
      name: { kind: "text", of: { kind: "field", path: "title" } },
    },
    expect: {},
    policy: {},
    emptyMeansEmpty: [],
    absence: { runs: 3, days: 7 },
    otherSources: { link: false, rules: {} },
    guards: {},
    contacts: "keep",
  };
}

/** Records the requested delays, in milliseconds, without waiting. */
export interface NoDelays extends FetchDependencies {
  readonly waits: number[];
}

/** Returns dependencies of fetch that never wait and always have the maximum jitter. */
export function noDelays(more: Partial<FetchDependencies> = {}): NoDelays {
  const waits: number[] = [];
  return {
    waits,
    wait: async (milliseconds) => {
      waits.push(milliseconds);
    },
    random: () => 1,
    ...more,
  };
}

/** Returns a folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-fetch-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Fetches with an empty environment, a temporary spool folder and no delays. */
export async function fetchTestFeed(
  request: Pick<FetchRequest, "connector"> & Partial<FetchRequest>,
  timing: FetchDependencies = noDelays(),
): Promise<FetchedFeed> {
  const folder = await temporaryFolder();
  return fetchFeed({ environment: {}, allowHosts: [], spoolFolder: async () => folder, ...request }, timing);
}

/** Returns the error of the work. Throws if it succeeds. */
export async function failureOf(work: Promise<unknown>): Promise<RunError> {
  try {
    await work;
  } catch (error) {
    return error as RunError;
  }
  throw new Error("expected an error");
}

/** Returns the text of each part of a feed. */
export async function textsOf(feed: FetchedFeed): Promise<string[]> {
  const texts: string[] = [];
  for (const part of feed.parts) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of part.open()) chunks.push(chunk);
    texts.push(Buffer.concat(chunks).toString("utf8"));
  }
  return texts;
}
