import { randomUUID } from "node:crypto";
import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { cookieName } from "../../src/console/access/cookies.ts";
import { csrfToken, newToken, tokenHash } from "../../src/console/access/tokens.ts";
import type { ConsoleServices } from "../../src/console/visit.ts";

/** An administrator who sends requests over the network. */
export interface ConsoleVisitor {
  readonly personId: string;
  get(address: string): Promise<{ readonly status: number; readonly bytes: number; readonly text: string }>;
  /** Signs in to the space of a publisher too. */
  openSpace(publisherId: string): Promise<void>;
  /** Sends a form. Returns the redirect target, or the page. */
  post(address: string, fields: Readonly<Record<string, string | Blob>>): Promise<string>;
}

/** Creates a user with all rights. */
export async function consoleVisitor(console: ConsoleServices, catalogue: Catalogue): Promise<ConsoleVisitor> {
  const [token, personId, now] = [newToken(), randomUUID(), new Date()];
  await catalogue.people.add({ personId, email: `${personId}@example.fr`, name: "Marie Dupont", role: "admin", by: "bench", now });
  const expiresAt = new Date(now.getTime() + 86_400_000);
  await catalogue.sessions.begin(personId, {
    tokenHash: tokenHash(token),
    way: "link",
    agent: "bench",
    createdAt: now,
    seenAt: now,
    expiresAt,
  });
  const headers = { cookie: `${cookieName(console, "session")}=${token}` };
  return {
    personId,
    async openSpace(publisherId) {
      const email = `${randomUUID()}@example.fr`;
      const account = await catalogue.publisherAccounts.invite({ publisherId, email, name: "Paul Martin", by: "bench", now });
      const spaceToken = newToken();
      const times = { createdAt: now, seenAt: now, expiresAt };
      await catalogue.publisherSessions.begin(account?.accountId ?? "", {
        tokenHash: tokenHash(spaceToken),
        way: "link",
        agent: "",
        ...times,
      });
      headers.cookie += `; ${cookieName(console, "space")}=${spaceToken}`;
    },
    async get(address) {
      const answer = await fetch(`${console.url}${address}`, { headers, redirect: "manual" });
      const text = await answer.text();
      return { status: answer.status, bytes: Buffer.byteLength(text), text };
    },
    async post(address, fields) {
      const body = new FormData();
      body.append("jeton", csrfToken(token));
      for (const [name, value] of Object.entries(fields)) body.append(name, value as string);
      const answer = await fetch(`${console.url}${address}`, { method: "POST", headers, body, redirect: "manual" });
      const text = await answer.text();
      if (answer.status > 303) throw new Error(`POST ${address}: ${answer.status} ${text.slice(0, 2000)}`);
      return answer.headers.get("location") ?? text;
    },
  };
}
