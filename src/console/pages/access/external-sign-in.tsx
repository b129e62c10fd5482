import type { AccountKind } from "../../access/account-kind.ts";
import { cookie, messageCookie, readCookie } from "../../access/cookies.ts";
import type { Identity } from "../../access/identity.ts";
import { type AccessNote, noteAccess } from "../../access/note-access.ts";
import {
  beginExternalSignIn,
  ExternalSignInFailed,
  externalSignOut,
  finishExternalSignIn,
  maxIdTokenLength,
  signInSeconds,
} from "../../access/oidc.ts";
import { beginSession, maxSessionSeconds } from "../../access/sign-in.ts";
import type { OidcSettings } from "../../console-settings.ts";
import { Alert } from "../../parts/alert.tsx";
import { type Answer, actRoute, NotFound, type Page, pageRoute, type Route } from "../../route.ts";
import type { Visit } from "../../visit.ts";

/** The external sign-in of one kind of people. */
export interface ExternalSignIn {
  readonly kind: AccountKind;
  /** Beginning of the paths: `<path>/externe`, and `<path>/retour`, which the provider leads back to. */
  readonly path: "/connexion" | "/espace";
  /** Returns a path to go to after the sign-in, or another one if this is not allowed. */
  backPath(path: string | null): string;
  /** Returns the sign-in page with a problem. */
  signInPage(visit: Visit, problem: string): Page;
  /** The rule of admission: returns the account of an identity, or why it has none, with the entry for the audit trail. */
  admit(
    visit: Visit,
    identity: Identity,
    provider: string,
  ): Promise<{ readonly note: AccessNote } & ({ readonly accountId: string } | { readonly problem: string })>;
  /** Ends of the messages about failures. */
  readonly advice: Readonly<Record<"silent" | "refused" | "weak", string>>;
}

/** Returns the routes of an external sign-in, of the sign-out here and of the sign-out at the provider. */
export function externalSignInRoutes(signIn: ExternalSignIn): readonly Route[] {
  const { kind, path } = signIn;
  const { base, cookies } = kind;
  const { who } = kind.signedOut;
  const noLonger = (visit: Visit, name: keyof typeof cookies) => cookie(visit.console, cookies[name], "", 0);

  const begin = pageRoute(`${path}/externe`, who, async (visit) => {
    const oidc = settingsOf(kind, visit);
    const back = signIn.backPath(visit.query.get("retour"));
    if (kind.visitor(visit) !== null) return { to: back };
    try {
      const [url, remembered] = await beginExternalSignIn(visit.console, oidc, { returnsTo: `${path}/retour`, back }, visit.now);
      return { to: url.href, cookies: [cookie(visit.console, cookies.pending, remembered, signInSeconds)] };
    } catch (error) {
      return failed(visit, oidc, error);
    }
  });

  const comeBack = pageRoute(`${path}/retour`, who, async (visit) => {
    const oidc = settingsOf(kind, visit);
    const remembered = readCookie(visit.console, visit.headers, cookies.pending);
    try {
      // The host comes from our settings, because a request can contain any host.
      const answer = new URL(visit.address, visit.console.url);
      return await admit(visit, oidc, await finishExternalSignIn(oidc, answer, remembered, visit.now));
    } catch (error) {
      return failed(visit, oidc, error);
    }
  });

  async function admit(visit: Visit, oidc: OidcSettings, came: Awaited<ReturnType<typeof finishExternalSignIn>>): Promise<Answer> {
    const admitted = await signIn.admit(visit, came.identity, oidc.name);
    await noteAccess(visit, admitted.note);
    const ended = noLonger(visit, "pending");
    if ("problem" in admitted) return { ...signIn.signInPage(visit, admitted.problem), status: 403, cookies: [ended] };
    const kept = [await beginSession(visit, kind, admitted.accountId, "oidc"), ended];
    if (came.idToken.length <= maxIdTokenLength) kept.push(cookie(visit.console, cookies.identity, came.idToken, maxSessionSeconds));
    return { to: signIn.backPath(came.back), cookies: kept };
  }

  function failed(visit: Visit, { name }: OidcSettings, error: unknown): Answer {
    if (!(error instanceof ExternalSignInFailed)) throw error;
    visit.console.jobs.services.logger.warn({ code: error.code, kind: kind.acts, err: error.cause }, "external sign-in failed");
    const messages = {
      silent: `${name} ne répond pas. Réessayez dans quelques minutes, ou ${signIn.advice.silent}`,
      refused: `La connexion avec ${name} n’a pas abouti. ${signIn.advice.refused}`,
      weak: `${name} vous a reconnu avec un niveau d’authentification trop faible pour ce service.${signIn.advice.weak}`,
      stale: `La connexion avec ${name} a pris trop de temps, ou elle a commencé dans une autre fenêtre. Recommencez.`,
    };
    const status = error.code === "silent" ? 503 : 422;
    return { ...signIn.signInPage(visit, messages[error.code]), status, cookies: [noLonger(visit, "pending")] };
  }

  const signOut = actRoute(`${base}/deconnexion`, { ...kind.signedIn, act: `${kind.acts}.sign-out` }, async (visit) => {
    const session = kind.visitor(visit)?.session;
    if (session === undefined) throw new Error("this route is for people who are signed in");
    const account = await kind.account(visit.catalogue, session.account);
    await kind.sessions(visit.catalogue).end(session);
    const idToken = readCookie(visit.console, visit.headers, cookies.identity);
    const endsAtProvider = session.way === "oidc" && kind.oidc(visit.console.settings) !== null && idToken !== null;
    return {
      message: endsAtProvider ? null : "Vous êtes déconnecté.",
      to: endsAtProvider ? `${base}/deconnexion/externe` : `${base}/connexion`,
      subject: account?.subject ?? null,
      cookies: [noLonger(visit, "session")],
    };
  });

  /** Signs out of the provider, through a page (see `refreshTo`). The session has already ended. */
  const signOutThere = pageRoute(`${base}/deconnexion/externe`, who, async (visit) => {
    const oidc = settingsOf(kind, visit);
    const idToken = readCookie(visit.console, visit.headers, cookies.identity);
    if (idToken === null || kind.visitor(visit) !== null) return { to: base === "" ? "/" : base };
    const providerUrl = await externalSignOut(visit.console, oidc, { idToken, returnsTo: `${base}/deconnexion/retour` });
    return { ...signedOutPage(oidc.name, providerUrl, `${base}/connexion`), cookies: [noLonger(visit, "identity")] };
  });

  const signedOut = pageRoute(`${base}/deconnexion/retour`, who, (visit) => ({
    to: `${base}/connexion`,
    cookies: [messageCookie(visit.console, "Vous êtes déconnecté.")],
  }));

  return [begin, comeBack, signOut, signOutThere, signedOut];
}

function settingsOf(kind: AccountKind, { console: { settings } }: Visit): OidcSettings {
  const oidc = kind.oidc(settings);
  if (oidc === null) throw new NotFound("Ce service ne se sert pas d’une connexion externe.");
  return oidc;
}

/**
 * Returns the page after a session has ended. It opens the provider's URL to sign out; null if the provider has none or does not answer.
 * `signInPath`: where to sign in again.
 */
function signedOutPage(name: string, providerUrl: string | null, signInPath: string): Page {
  return {
    title: "Vous êtes déconnecté",
    isBare: true,
    ...(providerUrl !== null && { refreshTo: providerUrl }),
    content: (
      <div class="fr-py-4w">
        <h1>Vous êtes déconnecté</h1>
        {providerUrl === null ? (
          <Alert kind="warning">
            <p>{`Votre session reste peut-être ouverte chez ${name}. Sur un ordinateur partagé, fermez le navigateur.`}</p>
          </Alert>
        ) : (
          <p>
            La déconnexion de {name} suit. <a href={providerUrl}>Terminer la déconnexion de {name}</a>, si rien ne se passe.
          </p>
        )}
        <p>
          <a href={signInPath}>Se connecter à nouveau</a>
        </p>
      </div>
    ),
  };
}
