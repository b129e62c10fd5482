import { parisDay } from "../../aid/paris-day.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { Person } from "../../catalogue/people-repository.ts";
import type { ConsoleServices, Visitor } from "../visit.ts";
import { cookie } from "./cookies.ts";
import { newToken, tokenHash } from "./tokens.ts";

/** A session that nobody uses ends after so long; and whatever is done in it, after a day. */
const idleSeconds = 4 * 3600;
const longestSeconds = 24 * 3600;
/** Sessions are noted as used once a minute, not with every request. */
const touchEveryMs = 60_000;

/** Begins a session; gives the cookie that carries it. */
export async function beginSession(
  services: ConsoleServices,
  personId: string,
  way: "password" | "oidc" | "link",
  { headers, now }: { readonly headers: Headers; readonly now: Date },
): Promise<string> {
  const token = newToken();
  const { sessions } = services.jobs.services.catalogue;
  await sessions.begin(personId, {
    tokenHash: tokenHash(token),
    way,
    agent: (headers.get("user-agent") ?? "").slice(0, 200),
    createdAt: now,
    seenAt: now,
    expiresAt: new Date(now.getTime() + idleSeconds * 1000),
  });
  return cookie(services, "session", token, longestSeconds);
}

/** Who is signed in with this token; the session goes on. */
export async function readSession(catalogue: Catalogue, token: string, now: Date): Promise<Visitor | null> {
  const found = await catalogue.sessions.find(tokenHash(token), now);
  if (found === null) return null;
  const { session, person } = found;
  if (now.getTime() - session.seenAt.getTime() > touchEveryMs) {
    const longest = session.createdAt.getTime() + longestSeconds * 1000;
    await catalogue.sessions.touch(session.tokenHash, now, new Date(Math.min(longest, now.getTime() + idleSeconds * 1000)));
  }
  return { personId: person.personId, name: person.name, email: person.email, role: roleOn(person, now), session };
}

/** The role that a person has on a day in Paris. */
export function roleOn({ role, roleUntil }: Pick<Person, "role" | "roleUntil">, now: Date): Person["role"] {
  return roleUntil !== null && roleUntil < parisDay(now) ? null : role;
}
