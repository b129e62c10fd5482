import { createServer, type IncomingHttpHeaders, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { TLSSocket } from "node:tls";
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";

/** A scripted answer. The body is sent with its Content-Length, unless it is a stream. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes, text, or chunks created while sending (bombs, slow answers). An object is sent as JSON. */
  readonly body?: string | Uint8Array | AsyncIterable<string | Uint8Array> | Readonly<Record<string, unknown>> | readonly unknown[];
  /** Compresses a body that is not a stream, and sets Content-Encoding. `deflate-raw` has no zlib header, as some servers send it. */
  readonly encoding?: "gzip" | "deflate" | "deflate-raw" | "br";
  /** Closes the connection after this many bytes of the body. */
  readonly cutAfter?: number;
  /** Never answers, not even with a status line. */
  readonly silent?: true;
}

/** A received request. */
interface AskedRequest {
  /** Path and query, as sent. */
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** The body as text, complete when the answer is sent. */
  body: string;
  /** Common name of the client certificate. */
  readonly certificate: string | null;
}

/** A server on 127.0.0.1 with scripted answers. */
export interface FeedServer {
  /** `http://127.0.0.1:port`, or `https://localhost:port`. */
  readonly origin: string;
  /** `127.0.0.1:port` or `localhost:port`, for `allowHosts`. */
  readonly host: string;
  readonly port: number;
  /** Every request so far, in order. */
  readonly requests: readonly AskedRequest[];
  /**
   * Declares the answers of a path with its query, in order of requests. Further calls add answers. A missing or an additional request
   * fails the test. Returns the full address.
   */
  on(path: string, ...answers: readonly ScriptedAnswer[]): string;
  /** Throws on requests without a declared answer, and on declared answers without a request. */
  assertAllAsked(): void;
  close(): Promise<void>;
}

/**
 * Starts a loopback server for feeds, for the length of one test. The test **fails** if a request has no declared answer (it gets 599,
 * which nothing else returns) or a declared answer was never requested.
 *
 * ```ts
 * const server = await feedServer();
 * const url = server.on("/aides.json?page=1", { status: 503, headers: { "retry-after": "1" } }, { body: [{ id: 1 }] });
 * // … run the connector with allowHosts: [server.host] …
 * ```
 * The address is private: fetch refuses it unless `allowHosts` contains `server.host`. In `beforeAll`, use `startFeedServer` and call
 * `assertAllAsked` and `close`. With `tls` it serves HTTPS with that certificate, and requests client certificates if the options say so.
 */
export async function feedServer(tls?: ServerOptions): Promise<FeedServer> {
  const server = await startFeedServer(tls);
  onTestFinished(async () => {
    await server.close();
    server.assertAllAsked();
  });
  return server;
}

/** Starts the server outside of a test. The caller closes it and calls `assertAllAsked`. */
export async function startFeedServer(tls?: ServerOptions): Promise<FeedServer> {
  const script = new Map<string, ScriptedAnswer[]>();
  const requests: AskedRequest[] = [];
  const undeclared: string[] = [];

  const listener: RequestListener = (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? "";
    const asked = { path, method: request.method ?? "", headers: request.headers, body: "", certificate: shownCertificate(request) };
    requests.push(asked);
    const answer = script.get(path)?.shift();
    if (answer === undefined) {
      undeclared.push(`${request.method} ${path}`);
      response.writeHead(599).end();
      return;
    }
    readInto(asked, request)
      .then(() => play(answer, response))
      .catch(() => response.destroy()); // the client has closed the connection
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer({ ...tls }, listener);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  const host = `${tls === undefined ? "127.0.0.1" : "localhost"}:${port}`;
  const origin = `${tls === undefined ? "http" : "https"}://${host}`;

  return {
    origin,
    host,
    port,
    requests,
    on(path, ...answers) {
      script.set(path, [...(script.get(path) ?? []), ...answers]);
      return origin + path;
    },
    assertAllAsked() {
      const left = [...script].filter(([, answers]) => answers.length > 0).map(([path, answers]) => `${path} (${answers.length})`);
      if (undeclared.length > 0) throw new Error(`asked, but nobody declared it: ${undeclared.join(", ")}`);
      if (left.length > 0) throw new Error(`declared, but nobody asked for it: ${left.join(", ")}`);
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function shownCertificate({ socket }: IncomingMessage): string | null {
  const name = socket instanceof TLSSocket ? socket.getPeerCertificate().subject?.CN : undefined;
  return name === undefined ? null : String(name);
}

async function readInto(asked: AskedRequest, request: IncomingMessage): Promise<void> {
  request.setEncoding("utf8");
  for await (const text of request) asked.body += text;
}

async function play(answer: ScriptedAnswer, response: ServerResponse): Promise<void> {
  if (answer.silent) return;
  const { status = 200, headers = {}, body = "" } = answer;
  if (isStream(body)) {
    response.writeHead(status, headers);
    for await (const chunk of body) {
      if (response.destroyed) return;
      if (!response.write(chunk)) await drained(response);
    }
    response.end();
    return;
  }
  const bytes = encoded(bytesOf(body), answer.encoding);
  const encoding = answer.encoding === undefined ? {} : { "content-encoding": answer.encoding.replace("-raw", "") };
  const length = status === 304 || status === 204 ? {} : { "content-length": String(bytes.length) };
  response.writeHead(status, { ...length, ...encoding, ...headers });
  if (answer.cutAfter === undefined) response.end(length["content-length"] === undefined ? undefined : bytes);
  else response.write(bytes.subarray(0, answer.cutAfter), () => response.destroy());
}

function isStream(body: NonNullable<ScriptedAnswer["body"]>): body is AsyncIterable<string | Uint8Array> {
  return typeof body === "object" && Symbol.asyncIterator in body;
}

function bytesOf(body: Exclude<NonNullable<ScriptedAnswer["body"]>, AsyncIterable<string | Uint8Array>>): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}

function encoded(bytes: Uint8Array, encoding: ScriptedAnswer["encoding"]): Uint8Array {
  if (encoding === "gzip") return gzipSync(bytes);
  if (encoding === "deflate") return deflateSync(bytes);
  if (encoding === "deflate-raw") return deflateRawSync(bytes);
  if (encoding === "br") return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
  return bytes;
}

/** Waits until the response accepts more data, or the client has closed the connection. */
async function drained(response: ServerResponse): Promise<void> {
  await new Promise<void>((go) => {
    const gone = () => {
      response.off("drain", gone).off("close", gone);
      go();
    };
    response.on("drain", gone).on("close", gone);
  });
}
