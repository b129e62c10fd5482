import { Buffer } from "node:buffer";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { LimitExceeded, LimitedThread, type ThreadLimits } from "../../../platform/limited-thread.ts";
import { oleFileError, readHead } from "../container/container-kind.ts";
import type { FeedPart } from "../decoded.ts";
import type { functions, XlsAnswer } from "./xls-thread.ts";

/** Limits of the thread that reads a workbook. */
export interface XlsLimits extends ThreadLimits {
  readonly fileMb: number;
}

const defaultLimits: XlsLimits = { fileMb: 16, timeoutMs: 20_000, maxMemoryMb: 256 };
const xlsThread = new URL("./xls-thread.ts", import.meta.url);
const converted = new WeakMap<FeedPart, Promise<Buffer>>();

/**
 * Converts an old workbook (`.xls`) to `.xlsx`, so that the same rules read both. Converts each part once. `open` reads the workbook, out of
 * its archive; it is stopped at the limit. Damaged files can put the library
 * into an endless loop, so it runs in a thread of its own, wherever the part is read.
 *
 * Throws `FeedUnreadable`: `encrypted-file`, or `unsupported-file` with the type: `doc`, or `unreadable-xls` (`reason`) for a file without a
 * workbook, damaged, or beyond the limits.
 */
export function convertXls(part: FeedPart, open: FeedPart["open"] = () => part.open()): Promise<Buffer> {
  const known = converted.get(part) ?? convertInThread(open);
  converted.set(part, known);
  return known;
}

/** Converts like `convertXls`, each time again, and with other limits for tests. */
export async function convertInThread(open: FeedPart["open"], limits: XlsLimits = defaultLimits): Promise<Buffer> {
  const { bytes, isWhole } = await readHead(open(), limits.fileMb * 1024 ** 2);
  if (!isWhole) throw unreadable(`it is larger than ${limits.fileMb} MB`);
  const answer = await askThread(bytes, limits);
  if ("xlsx" in answer) return Buffer.from(answer.xlsx.buffer, answer.xlsx.byteOffset, answer.xlsx.byteLength);
  if (answer.refused === "no-workbook") throw await oleFileError(open(), unreadable(answer.reason));
  if (answer.refused === "password") throw new FeedUnreadable("encrypted-file", { found: "xls" });
  throw unreadable(answer.reason);
}

async function askThread(bytes: Uint8Array, limits: XlsLimits): Promise<XlsAnswer> {
  try {
    return await new LimitedThread<typeof functions>(xlsThread, limits).askOnce("convert", bytes);
  } catch (error) {
    if (!(error instanceof LimitExceeded)) throw error;
    const most = error.limit === "time" ? `${limits.timeoutMs / 1000} seconds` : `${limits.maxMemoryMb} MB of memory`;
    throw unreadable(`reading it takes more than ${most}`);
  }
}

function unreadable(reason: string): FeedUnreadable {
  return new FeedUnreadable("unsupported-file", { found: "unreadable-xls", advice: "save-as-xlsx", reason });
}
