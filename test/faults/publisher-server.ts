import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";

/** The publishers' server. It serves feeds by name and can pause one in the middle. */
export interface PublisherServer {
  readonly port: number;
  /** Pauses the next requested feed halfway. Returns its name once it is paused. */
  stallNext(): Promise<string>;
  /** Continues the paused feed. */
  release(): void;
  /** Breaks the connection of the paused feed, and those of the next `times` requests. */
  cut(times: number): void;
  close(): Promise<void>;
}

/** Opens the server on a port of all loopback addresses. `feedOf`: the bytes of a feed by name. */
export async function openPublisherServer(feedOf: (name: string) => string | undefined): Promise<PublisherServer> {
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
