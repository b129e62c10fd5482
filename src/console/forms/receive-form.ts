import { createReadStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { makeSpoolFolder } from "../../platform/spool-folder.ts";
import type { UnreadForm } from "../route.ts";
import { BodyIncomplete, BodyTooLarge } from "./read-form.ts";

/** Too many forms are being received. The client may send its form again in a moment. */
export class TooManyForms extends Error {
  override readonly name = "TooManyForms";
}

/** Bytes of the forms that this process is receiving, in all and from each network. */
class ReceivedBytes {
  #all = 0;
  readonly #from = new Map<string, number>();

  constructor(
    private readonly most: number,
    private readonly mostFrom: number,
  ) {}

  /** Adds a form. Returns a function that removes it. Throws `TooManyForms` beyond a limit. */
  add(network: string, bytes: number): () => void {
    const from = this.#from.get(network) ?? 0;
    if (this.#all + bytes > this.most || from + bytes > this.mostFrom) throw new TooManyForms();
    this.#change(network, bytes);
    return () => this.#change(network, -bytes);
  }

  #change(network: string, bytes: number): void {
    this.#all += bytes;
    const left = (this.#from.get(network) ?? 0) + bytes;
    if (left > 0) this.#from.set(network, left);
    else this.#from.delete(network);
  }
}

const megabyte = 1_000_000;
const inMemory = new ReceivedBytes(64 * megabyte, 16 * megabyte);
const onDisk = new ReceivedBytes(2000 * megabyte, 400 * megabyte);

/**
 * Calls `work` with a form, unless it is too large, or its network or all clients send too much at once. Throws `BodyTooLarge` or
 * `TooManyForms` before anything of the body is read.
 */
export async function withAdmission<T>(form: UnreadForm, network: string, work: () => Promise<T>): Promise<T> {
  const bytes = sizeOf(form);
  if (bytes > form.maxBytes) throw new BodyTooLarge(form.maxBytes);
  const remove = (bytes < largeFormBytes ? inMemory : onDisk).add(network, bytes);
  try {
    return await work();
  } finally {
    remove();
  }
}

/** Returns the announced size of a form; its largest size if it announces none. */
function sizeOf({ headers, maxBytes }: UnreadForm): number {
  const announced = headers.get("content-length");
  return announced === null ? maxBytes : Number(announced);
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
 * Throws `BodyTooLarge` if it is larger than announced, or `BodyIncomplete` if the client is too slow or disconnects.
 */
export async function spoolForm<T>(
  form: UnreadForm,
  work: (whole: UnreadForm) => Promise<T>,
  limits: SlowClientLimits = defaultLimits,
): Promise<T> {
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
  if (sizeOf(form) < largeFormBytes) return work(form);
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
