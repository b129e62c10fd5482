import type { Person } from "../../catalogue/accounts/people-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { Visit, Visitor } from "../visit.ts";
import { cookie } from "./cookies.ts";
import { newToken, tokenHash } from "./tokens.ts";

/** A session that nobody uses ends after so long. */
const idleSeconds = 4 * 3600;
/** Whatever is done in it, a session ends after a day. */
export const maxSessionSeconds = 24 * 3600;
/** Sessions are noted as used once a minute, not with every request. */
const touchEveryMs = 60_000;

/** Begins a session, with a token that nobody had before, and ends the one that the browser had; gives the cookie that carries it. */
export async function beginSession(
  { console: services, catalogue: { sessions }, visitor, headers, now }: Visit,
  personId: string,
  way: "password" | "oidc" | "link",
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

/** Who is signed in with this token. The session goes on where it is `used`: a page that fetches its parts by itself is nobody's doing. */
export async function readSession(catalogue: Catalogue, token: string, now: Date, used: boolean): Promise<Visitor | null> {
  const found = await catalogue.sessions.find(tokenHash(token), now);
  if (found === null) return null;
  const { session, person } = found;
  if (used && now.getTime() - session.seenAt.getTime() > touchEveryMs) {
    const longest = session.createdAt.getTime() + maxSessionSeconds * 1000;
    await catalogue.sessions.touch(session.tokenHash, now, new Date(Math.min(longest, now.getTime() + idleSeconds * 1000)));
  }
  return { personId: person.personId, name: person.name, email: person.email, role: roleOn(person, now), session };
}

/** The role that a person has on a day in Paris. */
export function roleOn({ role, roleUntil }: Pick<Person, "role" | "roleUntil">, now: Date): Person["role"] {
  return roleUntil !== null && roleUntil < parisDay(now) ? null : role;
}

/** A path of ours that somebody wanted before they signed in; anything else is the first page. */
export function returnPath(asked: string | null): string {
  if (asked === null || !asked.startsWith("/") || !URL.canParse(asked, "http://console.invalid")) return "/";
  const url = new URL(asked, "http://console.invalid");
  return url.host === "console.invalid" && !url.pathname.startsWith("//") ? `${url.pathname}${url.search}` : "/";
}
