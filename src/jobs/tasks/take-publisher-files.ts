import type { FileEnd, TakenFile, WaitingFile } from "../../catalogue/publishers/publisher-file-repository.ts";
import { takeEntry } from "../entry/take-entry.ts";
import type { JobServices } from "../job-services.ts";
import { requestRun } from "../queue/request-run.ts";
import { storeUpload } from "../stored-feeds/store-upload.ts";

/** Maximum number of tries, one at each tick. A try that ends with its process counts, too. */
const maxTries = 5;

/**
 * Stores the files that publishers uploaded as snapshots, and requests a dry run of each: its plan waits for a person. Adds the aids that they
 * entered to their own file. The public process cannot do it, because it has no key to recognise people who asked to be forgotten. A file that
 * is taken twice gets one run. A file that fails is tried again at the next ticks and does not delay the others; its error is thrown at the end.
 * After `maxTries`, it is settled as `failed`, until ops resume it.
 */
export async function takePublisherFiles(jobs: JobServices, signal: AbortSignal): Promise<void> {
  const {
    catalogue: { publisherFiles },
    logger,
  } = jobs.services;
  const failures: unknown[] = [];
  for (const fileId of await publisherFiles.waiting()) {
    if (signal.aborted) break;
    try {
      const file = await publisherFiles.beginTry(fileId);
      if (file !== null) await publisherFiles.settle(fileId, await taken(jobs, file));
    } catch (error) {
      logger.error({ err: error, file: fileId }, "a publisher's file or entry could not be taken");
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

function taken(jobs: JobServices, file: TakenFile): Promise<FileEnd> | FileEnd {
  if (file.tries > maxTries) return { problem: "failed" };
  return file.kind === "entry" ? takeEntry(jobs, file) : take(jobs, file);
}

async function take({ services, queue, connectors }: JobServices, { connector, name, by, content }: WaitingFile): Promise<FileEnd> {
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
