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

async function exchange({ services, request, now }: ApiVisit): Promise<ApiAnswer> {
  const { apiTokens } = services.catalogue;
  const key = request.headers.get("x-auth-token")?.trim() ?? "";
  if (key === "") throw refused("missing-key", "Envoyez votre clé dans l’en-tête X-AUTH-TOKEN. Sans clé, l’API se lit librement.");
  const token = await apiTokens.findByKey(key);
  if (token === null)
    throw refused("unknown-key", "Cette clé est inconnue : vérifiez qu’elle est entière, ou demandez-en une (voir /api/).");
  if (token.revokedAt !== null) throw refused("revoked-key", "Cette clé a été révoquée : demandez-en une autre (voir /api/).");
  await apiTokens.recordUse(token, now);
  return { json: JSON.stringify({ token: await signedToken(token, now) }), headers: { "cache-control": "no-store" } };
}

function refused(kind: string, detail: string): ApiProblem {
  return new ApiProblem(401, { kind, detail, headers: { "www-authenticate": 'Bearer realm="api"' } });
}
