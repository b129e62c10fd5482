import { rm } from "node:fs/promises";
import type { LeadVerdict } from "../../catalogue/publishers/feed-lead-repository.ts";
import { fetchFeed } from "../../ingest/fetch/fetch-feed.ts";
import { RunError } from "../../model/run/run-error.ts";
import { LimitExceeded, LimitedThread, type ThreadLimits } from "../../platform/limited-thread.ts";
import { makeSpoolFolder } from "../../platform/spool-folder.ts";
import { placeholderConnector } from "../../registry/check-connector.ts";
import type { functions } from "./judge-thread.ts";

/** Limits of a sample: a large or slow file says nothing more about its contents. */
export interface SampleLimits {
  readonly megabytes: number;
  readonly fetchMs: number;
  /** Limits of the thread that reads the sample. */
  readonly reading: ThreadLimits;
}

const sampleThread = new URL("./judge-thread.ts", import.meta.url);
const defaultLimits: SampleLimits = { megabytes: 30, fetchMs: 60_000, reading: { timeoutMs: 30_000, maxMemoryMb: 400 } };

/** Downloads the file of a lead and names its contents, in a thread that is stopped if the file exceeds its limits. */
export async function judgeSample(
  address: string,
  { today, allowHosts, signal }: { readonly today: string; readonly allowHosts: readonly string[]; readonly signal: AbortSignal },
  limits: SampleLimits = defaultLimits,
): Promise<LeadVerdict> {
  const connector = placeholderConnector("radar-sample");
  if (connector === null) throw new Error("the temporary connector name is invalid");
  const spoolFolder = await makeSpoolFolder();
  const until = AbortSignal.any([signal, AbortSignal.timeout(limits.fetchMs)]);
  try {
    const { parts } = await fetchFeed({
      connector: { ...connector, budget: { downloadMegabytes: limits.megabytes } },
      environment: {},
      allowHosts,
      spoolFolder: async () => spoolFolder,
      url: address,
      signal: until,
    });
    const [part] = parts;
    if (part === undefined) return unread("empty-file");
    const { name, contentType, bytes, path } = part;
    return await new LimitedThread<typeof functions>(sampleThread, limits.reading)
      .askOnce("judge", { name, contentType, bytes, path, address, today })
      .catch((error: unknown) => unread(error instanceof LimitExceeded && error.limit === "time" ? "too-slow" : "too-large"));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof RunError) return unread(error.code);
    if (until.aborted) return unread("timed-out");
    throw error;
  } finally {
    await rm(spoolFolder, { recursive: true, force: true });
  }
}

function unread(problem: string): LeadVerdict {
  return { kind: null, certainty: 0, evidence: [], problem };
}
