import { randomUUID } from "node:crypto";
import type { BrowserContext } from "playwright-core";
import { onTestFinished } from "vitest";
import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { cookieName } from "../../src/console/access/cookies.ts";
import { newToken, tokenHash } from "../../src/console/access/tokens.ts";
import { type StartedConsole, startConsole } from "../../src/console/start-console.ts";
import type { Role } from "../../src/model/publisher/role.ts";
import { type TestConsoleGiven, testConsole } from "./console-client.ts";

/** Starts a console on a catalogue, on its own port. Closed after the test. */
export async function startedConsole(catalogue: Catalogue, given: TestConsoleGiven = {}): Promise<StartedConsole> {
  const { jobs, settings } = testConsole(catalogue, given).services;
  const started = await startConsole(jobs, { ...settings, port: 0 });
  onTestFinished(() => started.close());
  return started;
}

/** Signs in a new user with this role in a browser. Returns the user. */
export async function signIn(context: BrowserContext, console: StartedConsole, role: Role, name: string): Promise<string> {
  const { catalogue, clock } = console.jobs.services;
  const now = clock.now();
  const token = newToken();
  const personId = randomUUID();
  await catalogue.people.add({ personId, email: `${personId}@example.fr`, name, role, by: "test", now });
  const expiresAt = new Date(now.getTime() + 86_400_000);
  await catalogue.sessions.begin(personId, {
    tokenHash: tokenHash(token),
    way: "link",
    agent: "test",
    createdAt: now,
    seenAt: now,
    expiresAt,
  });
  await context.addCookies([{ name: cookieName(console, "session"), value: token, url: console.url }]);
  return personId;
}
