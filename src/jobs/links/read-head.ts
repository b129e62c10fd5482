import { decodedBody } from "../../platform/content-encoding.ts";
import type { HttpAnswer } from "../../platform/http-client.ts";

/** Characters of a page that are read; titles and marks of walls are at its beginning. */
const longestHead = 16_384;

/** Reads the decoded beginning of an HTML page; empty for anything else. Throws `HttpFailure` if it breaks off before. */
export async function readHead({ headers, body, url }: HttpAnswer): Promise<string> {
  if (!/html/i.test(headers["content-type"] ?? "")) return "";
  const decoder = new TextDecoder(charsetOf(headers["content-type"] ?? ""));
  const { chunks } = decodedBody({ body, contentEncoding: headers["content-encoding"], url: url.href, onWire: () => undefined });
  let head = "";
  for await (const chunk of chunks) {
    head += decoder.decode(chunk, { stream: true });
    if (head.length >= longestHead) break;
  }
  return head.slice(0, longestHead);
}

function charsetOf(contentType: string): string {
  return /iso-8859|windows-125|latin/i.test(contentType) ? "windows-1252" : "utf-8";
}
