import { byPublisher } from "../../../model/publisher/letter-answer.ts";
import { cookie, messageCookie, readCookie } from "../../access/cookies.ts";
import { shortenedEmail } from "../../access/note-access.ts";
import {
  beginExternalSignIn,
  ExternalSignInFailed,
  externalSignOut,
  finishExternalSignIn,
  maxIdTokenLength,
  signInSeconds,
} from "../../access/oidc.ts";
import { newPublisherSession } from "../../access/publisher-session.ts";
import { maxSessionSeconds } from "../../access/sign-in.ts";
import type { OidcSettings } from "../../console-settings.ts";
import { type Answer, NotFound, type PageRoute, pageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { signedOutPage } from "../access/sign-out.tsx";
import { formPage, spacePath } from "./sign-in-pages.tsx";

const begin = pageRoute("/espace/externe", "public", async (visit) => {
  const oidc = settingsOf(visit);
  const back = spacePath(visit.query.get("retour"));
  if (visit.publisherVisitor !== null) return { to: back };
  try {
    const [url, remembered] = await beginExternalSignIn(visit.console, oidc, { returnsTo: "/espace/retour", back }, visit.now);
    return { to: url.href, cookies: [cookie(visit.console, "space-oidc", remembered, signInSeconds)] };
  } catch (error) {
    return failed(visit, oidc, error);
  }
});

const comeBack = pageRoute("/espace/retour", "public", async (visit) => {
  const oidc = settingsOf(visit);
  const remembered = readCookie(visit.console, visit.headers, "space-oidc");
  try {
    // The host comes from our settings, because a request can contain any host.
    const answer = new URL(visit.address, visit.console.url);
    return await admit(visit, oidc, await finishExternalSignIn(oidc, answer, remembered, visit.now));
  } catch (error) {
    return failed(visit, oidc, error);
  }
});

/** Starts a session of an invited person. Nobody else gets an account: the provider knows many people who are of no publisher. */
async function admit(visit: Visit, oidc: OidcSettings, came: Awaited<ReturnType<typeof finishExternalSignIn>>): Promise<Answer> {
  const { catalogue, now } = visit;
  const { identity, idToken, back } = came;
  const account = await catalogue.publisherAccounts.ofIdentity(identity);
  const session = newPublisherSession(visit);
  const isBegun = account !== null && (await catalogue.publisherAccounts.begin(account.accountId, session.stored)) !== null;
  const ended = cookie(visit.console, "space-oidc", "", 0);
  if (account === null || !isBegun) {
    const subject = identity.email === null ? `connexion avec ${oidc.name}` : `compte de producteur ${shortenedEmail(identity.email)}`;
    await catalogue.audit.add({ act: "space.sign-in-failed", subject, by: "personne", person: null, details: { par: oidc.name }, at: now });
    const problem = `${oidc.name} vous a reconnu, mais cette adresse n’est pas invitée. Demandez à la personne qui suit vos aides.`;
    return { ...formPage(visit, { problem }), status: 403, cookies: [ended] };
  }
  const subject = `compte de producteur ${account.accountId}`;
  const who = { by: byPublisher, person: account.accountId };
  await catalogue.audit.add({ act: "space.sign-in", subject, ...who, details: { par: oidc.name }, at: now });
  const cookies = [session.cookie, ended];
  if (idToken.length <= maxIdTokenLength) cookies.push(cookie(visit.console, "space-identity", idToken, maxSessionSeconds));
  return { to: spacePath(back), cookies };
}

function failed(visit: Visit, { name }: OidcSettings, error: unknown): Answer {
  if (!(error instanceof ExternalSignInFailed)) throw error;
  visit.console.jobs.services.logger.warn({ code: error.code, err: error.cause }, "external sign-in of a publisher failed");
  const messages = {
    silent: `${name} ne répond pas. Réessayez dans quelques minutes, ou demandez un lien.`,
    refused: `La connexion avec ${name} n’a pas abouti. Recommencez, ou demandez un lien.`,
    weak: `${name} vous a reconnu avec un niveau d’authentification trop faible pour ce service.`,
    stale: `La connexion avec ${name} a pris trop de temps, ou elle a commencé dans une autre fenêtre. Recommencez.`,
  };
  const cookies = [cookie(visit.console, "space-oidc", "", 0)];
  return { ...formPage(visit, { problem: messages[error.code] }), status: error.code === "silent" ? 503 : 422, cookies };
}

function settingsOf({ console: { settings } }: Visit): OidcSettings {
  if (settings.spaceOidc === null) throw new NotFound("Ce service ne se sert pas d’une connexion externe.");
  return settings.spaceOidc;
}

/** Signs out of the provider, through a page (see `refreshTo`). The session of the space has already ended. */
const signOutThere = pageRoute("/espace/deconnexion/externe", "public", async (visit) => {
  const oidc = settingsOf(visit);
  const idToken = readCookie(visit.console, visit.headers, "space-identity");
  if (idToken === null || visit.publisherVisitor !== null) return { to: "/espace" };
  const providerUrl = await externalSignOut(visit.console, oidc, { idToken, returnsTo: "/espace/deconnexion/retour" });
  return { ...signedOutPage(oidc.name, providerUrl, "/espace/connexion"), cookies: [cookie(visit.console, "space-identity", "", 0)] };
});

const signedOut = pageRoute("/espace/deconnexion/retour", "public", (visit) => ({
  to: "/espace/connexion",
  cookies: [messageCookie(visit.console, "Vous êtes déconnecté.")],
}));

/** External sign-in and sign-out of publishers' people. */
export const spaceExternalSignIn: readonly PageRoute[] = [begin, comeBack, signOutThere, signedOut];
