import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { readConsoleSettings } from "../../../src/console/console-settings.ts";
import { BodyIncomplete, BodyTooLarge, readForm } from "../../../src/console/forms/read-form.ts";
import { TooManyForms, withAdmission } from "../../../src/console/forms/receive-form.ts";
import { startConsole } from "../../../src/console/start-console.ts";
import { ownCatalogue } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";

/** Starts a console behind a proxy. Returns a function that begins a form of a client, and what the console answers to it. */
async function started() {
  const { services } = testConsole(await ownCatalogue());
  const settings = { ...readConsoleSettings({}), port: 0, isBehindProxy: true };
  const console = await startConsole(services.jobs, settings);
  onTestFinished(() => console.close());
  return (path: string, from: string, length: string, body = "") => {
    const socket = connect(Number(new URL(console.url).port), "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.on("error", () => undefined);
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: ${from}\r\nContent-Type: application/x-www-form-urlencoded\r\n${length}\r\n\r\n${body}`,
    );
    return { socket, answer: answerOf(socket) };
  };
}

async function answerOf(socket: Socket): Promise<string> {
  const [first] = await once(socket, "data");
  return String(first).split("\r\n\r\n", 1)[0] ?? "";
}

it("a form of somebody without an account is refused above 10 kB, before it is sent or as soon as it is too long", async () => {
  const begin = await started();
  expect(await begin("/connexion", "192.0.2.1", "Content-Length: 990000").answer).toMatch(/^HTTP\/1\.1 413 /);
  const chunk = `2af8\r\nadresse=${"a".repeat(11_000 - 8)}\r\n`;
  expect(await begin("/connexion", "192.0.2.1", "Transfer-Encoding: chunked", chunk).answer).toMatch(/^HTTP\/1\.1 413 /);
  const [text, length] = ["jeton=personne&adresse=a%40b.fr&mot-de-passe=x", 46];
  expect(await begin("/connexion", "192.0.2.1", `Content-Length: ${length}`, text).answer).toMatch(/^HTTP\/1\.1 (303|401|422) /);
});

it("unfinished forms of a network, and of all, are limited until they end; nothing of the refused ones is read", async () => {
  let end: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    end = resolve;
  });
  let begun = 0;
  const send = (network: string, megabytes: number) => {
    const headers = new Headers({ "content-length": String(megabytes * 1_000_000) });
    return withAdmission({ headers, body: null, maxBytes: 100_000_000 }, network, async () => {
      begun++;
      await gate;
    });
  };
  const unfinished = [4, 4, 4, 4].map((megabytes) => send("network 1", megabytes));
  await expect(send("network 1", 1)).rejects.toThrow(TooManyForms);
  // 61 MB of 64: the last forms of the test before may still end, with a few bytes.
  for (const network of ["network 2", "network 3", "network 4"]) unfinished.push(send(network, 8), send(network, 7));
  await expect(send("network 5", 4)).rejects.toThrow(TooManyForms);
  // Forms with files wait on the disk, and do not count among those in memory.
  unfinished.push(send("network 1", 100));
  await expect(send("network 5", 101)).rejects.toThrow(BodyTooLarge);
  expect(begun).toBe(unfinished.length);
  end();
  await Promise.all(unfinished);
  await send("network 1", 1);
});

it("a form that stops halfway is given up", async () => {
  const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new TextEncoder().encode("a=1")) });
  const headers = new Headers({ "content-type": "application/x-www-form-urlencoded" });
  await expect(readForm({ headers, body, maxBytes: 10_000 }, 20)).rejects.toThrow(BodyIncomplete);
});
