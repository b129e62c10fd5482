import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A chat with an incoming webhook on 127.0.0.1. */
export interface ChatServer {
  readonly url: string;
  /** Posts in order. Only those answered with 200 are in the chat. */
  readonly posts: readonly { readonly path: string; readonly text: string }[];
}

/** The secret part of its address. */
export const chatSecret = "xoxb-very-secret";

/** Starts a chat for the length of a test. `answers`: statuses of the first posts, then 200; `silent`: no answer. */
export async function chatServer(answers: readonly (number | "silent")[] = []): Promise<ChatServer> {
  const posts: { path: string; text: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const status = answers[posts.length] ?? 200;
      posts.push({ path: request.url ?? "", text: (JSON.parse(Buffer.concat(chunks).toString()) as { text: string }).text });
      if (status !== "silent") response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end("ok");
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(
    () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/${chatSecret}`, posts };
}
