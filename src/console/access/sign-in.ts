import type { Person } from "../../catalogue/accounts/people-repository.ts";
import type { Session } from "../../catalogue/accounts/session-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { Form } from "../route.ts";
import type { Visit, Visitor } from "../visit.ts";
import { cookie } from "./cookies.ts";
import { deviceToken, newToken, tokenHash } from "./tokens.ts";

/** A session ends after this idle time. */
export const idleSeconds = 4 * 3600;
/** Maximum duration of a session, even if it is in use. */
export const maxSessionSeconds = 24 * 3600;
/** Interval at which the last use of a session is stored. */
export const touchEveryMs = 60_000;

/** Starts a session with a new token, ends the browser's previous one, and returns the cookie. */
export async function beginSession(
  { console: services, catalogue: { sessions }, visitor, headers, now }: Visit,
  personId: string,
  way: Session["way"],
): Promise<string> {
  const token = newToken();
  if (visitor !== null) await sessions.end(visitor.personId, visitor.session.tokenHash);
  await sessions.begin(personId, {
    tokenHash: tokenHash(token),
    way,
    agent: (headers.get("user-agent") ?? "").slice(0, 200),
    createdAt: now,
    seenAt: now,
    expiresAt: new Date(now.getTime() + idleSeconds * 1000),
  });
  return cookie(services, "session", token, maxSessionSeconds);
}

/** A browser that has signed in with a password is remembered for a year. */
const deviceSeconds = 365 * 86_400;

/** Starts a session of a person who proved a password. Returns the cookies of the session and of the known device. */
export async function beginSessionWithPassword(
  visit: Visit,
  { personId, passwordHash, way = "password" }: { readonly personId: string; readonly passwordHash: string; readonly way?: Session["way"] },
): Promise<readonly string[]> {
  const device = cookie(visit.console, "device", deviceToken(passwordHash), deviceSeconds);
  return [await beginSession(visit, personId, way), device];
}

/** Returns the person of a session token, or null. `used`: extends the session; requests for live parts of a page do not. */
export async function readSession(catalogue: Catalogue, token: string, now: Date, used: boolean): Promise<Visitor | null> {
  const found = await catalogue.sessions.find(tokenHash(token), now);
  if (found === null) return null;
  const { session, person, hasSecondFactor } = found;
  if (used && now.getTime() - session.seenAt.getTime() > touchEveryMs) {
    const longest = session.createdAt.getTime() + maxSessionSeconds * 1000;
    await catalogue.sessions.touch(session.tokenHash, now, new Date(Math.min(longest, now.getTime() + idleSeconds * 1000)));
  }
  return { personId: person.personId, name: person.name, email: person.email, role: roleOn(person, now), session, hasSecondFactor };
}

/** Returns the role of a person on this day in Paris; null if they have no role, or if it has ended. */
export function roleOn({ role, roleUntil }: Pick<Person, "role" | "roleUntil">, now: Date): Person["role"] {
  return roleUntil !== null && roleUntil < parisDay(now) ? null : role;
}

/** Returns the path if it belongs to the console, else "/". Prevents redirects to other sites. */
export function returnPath(path: string | null): string {
  if (path === null || !path.startsWith("/") || !URL.canParse(path, "http://console.invalid")) return "/";
  const url = new URL(path, "http://console.invalid");
  return url.host === "console.invalid" && !url.pathname.startsWith("//") ? `${url.pathname}${url.search}${url.hash}` : "/";
}

/** Returns where a form wants to go back to, else `otherwise`. */
export function backTo(form: Form, otherwise: string): string {
  return form.has("retour") ? returnPath(form.text("retour")) : otherwise;
}
