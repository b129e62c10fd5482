import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What a server of a publisher answers: to the first question, the second one… */
export type Answer = { readonly contentType: string; readonly body: Uint8Array };

/** A server on the loopback that answers what it is told to, whatever it is asked. */
export interface Loopback {
  /** `127.0.0.1:port`. */
  readonly host: string;
  /** What the questions from now on are answered with, by their number from 0. */
  answer: (question: number) => Answer;
  close(): Promise<void>;
}

/** Starts a server that answers nothing yet. */
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
