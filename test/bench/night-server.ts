import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createListener, type Server } from "node:net";
import { pipeline } from "node:stream/promises";
import type { FeedBytes } from "./night-feeds.ts";

/** A server of feeds that is many hosts. */
export interface NightServer {
  /** The address of the feed that is asked for under this number: a host of its own. */
  addressOf(index: number): string;
  /** What `MOISSON_ALLOW_HOSTS` needs. */
  readonly hosts: readonly string[];
  close(): Promise<void>;
}

/**
 * Serves `feedOf(index)` under `hosts` addresses of the loopback net (127.1.0.1, 127.1.0.2…), all on one port: each is a host of its own for whoever asks no
 * host twice at the same time. No ETag, no Last-Modified: every feed is sent whole every night. Linux only, where all of 127.0.0.0/8 is there.
 */
export async function openNightServer(hosts: number, feedOf: (index: number) => FeedBytes): Promise<NightServer> {
  const server = createServer((request, response) => {
    answer(request, response, feedOf).catch(() => response.destroy()); // who asked went away
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

async function answer(request: IncomingMessage, response: ServerResponse, feedOf: (index: number) => FeedBytes): Promise<void> {
  const { head, file, start, end, tail } = feedOf(Number(request.url?.slice(1)));
  response.writeHead(200, { "content-length": Buffer.byteLength(head) + end - start + Buffer.byteLength(tail) });
  response.write(head);
  await pipeline(createReadStream(file, { start, end: end - 1, highWaterMark: 1 << 18 }), response, { end: false });
  response.end(tail);
}
