import { sql } from "drizzle-orm";
import { jsx } from "hono/jsx";
import { describe, expect, it } from "vitest";
import { hashPassword } from "../../../src/console/access/password.ts";
import { returnPath } from "../../../src/console/access/sign-in.ts";
import { deviceToken, knownDevice } from "../../../src/console/access/tokens.ts";
import { readConsoleSettings } from "../../../src/console/console-settings.ts";
import type { Route } from "../../../src/console/route.ts";
import { routes } from "../../../src/console/routes.ts";
import { ownCatalogue, type TestCatalogue } from "../../support/catalogues.ts";
import { type TestConsoleGiven, testConsole } from "../../support/console-client.ts";
import { testNow } from "../../support/made-aids.ts";
import { quickHash } from "../../support/quick-hash.ts";

const https = { settings: { url: "https://moisson.example" } } satisfies TestConsoleGiven;
const answersOfAllKinds: readonly Route[] = [
  { method: "get", path: "/brute", who: "anyone", answer: () => new Response("made elsewhere") },
  {
    method: "get",
    path: "/casse",
    who: "anyone",
    answer() {
      throw new Error("a secret that nobody is to read");
    },
  },
  {
    method: "get",
    path: "/mal-dessinee",
    who: "anyone",
    answer: () => ({ title: "x", content: jsx(() => Promise.reject(new Error("secret")), {}) }),
  },
  { method: "get", path: "/fichier", who: "anyone", answer: () => ({ fileName: "a.csv", type: "text/csv", body: "a" }) },
];

describe("every answer", () => {
  it("has the headers that OWASP recommends", async () => {
    const catalogue = await ownCatalogue();
    const client = await testConsole(catalogue, { ...https, routes: [...routes, ...answersOfAllKinds] }).as("admin");
    for (const path of [
      "/mon-compte",
      "/nowhere",
      "/brute",
      "/casse",
      "/mal-dessinee",
      "/fichier",
      "/comptes.csv",
      "/connexion?retour=/x",
      "/%00",
    ]) {
      const { headers, html, status } = await client.get(path);
      const get = (name: string) => headers.get(name) ?? "";
      expect(get("content-security-policy"), path).toMatch(
        /^default-src 'none'; script-src 'self'; style-src 'self';.*frame-ancestors 'none'; form-action 'self'/,
      );
      expect(get("content-security-policy"), path).not.toMatch(/unsafe|\*/);
      expect(get("x-content-type-options"), path).toBe("nosniff");
      expect(get("x-frame-options"), path).toBe("DENY");
      expect(get("referrer-policy"), path).toBe("same-origin");
      expect(get("cross-origin-opener-policy"), path).toBe("same-origin");
      expect(get("cache-control"), path).toBe("no-store");
      expect(get("strict-transport-security"), path).toBe("max-age=31536000");
      expect(get("x-powered-by") + get("server"), path).toBe("");
      expect(html, path).not.toContain("secret");
      if (path === "/casse" || path === "/mal-dessinee") expect(status).toBe(500);
    }
  });

  it("hides its cookies from scripts, other sites and plain http", async () => {
    const catalogue = await ownCatalogue();
    await withPassword(catalogue);
    const client = await testConsole(catalogue, https).as("nobody");
    const [set = ""] = (await client.post("/connexion", right)).headers.getSetCookie();
    expect(set).toMatch(/^__Host-moisson-session=[\w-]{43}; Path=\/; Max-Age=86400; HttpOnly; SameSite=Lax; Secure$/);
    const [plain = ""] = (await (await testConsole(catalogue).as("nobody")).post("/connexion", right)).headers.getSetCookie();
    expect(plain).toMatch(/^moisson-session=[\w-]{43}; Path=\/; Max-Age=86400; HttpOnly; SameSite=Lax$/);
  });
});

describe("the path after sign-in", () => {
  it.each([
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/%2f%2fevil.example/..//evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "///evil.example",
    "/..//evil.example",
    "/.//evil.example",
    "http:evil.example",
    "@evil.example",
    "",
  ])("stays in the console: %j", (asked) => {
    const path = returnPath(asked);
    expect(new URL(path, "https://moisson.example").origin).toBe("https://moisson.example");
    expect(path).toMatch(/^\/(?![/\\])/);
    expect(path).not.toMatch(/[\r\n\t]/);
  });

  it("is kept if it belongs to the console", () => {
    expect(returnPath("/aides?q=vélo&page=2")).toBe("/aides?q=v%C3%A9lo&page=2");
    expect(returnPath(null)).toBe("/");
  });
});

const right = { adresse: "marie@exemple.fr", "mot-de-passe": "une phrase assez longue", retour: "/mon-compte" };
const wrong = { ...right, "mot-de-passe": "faux" };

describe("signing in", () => {
  it("gives the same answer for a wrong password, an unknown address, an account without a password and a closed account", async () => {
    const catalogue = await ownCatalogue();
    const personId = await withPassword(catalogue);
    await catalogue.people.add({ personId: crypto.randomUUID(), email: "oidc@exemple.fr", name: "x", role: null, by: "x", now: testNow });
    const client = await testConsole(catalogue).as("nobody");
    const say = async (adresse: string, password: string) => {
      const { status, html } = await client.post("/connexion", { adresse, "mot-de-passe": password });
      return `${status} ${html.replaceAll(adresse, "")}`;
    };
    const said = [await say("marie@exemple.fr", "faux"), await say("personne@exemple.fr", "faux"), await say("oidc@exemple.fr", "")];
    await catalogue.people.close(personId, testNow);
    said.push(await say("marie@exemple.fr", right["mot-de-passe"]));
    expect(new Set(said).size).toBe(1);
    expect(said[0]).toMatch(/^422 /);
  });

  it("takes one attempt in five seconds after eight failures on an account from one network, also parallel ones", async () => {
    const catalogue = await ownCatalogue();
    await withPassword(catalogue);
    const at = async (seconds: number) => testConsole(catalogue, { now: new Date(testNow.getTime() + seconds * 1000) }).as("nobody");
    const client = await at(0);
    const tries = await Promise.all(Array.from({ length: 14 }, () => client.post("/connexion", wrong)));
    expect(tries.filter(({ status }) => status === 422 || status === 503).length).toBe(8);
    expect(tries.filter(({ status }) => status === 429).length).toBe(6);
    const refused = await client.post("/connexion", right);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "5"]);
    expect(refused.html).toMatch(/Attendez 5 secondes/);
    expect((await (await at(4)).post("/connexion", right)).status).toBe(429);
    // Refused attempts do not extend the wait.
    expect((await (await at(6)).post("/connexion", wrong)).status).toBe(422);
    expect((await (await at(7)).post("/connexion", right)).status).toBe(429);
    expect((await (await at(12)).post("/connexion", right)).to).toBe("/mon-compte");
  });

  it("takes the right password at once while others fail on the account: at another network, and on a known device of the same one", async () => {
    const catalogue = await ownCatalogue();
    await withPassword(catalogue);
    const at = (network: string) => ({ "x-forwarded-for": network });
    const asNobody = () => testConsole(catalogue, { settings: { isBehindProxy: true } }).as("nobody");
    const known = await asNobody();
    expect((await known.post("/connexion", right, at("198.51.100.7"))).to).toBe("/mon-compte");
    await known.act("/deconnexion");
    const attacker = await asNobody();
    for (let turn = 0; turn < 8; turn++) await attacker.post("/connexion", wrong, at("203.0.113.9"));
    expect((await attacker.post("/connexion", wrong, at("203.0.113.9"))).status).toBe(429);
    expect((await (await asNobody()).post("/connexion", right, at("198.51.100.8"))).to).toBe("/mon-compte");
    expect((await known.post("/connexion", right, at("203.0.113.9"))).to).toBe("/mon-compte");
  });

  it("forgets known devices when the password changes", () => {
    const hash = quickHash(right["mot-de-passe"]);
    const device = deviceToken(hash);
    expect(knownDevice(device, hash)).toBe(device.split(".")[0]);
    expect(knownDevice(device, quickHash(right["mot-de-passe"]))).toBeNull();
    expect([knownDevice(null, hash), knownDevice("", hash), knownDevice(device, null)]).toEqual([null, null, null]);
  });

  it("checks the password of a known device before those of a flood", async () => {
    const catalogue = await ownCatalogue();
    // The checks take their time, so that they wait for each other.
    await withPassword(catalogue, await hashPassword(right["mot-de-passe"]));
    const asNobody = () => testConsole(catalogue, { settings: { isBehindProxy: true } }).as("nobody");
    const known = await asNobody();
    expect((await known.post("/connexion", right)).to).toBe("/mon-compte");
    await known.act("/deconnexion");
    let checked = 0;
    const flood = Array.from({ length: 8 }, async (_, one) => {
      const attacker = await asNobody();
      const { status } = await attacker.post("/connexion", wrong, { "x-forwarded-for": `203.0.113.${one % 4}` });
      if (status === 422) checked += 1;
      return status;
    });
    await Promise.race(flood);
    const before = checked;
    expect((await known.post("/connexion", right)).to).toBe("/mon-compte");
    expect(checked - before).toBeLessThanOrEqual(2);
    expect(new Set(await Promise.all(flood))).toEqual(new Set([422]));
  });

  it("takes one attempt in five seconds after forty failures from one network; a successful sign-in removes one", async () => {
    const catalogue = await ownCatalogue();
    await withPassword(catalogue);
    const times = { at: testNow, since: new Date(0), pacedSince: new Date(0) };
    for (let turn = 0; turn < 39; turn++) await catalogue.attempts.add(new Map([["address:192.0.2.1", 100]]), times);
    for (let turn = 0; turn < 3; turn++) {
      const again = await testConsole(catalogue).as("nobody");
      expect((await again.post("/connexion", right)).to).toBe("/mon-compte");
    }
    const client = await testConsole(catalogue).as("nobody");
    expect((await client.post("/connexion", { ...right, adresse: "autre@exemple.fr" })).status).toBe(422);
    expect((await client.post("/connexion", right)).status).toBe(429);
  });

  it("trusts X-Forwarded-For only behind a proxy, and only the last entry; a /64 of IPv6 counts as one address", async () => {
    const catalogue = await ownCatalogue();
    const triedFrom = async (given: TestConsoleGiven, forwarded: string) => {
      const client = await testConsole(catalogue, given).as("nobody");
      await client.post("/connexion", { adresse: `${crypto.randomUUID()}@x.fr`, "mot-de-passe": "faux" }, { "x-forwarded-for": forwarded });
    };
    await triedFrom({}, "198.51.100.7");
    await triedFrom({ settings: { isBehindProxy: true } }, "203.0.113.9, 198.51.100.7");
    await triedFrom({ settings: { isBehindProxy: true } }, "2001:db8:1:2:aaaa::1");
    await triedFrom({ settings: { isBehindProxy: true } }, "2001:db8:1:2:bbbb::2");
    const count = async (network: string) => {
      const asked = sql`select count(*)::int as count from sign_in_tries where who = ${`address:${network}`}`;
      return (await catalogue.store.row<{ count: number }>(asked)).count;
    };
    expect(await count("192.0.2.1")).toBe(1);
    expect(await count("198.51.100.7")).toBe(1);
    expect(await count("203.0.113.9")).toBe(0);
    expect(await count("2001:db8:1:2::/64")).toBe(2);
  });
});

describe("insecure settings", () => {
  it.each([
    { MOISSON_CONSOLE_PROXY: "yes" },
    { MOISSON_CONSOLE_URL: "https://moisson.example/console" },
    { MOISSON_SECRET: "short" },
    {
      MOISSON_OIDC_ISSUER: "http://idp.example",
      MOISSON_OIDC_CLIENT_ID: "a",
      MOISSON_OIDC_CLIENT_SECRET: "b",
      MOISSON_CONSOLE_URL: "https://m.example",
    },
    { MOISSON_OIDC_ISSUER: "https://idp.example" },
  ])("are refused: %j", (environment) => {
    expect(() => readConsoleSettings(environment)).toThrow(/MOISSON_/);
  });
});

async function withPassword(catalogue: TestCatalogue, hash = quickHash(right["mot-de-passe"])): Promise<string> {
  const personId = crypto.randomUUID();
  await catalogue.people.add({ personId, email: right.adresse, name: "Marie", role: "read", by: "test", now: testNow });
  await catalogue.people.setPassword(personId, hash);
  return personId;
}
