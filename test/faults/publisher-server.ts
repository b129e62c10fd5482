import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";

/**
 * `cut`: breaks the connection. `too-short`: ends the body, in order, before its Content-Length. `close-delimited`: breaks the connection of
 * the paused feed; then answers with HTTP/1.0, without a length, and fills the feed up to 5 MB.
 */
export type BrokenWay = "cut" | "too-short" | "close-delimited";

const closeDelimitedBytes = 5_000_000;

/** The publishers' server. It serves feeds by name and can pause one in the middle. */
export interface PublisherServer {
  readonly port: number;
  /** Pauses the next requested feed halfway. Returns its name once it is paused. */
  stallNext(): Promise<string>;
  /** Continues the paused feed. */
  release(): void;
  /** Breaks the paused feed in this way, and answers the next `times` requests in this way. */
  break(way: BrokenWay, times: number): void;
  close(): Promise<void>;
}

/** Opens the server on a port of all loopback addresses. `feedOf`: the bytes of a feed by name. */
export async function openPublisherServer(feedOf: (name: string) => string | undefined): Promise<PublisherServer> {
  let onStall: ((name: string) => void) | undefined;
  let stalled: { response: ServerResponse; rest: Buffer } | undefined;
  let broken: { readonly way: BrokenWay; times: number } = { way: "cut", times: 0 };
  const server = createServer((request, response) => {
    const name = /^\/(.+)\.json$/.exec(request.url ?? "")?.[1] ?? "";
    const feed = feedOf(name);
    if (feed === undefined) {
      response.writeHead(404).end();
      return;
    }
    if (broken.times > 0) {
      broken.times--;
      answerBroken(response, feed, broken.way);
      return;
    }
    const bytes = Buffer.from(feed);
    response.writeHead(200, { "content-type": "application/json", "content-length": bytes.length });
    if (onStall === undefined) {
      response.end(bytes);
      return;
    }
    const tell = onStall;
    onStall = undefined;
    const middle = bytes.length >> 1;
    stalled = { response, rest: bytes.subarray(middle) };
    response.write(bytes.subarray(0, middle), () => tell(name));
  });
  server.listen(0);
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    stallNext: () =>
      new Promise((resolve) => {
        onStall = resolve;
      }),
    release: () => {
      onStall = undefined;
      stalled?.response.end(stalled.rest);
      stalled = undefined;
    },
    break: (way, times) => {
      broken = { way, times };
      if (way === "too-short") stalled?.response.socket?.end();
      else stalled?.response.destroy();
      stalled = undefined;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function answerBroken(response: ServerResponse, feed: string, way: BrokenWay): void {
  const type = "content-type: application/json";
  if (way === "cut") response.destroy();
  else if (way === "close-delimited") response.socket?.end(`HTTP/1.0 200 OK\r\n${type}\r\n\r\n${feed.padEnd(closeDelimitedBytes)}`);
  else response.socket?.end(`HTTP/1.1 200 OK\r\n${type}\r\ncontent-length: ${Buffer.byteLength(feed) + 1000}\r\n\r\n${feed}`);
}
