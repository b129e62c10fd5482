import { createHmac } from "node:crypto";
import { decode } from "hono/jwt";
import { describe, expect, onTestFinished, test } from "vitest";
import { apiWithKeys, bearerOf, madeKey } from "../../../support/api-keys.ts";
import { newCatalogue, type TestCatalogue, type TestedDatabase, testedDatabases } from "../../../support/catalogues.ts";
import { testNow } from "../../../support/made-aids.ts";
import { importPublished } from "../../../support/published-aids.ts";

async function catalogueOn(database: TestedDatabase): Promise<TestCatalogue> {
  const catalogue = await newCatalogue(database);
  onTestFinished(() => catalogue.drop());
  await importPublished(catalogue, "agence", { open: {}, closed: { importShareLicence: "agreement" } });
  return catalogue;
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe.each(testedDatabases)("API keys, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    test("a key is exchanged for a token as at Aides-territoires; the token has the key's access", async () => {
      const catalogue = await catalogueOn(database);
      const api = await apiWithKeys(catalogue);
      const [own, reuse] = [await madeKey(catalogue, { name: "le site", scope: "site" }), await madeKey(catalogue)];
      const said = await api.ask("/api/connexion", { method: "POST", headers: { "x-auth-token": own.key } });
      expect([said.status, said.headers.get("cache-control"), Object.keys(said.json)]).toEqual([200, "no-store", ["token"]]);
      expect(decode(said.json.token)).toMatchObject({ header: { alg: "HS256", kid: own.tokenId } });

      const asSite = await api.get("/api/aids/", await bearerOf(api, own.key));
      expect([asSite.json.count, asSite.headers.get("cache-control")]).toEqual([2, "private, max-age=60"]);
      expect((await api.get("/api/aids/", await bearerOf(api, reuse.key))).json.count).toBe(1);
      const anonymous = await api.get("/api/aids/");
      expect([anonymous.json.count, anonymous.headers.get("cache-control")]).toEqual([1, expect.stringMatching(/^public/)]);
      expect((await catalogue.apiTokens.list()).map(({ usedAt }) => usedAt)).toEqual([testNow, testNow]);
      expect(api.errors).toEqual([]);
    });

    test("revoking a key ends its tokens at once and frees its name", async () => {
      const catalogue = await catalogueOn(database);
      const api = await apiWithKeys(catalogue);
      const { key, tokenId } = await madeKey(catalogue);
      expect(await catalogue.apiTokens.create({ name: "Ville de Nantes", scope: "site", perMinute: 1, by: "x" }, testNow)).toBeNull();
      const bearer = await bearerOf(api, key);
      expect((await api.get("/api/aids/", bearer)).status).toBe(200);
      expect(await catalogue.apiTokens.revoke(tokenId, "Alix", testNow)).toBe(true);
      expect(await catalogue.apiTokens.revoke(tokenId, "Alix", testNow)).toBe(false);
      const refused = await api.get("/api/aids/", bearer);
      expect([refused.status, refused.json.type]).toEqual([401, "urn:moisson:revoked-key"]);
      const exchange = await api.ask("/api/connexion/", { method: "POST", headers: { "x-auth-token": key } });
      expect([exchange.status, exchange.json.type]).toEqual([401, "urn:moisson:revoked-key"]);
      expect((await madeKey(catalogue)).key).not.toBe(key);
    });

    test("of two simultaneous keys with the same name, one is created", async () => {
      const catalogue = await catalogueOn(database);
      const asked = { name: "deux", scope: "reuse", perMinute: 1, by: "x" } as const;
      const made = await Promise.all([1, 2].map(() => catalogue.apiTokens.create(asked, testNow)));
      expect(made.filter((one) => one !== null)).toHaveLength(1);
    });

    test("a token expires after a day, and the error says how to get another", async () => {
      const catalogue = await catalogueOn(database);
      let now = new Date(testNow);
      const api = await apiWithKeys(catalogue, { now: () => now });
      const bearer = await bearerOf(api, (await madeKey(catalogue)).key);
      now = new Date(testNow.getTime() + 86_399_000);
      expect((await api.get("/api/aids/", bearer)).status).toBe(200);
      now = new Date(testNow.getTime() + 86_400_000);
      const { status, json, headers } = await api.get("/api/aids/", bearer);
      expect([status, json.type]).toEqual([401, "urn:moisson:expired-token"]);
      expect(json.detail).toContain("POST /api/connexion/");
      expect(headers.get("www-authenticate")).toMatch(/^Bearer .*invalid_token/);
      expect(headers.get("cache-control")).toBe("no-store");
    });

    test("refuses tokens that were not signed here for this key", async () => {
      const catalogue = await catalogueOn(database);
      const api = await apiWithKeys(catalogue);
      const [mine, theirs] = [await madeKey(catalogue), await madeKey(catalogue, { name: "autre", scope: "site" })];
      const jwt = (await bearerOf(api, mine.key)).authorization.slice("Bearer ".length);
      const [, payload = "", signature = ""] = jwt.split(".");
      const header = (changes: object) => base64({ alg: "HS256", typ: "JWT", kid: mine.tokenId, ...changes });
      const signed = (begin: string, secret: string) => `${begin}.${createHmac("sha256", secret).update(begin).digest("base64url")}`;
      const forged = [
        `Bearer ${header({ kid: theirs.tokenId })}.${payload}.${signature}`,
        `Bearer ${header({ alg: "none" })}.${payload}.`,
        `Bearer ${header({ alg: "none" })}.${payload}.${signature}`,
        `Bearer ${signed(`${header({ kid: theirs.tokenId })}.${base64({ exp: 9_999_999_999 })}`, mine.key)}`,
        `Bearer ${signed(`${header({})}.${base64({ exp: 9_999_999_999 })}`, "")}`,
        `Bearer ${header({})}.${base64({ exp: 9_999_999_999 })}.${signature}`,
        `Bearer ${header({ kid: "00000000-0000-4000-8000-000000000000" })}.${payload}.${signature}`,
        `Bearer ${header({ kid: "' or 1=1 --" })}.${payload}.${signature}`,
        `Bearer ${mine.key}`,
        "Bearer a.b.c",
        "Basic bW9pOm1vaQ==",
      ];
      for (const authorization of forged) {
        const { status, json } = await api.get("/api/aids/", { authorization });
        expect([status, json.type, authorization]).toEqual([401, "urn:moisson:unknown-token", authorization]);
      }
      expect(api.errors).toEqual([]);
    });

    test("a client that did not wait for its token is told so", async () => {
      const api = await apiWithKeys(await catalogueOn(database));
      for (const [authorization, sent] of [
        ["Bearer null", "« null »"],
        ["bearer undefined", "« undefined »"],
        ["Bearer [object Promise]", "« [object Promise] »"],
        ["Bearer", "aucun jeton"],
        ["", "aucun jeton"],
      ] as const) {
        const { status, json } = await api.get("/api/aids/", { authorization });
        expect([authorization, status, json.type]).toEqual([authorization, 401, "urn:moisson:missing-token"]);
        expect(json.detail).toContain(sent);
        expect(json.detail).toContain("n’a pas attendu le jeton, ou son échange a échoué");
        expect(json.detail).toContain("POST /api/connexion/");
      }
    });

    test("an exchange with a missing or unknown key says what to send", async () => {
      const catalogue = await catalogueOn(database);
      const api = await apiWithKeys(catalogue);
      const without = await api.ask("/api/connexion/", { method: "POST" });
      expect([without.status, without.json.type]).toEqual([401, "urn:moisson:missing-key"]);
      expect(without.json.detail).toContain("X-AUTH-TOKEN");
      const { tokenHash } = (await catalogue.apiTokens.findByKey((await madeKey(catalogue)).key)) ?? { tokenHash: "" };
      for (const key of ["moisson_nothing", tokenHash, "' or 1=1 --", "x".repeat(5000)]) {
        const { status, json } = await api.ask("/api/connexion/", { method: "POST", headers: { "x-auth-token": key } });
        expect([status, json.type]).toEqual([401, "urn:moisson:unknown-key"]);
      }
      const read = await api.get("/api/connexion/");
      expect([read.status, read.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
    });
  });
});
