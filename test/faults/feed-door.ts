import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";

/** The publishers' server: feeds by name, one of which can stop in the middle. */
export interface FeedDoor {
  readonly port: number;
  /** The next feed that is asked for stops halfway; settles with its name when it is there. */
  stallNext(): Promise<string>;
  /** Lets the one that stopped go on. */
  release(): void;
  /** Breaks the connection of the one that stopped, and those of the next so many that ask. */
  cut(times: number): void;
  close(): Promise<void>;
}

/** Opens it on a port of all loopback addresses. `feedOf`: the bytes of a feed by its name. */
export async function openFeedDoor(feedOf: (name: string) => string | undefined): Promise<FeedDoor> {
  let onStall: ((name: string) => void) | undefined;
  let stalled: { response: ServerResponse; rest: Buffer } | undefined;
  let cuts = 0;
  const server = createServer((request, response) => {
    const name = /^\/(.+)\.json$/.exec(request.url ?? "")?.[1] ?? "";
    const feed = feedOf(name);
    if (cuts > 0) {
      cuts--;
      response.destroy();
      return;
    }
    if (feed === undefined) {
      response.writeHead(404).end();
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
    cut: (times) => {
      cuts = times;
      stalled?.response.destroy();
      stalled = undefined;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
