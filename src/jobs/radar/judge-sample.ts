import { rm } from "node:fs/promises";
import type { LeadVerdict } from "../../catalogue/publishers/feed-lead-repository.ts";
import { fetchFeed } from "../../ingest/fetch/fetch-feed.ts";
import { RunError } from "../../model/run/run-error.ts";
import { LimitExceeded, LimitedThread } from "../../platform/limited-thread.ts";
import { makeSpoolFolder } from "../../platform/spool-folder.ts";
import { placeholderConnector } from "../../registry/check-connector.ts";
import type { functions } from "./judge-thread.ts";

// A large or slow file says nothing more about its contents.
const maxMegabytes = 30;
const maxFetchMs = 60_000;

/** The thread that reads samples. */
export type SampleThread = LimitedThread<typeof functions>;

/** Returns a thread that reads one sample after the other. If a sample exceeds a limit, the next one gets a new thread. */
export function openSampleThread(): SampleThread {
  return new LimitedThread(new URL("./judge-thread.ts", import.meta.url), { timeoutMs: 30_000, maxMemoryMb: 400 });
}

/** Downloads the file of a lead and names its contents. */
export async function judgeSample(
  address: string,
  thread: SampleThread,
  { today, allowHosts, signal }: { readonly today: string; readonly allowHosts: readonly string[]; readonly signal: AbortSignal },
): Promise<LeadVerdict> {
  const connector = placeholderConnector("radar-sample");
  if (connector === null) throw new Error("the temporary connector name is invalid");
  const spoolFolder = await makeSpoolFolder();
  const until = AbortSignal.any([signal, AbortSignal.timeout(maxFetchMs)]);
  try {
    const { parts } = await fetchFeed({
      connector: { ...connector, budget: { downloadMegabytes: maxMegabytes } },
      environment: {},
      allowHosts,
      spoolFolder: async () => spoolFolder,
      url: address,
      signal: until,
    });
    const [part] = parts;
    if (part === undefined) return unread("empty-file");
    const { name, contentType, bytes, path } = part;
    return await thread
      .ask("judge", { name, contentType, bytes, path, address, today })
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
