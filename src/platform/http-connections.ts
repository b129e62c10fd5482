import { Agent, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest, Agent as TlsAgent } from "node:https";
import type { LookupFunction, Socket } from "node:net";
import type { ClientTls } from "./address-guard.ts";

/** A request without redirects. */
interface ExchangeRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
  /** Ends the request, and also the reading of the answer's body. */
  readonly signal: AbortSignal;
}

/** Sends a request and returns the head of the answer, whose body is not yet read. Rejects with errors of Node or of the guard. */
export type Exchange = (url: URL, request: ExchangeRequest) => Promise<IncomingMessage>;

/** Connections that are kept open between requests. */
interface Connections {
  readonly exchange: Exchange;
  close(): void;
}

/** What connections are made with. `guard` checks an address, and returns the resolver for it or throws. */
interface ConnectionOptions {
  readonly guard: (url: URL) => LookupFunction;
  readonly connectTimeoutMs: number;
  readonly tls?: ClientTls;
}

/**
 * Opens connections by Node's own client. Unlike undici and the global `fetch`, it survives bodies whose length differs from their header,
 * and bodies that end with the connection: https://github.com/nodejs/undici/issues/5360
 */
export function openConnections({ guard, connectTimeoutMs, tls }: ConnectionOptions): Connections {
  const agents = { "http:": new Agent({ keepAlive: true }), "https:": new TlsAgent({ keepAlive: true }) };
  const send = (url: URL, { method, headers, body, signal }: ExchangeRequest, isRepeated: boolean) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      signal.throwIfAborted();
      const secureContext = tls?.identified?.origins.has(url.origin) ? tls.identified.context : tls?.trusting;
      const options = { method, headers, lookup: guard(url), ...(secureContext && { secureContext }) };
      const request =
        url.protocol === "https:"
          ? httpsRequest(url, { ...options, agent: agents["https:"] })
          : httpRequest(url, { ...options, agent: agents["http:"] });
      let answer: IncomingMessage | undefined;
      const abort = () => (answer ?? request).destroy(signal.reason);
      signal.addEventListener("abort", abort, { once: true });
      request.once("close", () => signal.removeEventListener("abort", abort));
      request.once("socket", (socket) =>
        limitConnecting(socket, url.protocol === "https:" ? "secureConnect" : "connect", connectTimeoutMs),
      );
      request.once("response", (message) => {
        answer = message;
        resolve(message);
      });
      // The listener stays: an error can also follow the answer, for example bytes after the announced end of the body.
      request.on("error", (error: NodeJS.ErrnoException) => {
        // The server may close a kept connection at any time. Nothing was answered yet, so the request is sent again, once.
        const wasClosed = request.reusedSocket && !isRepeated && method === "GET" && error.code === "ECONNRESET" && !signal.aborted;
        if (wasClosed) send(url, { method, headers, body, signal }, true).then(resolve, reject);
        else reject(error);
      });
      request.end(body);
    });
  return {
    exchange: (url, request) => send(url, request, false),
    close: () => {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

/** Ends a new connection that is not ready in time. */
function limitConnecting(socket: Socket, ready: "connect" | "secureConnect", timeoutMs: number): void {
  if (!socket.connecting) return; // a kept connection
  const late = Object.assign(new Error("not connected in time"), { code: "ETIMEDOUT" });
  const timer = setTimeout(() => socket.destroy(late), timeoutMs);
  socket.once(ready, () => clearTimeout(timer));
  socket.once("close", () => clearTimeout(timer));
}
