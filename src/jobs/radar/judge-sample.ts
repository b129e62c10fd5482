import { rm } from "node:fs/promises";
import type { LeadVerdict } from "../../catalogue/publishers/feed-lead-repository.ts";
import { fetchFeed } from "../../ingest/fetch/fetch-feed.ts";
import { RunError } from "../../model/run/run-error.ts";
import { makeSpoolFolder } from "../../platform/spool-folder.ts";
import { startThread } from "../../platform/start-module.ts";
import { placeholderConnector } from "../../registry/check-connector.ts";

/** A downloaded sample, as its thread receives it. */
export interface SampleFile {
  readonly name: string;
  readonly contentType: string | null;
  readonly bytes: number;
  readonly path: string;
  readonly address: string;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/** Limits of a sample: a large or slow file says nothing more about its contents. */
export interface SampleLimits {
  readonly megabytes: number;
  readonly fetchMs: number;
  readonly readMs: number;
  readonly memoryMb: number;
}

const defaultLimits: SampleLimits = { megabytes: 30, fetchMs: 60_000, readMs: 30_000, memoryMb: 400 };

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
    return await judgeInThread({ name, contentType, bytes, path, address, today }, limits);
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

function judgeInThread(sample: SampleFile, { readMs, memoryMb }: SampleLimits): Promise<LeadVerdict> {
  const thread = startThread(new URL("./judge-thread.ts", import.meta.url), {
    workerData: sample,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  return new Promise((resolve) => {
    const end = (verdict: LeadVerdict) => {
      clearTimeout(timer);
      thread.removeAllListeners().on("error", () => undefined);
      void thread.terminate();
      resolve(verdict);
    };
    const timer = setTimeout(() => end(unread("too-slow")), readMs);
    thread.once("message", end);
    thread.once("error", () => end(unread("too-large")));
    thread.once("exit", () => end(unread("too-large")));
  });
}
