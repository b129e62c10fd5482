import { createReadStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { makeSpoolFolder } from "../../platform/spool-folder.ts";
import type { UnreadForm } from "../route.ts";
import { BodyTooLarge } from "./read-form.ts";

/** The body is incomplete, because the client was too slow or disconnected. */
export class BodyIncomplete extends Error {
  constructor() {
    super("the form is incomplete");
    this.name = "BodyIncomplete";
  }
}

/** Limits for slow clients: maximum time, and minimum average rate after `graceMs`. */
interface SlowClientLimits {
  readonly timeoutMs: number;
  readonly graceMs: number;
  readonly minBytesPerSecond: number;
}

/** A slow rural line is ten times faster than the minimum. The server ends requests after five minutes. */
const defaultLimits: SlowClientLimits = { timeoutMs: 240_000, graceMs: 10_000, minBytesPerSecond: 20_000 };

/**
 * Writes the body to disk, calls `work` with it, and deletes it. Slow clients thus use no memory and block nobody.
 * Throws `BodyTooLarge`, or `BodyIncomplete` if the client is too slow or disconnects.
 */
export async function spoolForm<T>(
  form: UnreadForm,
  work: (whole: UnreadForm) => Promise<T>,
  limits: SlowClientLimits = defaultLimits,
): Promise<T> {
  if (Number(form.headers.get("content-length") ?? 0) > form.maxBytes) throw new BodyTooLarge(form.maxBytes);
  const folder = await makeSpoolFolder();
  try {
    const file = path.join(folder, "formulaire");
    await write(form, file, limits);
    return await work({ ...form, body: Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array<ArrayBuffer>> });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function write(
  { body, maxBytes }: UnreadForm,
  file: string,
  { timeoutMs, graceMs, minBytesPerSecond }: SlowClientLimits,
): Promise<void> {
  const reader = body?.getReader();
  const output = await open(file, "w");
  const begun = performance.now();
  let received = 0;
  try {
    for (;;) {
      // Each received byte extends the deadline a little.
      const allowedMs = Math.min(timeoutMs, Math.max(graceMs, (received / minBytesPerSecond) * 1000));
      const piece = await within(begun + allowedMs - performance.now(), reader?.read());
      if (piece === undefined || piece.done) return;
      received += piece.value.byteLength;
      if (received > maxBytes) throw new BodyTooLarge(maxBytes);
      await output.write(piece.value);
    }
  } finally {
    await output.close();
  }
}

/** Waits for a read. Throws `BodyIncomplete` if it fails or takes longer. */
async function within<T>(ms: number, reading: Promise<T> | undefined): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BodyIncomplete()), Math.max(ms, 0));
  });
  const read = reading?.catch(() => Promise.reject(new BodyIncomplete()));
  read?.catch(() => undefined);
  return Promise.race([read, late]).finally(() => clearTimeout(timer));
}

/** Forms of at least this size contain a file, which is read into memory. Only a few are read at once; the others wait on disk. */
const largeFormBytes = 10_000_000;
const maxAtOnce = 3;

let running = 0;
const waiting: (() => void)[] = [];

/** Calls `work` with a form, as soon as a slot is free if the form is large. */
export async function withFormSlot<T>(form: UnreadForm, work: (form: UnreadForm) => Promise<T>): Promise<T> {
  const announced = form.headers.get("content-length");
  if (Math.min(form.maxBytes, announced === null ? form.maxBytes : Number(announced)) < largeFormBytes) return work(form);
  return spoolForm(form, async (whole) => {
    if (running < maxAtOnce) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work(whole);
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  });
}
