import * as client from "openid-client";
import { seal, unseal } from "../../platform/seal.ts";
import type { OidcSettings } from "../console-settings.ts";
import type { ConsoleServices } from "../visit.ts";
import { type Identity, identityOf } from "./identity.ts";

/** Maximum time to complete an external sign-in. */
export const signInSeconds = 600;
const timeoutSeconds = 8;
/** A cookie has room for 4 kB. Longer tokens are not stored: then people sign out of Moisson only. */
export const maxIdTokenLength = 3800;
/** How long the provider's metadata is cached. */
const cacheMs = 3_600_000;

/** An external sign-in that failed. */
export class ExternalSignInFailed extends Error {
  /**
   * `silent`: the provider does not answer. `refused`: it refuses, or its answer does not match our request. `stale`: our request is missing or
   * too old. `weak`: the person signed in with a level of authentication that is not accepted.
   */
  constructor(
    readonly code: "silent" | "refused" | "stale" | "weak",
    options?: ErrorOptions,
  ) {
    super(code, options);
    this.name = "ExternalSignInFailed";
  }
}

/** State of a sign-in in progress, sealed in a cookie. */
interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly back: string;
  /** Milliseconds. */
  readonly until: number;
}

/**
 * Returns the provider's URL to sign in, and the sealed state for the cookie. Uses an authorization code with PKCE, state and nonce.
 * `returnsTo`: path that the provider leads back to; `back`: path to open afterwards.
 */
export async function beginExternalSignIn(
  services: ConsoleServices,
  oidc: OidcSettings,
  { returnsTo, back }: { readonly returnsTo: string; readonly back: string },
  now: Date,
): Promise<[URL, string]> {
  const configuration = await configurationOf(oidc);
  const verifier = client.randomPKCECodeVerifier();
  const begun: PendingSignIn = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier,
    back,
    until: now.getTime() + signInSeconds * 1000,
  };
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: `${services.url}${returnsTo}`,
    response_type: "code",
    scope: oidc.scopes,
    state: begun.state,
    nonce: begun.nonce,
    ...(oidc.levels.length > 0 && { acr_values: oidc.levels.join(" ") }),
    // A provider without PKCE may refuse unknown parameters.
    ...(configuration.serverMetadata().supportsPKCE() && {
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    }),
  });
  return [url, seal(JSON.stringify(begun), sealOf(oidc))];
}

/** Completes a sign-in. `answer`: the URL that the provider redirected to; `remembered`: the sealed state. Throws `ExternalSignInFailed`. */
export async function finishExternalSignIn(
  oidc: OidcSettings,
  answer: URL,
  remembered: string | null,
  now: Date,
): Promise<{ readonly identity: Identity; readonly idToken: string; readonly back: string }> {
  const begun = pendingOf(oidc, remembered);
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
    if (oidc.levels.length > 0 && !oidc.levels.includes(String(claims.acr))) throw new ExternalSignInFailed("weak");
    const hasUserInfo = configuration.serverMetadata().userinfo_endpoint !== undefined;
    // ProConnect answers with a signed JWT, which is verified like the ID token.
    const userInfo = hasUserInfo ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub) : {};
    return { identity: identityOf(oidc, { ...claims, ...userInfo }), idToken: tokens.id_token, back: begun.back };
  });
}

/**
 * Returns the provider's URL to sign out; null if it has no such URL, or does not answer. `idToken`: the token of the sign-in; `returnsTo`: path
 * that the provider leads back to.
 */
export async function externalSignOut(
  services: ConsoleServices,
  oidc: OidcSettings,
  { idToken, returnsTo }: { readonly idToken: string; readonly returnsTo: string },
): Promise<string | null> {
  const configuration = await configurationOf(oidc).catch((error: unknown) => {
    if (error instanceof ExternalSignInFailed) return null;
    throw error;
  });
  if (configuration?.serverMetadata().end_session_endpoint === undefined) return null;
  const parameters = {
    id_token_hint: idToken,
    post_logout_redirect_uri: `${services.url}${returnsTo}`,
    // ProConnect requires a state. It is not checked, because the return does nothing.
    state: client.randomState(),
  };
  return client.buildEndSessionUrl(configuration, parameters).href;
}

/** Reads the provider's metadata. Returns what is wrong with it, as the end of a sentence, or null. */
export async function providerProblem(oidc: OidcSettings): Promise<string | null> {
  try {
    await configurationOf(oidc);
    return null;
  } catch (error) {
    if (!(error instanceof ExternalSignInFailed)) throw error;
    return error.code === "silent" ? "does not answer" : "does not answer as this issuer of OpenID Connect";
  }
}

const cache = new WeakMap<OidcSettings, { readonly at: number; readonly configuration: client.Configuration }>();

async function configurationOf(oidc: OidcSettings): Promise<client.Configuration> {
  const cached = cache.get(oidc);
  if (cached !== undefined && performance.now() - cached.at < cacheMs) return cached.configuration;
  const issuer = new URL(oidc.issuer);
  const execute = [client.enableNonRepudiationChecks, ...(issuer.protocol === "http:" ? [client.allowInsecureRequests] : [])];
  const configuration = await failing(() =>
    client.discovery(issuer, oidc.clientId, oidc.clientSecret, undefined, { execute, timeout: timeoutSeconds }),
  );
  cache.set(oidc, { at: performance.now(), configuration });
  return configuration;
}

/** Calls `work`. Throws `ExternalSignInFailed` for its errors: `silent` without an answer, `refused` for a bad one. */
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
  // `fetch` throws this error if it gets no answer.
  return error instanceof TypeError && cause instanceof Error;
}

/** Returns the key of the cookie. It is the client secret, because all processes of the console share it. */
function sealOf({ clientSecret, issuer }: OidcSettings) {
  return { secrets: [clientSecret] as const, purpose: "a sign-in that goes on", about: issuer };
}

function pendingOf(oidc: OidcSettings, remembered: string | null): PendingSignIn | null {
  const text = remembered === null ? null : unseal(remembered, sealOf(oidc));
  return text === null ? null : (JSON.parse(text) as PendingSignIn);
}
