import type { FileEnd, WaitingFile } from "../../catalogue/publishers/publisher-file-repository.ts";
import type { JobServices } from "../job-services.ts";
import { currentFile } from "./entry-file.ts";
import { type Entry, emptyEntry, entryName, entryOfRow } from "./entry-record.ts";
import { EntryRefused } from "./entry-refused.ts";
import { type EnteringPublisher, obtainManualConnector } from "./manual-connector.ts";
import { saveEntry } from "./save-entry.ts";

/**
 * Adds an aid that a publisher's person entered to the publisher's file, as a colleague would, and requests the run of the file. The run is
 * dry, so that its plan waits for a colleague, unless the publisher's corrections apply at once. Checks again that the access is valid. Returns
 * the answers of a refused entry, unless they name a person who asked to be forgotten.
 */
export async function takeEntry(jobs: JobServices, file: WaitingFile): Promise<FileEnd> {
  const { catalogue, clock, logger } = jobs.services;
  const { publisherId, by } = file;
  const [account, publisher] = await Promise.all([catalogue.publisherAccounts.findByEmail(by), catalogue.publishers.find(publisherId)]);
  if (account === null || account.publisherId !== publisherId || account.revokedAt !== null || publisher === null)
    return { problem: "no-access" };
  const isDry = (await catalogue.publisherAccounts.publisher(publisherId))?.corrections !== "direct";
  const entry = storedEntry(file.content);
  if (entry === null) return { problem: "not-readable" };
  try {
    const taken = await add(jobs, publisher, entry, { by, now: clock.now(), isDry });
    if ("runId" in taken) logger.info({ connector: taken.connector, run: taken.runId, isDry }, "a publisher entered an aid");
    return taken;
  } catch (error) {
    // `busy` passes: the worker takes the entry again.
    if (!(error instanceof EntryRefused) || error.code === "busy" || error.code === "gone") throw error;
    return error.code === "forgotten-person" ? { problem: error.code } : { problem: error.code, answers: entry };
  }
}

async function add(
  jobs: JobServices,
  publisher: EnteringPublisher,
  entry: Entry,
  author: { readonly by: string; readonly now: Date; readonly isDry: boolean },
): Promise<FileEnd> {
  const connector = await obtainManualConnector(jobs, publisher, author);
  const { rows } = await currentFile(jobs.services.catalogue, connector.definition);
  // The form was sent twice, or a worker stopped between saving this entry and recording it.
  if (rows.some((row) => isSame(entryOfRow(row), entry))) return { problem: "known" };
  const saved = await saveEntry(jobs, connector, { entry, id: null, shown: "" }, author);
  if ("runId" in saved) return { runId: saved.runId, connector: connector.definition.id };
  const problem = saved.unsaved.problems[entryName("externalId")] === undefined ? "not-readable" : "taken-identifier";
  return { problem, answers: entry };
}

/** Returns true for the same answers. An entry without an identifier has that of the row. */
function isSame(known: Entry, entry: Entry): boolean {
  return (Object.keys(known) as (keyof Entry)[]).every(
    (field) => known[field] === entry[field] || (field === "externalId" && entry.externalId === ""),
  );
}

/** Returns the answers of an entry as bytes, to store them until a worker takes the entry. */
export function bytesOfEntry(entry: Entry): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(entry));
}

/** Returns null for bytes that `bytesOfEntry` did not make: the worker does not trust the public process. */
function storedEntry(content: Uint8Array): Entry | null {
  try {
    const answers: unknown = JSON.parse(new TextDecoder().decode(content));
    const isWritten = typeof answers === "object" && answers !== null && Object.values(answers).every((one) => typeof one === "string");
    return isWritten ? emptyEntry(answers as Partial<Entry>) : null;
  } catch {
    return null;
  }
}
