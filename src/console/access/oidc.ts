import * as client from "openid-client";
import { seal, unseal } from "../../platform/seal.ts";
import type { OidcSettings } from "../settings.ts";
import type { ConsoleServices } from "../visit.ts";
import { type Identity, identityOf } from "./identity.ts";

/** How long somebody may take to sign in elsewhere. */
export const signInSeconds = 600;
const answerSeconds = 8;
/** What a provider says of itself is asked again after so long. */
const knownForMs = 3_600_000;

/** Why signing in elsewhere came to nothing. */
export class ExternalSignInFailed extends Error {
  /** `silent`: the provider does not answer; `refused`: it says no, or its answer is not the one to our question; `stale`: there was no question, or long ago. */
  constructor(
    readonly code: "silent" | "refused" | "stale",
    options?: ErrorOptions,
  ) {
    super(code, options);
    this.name = "ExternalSignInFailed";
  }
}

/** What is remembered of a question until its answer comes, in the browser's cookie. */
interface Begun {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly back: string;
  /** Milliseconds. */
  readonly until: number;
}

/** Where to sign in (authorization code with PKCE, state and nonce), and what is to be remembered until then. */
export async function beginExternal(services: ConsoleServices, oidc: OidcSettings, back: string, now: Date): Promise<[URL, string]> {
  const configuration = await configurationOf(oidc);
  const verifier = client.randomPKCECodeVerifier();
  const begun: Begun = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier,
    back,
    until: now.getTime() + signInSeconds * 1000,
  };
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: `${services.url}/connexion/retour`,
    response_type: "code",
    scope: oidc.scopes,
    state: begun.state,
    nonce: begun.nonce,
    // Who does not say that it knows PKCE may refuse what it does not know.
    ...(configuration.serverMetadata().supportsPKCE() && {
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    }),
  });
  return [url, seal(JSON.stringify(begun), sealOf(oidc))];
}

/**
 * Who came back. `answer`: the address that the provider sent them to; `remembered`: what `beginExternal` gave.
 * @throws ExternalSignInFailed
 */
export async function finishExternal(
  oidc: OidcSettings,
  answer: URL,
  remembered: string | null,
  now: Date,
): Promise<{ readonly identity: Identity; readonly idToken: string; readonly back: string }> {
  const begun = begunOf(oidc, remembered);
  if (begun === null || begun.until < now.getTime()) throw new ExternalSignInFailed("stale");
  const configuration = await configurationOf(oidc);
  return failing(async () => {
    const tokens = await client.authorizationCodeGrant(configuration, answer, {
      expectedState: begun.state,
      expectedNonce: begun.nonce,
      idTokenExpected: true,
      ...(configuration.serverMetadata().supportsPKCE() && { pkceCodeVerifier: begun.verifier }),
    });
    const claims = tokens.claims();
    if (claims === undefined || tokens.id_token === undefined) throw new ExternalSignInFailed("refused");
    const asks = configuration.serverMetadata().userinfo_endpoint !== undefined;
    // ProConnect answers with a signed JWT here: it is checked as the token is.
    const said = asks ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub) : {};
    return { identity: identityOf(oidc, { ...claims, ...said }), idToken: tokens.id_token, back: begun.back };
  });
}

/** Where one signs out of the provider too; null where it has no such address. `idToken`: of the sign-in. */
export async function externalSignOut(services: ConsoleServices, oidc: OidcSettings, idToken: string): Promise<string | null> {
  const configuration = await configurationOf(oidc);
  if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
  const parameters = {
    id_token_hint: idToken,
    post_logout_redirect_uri: `${services.url}/deconnexion/retour`,
    // ProConnect asks for one. Coming back does nothing, so nothing is to be compared with it.
    state: client.randomState(),
  };
  return client.buildEndSessionUrl(configuration, parameters).href;
}

const known = new WeakMap<OidcSettings, { readonly at: number; readonly configuration: client.Configuration }>();

async function configurationOf(oidc: OidcSettings): Promise<client.Configuration> {
  const held = known.get(oidc);
  if (held !== undefined && performance.now() - held.at < knownForMs) return held.configuration;
  const issuer = new URL(oidc.issuer);
  const execute = [client.enableNonRepudiationChecks, ...(issuer.protocol === "http:" ? [client.allowInsecureRequests] : [])];
  const configuration = await failing(() =>
    client.discovery(issuer, oidc.clientId, oidc.clientSecret, undefined, { execute, timeout: answerSeconds }),
  );
  known.set(oidc, { at: performance.now(), configuration });
  return configuration;
}

/** Tells a provider that does not answer from one that does, and not well. */
async function failing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ExternalSignInFailed) throw error;
    throw new ExternalSignInFailed(isSilence(error) ? "silent" : "refused", { cause: error });
  }
}

function isSilence(error: unknown): boolean {
  if (error instanceof client.ClientError && error.code === "OAUTH_TIMEOUT") return true;
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Response) return cause.status >= 500;
  // What `fetch` throws where nobody answers.
  return error instanceof TypeError && cause instanceof Error;
}

/** The cookie is sealed with what the console and its provider share: all processes of the console have it. */
function sealOf({ clientSecret, issuer }: OidcSettings) {
  return { secret: clientSecret, purpose: "a sign-in that goes on", about: issuer };
}

function begunOf(oidc: OidcSettings, remembered: string | null): Begun | null {
  const text = remembered === null ? null : unseal(remembered, sealOf(oidc));
  return text === null ? null : (JSON.parse(text) as Begun);
}
