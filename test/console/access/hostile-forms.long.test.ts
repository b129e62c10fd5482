import { randomUUID } from "node:crypto";
import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { csrfToken, newToken, tokenHash } from "../../../src/console/access/tokens.ts";
import { routes } from "../../../src/console/routes.ts";
import { freePort } from "../../faults/free-port.ts";
import { newCatalogue, postgresql } from "../../support/catalogues.ts";
import { type RawRequest, sendRaw, serverProcess } from "../../support/server-process.ts";
import { until } from "../../support/until.ts";

const boundary = "partie";
const token = newToken();
const megabytes = 20;
const form = { "content-type": `multipart/form-data; boundary=${boundary}` };
const urlencoded = { "content-type": "application/x-www-form-urlencoded" };
const session = { cookie: `moisson-session=${token}` };

/** Returns a body of empty parts, after the form token. */
function emptyParts(csrf: string): string {
  const part = `--${boundary}\r\ncontent-disposition: form-data; name="a"\r\n\r\n\r\n`;
  const first = `--${boundary}\r\ncontent-disposition: form-data; name="jeton"\r\n\r\n${csrf}\r\n`;
  return `${first}${part.repeat((megabytes * 1_000_000) / part.length)}--${boundary}--\r\n`;
}

/** Returns a body of empty fields, after the form token. */
function emptyFields(csrf: string): string {
  return `jeton=${csrf}&${"a&".repeat((megabytes * 1_000_000) / 2)}`;
}

/** Forms of a colleague that may be larger than others, by route. */
const largeForms = routes.filter((route) => route.method === "post" && route.who !== "public" && (route.maxBytes ?? 0) > 1_000_000);

const hostile: readonly (RawRequest & { readonly name: string })[] = [
  { name: "empty parts to /verifier", path: "/verifier", headers: form, body: emptyParts("personne") },
  {
    name: "empty parts to /verifier, by a colleague",
    path: "/verifier",
    headers: { ...form, ...session },
    body: emptyParts(csrfToken(token)),
  },
  { name: "empty fields to /verifier", path: "/verifier", headers: urlencoded, body: emptyFields("personne") },
  { name: "empty fields to /connexion", path: "/connexion", headers: urlencoded, body: emptyFields("personne") },
  { name: "empty parts to /connexion", path: "/connexion", headers: form, body: emptyParts("personne") },
  ...largeForms.flatMap(({ path }) => {
    const at = path.replace(/:\w+(\{[^}]*\})?/g, "00000000-0000-4000-8000-000000000000");
    return [
      { name: `empty parts to ${path}`, path: at, headers: { ...form, ...session }, body: emptyParts(csrfToken(token)) },
      { name: `empty fields to ${path}`, path: at, headers: { ...urlencoded, ...session }, body: emptyFields(csrfToken(token)) },
    ];
  }),
];

/** Maximum time of another visitor's page, and memory of the process. */
const maxPageMs = 500;
const maxMegabytes = 600;
/** Another program on the machine may delay a page, so a form is tried again before it counts. */
const tries = 3;

/** Starts a console, in which a colleague is signed in. */
async function startedConsole() {
  const catalogue = await newCatalogue(postgresql);
  onTestFinished(() => catalogue.drop());
  const personId = randomUUID();
  const now = new Date();
  await catalogue.people.add({ personId, email: "a@example.fr", name: "Anne", role: "admin", by: "test", now });
  const times = { createdAt: now, seenAt: now, expiresAt: new Date(now.getTime() + 86_400_000) };
  await catalogue.sessions.begin(personId, { tokenHash: tokenHash(token), way: "link", agent: "test", ...times });
  const port = `${await freePort()}`;
  const proxy = { MOISSON_CONSOLE_PROXY: "yes", MOISSON_CONSOLE_URL: `http://127.0.0.1:${port}` };
  return serverProcess(["console"], { DATABASE_URL: catalogue.databaseUrl ?? "", MOISSON_CONSOLE_PORT: port, ...proxy });
}

describe.skipIf(postgresql.skipped)("a hostile form", { timeout: 900_000 }, () => {
  it("neither delays another visitor nor takes much memory", async () => {
    const server = await startedConsole();
    const page = () => sendRaw(server.url, { path: "/mentions-legales" });
    for (let count = 0; count < 5; count++) await page();

    const found: string[] = [];
    for (const { name, ...sent } of hostile) {
      let slowest = 0;
      let status = 0;
      for (let count = 0; count < tries; count++) {
        const attack = sendRaw(server.url, { method: "POST", ...sent }, 60_000);
        let isOver = false;
        void attack.then(() => (isOver = true));
        slowest = 0;
        // At least one page, also if the form was refused at once.
        do {
          const { ms, status: shown } = await page();
          slowest = Math.max(slowest, shown === 200 ? ms : Number.POSITIVE_INFINITY);
          await wait(5);
        } while (!isOver);
        status = (await attack).status;
        if (slowest < maxPageMs) break;
      }
      if (slowest >= maxPageMs) found.push(`${name}: a page took ${Math.round(slowest)} ms`);
      if (status >= 500 && status !== 503) found.push(`${name}: answered ${status}`);
      if (server.peakMegabytes() > maxMegabytes) found.push(`${name}: ${Math.round(server.peakMegabytes())} MB`);
    }
    expect(found).toEqual([]);
    expect((await page()).status).toBe(200);
  });

  it("takes memory only while it is sent: a thousand unfinished ones of each kind leave little behind", async () => {
    const server = await startedConsole();
    const page = () => sendRaw(server.url, { path: "/mentions-legales" });
    const sockets = new Set<Socket>();
    onTestFinished(() => sockets.forEach((socket) => void socket.destroy()));
    /** Sends a thousand forms without their last byte, each from another network. Returns the number of each answer. */
    const sendUnfinished = async (path: string, bytes: number, cookie = "") => {
      const answers: Record<string, number> = {};
      const body = `jeton=${csrfToken(token)}&a=`.padEnd(bytes - 1, "a");
      for (let place = 0; place < 1000; place++) {
        const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
        sockets.add(socket);
        socket.on("error", () => undefined);
        socket.once("data", (answer) => {
          const status = String(answer).slice(9, 12);
          answers[status] = (answers[status] ?? 0) + 1;
        });
        const from = `10.${place >> 8}.${place & 255}.1`;
        socket.write(
          `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: ${from}\r\n${cookie}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${bytes}\r\n\r\n${body}`,
        );
        if (place % 50 === 49) expect({ place, ...(await page()), text: "" }, server.said()).toMatchObject({ status: 200 });
      }
      return answers;
    };
    await sendUnfinished("/connexion", 9000);
    const before = server.megabytes();
    const large = await sendUnfinished("/connexion", 990_000);
    await until("all large forms are refused", () => large[413] === 1000, 60_000);
    const isUsual = (route: (typeof routes)[number]) => route.method === "post" && route.who !== "public" && route.maxBytes === undefined;
    const { path = "" } = routes.find((route) => isUsual(route) && !route.path.includes(":")) ?? {};
    const ofColleague = await sendUnfinished(path, 990_000, `Cookie: moisson-session=${token}\r\n`);
    await until("those beyond 64 MB are refused", () => (ofColleague[503] ?? 0) > 900, 60_000);
    expect(server.peakMegabytes()).toBeLessThan(maxMegabytes);
    for (const socket of sockets) socket.destroy();
    const reclaimed = async () => (await page()).status === 200 && server.megabytes() < before + 128;
    await until("memory is reclaimed", reclaimed, 120_000).catch((error) =>
      expect.fail(`${error}: ${server.megabytes()} MB, ${before} before`),
    );
    process.stdout.write(
      `unfinished forms: ${Math.round(before)} MB before, peak ${Math.round(server.peakMegabytes())}, ${Math.round(server.megabytes())} after\n`,
    );
  });
});
