import { gunzipSync } from "node:zlib";
import { decodedBody } from "../../platform/content-encoding.ts";
import { discard, type HttpClient } from "../../platform/http-client.ts";

/** Largest answer of a catalogue, and of an unpacked sitemap. */
const maxBytes = 20_000_000;
const withinMs = 30_000;

/** Reads an answer of a catalogue as text. */
export type ReadAddress = (url: URL) => Promise<string>;

/** An answer that the radar cannot use. The message says why. */
export class RadarProblem extends Error {}

/**
 * Returns a reader that asks for one address after the other, with a pause between two requests. It throws `RadarProblem` for another status
 * than 200 and for a large answer, `HttpFailure` for a failed request, and the reason of `signal`.
 */
export function addressReader(client: HttpClient, signal: AbortSignal, pause: () => Promise<void>): ReadAddress {
  let isFirst = true;
  return async (url) => {
    if (!isFirst) await pause();
    isFirst = false;
    const until = AbortSignal.any([signal, AbortSignal.timeout(withinMs)]);
    const answer = await client.ask({ url, headers: { accept: "application/json,*/*;q=0.8" }, secretHeaders: {}, signal: until });
    if (answer.status !== 200) {
      discard(answer.body);
      throw new RadarProblem(`${url.href} answers with status ${answer.status}`);
    }
    const decoded = decodedBody({
      body: answer.body,
      contentEncoding: answer.headers["content-encoding"],
      url: url.href,
      onWire: () => undefined,
    });
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of decoded.chunks) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new RadarProblem(`${url.href} is larger than ${maxBytes / 1e6} MB`);
      chunks.push(chunk);
    }
    const bytes = Buffer.concat(chunks);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return (isGzip ? gunzipSync(bytes, { maxOutputLength: maxBytes }) : bytes).toString("utf8");
  };
}

/** Reads an answer as JSON. Throws `RadarProblem` for other content. */
export async function readJson(read: ReadAddress, url: URL): Promise<unknown> {
  const text = await read(url);
  try {
    return JSON.parse(text);
  } catch {
    throw new RadarProblem(`${url.href} is not JSON`);
  }
}
