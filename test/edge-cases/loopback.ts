import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer of the test server. */
export type Answer = { readonly contentType: string; readonly body: Uint8Array };

/** A server on the loopback interface that ignores the path of a request. */
export interface Loopback {
  /** `127.0.0.1:port`. */
  readonly host: string;
  /** Returns the answer to a request, by its number from 0. */
  answer: (question: number) => Answer;
  close(): Promise<void>;
}

/** Starts a server without answers. */
export async function loopback(): Promise<Loopback> {
  let questions = 0;
  let answer: Loopback["answer"] = () => ({ contentType: "text/plain", body: Buffer.from("") });
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      const { contentType, body } = answer(questions++);
      response.writeHead(200, { "content-type": contentType, "content-length": body.length }).end(body);
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    get answer() {
      return answer;
    },
    set answer(next) {
      questions = 0;
      answer = next;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
