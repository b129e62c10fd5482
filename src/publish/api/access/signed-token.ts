import { createHmac } from "node:crypto";
import { decode, sign, verify } from "hono/jwt";
import type { KnownApiToken } from "../../../catalogue/accounts/api-token-repository.ts";

/** Validity of a token. */
const signedSeconds = 86_400;

/**
 * Signs a JWT for a key (HS256, `kid`: id of the key), valid for a day and no longer than the key. Its signing key is derived from the
 * stored hash.
 */
export function signedToken(token: KnownApiToken, now: Date): Promise<string> {
  const iat = Math.floor(now.getTime() / 1000);
  return sign({ sub: token.tokenId, iat, exp: iat + signedSeconds }, signingKey(token), "HS256");
}

/** Returns the key id in a JWT, or null if it is not ours. Does not check the signature. */
export function keyNamedIn(jwt: string): string | null {
  try {
    const kid: unknown = decode(jwt).header.kid;
    return typeof kid === "string" && uuid.test(kid) ? kid : null;
  } catch {
    return null;
  }
}

/** Checks whether a JWT was signed for this key and is still valid. */
export async function stateOf(jwt: string, token: KnownApiToken, now: Date): Promise<"good" | "expired" | "forged"> {
  try {
    // The expiry is checked below, with our clock.
    const how = { alg: "HS256", exp: false, nbf: false, iat: false } as const;
    const { exp } = await verify(jwt, signingKey(token), how);
    return typeof exp === "number" && exp > now.getTime() / 1000 ? "good" : "expired";
  } catch {
    return "forged";
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Returns the signing key of a key as a JSON Web Key. The library writes its `kid` into the tokens. */
function signingKey({ tokenId, tokenHash }: KnownApiToken) {
  const k = createHmac("sha256", tokenHash).update("moisson api token").digest("base64url");
  return { kty: "oct", alg: "HS256", kid: tokenId, k } as const;
}
