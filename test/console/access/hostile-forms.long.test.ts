import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { csrfToken, newToken, tokenHash } from "../../../src/console/access/tokens.ts";
import { routes } from "../../../src/console/routes.ts";
import { freePort } from "../../faults/free-port.ts";
import { newCatalogue, postgresql } from "../../support/catalogues.ts";
import { type RawRequest, sendRaw, serverProcess } from "../../support/server-process.ts";

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

describe.skipIf(postgresql.skipped)("a hostile form", { timeout: 900_000 }, () => {
  it("neither delays another visitor nor takes much memory", async () => {
    const catalogue = await newCatalogue(postgresql);
    const personId = randomUUID();
    const now = new Date();
    await catalogue.people.add({ personId, email: "a@example.fr", name: "Anne", role: "admin", by: "test", now });
    const times = { createdAt: now, seenAt: now, expiresAt: new Date(now.getTime() + 86_400_000) };
    await catalogue.sessions.begin(personId, { tokenHash: tokenHash(token), way: "link", agent: "test", ...times });
    const port = await freePort();
    const server = await serverProcess(["console"], { DATABASE_URL: catalogue.databaseUrl ?? "", MOISSON_CONSOLE_PORT: `${port}` });
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
    await catalogue.drop();
  });
});
