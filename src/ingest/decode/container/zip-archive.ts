import { type Entry, openPromise, type ZipFile } from "yauzl";
import { FeedUnreadable, RunError } from "../../../model/run/run-error.ts";

/** Lists the files of a zip archive, without folders. Throws `FeedUnreadable` (`malformed`) if it is damaged or truncated. */
export function listZip(path: string): Promise<Entry[]> {
  return inZip(path, async (zip) => {
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) if (!entry.fileName.endsWith("/")) entries.push(entry);
    return entries;
  });
}

/** Reads one file of a zip archive. Throws `FeedUnreadable`: `malformed` if it is damaged, `encrypted-file` if it has a password. */
export async function* readZipEntry(path: string, entry: Entry): AsyncGenerator<Uint8Array> {
  if (entry.isEncrypted()) throw new FeedUnreadable("encrypted-file", { found: entry.fileName });
  const zip = await openZip(path);
  try {
    yield* await zip.openReadStreamPromise(entry);
  } catch (error) {
    throw translated(error);
  } finally {
    zip.close();
  }
}

async function inZip<T>(path: string, read: (zip: ZipFile) => Promise<T>): Promise<T> {
  const zip = await openZip(path);
  try {
    return await read(zip);
  } catch (error) {
    throw translated(error);
  } finally {
    zip.close();
  }
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false });
  } catch (error) {
    throw translated(error);
  }
}

/** Converts errors of yauzl and zlib, which concern the archive. System errors (full disk, missing file) are returned unchanged. */
function translated(error: unknown): unknown {
  if (error instanceof RunError) return error;
  if (error instanceof Error && "syscall" in error) return error;
  return new FeedUnreadable("malformed", { at: "zip" }, { cause: error });
}
