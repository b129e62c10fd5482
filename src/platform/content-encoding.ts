import { Duplex, pipeline, type Readable, Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";
import { HttpFailure, httpFailureOf } from "./http-failure.ts";

/** Value of the `Accept-Encoding` header. */
export const acceptedEncodings = "gzip, deflate, br";

/** Maximum number of nested encodings. A body with more is an attack. */
const maxEncodings = 2;

/** A body with its content encoding decoded. */
export interface DecodedBody {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** True if the body has a content encoding. */
  readonly encoded: boolean;
  /** Returns the number of bytes received so far, before decoding. */
  wireBytes(): number;
}

/** A body that is still encoded. */
export interface EncodedBody {
  readonly body: Readable;
  readonly contentEncoding: string | undefined;
  /** For errors. */
  readonly url: string;
  /** Receives the number of bytes received so far. May throw to stop; even a body that decodes to nothing calls it (empty gzip members). */
  onWire(bytes: number): void;
}

/** Decodes the body's Content-Encoding as a stream. Reading throws `HttpFailure` (`body-cut-short`, `broken-encoding`). */
export function decodedBody({ body, contentEncoding, url, onWire }: EncodedBody): DecodedBody {
  const encodings = (contentEncoding ?? "")
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity");
  if (encodings.length > maxEncodings) throw new HttpFailure("unknown-encoding", { url, reason: encodings.join(", ").slice(0, 100) });
  let wire = 0;
  const meter = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      wire += chunk.length;
      try {
        onWire(wire);
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
  });
  const decoders = encodings.reverse().map((name) => decoderOf(name, url));
  // On Node 24, zlib can emit an error again after pipeline has removed its listeners, which would end the process.
  for (const stream of [meter, ...decoders]) stream.on("error", () => undefined);
  // The reader of the last stream receives the errors. `pipeline` requires a callback.
  const last = pipeline([body, meter, ...decoders], () => undefined) as unknown as AsyncIterable<Uint8Array>;
  return { chunks: withNamedErrors(last, url), encoded: decoders.length > 0, wireBytes: () => wire };
}

async function* withNamedErrors(chunks: AsyncIterable<Uint8Array>, url: string): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    throw httpFailureOf(error, url, "body");
  }
}

function decoderOf(name: string, url: string): Duplex {
  if (name === "gzip" || name === "x-gzip") return createGunzip();
  if (name === "br") return createBrotliDecompress();
  if (name === "deflate") return Duplex.from(inflateEither);
  throw new HttpFailure("unknown-encoding", { url, reason: name.slice(0, 100) });
}

/** Decodes "deflate". The standard means zlib, but some servers send a raw stream; the first byte differs. */
async function* inflateEither(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const incoming = source[Symbol.asyncIterator]();
  const first = await incoming.next();
  if (first.done) return;
  const inflate = ((first.value[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw();
  async function* all(): AsyncGenerator<Uint8Array> {
    for (let step = first; !step.done; step = await incoming.next()) yield step.value;
  }
  yield* pipeline(all, inflate, () => undefined);
}
