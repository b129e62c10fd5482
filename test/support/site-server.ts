import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A file of a site: its text, or more about the answer. `etag`: false for servers that send no validators. */
export type SiteFile =
  | string
  | {
      readonly body?: string | Uint8Array;
      readonly status?: number;
      readonly type?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly etag?: false;
    };

/** A site on 127.0.0.1. Files can be changed between two nights. */
export interface SiteServer {
  readonly origin: string;
  readonly host: string;
  /** Files by path and query, or, for a POST, by `POST path body`. */
  readonly files: Map<string, SiteFile>;
  /** Received requests since the last call of `newNight`: path, and User-Agent. */
  readonly requests: { readonly path: string; readonly agent: string; readonly at: number }[];
  /** Bytes of the bodies sent since the last call of `newNight`. */
  readonly sent: () => number;
  newNight(): void;
}

/** Serves a site for the length of one test, with ETags and conditional requests. Any other address is a 404. */
export async function siteServer(filesOf: (origin: string) => Readonly<Record<string, SiteFile>>): Promise<SiteServer> {
  const files = new Map<string, SiteFile>();
  const requests: { path: string; agent: string; at: number }[] = [];
  let sent = 0;
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? "";
    requests.push({ path, agent: request.headers["user-agent"] ?? "", at: performance.now() });
    let posted = "";
    for await (const chunk of request) posted += chunk;
    const key = request.method === "POST" ? `POST ${path} ${posted}` : path;
    sent += answer(files.get(key), request, response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(
    () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  );
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const origin = `http://${host}`;
  for (const [path, file] of Object.entries(filesOf(origin))) files.set(path, file);
  return {
    origin,
    host,
    files,
    requests,
    sent: () => sent,
    newNight: () => {
      requests.length = 0;
      sent = 0;
    },
  };
}

/** Answers a request. Returns the number of bytes of the body. */
function answer(file: SiteFile | undefined, request: IncomingMessage, response: ServerResponse): number {
  const found: Exclude<SiteFile, string> = typeof file === "string" ? { body: file } : (file ?? notFound);
  const { body = "", status = 200, type, headers = {}, etag } = found;
  const bytes = Buffer.from(body as Uint8Array);
  const tag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}"`;
  const validators = etag === false || status !== 200 ? {} : { etag: tag };
  if (validators.etag !== undefined && request.headers["if-none-match"] === tag) {
    response.writeHead(304, validators).end();
    return 0;
  }
  response.writeHead(status, { "content-type": type ?? "text/html; charset=utf-8", ...validators, ...headers }).end(bytes);
  return bytes.length;
}

const notFound: Exclude<SiteFile, string> = { status: 404, body: "<!doctype html><title>404</title><h1>Page introuvable</h1>" };
