import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** Data from a client on one connection: the startup message, which contains its name, and the current chunk. */
interface Words {
  readonly first: string;
  readonly now: string;
}

/**
 * Starts a proxy to a PostgreSQL server and returns its address. It closes a connection, as a restart would, when
 * `isToBeCut` returns true for the client's data. Closed after the test.
 */
export async function postgresqlProxy(url: string, isToBeCut: (words: Words) => boolean): Promise<string> {
  const address = new URL(url);
  const port = Number(address.port || "5432");
  const sockets = new Set<Socket>();
  const door = createServer((client) => {
    const server = connect(port, address.hostname);
    let first: string | null = null;
    const cut = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on("error", cut).on("close", cut);
    }
    client.on("data", (chunk) => {
      const now = chunk.toString("latin1");
      first ??= now;
      if (isToBeCut({ first, now })) cut();
      else server.write(chunk);
    });
    server.pipe(client);
  }).listen(0, "127.0.0.1");
  await once(door, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    door.close();
  });
  const opened = door.address();
  if (opened === null || typeof opened === "string") throw new Error("the proxy has no port");
  address.hostname = "127.0.0.1";
  address.port = `${opened.port}`;
  return address.href;
}
