import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { Provider } from "oidc-provider";
import { onTestFinished } from "vitest";
import type { OidcSettings } from "../../src/console/console-settings.ts";

/** What an identity provider knows about a person. */
export interface KnownPerson {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly given_name?: string;
  readonly usual_name?: string;
  /** Level of authentication. Default: "1fa". */
  readonly acr?: string;
}

/** An identity provider on the loopback interface, like ProConnect: userinfo is a signed JWT. It signs people in without asking. */
export interface IdentityProvider {
  readonly settings: OidcSettings;
  /** Sets the person who signs in from now on. null: the person refuses. */
  somebody(person: KnownPerson | null): void;
  /** Makes the provider stop answering. */
  stop(): Promise<void>;
  /** Follows redirects like a browser until they lead back to the console. Returns that address. */
  follow(address: string): Promise<URL>;
}

const clientId = "moisson";
const clientSecret = "a secret that the console and its provider share";

/** Starts a provider for a console at this address, until the end of the test. */
export async function startIdentityProvider(consoleUrl: string, trustsEmails = false): Promise<IdentityProvider> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const issuer = `http://127.0.0.1:${address.port}`;
  let current: KnownPerson | null = null;
  const provider = providerAt(issuer, consoleUrl, () => current);
  const callback = provider.callback();
  server.on("request", (request, response) => {
    if (!request.url?.startsWith("/interaction/")) return void callback(request, response);
    const result =
      current === null
        ? { error: "access_denied", error_description: "they would not" }
        : { login: { accountId: current.sub, acr: current.acr ?? "1fa" } };
    void provider.interactionFinished(request, response, result);
  });
  const stop = async () => {
    if (!server.listening) return;
    server.close();
    server.closeAllConnections();
    await once(server as Server, "close");
  };
  onTestFinished(stop);
  return {
    settings: {
      issuer,
      clientId,
      clientSecret,
      name: "ProConnect",
      scopes: "openid email given_name usual_name",
      levels: [],
      trustsEmails,
    },
    somebody(person) {
      current = person;
    },
    stop,
    follow: (from) => follow(from, consoleUrl),
  };
}

function providerAt(issuer: string, consoleUrl: string, current: () => KnownPerson | null): Provider {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        token_endpoint_auth_method: "client_secret_post",
        redirect_uris: [`${consoleUrl}/connexion/retour`, `${consoleUrl}/espace/retour`],
        post_logout_redirect_uris: [`${consoleUrl}/deconnexion/retour`, `${consoleUrl}/espace/deconnexion/retour`],
        userinfo_signed_response_alg: "RS256",
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "one", alg: "RS256", use: "sig" }] },
    cookies: { keys: ["a key of the tests"] },
    acrValues: ["1fa", "2fa"],
    scopes: ["openid", "email", "given_name", "usual_name"],
    claims: { openid: ["sub"], email: ["email", "email_verified"], given_name: ["given_name"], usual_name: ["usual_name"] },
    features: {
      devInteractions: { enabled: false },
      jwtUserinfo: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource(context, form) {
          context.body = `<!doctype html><title>Sign out</title><link rel="icon" href="data:,">${form}<button form="op.logoutForm" name="logout" value="yes">yes</button>`;
        },
      },
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ ...(current() ?? {}), sub }) }),
    async loadExistingGrant(context) {
      const { session, client, provider } = context.oidc;
      const grant = new provider.Grant({ clientId: client?.clientId ?? "", accountId: session?.accountId ?? "" });
      grant.addOIDCScope("openid email given_name usual_name");
      await grant.save();
      return grant;
    },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  });
}

async function follow(from: string, consoleUrl: string): Promise<URL> {
  const jar = new Map<string, string>();
  let at = new URL(from);
  for (let step = 0; step < 10; step++) {
    if (at.origin === new URL(consoleUrl).origin) return at;
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(at, { redirect: "manual", headers: { cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ""] = set.split(";");
      jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    const to = answer.headers.get("location");
    if (to === null) throw new Error(`${at.href} leads nowhere: ${answer.status} ${await answer.text()}`);
    at = new URL(to, at);
  }
  throw new Error(`${from} leads on and on.`);
}
