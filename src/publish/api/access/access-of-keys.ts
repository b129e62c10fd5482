import type { ApiTokenRepository, KnownApiToken } from "../../../catalogue/accounts/api-token-repository.ts";
import { clientNetwork } from "../../../platform/client-network.ts";
import type { Clock } from "../../../platform/clock.ts";
import { isHealthPath } from "../health-routes.ts";
import { ApiProblem } from "../problem.ts";
import { reportPagePath } from "../reports/report-path.ts";
import type { Access, AccessOf } from "./access.ts";
import { exchangedKey, exchangePath } from "./exchange-route.ts";
import type { Left, Limit, Limits } from "./limit.ts";
import { anonymousLimit, exchangeLimit, keyLimit, refusedLimit, reportLimit, territoryLimit } from "./limit.ts";
import { keyNamedIn, stateOf } from "./signed-token.ts";

interface Given {
  readonly apiTokens: ApiTokenRepository;
  readonly clock: Pick<Clock, "now">;
  readonly limits: Limits;
}

/**
 * Returns the access of a request with a key's token (`Authorization: Bearer`), or without, within rate limits. Keys are looked up at
 * every request, so a revoked one ends at once.
 */
export function accessOfKeys(given: Given): AccessOf {
  const { apiTokens, clock, limits } = given;
  return async (request, client) => {
    const path = new URL(request.url).pathname.replace(/\/+$/, "");
    if (isHealthPath(path)) return anybody({});
    const network = clientNetwork(client);
    if (request.method === "POST" && isReportPath(path)) return anybody(within(await limits.spend(reportLimit, network)));
    const isExchange = path === exchangePath.replace(/\/+$/, "");
    const authorization = request.headers.get("authorization");
    if (!isExchange && authorization === null) return anybody(within(await limits.spend(anonymousLimitOf(path), network)));
    // Stops guessing before the catalogue is queried.
    const refusals = isExchange ? exchangeLimit : refusedLimit;
    const guesses = await limits.look(refusals, network);
    if (guesses.used >= refusals.max) throw tooMany(guesses);
    const token = isExchange ? await exchangedKey(request, apiTokens) : await keyOf(authorization ?? "", given);
    if (token instanceof ApiProblem) throw token.withHeaders(within(await limits.spend(refusals, network)));
    const headers = within(await limits.spend(keyLimit(token.perMinute), token.tokenId));
    await apiTokens.recordUse(token, clock.now());
    return { scope: token.scope, name: token.name, headers, ...(isExchange && { key: token }) };
  };
}

/** Returns the limit of a request without a key. A client that reads all territories follows hundreds of pages, which need no database. */
function anonymousLimitOf(path: string): Limit {
  return /^\/api\/perimeters(\/|$)/.test(path) ? territoryLimit : anonymousLimit;
}

function anybody(headers: Left["headers"]): Access {
  return { scope: "reuse", name: null, headers };
}

function within(left: Left): Left["headers"] {
  if (left.isOver) throw tooMany(left);
  return left.headers;
}

function tooMany({ headers, seconds }: Left): ApiProblem {
  const detail = `Limite atteinte : réessayez dans ${seconds} s. Une clé donne une limite plus haute (voir /api/).`;
  return new ApiProblem(429, { detail, headers: { ...headers, "retry-after": String(seconds) } });
}

function isReportPath(path: string): boolean {
  return path === reportPagePath.replace(/\/+$/, "") || /^\/api\/aids\/by-id\/[^/]+\/error-reports$/.test(path);
}

/** Returns the key of a token. Throws an error that names the problem and the remedy. */
async function keyOf(authorization: string, { apiTokens, clock }: Given): Promise<KnownApiToken | ApiProblem> {
  const absent = /^(?:Bearer\s*(null|undefined|none|\[object \w+\])?)?$/i.exec(authorization.trim());
  if (absent !== null) {
    const sent = absent[1] === undefined ? "aucun jeton" : `« ${absent[1]} » au lieu d’un jeton`;
    return wrong(
      "missing-token",
      `l’en-tête Authorization contient ${sent} : votre programme n’a pas attendu le jeton, ou son échange a échoué.`,
    );
  }
  const jwt = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization.trim())?.[1];
  if (jwt === undefined) return wrong("unknown-token", "l’en-tête est « Authorization: Bearer <jeton> ».");
  const tokenId = keyNamedIn(jwt);
  const token = tokenId === null ? null : await apiTokens.find(tokenId);
  const state = token === null ? "forged" : await stateOf(jwt, token, clock.now());
  if (token === null || state === "forged") return wrong("unknown-token", "ce jeton n’a pas été donné ici.");
  if (token.revokedAt !== null) return wrong("revoked-key", "la clé de ce jeton a été révoquée ; demandez-en une autre.");
  return state === "expired" ? wrong("expired-token", "ce jeton a plus d’un jour.") : token;
}

function wrong(kind: string, why: string): ApiProblem {
  const detail = `Jeton refusé : ${why} Pour un jeton : POST ${exchangePath} avec votre clé dans l’en-tête X-AUTH-TOKEN ; sans Authorization, l’API se lit librement.`;
  return new ApiProblem(401, { kind, detail, headers: { "www-authenticate": 'Bearer realm="api", error="invalid_token"' } });
}
