import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createListener, type Server } from "node:net";
import { pipeline } from "node:stream/promises";
import type { FeedBytes } from "./night-feeds.ts";

/** An answer with its ETag, if it has one. With `isKnown`, a request that names the ETag is answered 304. */
export interface FeedAnswer extends FeedBytes {
  readonly etag?: string;
  readonly isKnown?: boolean;
}

/** A server of feeds with many hosts. */
export interface NightServer {
  /** Returns the address of a feed by its index, with its own host. */
  addressOf(index: number): string;
  /** Value for `MOISSON_ALLOW_HOSTS`. */
  readonly hosts: readonly string[];
  close(): Promise<void>;
}

/**
 * Serves `feedOf(index)` at `hosts` addresses of the loopback network (127.1.0.1, 127.1.0.2…) on one port, so that each counts as a host
 * of its own for rate limits. Linux only, because it needs all of 127.0.0.0/8.
 */
export async function openNightServer(hosts: number, feedOf: (index: number) => FeedAnswer): Promise<NightServer> {
  const server = createServer((request, response) => {
    answer(request, response, feedOf).catch(() => response.destroy()); // the client has closed the connection
  });
  const listeners: Server[] = [];
  let port = 0;
  for (let index = 0; index < hosts; index++) {
    const listener = createListener((socket) => server.emit("connection", socket));
    await new Promise<void>((ready, refuse) => listener.once("error", refuse).listen(port, addressOf(index), ready));
    port = (listener.address() as AddressInfo).port;
    listeners.push(listener);
  }
  return {
    addressOf: (index) => `http://${addressOf(index % hosts)}:${port}/${index}`,
    hosts: Array.from({ length: hosts }, (_, index) => `${addressOf(index)}:${port}`),
    close: async () => {
      server.closeAllConnections();
      await Promise.all(listeners.map((listener) => new Promise((closed) => listener.close(closed))));
    },
  };
}

function addressOf(index: number): string {
  return `127.1.${Math.floor(index / 250)}.${1 + (index % 250)}`;
}

async function answer(request: IncomingMessage, response: ServerResponse, feedOf: (index: number) => FeedAnswer): Promise<void> {
  const { head, file, start, end, tail, etag, isKnown } = feedOf(Number(request.url?.slice(1)));
  if (etag !== undefined) response.setHeader("etag", etag);
  if (isKnown && request.headers["if-none-match"] === etag) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(200, { "content-length": Buffer.byteLength(head) + end - start + Buffer.byteLength(tail) });
  response.write(head);
  await pipeline(createReadStream(file, { start, end: end - 1, highWaterMark: 1 << 18 }), response, { end: false });
  response.end(tail);
}
