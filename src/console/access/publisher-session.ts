import type { PublisherSession } from "../../catalogue/accounts/publisher-account-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { Visit } from "../visit.ts";
import { cookie } from "./cookies.ts";
import { idleSeconds, maxSessionSeconds, touchEveryMs } from "./sign-in.ts";
import { newToken, tokenHash } from "./tokens.ts";

/** A new session of a publisher's person: the stored session, and its cookie. */
interface NewSession {
  readonly stored: { readonly tokenHash: string; readonly now: Date; readonly expiresAt: Date };
  readonly cookie: string;
}

/** Returns a new session. It lasts as long as a colleague's, has a cookie of its own and is in a table of its own. */
export function newPublisherSession({ console: services, now }: Pick<Visit, "console" | "now">): NewSession {
  const token = newToken();
  const expiresAt = new Date(now.getTime() + idleSeconds * 1000);
  return { stored: { tokenHash: tokenHash(token), now, expiresAt }, cookie: cookie(services, "space", token, maxSessionSeconds) };
}

/** Returns the publisher's person of a session token, or null. Extends the session. */
export async function readPublisherSession(
  { publisherAccounts }: Pick<Catalogue, "publisherAccounts">,
  token: string,
  now: Date,
): Promise<PublisherSession | null> {
  const session = await publisherAccounts.findSession(tokenHash(token), now);
  if (session === null || now.getTime() - session.seenAt.getTime() <= touchEveryMs) return session;
  const longest = session.createdAt.getTime() + maxSessionSeconds * 1000;
  await publisherAccounts.touch(session, now, new Date(Math.min(longest, now.getTime() + idleSeconds * 1000)));
  return session;
}
