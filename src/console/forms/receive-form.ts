import { createReadStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { makeSpoolFolder } from "../../platform/spool-folder.ts";
import type { Form, UnreadForm } from "../route.ts";

/** More was sent than this form takes. */
export class BodyTooLarge extends Error {
  constructor(readonly most: number) {
    super(`more than ${most} bytes`);
    this.name = "TooMuch";
  }
}

/** A form did not come to its last byte: its sender was too slow, or went away. */
export class BodyIncomplete extends Error {
  constructor() {
    super("the form did not come to its end");
    this.name = "NotWhole";
  }
}

/** Line ends as one sign, and no zero byte, which no database takes. */
function tidy(value: string): string {
  return value.replaceAll("\r\n", "\n").replaceAll("\0", "").trim();
}

/** Reads a form. @throws TooMuch, before more than it may have is held in memory */
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

/** How slow a sender may be: for how long in all, and from `graceMs` on how many bytes a second on average. */
interface Patience {
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

/** Forms of so many bytes hold a file, which is in memory until it is kept: of them few are read at once, and the others wait, on the disk. */
const largeFrom = 10_000_000;
const mostAtOnce = 3;

let going = 0;
const waiting: (() => void)[] = [];

/** Does something with a form, when its turn has come. */
export async function fewAtOnce<T>(form: UnreadForm, work: (form: UnreadForm) => Promise<T>): Promise<T> {
  const announced = form.headers.get("content-length");
  if (Math.min(form.maxBytes, announced === null ? form.maxBytes : Number(announced)) < largeFrom) return work(form);
  return receiveWhole(form, async (whole) => {
    if (going < mostAtOnce) going += 1;
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
