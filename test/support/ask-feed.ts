import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type FetchDependencies, type FetchedFeed, type FetchRequest, fetchFeed } from "../../src/ingest/fetch/fetch-feed.ts";
import type { Connector } from "../../src/kit/definition.ts";
import type { RunError } from "../../src/model/run/run-error.ts";

/** A connector of which only feed and decode matter. */
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
    guards: {},
    contacts: "keep",
  };
}

/** Waits that were asked for, in milliseconds, and not done. */
export interface NoPatience extends FetchDependencies {
  readonly waits: number[];
}

/** Surroundings that never wait; the jitter is always at its longest. */
export function noPatience(more: Partial<FetchDependencies> = {}): NoPatience {
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

/** A folder that goes away with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-fetch-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Fetches with little ado: an empty environment, a spool folder of its own, no waiting. */
export async function askFeed(
  request: Pick<FetchRequest, "connector"> & Partial<FetchRequest>,
  around: FetchDependencies = noPatience(),
): Promise<FetchedFeed> {
  return fetchFeed({ environment: {}, allowHosts: [], spoolFolder: await temporaryFolder(), ...request }, around);
}

/** The error that the work ends with; work that goes well fails the test. */
export async function failureOf(work: Promise<unknown>): Promise<RunError> {
  try {
    await work;
  } catch (error) {
    return error as RunError;
  }
  throw new Error("it went well, but should not have");
}

/** All bytes of a feed, part by part, as text. */
export async function textsOf(feed: FetchedFeed): Promise<string[]> {
  const texts: string[] = [];
  for (const part of feed.parts) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of part.open()) chunks.push(chunk);
    texts.push(Buffer.concat(chunks).toString("utf8"));
  }
  return texts;
}
