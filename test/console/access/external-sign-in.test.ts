import { describe, expect, it } from "vitest";
import { ownCatalogue, type TestCatalogue } from "../../support/catalogues.ts";
import { type ConsoleClient, type ConsolePage, testConsole } from "../../support/console-client.ts";
import { type IdentityProvider, type KnownPerson, startIdentityProvider } from "../../support/identity-provider.ts";
import { testNow } from "../../support/made-aids.ts";

const url = "http://console.test";
const claire: KnownPerson = {
  sub: "claire-at-the-provider",
  email: "Claire.Martin@exemple.fr",
  email_verified: true,
  given_name: "Claire",
  usual_name: "Martin",
};

interface Scene {
  readonly catalogue: TestCatalogue;
  readonly provider: IdentityProvider;
  /** Returns a signed-out browser. */
  browser(now?: Date): Promise<ConsoleClient>;
}

async function scene(trustsEmails = false): Promise<Scene> {
  const catalogue = await ownCatalogue();
  const provider = await startIdentityProvider(url, trustsEmails);
  const browser = (now: Date = testNow) => testConsole(catalogue, { settings: { url, oidc: provider.settings }, now }).as("nobody");
  return { catalogue, provider, browser };
}

/** Signs in at the provider and returns the final page. */
async function signIn(client: ConsoleClient, { provider }: Scene, back = "/mon-compte"): Promise<ConsolePage> {
  const left = await client.get(`/connexion/externe?retour=${encodeURIComponent(back)}`);
  const at = await provider.follow(left.to ?? "");
  return client.get(`${at.pathname}${at.search}`);
}

describe("external sign-in", () => {
  it("creates an account without a role, and finds it again by its subject, not by its address", async () => {
    const here = await scene();
    const client = await here.browser();
    here.provider.somebody(claire);
    expect((await signIn(client, here)).to).toBe("/mon-compte");
    expect((await client.get("/collectes")).to).toBe("/en-attente");
    expect((await client.get("/en-attente")).html).toContain("Bienvenue, Claire Martin");
    const person = await here.catalogue.people.findByEmail("claire.martin@exemple.fr");
    expect(person).toMatchObject({ name: "Claire Martin", role: null, usesSingleSignOn: true });

    await here.catalogue.people.giveRole(person?.personId ?? "", "ops", null);
    expect((await client.get("/collectes")).status).toBe(200);

    here.provider.somebody({ ...claire, email: "another.address@exemple.fr" });
    const later = await here.browser();
    await signIn(later, here);
    expect((await later.get("/mon-compte")).html).toContain("claire.martin@exemple.fr");
    expect((await here.catalogue.audit.list({}, { limit: 9, offset: 0 })).map(({ act, by }) => [act, by])).toEqual([
      ["account.sign-in", "Claire Martin"],
      ["account.sign-up", "Claire Martin"],
    ]);
  });

  it("uses a code with PKCE, state and nonce, and stores them sealed", async () => {
    const here = await scene();
    const left = await (await here.browser()).get("/connexion/externe?retour=//evil.example");
    const asked = new URL(left.to ?? "");
    expect(asked.origin).toBe(here.provider.settings.issuer);
    expect(asked.searchParams.get("response_type")).toBe("code");
    expect(asked.searchParams.get("redirect_uri")).toBe(`${url}/connexion/retour`);
    expect(asked.searchParams.get("code_challenge_method")).toBe("S256");
    for (const name of ["state", "nonce"]) expect(asked.searchParams.get(name)?.length).toBeGreaterThanOrEqual(32);
    const cookie = left.headers.getSetCookie().find((set) => set.startsWith("moisson-oidc=")) ?? "";
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
    expect(cookie).not.toContain(asked.searchParams.get("state"));
  });

  it("links an account that was created for the address, once, if the address is verified", async () => {
    const here = await scene();
    const made = { personId: crypto.randomUUID(), email: "claire.martin@exemple.fr", name: "Claire M.", role: "bizdev" } as const;
    await here.catalogue.people.add({ ...made, by: "admin", now: testNow });
    here.provider.somebody({ ...claire, email_verified: false });
    const refused = await signIn(await here.browser(), here);
    expect(refused.status).toBe(403);
    expect(refused.html).toContain("ne garantit pas votre adresse");

    here.provider.somebody(claire);
    const client = await here.browser();
    expect((await signIn(client, here)).to).toBe("/mon-compte");
    expect((await client.get("/collectes")).status).toBe(200);
    expect((await here.catalogue.people.findByEmail(claire.email ?? ""))?.personId).toBe(made.personId);

    here.provider.somebody({ ...claire, sub: "somebody who was given her address later" });
    expect((await signIn(await here.browser(), here)).status).toBe(403);
  });

  it("accepts addresses without verification from a trusted issuer, unless it says that they are not verified", async () => {
    const here = await scene(true);
    const { email_verified: _, ...silent } = claire;
    here.provider.somebody({ ...silent, email_verified: false });
    expect((await signIn(await here.browser(), here)).status).toBe(403);
    here.provider.somebody(silent);
    expect((await signIn(await here.browser(), here)).to).toBe("/mon-compte");
  });

  it("refuses a level of authentication that is not accepted", async () => {
    const here = await scene();
    const oidc = { ...here.provider.settings, levels: ["2fa"] };
    const browser = () => testConsole(here.catalogue, { settings: { url, oidc } }).as("nobody");
    here.provider.somebody(claire);
    const weak = await browser();
    expect((await signIn(weak, here)).html).toContain("niveau d’authentification trop faible");
    expect((await weak.get("/mon-compte")).to).toBe("/connexion?retour=%2Fmon-compte");
    here.provider.somebody({ ...claire, acr: "2fa" });
    expect((await signIn(await browser(), here)).to).toBe("/mon-compte");
  });

  it("refuses an account that was closed meanwhile, and keeps the current session", async () => {
    const here = await scene();
    here.provider.somebody(claire);
    const client = await here.browser();
    await signIn(client, here);
    const person = await here.catalogue.people.findByEmail(claire.email ?? "");
    await here.catalogue.people.close(person?.personId ?? "", testNow);
    expect((await client.get("/mon-compte")).to).toMatch(/^\/connexion\?/);
    const again = await signIn(await here.browser(), here);
    expect(again.status).toBe(403);
    expect(again.html).toContain("Votre compte est fermé");
  });
});

describe("an invalid answer of the provider", () => {
  const isRefused = (page: ConsolePage) => {
    expect(page.status).toBe(422);
    expect(page.html).toContain('name="mot-de-passe"');
    expect(page.headers.getSetCookie().join()).not.toMatch(/moisson-session=[^;]/);
  };

  it("signs nobody in with another state, a used code or another browser", async () => {
    const here = await scene();
    here.provider.somebody(claire);
    const client = await here.browser();
    const left = await client.get("/connexion/externe");
    const at = await here.provider.follow(left.to ?? "");
    const forged = new URL(at);
    forged.searchParams.set("state", "x".repeat(43));
    isRefused(await client.get(`${forged.pathname}${forged.search}`));
    // The first answer deletes the stored state.
    isRefused(await client.get(`${at.pathname}${at.search}`));
    isRefused(await (await here.browser()).get(`${at.pathname}${at.search}`));

    const good = await here.browser();
    const leftAgain = await good.get("/connexion/externe");
    const cookie = leftAgain.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const back = await here.provider.follow(leftAgain.to ?? "");
    expect((await good.get(`${back.pathname}${back.search}`)).to).toBe("/");
    isRefused(await (await here.browser()).get(`${back.pathname}${back.search}`, { cookie }));
  });

  it("signs nobody in after ten minutes", async () => {
    const here = await scene();
    here.provider.somebody(claire);
    const left = await (await here.browser()).get("/connexion/externe");
    const cookie = left.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const at = await here.provider.follow(left.to ?? "");
    const late = await (await here.browser(new Date(testNow.getTime() + 601_000))).get(`${at.pathname}${at.search}`, { cookie });
    isRefused(late);
    expect(late.html).toContain("a pris trop de temps");
  });

  it("is reported if it is a refusal", async () => {
    const here = await scene();
    here.provider.somebody(null);
    const page = await signIn(await here.browser(), here);
    isRefused(page);
    expect(page.html).toContain("n’a pas abouti");
  });

  it("leaves the sign-in with a password if the provider does not answer", async () => {
    const here = await scene();
    here.provider.somebody(claire);
    const client = await here.browser();
    const left = await client.get("/connexion/externe");
    const at = await here.provider.follow(left.to ?? "");
    await here.provider.stop();
    const page = await client.get(`${at.pathname}${at.search}`);
    expect(page.status).toBe(503);
    expect(page.html).toContain("ProConnect ne répond pas");
    expect(page.html).toContain('name="mot-de-passe"');

    const provider = { ...here.provider, settings: { ...here.provider.settings } };
    const other = await testConsole(here.catalogue, { settings: { url, oidc: provider.settings } }).as("nobody");
    expect((await other.get("/connexion/externe")).status).toBe(503);
  });
});

describe("signing out", () => {
  it("ends the session here, then at the provider, and returns", async () => {
    const here = await scene();
    here.provider.somebody(claire);
    const client = await here.browser();
    await signIn(client, here);
    const out = await client.post("/deconnexion");
    expect(out.to).toBe("/deconnexion/externe");
    expect((await client.get("/mon-compte")).to).toMatch(/^\/connexion\?/);
    const page = await client.get("/deconnexion/externe");
    const to = new URL(/^0; url=(.*)$/.exec(page.headers.get("refresh") ?? "")?.[1] ?? "");
    expect(to.origin).toBe(here.provider.settings.issuer);
    expect(to.searchParams.get("post_logout_redirect_uri")).toBe(`${url}/deconnexion/retour`);
    expect(to.searchParams.get("id_token_hint")?.split(".")).toHaveLength(3);
    expect(page.html).toContain("Terminer la déconnexion de ProConnect");
    const back = await client.get("/deconnexion/retour?state=x");
    expect(back.to).toBe("/connexion");
    expect((await client.get("/connexion")).html).toContain("Vous êtes déconnecté.");
  });

  it("succeeds if the provider does not answer, and explains what to do", async () => {
    const here = await scene();
    here.provider.somebody(claire);
    const client = await here.browser();
    await signIn(client, here);
    await here.provider.stop();
    const fresh = { ...here.provider.settings };
    const cookie = (await client.post("/deconnexion")).to;
    expect(cookie).toBe("/deconnexion/externe");
    const other = await testConsole(here.catalogue, { settings: { url, oidc: fresh } }).as("nobody");
    const page = await other.get("/deconnexion/externe", { cookie: "moisson-identity=a.b.c" });
    expect(page.status).toBe(200);
    expect(page.html).toContain("fermez le navigateur");
  });
});
