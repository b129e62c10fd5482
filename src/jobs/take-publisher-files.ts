import type { WaitingFile } from "../catalogue/publishers/publisher-file-repository.ts";
import type { FileProblem } from "../model/publisher/file-problem.ts";
import { takeEntry } from "./entry/take-entry.ts";
import type { JobServices } from "./job-services.ts";
import { requestRun } from "./request-run.ts";
import { storeUpload } from "./store-upload.ts";

/**
 * Stores the files that publishers uploaded as snapshots, and requests a dry run of each: its plan waits for a person. Adds the aids that they
 * entered to their own file. The public process cannot do it, because it has no key to recognise people who asked to be forgotten. A file that
 * is taken twice gets one run. A file that fails is tried again at the next tick and does not delay the others; its error is thrown at the end.
 */
export async function takePublisherFiles(jobs: JobServices, signal: AbortSignal): Promise<void> {
  const { publisherFiles } = jobs.services.catalogue;
  const failures: unknown[] = [];
  for (const fileId of await publisherFiles.waiting()) {
    if (signal.aborted) break;
    try {
      const file = await publisherFiles.findWaiting(fileId);
      if (file !== null) await publisherFiles.settle(fileId, file.kind === "entry" ? await takeEntry(jobs, file) : await take(jobs, file));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function take(
  { services, queue, connectors }: JobServices,
  { connector, name, by, content }: WaitingFile,
): Promise<{ readonly runId: string; readonly connector: string } | { readonly problem: FileProblem }> {
  const { catalogue, clock, logger } = services;
  if (connector === null || !(await connectors()).some(({ definition }) => definition.id === connector)) return { problem: "no-connector" };
  const part = { name, contentType: null, url: null, open: () => bytesOf(content) };
  const snapshot = await storeUpload(services, part, clock.now());
  if (snapshot === null) return { problem: "forgotten-person" };
  const options = { snapshot, brought: true, dryRun: true };
  const { runId } = await requestRun(catalogue, queue, { connector, options, by, now: clock.now() });
  // If the catalogue already had this snapshot, it may have been pruned just before the run referred to it.
  if (!(await catalogue.snapshots.has(snapshot))) await storeUpload(services, part, clock.now());
  logger.info({ connector, run: runId, bytes: content.length }, "a publisher uploaded a file");
  return { runId, connector };
}

async function* bytesOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}
