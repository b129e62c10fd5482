import { createReadStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { makeSpoolFolder } from "../../platform/spool-folder.ts";
import type { Form, UnreadForm } from "../route.ts";

/** The body exceeds the limit of the form. */
export class BodyTooLarge extends Error {
  constructor(readonly most: number) {
    super(`more than ${most} bytes`);
    this.name = "TooMuch";
  }
}

/** The body is incomplete: the client was too slow, or disconnected. */
export class BodyIncomplete extends Error {
  constructor() {
    super("the form did not come to its end");
    this.name = "NotWhole";
  }
}

/** Normalises line ends and removes zero bytes, which databases refuse. */
function tidy(value: string): string {
  return value.replaceAll("\r\n", "\n").replaceAll("\0", "").trim();
}

/** Reads a form. @throws BodyTooLarge before it exceeds the limit in memory */
export async function readForm({ headers, body, maxBytes: most }: UnreadForm): Promise<Form> {
  if (Number(headers.get("content-length") ?? 0) > most) throw new BodyTooLarge(most);
  const limited = body === null ? null : body.pipeThrough(atMost(most));
  const sent = await new Response(limited, { headers: { "content-type": headers.get("content-type") ?? "" } })
    .formData()
    .catch((error: unknown) => {
      if (error instanceof BodyTooLarge || (error instanceof Error && error.cause instanceof BodyTooLarge)) throw new BodyTooLarge(most);
      return new FormData();
    });
  const texts = (name: string) => sent.getAll(name).flatMap((value) => (typeof value === "string" ? tidy(value) : []));
  return {
    text: (name) => texts(name).at(-1) ?? "",
    all: texts,
    file(name) {
      const value = sent.get(name);
      return value instanceof File && value.size > 0 ? value : null;
    },
    has: (name) => sent.has(name),
    names: () => [...new Set(sent.keys())],
  };
}

function atMost(most: number): TransformStream<Uint8Array, Uint8Array> {
  let seen = 0;
  return new TransformStream({
    transform(chunk, controller) {
      seen += chunk.byteLength;
      if (seen > most) controller.error(new BodyTooLarge(most));
      else controller.enqueue(chunk);
    },
  });
}

/** Limits for slow clients: total time, and minimum average rate in bytes per second after `graceMs`. */
interface SlowClientLimits {
  readonly timeoutMs: number;
  readonly graceMs: number;
  readonly minBytesPerSecond: number;
}

/** A slow rural line is ten times faster. The server ends requests after five minutes. */
const defaultLimits: SlowClientLimits = { timeoutMs: 240_000, graceMs: 10_000, minBytesPerSecond: 20_000 };

/**
 * Writes the body to disk before `work` reads it, so that slow clients use no memory and block nobody. Deletes it afterwards. @throws
 * BodyIncomplete if the client is too slow or disconnects; BodyTooLarge
 */
export async function spoolForm<T>(
  form: UnreadForm,
  work: (whole: UnreadForm) => Promise<T>,
  patience: SlowClientLimits = defaultLimits,
): Promise<T> {
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
  { timeoutMs, graceMs, minBytesPerSecond }: SlowClientLimits,
): Promise<void> {
  const reader = body?.getReader();
  const kept = await open(file, "w");
  const begun = performance.now();
  let received = 0;
  try {
    for (;;) {
      // Each byte received extends the deadline a little.
      const paidMs = Math.min(timeoutMs, Math.max(graceMs, (received / minBytesPerSecond) * 1000));
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

/** From this size on, forms contain a file that is read into memory: only a few are read at once, the others wait on disk. */
const largeFormBytes = 10_000_000;
const maxAtOnce = 3;

let going = 0;
const waiting: (() => void)[] = [];

/** Runs `work` on a form when a slot is free. */
export async function withFormSlot<T>(form: UnreadForm, work: (form: UnreadForm) => Promise<T>): Promise<T> {
  const announced = form.headers.get("content-length");
  if (Math.min(form.maxBytes, announced === null ? form.maxBytes : Number(announced)) < largeFormBytes) return work(form);
  return spoolForm(form, async (whole) => {
    if (going < maxAtOnce) going += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work(whole);
    } finally {
      const next = waiting.shift();
      if (next === undefined) going -= 1;
      else next();
    }
  });
}
