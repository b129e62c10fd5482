import { once } from "node:events";
import type { Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { serve } from "@hono/node-server";
import { expect, it, onTestFinished } from "vitest";
import { consoleApp } from "../../../src/console/app.ts";
import { spoolForm } from "../../../src/console/forms/receive-form.ts";
import type { ActRoute } from "../../../src/console/route.ts";
import { routes } from "../../../src/console/routes.ts";
import { newCatalogue, testDatabase } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { faultyFile } from "../check/faulty-file.ts";

/** Starts a console on a real port, behind a proxy that forwards the client's address. */
async function served(given: readonly ActRoute[] = []): Promise<number> {
  const catalogue = await newCatalogue(testDatabase);
  const { services } = testConsole(catalogue, { settings: { isBehindProxy: true, isCheckPublic: true } });
  const app = consoleApp(services, [...given, ...routes]);
  const server = serve({ port: 0, hostname: "127.0.0.1", fetch: (request) => app.fetch(request, { client: "127.0.0.1" }) }) as Server;
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    await catalogue.drop();
  });
  return (server.address() as AddressInfo).port;
}

/** Announces a file of 20 kB and sends a byte from time to time, for ever. */
function drip(port: number, path: string, from: string): { readonly socket: Socket; readonly said: () => string } {
  const socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.on("error", () => undefined);
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Forwarded-For: ${from}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 20000\r\n\r\n--x\r\n`,
  );
  const dripping = setInterval(() => socket.write("-"), 20);
  socket.on("close", () => clearInterval(dripping));
  onTestFinished(() => {
    socket.destroy();
  });
  return { socket, said: () => Buffer.concat(chunks).toString() };
}

async function check(port: number, from: string): Promise<Response> {
  const body = new FormData();
  body.append("jeton", "personne");
  body.append("fichier", faultyFile());
  return fetch(`http://127.0.0.1:${port}/verifier`, { method: "POST", body, headers: { "x-forwarded-for": from } });
}

it("slow clients do not block other checks, and can send two files at once", async () => {
  const port = await served();
  for (const number of [1, 1, 2, 2, 3, 3, 4, 4]) drip(port, "/verifier", `198.51.100.${number}`);
  const third = drip(port, "/verifier", "198.51.100.4");
  await once(third.socket, "close");
  expect(third.said()).toMatch(/^HTTP\/1\.1 503 /);
  const answer = await check(port, "198.51.100.9");
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain("Résultat de la vérification");
});

it("a form that arrives too slowly is refused and discarded; one that arrives in time is read", async () => {
  let done = 0;
  const route: ActRoute = {
    method: "post",
    path: "/depot",
    who: "anyone",
    act: null,
    maxBytes: 100_000,
    admit: (_, form, work) => spoolForm(form, work, { timeoutMs: 3000, graceMs: 300, minBytesPerSecond: 20_000 }),
    async perform(_, form) {
      done += form.text("mot") === "bonjour" ? 1 : 100;
      return { to: "/" };
    },
  };
  const port = await served([route]);
  const slow = drip(port, "/depot", "198.51.100.1");
  await once(slow.socket, "close");
  expect(slow.said()).toMatch(/^HTTP\/1\.1 408 /);
  expect(slow.said()).toContain("trop lentement");
  expect(done).toBe(0);
  const body = new FormData();
  body.append("jeton", "personne");
  body.append("mot", "bonjour");
  body.append("fichier", new File([new Uint8Array(80_000)], "a.csv"));
  expect((await fetch(`http://127.0.0.1:${port}/depot`, { method: "POST", body, redirect: "manual" })).status).toBe(303);
  expect(done).toBe(1);
  body.append("autre", new File([new Uint8Array(80_000)], "b.csv"));
  expect((await fetch(`http://127.0.0.1:${port}/depot`, { method: "POST", body, redirect: "manual" })).status).toBe(413);
});
