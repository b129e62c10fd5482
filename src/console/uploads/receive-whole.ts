import { createReadStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { makeSpoolFolder } from "../../platform/spool-folder.ts";
import { BodyIncomplete, BodyTooLarge } from "../read-form.ts";
import type { UnreadForm } from "../route.ts";

/** How slow a sender may be: for how long in all, and from `graceMs` on how many bytes a second on average. */
export interface Patience {
  readonly longestMs: number;
  readonly graceMs: number;
  readonly leastBytesASecond: number;
}

/** A poor line in the country sends ten times as much. The server itself ends a request after five minutes. */
const usual: Patience = { longestMs: 240_000, graceMs: 10_000, leastBytesASecond: 20_000 };

/**
 * Puts a form on the disk, byte for byte, before anything is done with it: who sends slowly holds neither memory nor anybody's place. It is gone when `work` ends.
 * @throws NotWhole where its sender is too slow, or goes away; TooMuch
 */
export async function receiveWhole<T>(form: UnreadForm, work: (whole: UnreadForm) => Promise<T>, patience: Patience = usual): Promise<T> {
  if (Number(form.headers.get("content-length") ?? 0) > form.maxBytes) throw new BodyTooLarge(form.maxBytes);
  const folder = await makeSpoolFolder();
  try {
    const file = path.join(folder, "formulaire");
    await write(form, file, patience);
    return await work({ ...form, body: Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array<ArrayBuffer>> });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function write(
  { body, maxBytes: most }: UnreadForm,
  file: string,
  { longestMs, graceMs, leastBytesASecond }: Patience,
): Promise<void> {
  const reader = body?.getReader();
  const kept = await open(file, "w");
  const begun = performance.now();
  let received = 0;
  try {
    for (;;) {
      // What has come so far pays for so long; a byte now and then does not.
      const paidMs = Math.min(longestMs, Math.max(graceMs, (received / leastBytesASecond) * 1000));
      const piece = await within(begun + paidMs - performance.now(), reader?.read());
      if (piece === undefined || piece.done) return;
      received += piece.value.byteLength;
      if (received > most) throw new BodyTooLarge(most);
      await kept.write(piece.value);
    }
  } finally {
    await kept.close();
  }
}

async function within<T>(ms: number, reading: Promise<T> | undefined): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BodyIncomplete()), Math.max(ms, 0));
  });
  const read = reading?.catch(() => Promise.reject(new BodyIncomplete()));
  read?.catch(() => undefined);
  return Promise.race([read, late]).finally(() => clearTimeout(timer));
}
