import type { ApiTokenRepository, KnownApiToken } from "../../../catalogue/accounts/api-token-repository.ts";
import type { ApiAnswer, ApiRoute, ApiVisit } from "../api-route.ts";
import { ApiProblem } from "../problem.ts";
import { signedToken } from "./signed-token.ts";

/** Where a key is exchanged for a token, as on Aides-territoires. */
export const exchangePath = "/api/connexion/";

/** Exchanges a key for a token. */
export const exchangeRoute: ApiRoute = {
  path: exchangePath,
  method: "post",
  name: "exchange-key",
  summary: "Échanger sa clé (en-tête X-AUTH-TOKEN) contre un jeton valable un jour",
  parameters: [],
  answer: exchange,
};

async function exchange({ access: { key }, now }: ApiVisit): Promise<ApiAnswer> {
  if (key === undefined) throw missingKey();
  return { json: JSON.stringify({ token: await signedToken(key, now) }), headers: { "cache-control": "no-store" } };
}

/** Returns the key that a request exchanges, or a problem that says what to send. */
export async function exchangedKey({ headers }: Request, apiTokens: ApiTokenRepository): Promise<KnownApiToken | ApiProblem> {
  const key = headers.get("x-auth-token")?.trim() ?? "";
  if (key === "") return missingKey();
  const token = await apiTokens.findByKey(key);
  if (token === null)
    return refused("unknown-key", "Cette clé est inconnue : vérifiez qu’elle est entière, ou demandez-en une (voir /api/).");
  return token.revokedAt === null ? token : refused("revoked-key", "Cette clé a été révoquée : demandez-en une autre (voir /api/).");
}

function missingKey(): ApiProblem {
  return refused("missing-key", "Envoyez votre clé dans l’en-tête X-AUTH-TOKEN. Sans clé, l’API se lit librement.");
}

function refused(kind: string, detail: string): ApiProblem {
  return new ApiProblem(401, { kind, detail, headers: { "www-authenticate": 'Bearer realm="api"' } });
}
