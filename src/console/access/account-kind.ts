import type { Person } from "../../catalogue/accounts/people-repository.ts";
import type { PublisherVisitor } from "../../catalogue/accounts/publisher-account-repository.ts";
import type { Session, SessionRepository } from "../../catalogue/accounts/session-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { byPublisher } from "../../model/publisher/letter-answer.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { ConsoleSettings, OidcSettings } from "../console-settings.ts";
import type { ActRoute, Done } from "../route.ts";
import type { Visit, Visitor } from "../visit.ts";
import type { CookieName } from "./cookies.ts";

/** What the audit trail says about an account: as the object of an act, and as the person who acts. */
export type AuditedAccount = Required<Pick<Done, "by">> & { readonly subject: string };

/**
 * What differs between the two kinds of people who sign in. Their sessions, one-time links, external sign-in and sign-out are the same code, with
 * tables of their own. `Signed`: a signed-in person.
 */
export interface AccountKind<Signed extends { readonly session: Session } = { readonly session: Session }> {
  /** Beginning of the paths: `<base>/connexion`, `<base>/deconnexion`, `<base>/entree/:jeton`. */
  readonly base: "" | "/espace";
  readonly cookies: Readonly<Record<"session" | "pending" | "identity", CookieName>>;
  /** Beginning of the names of acts: `account.sign-in`. */
  readonly acts: "account" | "space";
  /** Options of the routes before and after the sign-in. */
  readonly signedOut: Pick<ActRoute, "maxBytes"> & { readonly who: "anyone" | "public" };
  readonly signedIn: Pick<ActRoute, "maxBytes"> & { readonly who: "signed-in" | "publisher" };
  /** The user agent is stored, for the list of a person's sessions. */
  readonly storesAgent: boolean;
  oidc(settings: ConsoleSettings): OidcSettings | null;
  sessions(catalogue: Catalogue): SessionRepository;
  visitor(visit: Visit): Signed | null;
  /** Returns the person of a session that has not ended, or null. */
  ofSession(catalogue: Catalogue, tokenHash: string, now: Date): Promise<Signed | null>;
  /** Returns an account that may sign in, or null. */
  account(catalogue: Catalogue, accountId: string): Promise<AuditedAccount | null>;
  /** Records in the account that a session was used. */
  markSeen?(catalogue: Catalogue, accountId: string, now: Date): Promise<void>;
}

/** Colleagues, who have roles. */
export const colleagues: AccountKind<Visitor> = {
  base: "",
  cookies: { session: "session", pending: "oidc", identity: "identity" },
  acts: "account",
  signedOut: { who: "anyone" },
  signedIn: { who: "signed-in" },
  storesAgent: true,
  oidc: ({ oidc }) => oidc,
  sessions: ({ sessions }) => sessions,
  visitor: ({ visitor }) => visitor,
  async ofSession({ people }, tokenHash, now) {
    const found = await people.ofSession(tokenHash, now);
    if (found === null) return null;
    const { session, person, hasSecondFactor } = found;
    return { personId: person.personId, name: person.name, email: person.email, role: roleOn(person, now), session, hasSecondFactor };
  },
  async account({ people }, personId) {
    const person = await people.find(personId);
    return person === null || person.closedAt !== null ? null : { subject: `compte ${person.email}`, by: person };
  },
};

/** Maximum size of the forms of publishers' people to sign in and out. */
const maxBytes = 10_000;

/** People of publishers, whom colleagues invite. The audit trail names them only by the id of the account. */
export const publishersPeople: AccountKind<PublisherVisitor> = {
  base: "/espace",
  cookies: { session: "space", pending: "space-oidc", identity: "space-identity" },
  acts: "space",
  signedOut: { who: "public", maxBytes },
  signedIn: { who: "publisher", maxBytes },
  storesAgent: false,
  oidc: ({ spaceOidc }) => spaceOidc,
  sessions: ({ publisherSessions }) => publisherSessions,
  visitor: ({ publisherVisitor }) => publisherVisitor,
  ofSession: ({ publisherAccounts }, tokenHash, now) => publisherAccounts.ofSession(tokenHash, now),
  async account({ publisherAccounts }, accountId) {
    const account = await publisherAccounts.find(accountId);
    if (account === null || account.revokedAt !== null) return null;
    return { subject: `compte de producteur ${accountId}`, by: { personId: accountId, name: byPublisher } };
  },
  markSeen: ({ publisherAccounts }, accountId, now) => publisherAccounts.markSeen(accountId, now),
};

/** Returns the role of a person on this day in Paris; null if they have no role, or if it has ended. */
export function roleOn({ role, roleUntil }: Pick<Person, "role" | "roleUntil">, now: Date): Person["role"] {
  return roleUntil !== null && roleUntil < parisDay(now) ? null : role;
}
