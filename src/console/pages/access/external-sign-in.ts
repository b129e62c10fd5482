import { cookie, messageCookie, readCookie } from "../../access/cookies.ts";
import { accountOfIdentity, type SignInRefusal } from "../../access/identity.ts";
import { noteAccess } from "../../access/note-access.ts";
import {
  beginExternalSignIn,
  ExternalSignInFailed,
  externalSignOut,
  finishExternalSignIn,
  maxIdTokenLength,
  signInSeconds,
} from "../../access/oidc.ts";
import { beginSession, maxSessionSeconds, returnPath } from "../../access/sign-in.ts";
import type { OidcSettings } from "../../console-settings.ts";
import { type Answer, NotFound, type PageRoute, pageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { signInPage } from "./sign-in-page.tsx";
import { signedOutPage } from "./sign-out.tsx";

const begin = pageRoute("/connexion/externe", "anyone", async (visit) => {
  const oidc = settingsOf(visit);
  const back = returnPath(visit.query.get("retour"));
  if (visit.visitor !== null) return { to: back };
  try {
    const [url, remembered] = await beginExternalSignIn(visit.console, oidc, { returnsTo: "/connexion/retour", back }, visit.now);
    return { to: url.href, cookies: [cookie(visit.console, "oidc", remembered, signInSeconds)] };
  } catch (error) {
    return failed(visit, oidc, error, back);
  }
});

const comeBack = pageRoute("/connexion/retour", "anyone", async (visit) => {
  const oidc = settingsOf(visit);
  const remembered = readCookie(visit.console, visit.headers, "oidc");
  try {
    // The host comes from our settings, because a request can contain any host.
    const answer = new URL(visit.address, visit.console.url);
    return await admit(visit, oidc, await finishExternalSignIn(oidc, answer, remembered, visit.now));
  } catch (error) {
    return failed(visit, oidc, error, "/");
  }
});

async function admit(visit: Visit, oidc: OidcSettings, came: Awaited<ReturnType<typeof finishExternalSignIn>>): Promise<Answer> {
  const { identity, idToken, back } = came;
  const found = await accountOfIdentity(visit.catalogue, identity, visit.now);
  if ("refused" in found) return refused(visit, oidc, found.refused);
  const { person, how } = found;
  const act = { known: "account.sign-in", linked: "account.link", new: "account.sign-up" } as const;
  await noteAccess(visit, { act: act[how], subject: `compte ${person.email}`, by: person, details: { par: oidc.name } });
  const cookies = [await beginSession(visit, person.personId, "oidc"), cookie(visit.console, "oidc", "", 0)];
  if (idToken.length <= maxIdTokenLength) cookies.push(cookie(visit.console, "identity", idToken, maxSessionSeconds));
  return { to: back, cookies };
}

async function failed(visit: Visit, { name }: OidcSettings, error: unknown, back: string): Promise<Answer> {
  if (!(error instanceof ExternalSignInFailed)) throw error;
  const { logger } = visit.console.jobs.services;
  logger.warn({ code: error.code, err: error.cause }, "external sign-in failed");
  const messages = {
    silent: `${name} ne répond pas. Réessayez dans quelques minutes, ou connectez-vous avec un mot de passe.`,
    refused: `La connexion avec ${name} n’a pas abouti. Recommencez.`,
    weak: `${name} vous a reconnu avec un niveau d’authentification trop faible pour ce service. Recommencez avec une double authentification.`,
    stale: `La connexion avec ${name} a pris trop de temps, ou elle a commencé dans une autre fenêtre. Recommencez.`,
  };
  const cookies = [cookie(visit.console, "oidc", "", 0)];
  return { ...signInPage(visit, { back, problem: messages[error.code] }), status: error.code === "silent" ? 503 : 422, cookies };
}

async function refused(visit: Visit, { name }: OidcSettings, why: SignInRefusal): Promise<Answer> {
  const messages = {
    closed: "Votre compte est fermé. Un administrateur du service peut le rouvrir.",
    taken: "Un autre compte de ce service porte déjà votre adresse électronique. Un administrateur du service peut le détacher.",
    "no-address": `${name} ne garantit pas votre adresse électronique : demandez à un administrateur du service de vous envoyer un lien.`,
  };
  await noteAccess(visit, { act: "account.sign-in-failed", subject: `connexion avec ${name}`, details: { why } });
  const cookies = [cookie(visit.console, "oidc", "", 0)];
  return { ...signInPage(visit, { back: "/", problem: messages[why] }), status: 403, cookies };
}

/** Signs out of the provider, through a page (see `refreshTo`). The console's session has already ended. */
const signOutThere = pageRoute("/deconnexion/externe", "anyone", async (visit) => {
  const oidc = settingsOf(visit);
  const idToken = readCookie(visit.console, visit.headers, "identity");
  if (idToken === null || visit.visitor !== null) return { to: "/" };
  const cookies = [cookie(visit.console, "identity", "", 0)];
  const providerUrl = await externalSignOut(visit.console, oidc, { idToken, returnsTo: "/deconnexion/retour" });
  return { ...signedOutPage(oidc.name, providerUrl, "/connexion"), cookies };
});

const signedOut = pageRoute("/deconnexion/retour", "anyone", (visit) => ({
  to: "/connexion",
  cookies: [messageCookie(visit.console, "Vous êtes déconnecté.")],
}));

function settingsOf({ console: { settings } }: Visit): OidcSettings {
  if (settings.oidc === null) throw new NotFound("Ce service ne se sert pas d’une connexion externe.");
  return settings.oidc;
}

/** External sign-in and sign-out. */
export const externalRoutes: readonly PageRoute[] = [begin, comeBack, signOutThere, signedOut];
