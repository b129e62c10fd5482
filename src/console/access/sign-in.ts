import type { Session } from "../../catalogue/accounts/session-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { Form } from "../route.ts";
import type { Visit } from "../visit.ts";
import { type AccountKind, colleagues } from "./account-kind.ts";
import { cookie } from "./cookies.ts";
import { deviceToken, newToken, tokenHash } from "./tokens.ts";

/** A session ends after this idle time. */
export const idleSeconds = 4 * 3600;
/** Maximum duration of a session, even if it is in use. */
export const maxSessionSeconds = 24 * 3600;
/** Interval at which the last use of a session is stored. */
const touchEveryMs = 60_000;

/** Starts a session with a new token, ends the browser's previous one, and returns the cookie. */
export async function beginSession(visit: Visit, kind: AccountKind, accountId: string, way: Session["way"]): Promise<string> {
  const { catalogue, headers, now } = visit;
  const token = newToken();
  const previous = kind.visitor(visit);
  if (previous !== null) await kind.sessions(catalogue).end(previous.session);
  await kind.sessions(catalogue).begin(accountId, {
    tokenHash: tokenHash(token),
    way,
    agent: kind.storesAgent ? (headers.get("user-agent") ?? "").slice(0, 200) : "",
    createdAt: now,
    seenAt: now,
    expiresAt: new Date(now.getTime() + idleSeconds * 1000),
  });
  await kind.markSeen?.(catalogue, accountId, now);
  return cookie(visit.console, kind.cookies.session, token, maxSessionSeconds);
}

/** A browser that has signed in with a password is remembered for a year. */
const deviceSeconds = 365 * 86_400;

/** Starts a session of a person who proved a password. Returns the cookies of the session and of the known device. */
export async function beginSessionWithPassword(
  visit: Visit,
  { personId, passwordHash, way = "password" }: { readonly personId: string; readonly passwordHash: string; readonly way?: Session["way"] },
): Promise<readonly string[]> {
  const device = cookie(visit.console, "device", deviceToken(passwordHash), deviceSeconds);
  return [await beginSession(visit, colleagues, personId, way), device];
}

/** Returns the person of a session token, or null. `used`: extends the session; requests for live parts of a page do not. */
export async function readSession<Signed extends { readonly session: Session }>(
  catalogue: Catalogue,
  kind: AccountKind<Signed>,
  token: string,
  now: Date,
  used: boolean,
): Promise<Signed | null> {
  const visitor = await kind.ofSession(catalogue, tokenHash(token), now);
  if (visitor === null || !used || now.getTime() - visitor.session.seenAt.getTime() <= touchEveryMs) return visitor;
  const { account, createdAt } = visitor.session;
  const longest = createdAt.getTime() + maxSessionSeconds * 1000;
  const expiresAt = new Date(Math.min(longest, now.getTime() + idleSeconds * 1000));
  await kind.sessions(catalogue).touch(visitor.session.tokenHash, now, expiresAt);
  await kind.markSeen?.(catalogue, account, now);
  return visitor;
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
