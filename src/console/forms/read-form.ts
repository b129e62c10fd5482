import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy } from "@fastify/busboy";
import { CannotDo } from "../refusals.ts";
import type { Form, UnreadForm } from "../route.ts";

/** The body exceeds the limit of the form. */
export class BodyTooLarge extends Error {
  constructor(readonly maxBytes: number) {
    super(`the form exceeds ${maxBytes} bytes`);
    this.name = "BodyTooLarge";
  }
}

/** The body is incomplete, because the client was too slow or disconnected. */
export class BodyIncomplete extends Error {
  constructor() {
    super("the form is incomplete");
    this.name = "BodyIncomplete";
  }
}

/** Thrown for a form that none of our pages has. */
class TooManyFields extends CannotDo {
  constructor() {
    super("Ce formulaire contient trop de champs, ou un nom de champ trop long : rien n’a été enregistré.");
  }
}

/** Fields of a form without a file. The largest decides on all words of a connector. */
const maxFields = 10_000;
/** Parts of a form with a file. */
const maxParts = 200;
const maxNameBytes = 1000;
/** A line of 20 kB/s sends a form without a file in a fraction of it. Forms with a file are read from the disk. */
const readWithinMs = 60_000;

/**
 * Reads a form as it arrives, so that a large one does not keep others waiting. An unreadable form has no fields.
 * Throws `BodyTooLarge` or `CannotDo` as soon as the body exceeds a limit, and `BodyIncomplete` if the client disconnects, or is too slow
 * for a form that is read into memory.
 */
export async function readForm({ headers, body, maxBytes }: UnreadForm, withinMs = readWithinMs): Promise<Form> {
  const sent = body === null ? noValues : await valuesOf(body, headers.get("content-type") ?? "", maxBytes, withinMs);
  const texts = (name: string) => (sent.get(name) ?? []).flatMap((value) => (typeof value === "string" ? tidy(value) : []));
  return {
    text: (name) => texts(name).at(-1) ?? "",
    all: texts,
    file(name) {
      const [value] = sent.get(name) ?? [];
      return value instanceof File && value.size > 0 ? value : null;
    },
    has: (name) => sent.has(name),
    names: () => [...sent.keys()],
  };
}

type Values = ReadonlyMap<string, readonly (string | File)[]>;
const noValues: Values = new Map();

async function valuesOf(body: ReadableStream<Uint8Array>, contentType: string, maxBytes: number, withinMs: number): Promise<Values> {
  const isMultipart = /^multipart\/form-data/i.test(contentType);
  if (!isMultipart && !/^application\/x-www-form-urlencoded/i.test(contentType)) return noValues;
  const values = new Map<string, (string | File)[]>();
  const add = (name: string, value: string | File) => {
    const others = values.get(name);
    if (others === undefined) values.set(name, [value]);
    else others.push(value);
  };
  // A field beyond a limit is an error, never shortened in silence.
  const fields = isMultipart ? maxParts : maxFields;
  const limits = { fields: fields + 1, parts: maxParts + 1, fieldSize: maxBytes, fileSize: maxBytes, fieldNameSize: maxNameBytes };
  let parser: ReturnType<typeof Busboy>;
  try {
    parser = new Busboy({ headers: { "content-type": contentType }, limits: { ...limits, headerPairs: 20 } });
  } catch {
    return noValues; // without a boundary
  }
  let count = 0;
  const begin = (name: string) => {
    if (++count > fields || Buffer.byteLength(name) >= maxNameBytes) parser.destroy(new TooManyFields());
  };
  parser.on("field", (name, value) => {
    begin(name);
    add(name, value);
  });
  parser.on("file", (name, stream, filename, _encoding, type) => {
    begin(name);
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => add(name, new File(chunks as Buffer<ArrayBuffer>[], filename, { type })));
  });
  for (const limit of ["partsLimit", "fieldsLimit", "filesLimit"] as const) parser.on(limit, () => parser.destroy(new TooManyFields()));
  try {
    await pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), limitedTo(maxBytes), parser, {
      signal: AbortSignal.timeout(withinMs),
    });
    return values;
  } catch (error) {
    if (error instanceof BodyTooLarge || error instanceof CannotDo) throw error;
    if (error instanceof Error && error.name === "AbortError") throw new BodyIncomplete();
    return noValues;
  }
}

function limitedTo(maxBytes: number) {
  return async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let seen = 0;
    for await (const chunk of chunks) {
      seen += chunk.byteLength;
      if (seen > maxBytes) throw new BodyTooLarge(maxBytes);
      for (let start = 0; start < chunk.length; start += pieceBytes) {
        yield chunk.subarray(start, start + pieceBytes);
        // Other visitors are served between two pieces.
        await new Promise<void>((next) => setImmediate(next));
      }
    }
  };
}

/** Parsed in a few milliseconds, whatever it contains. */
const pieceBytes = 64 * 1024;

/** Normalises line ends and removes zero bytes, which databases refuse. */
function tidy(value: string): string {
  return value.replaceAll("\r\n", "\n").replaceAll("\0", "").trim();
}
