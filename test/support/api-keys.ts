import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { accessOfKeys } from "../../src/publish/api/access/access-of-keys.ts";
import { createLimits, type Limits } from "../../src/publish/api/access/limit.ts";
import { type TestApi, testApi } from "./api-client.ts";
import { testNow } from "./made-aids.ts";

/** Creates the API of a catalogue with keys and limits, as in production. */
export function apiWithKeys(catalogue: Catalogue, given: { now?: () => Date; limits?: Limits } = {}): Promise<TestApi> {
  const now = given.now ?? (() => new Date(testNow));
  const accessOf = accessOfKeys({ apiTokens: catalogue.apiTokens, clock: { now }, limits: given.limits ?? createLimits() });
  return testApi(catalogue, { accessOf, now });
}

/** Creates a key in the catalogue. */
export async function madeKey(
  catalogue: Catalogue,
  asked: { name?: string; scope?: "reuse" | "site"; perMinute?: number } = {},
): Promise<{ readonly tokenId: string; readonly key: string }> {
  const made = await catalogue.apiTokens.create({ name: "Ville de Nantes", scope: "reuse", perMinute: 600, by: "test", ...asked }, testNow);
  if (made === null) throw new Error("this name has a key");
  return made;
}

/** Exchanges a key for the authorization header. */
export async function bearerOf(api: TestApi, key: string): Promise<{ authorization: string }> {
  const { status, json, text } = await api.ask("/api/connexion/", { method: "POST", headers: { "X-AUTH-TOKEN": key } });
  if (status !== 200) throw new Error(text);
  return { authorization: `Bearer ${json.token}` };
}
