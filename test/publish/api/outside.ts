import { gunzipSync } from "node:zlib";
import { Parser } from "htmlparser2";
import { fromBufferPromise } from "yauzl";
import { consoleApp } from "../../../src/console/app.ts";
import { routes as consoleRoutes } from "../../../src/console/routes.ts";
import type { ConsoleServices } from "../../../src/console/visit.ts";
import { apiApp } from "../../../src/publish/api/api-app.ts";
import type { ApiServices } from "../../../src/publish/api/api-route.ts";
import { routes as apiRoutes } from "../../../src/publish/api/api-routes.ts";

/** Everything readable in an answer, headers included. */
export interface Heard {
  readonly status: number;
  readonly text: string;
  /** Addresses of ours in the answer. */
  readonly links: readonly string[];
}

/** Sends a request from outside. */
export type Outside = (address: string, init?: RequestInit) => Promise<Heard>;

export const consoleOrigin = "http://console.test";
export const apiOrigin = "http://api.test";
const ours = [consoleOrigin, apiOrigin];
/** Static files, which contain nothing of a catalogue. */
const fixed = /^http:\/\/console\.test\/(?:dsfr|fichiers)\//;
const connection = { client: "192.0.2.1" };

/** Returns the console and the API with its open data, without a network. */
export function outsideOf(console: ConsoleServices, api: ApiServices, routes = { pages: consoleRoutes, records: apiRoutes }): Outside {
  const pages = consoleApp(console, routes.pages);
  const records = apiApp(api, routes.records);
  return async (address, init = {}) => {
    const app = address.startsWith(consoleOrigin) ? pages : records;
    return heard(address, await app.request(address, init, connection));
  };
}

async function heard(address: string, answer: Response): Promise<Heard> {
  const bytes = Buffer.from(await answer.arrayBuffer());
  const body = await readable(bytes);
  const headers = JSON.stringify([...answer.headers]);
  const type = answer.headers.get("content-type") ?? "";
  const found = /html/.test(type) ? linksOfPage(body) : (body.match(/https?:\/\/[^\s"'<>\\,]+/g) ?? []);
  const moved = answer.headers.get("location");
  const links = [...found, ...(moved === null ? [] : [moved])].flatMap((link) => {
    const to = URL.canParse(link, address) ? new URL(link, address) : null;
    return to !== null && ours.includes(to.origin) && !fixed.test(to.href) ? [`${to.origin}${to.pathname}${to.search}`] : [];
  });
  return { status: answer.status, text: `${headers}\n${body}`, links: [...new Set(links)] };
}

/** Returns the text of an answer, decompressed; for a zip, of every file. */
async function readable(bytes: Buffer): Promise<string> {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  if (plain.subarray(0, 2).toString() === "PK") return unzipped(plain);
  return plain.toString("utf8");
}

async function unzipped(bytes: Buffer): Promise<string> {
  const zip = await fromBufferPromise(bytes);
  const texts: string[] = [];
  for await (const entry of zip.eachEntry()) {
    const pieces: Buffer[] = [];
    for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer);
    texts.push(entry.fileName, Buffer.concat(pieces).toString("utf8"));
  }
  return texts.join("\n");
}

function linksOfPage(html: string): string[] {
  const found: string[] = [];
  const parser = new Parser({
    onopentag(_, { href, src, action }) {
      for (const link of [href, src, action]) if (link !== undefined && !link.startsWith("#")) found.push(link);
    },
  });
  parser.end(html);
  return found;
}

/**
 * Requests the start addresses, then the addresses in the answers, at most `most` of each path, whatever their values. Returns the
 * answers.
 */
export async function crawl(outside: Outside, start: readonly string[], init: RequestInit, most: number): Promise<Map<string, Heard>> {
  const answers = new Map<string, Heard>();
  const counts = new Map<string, number>();
  const waiting = [...new Set(start)];
  const begun = new Set(waiting);
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    const answer = await outside(address, init);
    answers.set(address, answer);
    for (const link of answer.links) {
      const { pathname, searchParams } = new URL(link);
      const kind = `${pathname} ${[...searchParams.keys()].sort()}`;
      if (begun.has(link) || (counts.get(kind) ?? 0) >= most) continue;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      begun.add(link);
      waiting.push(link);
    }
  }
  return answers;
}
