import { pipeline, Readable } from "node:stream";
import { ReadableStream } from "node:stream/web";
import { promisify } from "node:util";
import { constants, createGzip, gzip } from "node:zlib";

const pack = promisify(gzip);
/** For a large page, the fastest level takes a third of the time of the default level. */
const options = { level: constants.Z_BEST_SPEED };
/** Shorter answers are not compressed, which would save nothing. In bytes. */
const minPacked = 1024;
/** Media types of text. The others are compressed already. */
const textTypes = /^text\/|[/+](?:json|jsonl|xml)\b/;

/** Compresses the body of an answer: whole if it arrives in one piece, else while it is read. Returns short and compressed answers as they are. */
export async function gzipAnswer(answer: Response): Promise<Response> {
  const { body, headers } = answer;
  if (body === null || headers.has("content-encoding") || !textTypes.test(headers.get("content-type") ?? "")) return answer;
  const pieces = (body as ReadableStream<Uint8Array<ArrayBuffer>>).values();
  const [first, second] = [await pieces.next(), await pieces.next()];
  if (first.done) return new Response(null, answer);
  if (second.done && first.value.length < minPacked) return new Response(first.value, answer);
  headers.set("content-encoding", "gzip");
  headers.delete("content-length");
  if (second.done) return new Response(await pack(first.value, options), answer);
  const packed = createGzip(options);
  // An error of the source also ends the answer, and a client that leaves ends the source. `Readable.toWeb` would throw when a client leaves.
  pipeline(Readable.from(resumed([first.value, second.value], pieces)), packed, () => undefined);
  return new Response(ReadableStream.from(packed), answer);
}

async function* resumed<Piece>(begin: readonly Piece[], rest: AsyncIterable<Piece>): AsyncGenerator<Piece> {
  yield* begin;
  yield* rest;
}
