import { once } from "node:events";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { sql } from "drizzle-orm";
import { expect, it, onTestFinished } from "vitest";
import { readConsoleSettings } from "../../../src/console/console-settings.ts";
import { startConsole } from "../../../src/console/start-console.ts";
import { ownCatalogue } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";

async function started() {
  const catalogue = await ownCatalogue();
  const { services } = testConsole(catalogue);
  const console = await startConsole(services.jobs, { ...readConsoleSettings({}), port: 0 });
  onTestFinished(() => console.close());
  return console.url;
}

/** Sends raw bytes. Returns the status line of each answer until the connection closes or a second has passed. */
async function sendRaw(url: string, text: string): Promise<string[]> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.setTimeout(1500, () => socket.destroy());
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.on("error", () => undefined);
  socket.write(text);
  await once(socket, "close");
  return (
    Buffer.concat(chunks)
      .toString("latin1")
      .match(/^HTTP\/1\.1 \d{3}/gm) ?? []
  );
}

const host = "Host: 127.0.0.1\r\n";

it("answers malformed requests with a client error, never with an internal error", async () => {
  const url = await started();
  const statusOf = async (path: string, init: RequestInit = {}) => (await fetch(`${url}${path}`, { redirect: "manual", ...init })).status;

  // Invalid paths: outside of the folders, malformed, with a zero byte, endless.
  for (const path of [
    "/fichiers/x/..%2f..%2fsettings.ts",
    "/fichiers/x/%2e%2e/%2e%2e/app.ts",
    "/fichiers/x/..\\..\\app.ts",
    "/dsfr/1.14.4/..%2f..%2fpackage.json",
    "/dsfr/1.14.4/%00.css",
    "/fichiers/x/%E0%A4%A",
    "/fichiers/x/%ff%fe.css",
    "/fichiers/x/console.css%00.js",
    "/%00",
    "/aides/%00",
    "/collectes?connecteur=%00",
    "/entree/%E0%A4%A",
    "/connexion/externe",
    "/.git/config",
    "/package.json",
  ])
    expect([303, 404, 400], path).toContain(await statusOf(path));
  expect(await statusOf(`/connexion?retour=/${"a".repeat(5000)}`)).toBe(200);
  expect(await statusOf(`/connexion?${"a=b&".repeat(20_000)}`)).toBe(431);

  // Unsupported methods.
  for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS"]) expect(await statusOf("/connexion", { method }), method).toBe(404);
  expect(await statusOf("/connexion", { method: "HEAD" })).toBe(200);
  for (const method of ["TRACE", "CONNECT", "FOO"]) {
    const [line = "closed"] = await sendRaw(url, `${method} / HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
    expect(line, method).not.toMatch(/ (2|500)/);
  }

  // An ambiguous request is refused and the connection closed, so that no second request can be hidden in the first.
  const smuggled = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
  for (const head of [
    `POST /connexion HTTP/1.1\r\n${host}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    `POST /connexion HTTP/1.1\r\n${host}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde${smuggled}`,
    `POST /connexion HTTP/1.1\r\n${host}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`,
    `GET / HTTP/1.1\r\n${host}X : y\r\n\r\n${smuggled}`,
  ])
    expect(await sendRaw(url, head)).toEqual(["HTTP/1.1 400"]);
  expect((await sendRaw(url, `GET /connexion HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n`))[0] ?? "").not.toMatch(/ 500/);

  // A foreign host name never appears in an answer.
  const forged = await fetch(`${url}/connexion?retour=/x`, {
    headers: { "x-forwarded-host": "evil.example", forwarded: "host=evil.example" },
  });
  expect(await forged.text()).not.toContain("evil.example");
});

it("refuses a form that is too large before it is in memory, with or without Content-Length", async () => {
  const url = await started();
  const type = { "content-type": "application/x-www-form-urlencoded" };
  const said = await fetch(`${url}/connexion`, { method: "POST", headers: type, body: "x".repeat(2_000_000) });
  expect(said.status).toBe(413);
  const before = process.memoryUsage.rss();
  let sent = 0;
  const endless = Readable.from(
    (async function* () {
      for (; sent < 300_000_000; sent += 65_536) yield Buffer.alloc(65_536, "a");
    })(),
  );
  const streamed = await fetch(`${url}/connexion`, {
    method: "POST",
    headers: type,
    body: Readable.toWeb(endless) as ReadableStream,
    duplex: "half",
  } as RequestInit).then(
    ({ status }) => status,
    () => 413, // the connection was closed while sending
  );
  expect(streamed).toBe(413);
  expect(sent).toBeLessThan(300_000_000);
  expect(process.memoryUsage.rss() - before).toBeLessThan(250_000_000);
});

it("refuses a network with too many anonymous acts before it reads their forms", async () => {
  const catalogue = await ownCatalogue();
  const { services } = testConsole(catalogue);
  const console = await startConsole(services.jobs, { ...readConsoleSettings({}), port: 0 });
  onTestFinished(() => console.close());
  const post = `POST /entree/x HTTP/1.1\r\n${host}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\n`;
  expect(await sendRaw(console.url, post)).toEqual([]);
  const at = services.jobs.services.clock.now();
  const acts = Array.from({ length: 200 }, () => ({ who: "act-from:127.0.0.1", at: at.toISOString() }));
  await catalogue.store.rows(
    sql`insert into sign_in_tries select who, at from jsonb_to_recordset(${JSON.stringify(acts)}::jsonb) as act (who text, at timestamptz)`,
  );
  expect(await sendRaw(console.url, post)).toEqual(["HTTP/1.1 429"]);
});
