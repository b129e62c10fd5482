import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { platformFeeds } from "./platforms-list.ts";

/**
 * A program that serves every platform on the loopback interface at `/<index in the list>/<records>/…`, and prints its address. Records
 * are generated while they are sent. `platforms-server.js <folder>`: the folder contains workbooks named `<index>-<records>`.
 */
const blockSize = 1 << 16;
const [folder = ""] = process.argv.slice(2);
const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy()); // the client has closed the connection, or sees that it broke
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://server");
  const [, place = "", records = "", ...rest] = pathname.split("/");
  const feed = platformFeeds[Number(place)];
  if (feed === undefined) throw new Error(`no platform ${place}`);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { headers = {}, body } = feed.answer(
    {
      at: `http://${request.headers.host}/${place}/${records}`,
      path: `/${rest.join("/")}`,
      query: searchParams,
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    },
    Number(records),
  );
  response.writeHead(200, headers);
  await pipeline(body === "workbook" ? createReadStream(join(folder, `${place}-${records}`)) : Readable.from(inBlocks(body)), response);
}

/** Joins records into blocks, as real servers do. Sending single records would measure HTTP. */
function* inBlocks(texts: Iterable<string>): Generator<Buffer> {
  let block = "";
  for (const text of texts) {
    block += text;
    if (block.length < blockSize) continue;
    yield Buffer.from(block);
    block = "";
  }
  yield Buffer.from(block);
}
