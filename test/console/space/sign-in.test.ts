import { describe, expect, it } from "vitest";
import { readPublicSettings } from "../../../src/console/console-settings.ts";
import { publicRoutes } from "../../../src/console/routes.ts";
import { sendSignInLinks } from "../../../src/jobs/tasks/send-sign-in-links.ts";
import { mailServer } from "../../jobs/digest/mail-server.ts";
import { ownCatalogue } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { type KnownPerson, startIdentityProvider } from "../../support/identity-provider.ts";
import { testNow } from "../../support/made-aids.ts";
import { words } from "../letters/answered-letters.ts";
import { newPublisher } from "./publishers-with-aids.ts";

const minute = 60_000;
const known = "l.martin@region.example";
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Opens the console and the public process of a catalogue with a publisher, and a mail server. */
async function opened() {
  const catalogue = await ownCatalogue();
  const smtp = await mailServer();
  const environment = {
    MOISSON_SMTP_URL: smtp.url(),
    MOISSON_DIGEST_FROM: "Service Exemple <service@exemple.fr>",
    MOISSON_DIGEST_TO: "equipe@exemple.fr",
    MOISSON_PUBLIC_URL: "http://console.test",
  };
  const publisherId = await newPublisher(catalogue);
  const bizdev = await testConsole(catalogue, { services: { environment } }).as("bizdev", "Marie");
  const settings = { ...readPublicSettings({}), isBehindProxy: true };
  const siteAt = (now: Date) => testConsole(catalogue, { settings, routes: publicRoutes, now });
  const work = (now = testNow) =>
    sendSignInLinks(
      { catalogue, logger: quiet, environment, clock: { now: () => now, fixed: null, elapsed: () => 0 } },
      new AbortController().signal,
    );
  const links = () => smtp.mails.map(({ text }) => /http:\/\/console\.test(\/espace\/entree\/[\w-]+)/.exec(text ?? "")?.[1] ?? "no link");
  const invite = (adresse = known) => bizdev.act(`/producteurs/${publisherId}/espace/inviter`, { adresse, nom: "Léa Martin" });
  return { catalogue, smtp, publisherId, bizdev, siteAt, site: siteAt(testNow), work, links, invite };
}

describe("the sign-in of a publisher's person", () => {
  it("begins with an invitation by mail, whose link works once, after a click", async () => {
    const { smtp, site, links, invite, publisherId } = await opened();
    expect(words((await invite()).html)).toContain(`L'invitation est envoyée à ${known}.`);
    expect(smtp.mails[0]?.replyTo?.text).toContain("Marie");
    expect(smtp.mails[0]?.text).toContain("Région Exemple");
    const [link = ""] = links();
    const lea = await site.as("nobody");
    expect((await lea.get("/espace")).to).toBe("/espace/connexion?retour=%2Fespace");
    expect((await lea.get(link)).html).toContain("Entrer");
    expect((await lea.get(link)).status).toBe(200);
    expect((await lea.post(link)).to).toBe("/espace");
    expect(words((await lea.get("/espace")).html)).toContain("Région Exemple");
    const other = await site.as("nobody");
    expect((await other.post(link)).status).toBe(404);
    expect((await other.get("/espace")).to).toContain("/espace/connexion");
    expect((await lea.post("/espace/deconnexion")).to).toBe("/espace/connexion");
    expect((await lea.get("/espace")).to).toContain("/espace/connexion");
    expect(publisherId).not.toBe("");
  });

  it("answers the same for a known, an unknown and a revoked address, and writes to the known one only", async () => {
    const { catalogue, smtp, publisherId, bizdev, site, work, links, invite } = await opened();
    await invite();
    await invite("partie@region.example");
    const gone = await catalogue.publisherAccounts.findByEmail("partie@region.example");
    await bizdev.post(`/producteurs/${publisherId}/espace/revoquer`, { compte: gone?.accountId ?? "" });
    const nobody = await site.as("nobody");
    const pages: string[] = [];
    for (const adresse of [known, known.toUpperCase(), "partie@region.example", "inconnue@region.example"]) {
      const page = await nobody.post("/espace/connexion", { adresse });
      pages.push(`${page.status} ${page.html}`);
    }
    expect(new Set(pages).size).toBe(1);
    const before = smtp.mails.length;
    await work();
    expect(smtp.mails.slice(before).map(({ to }) => [to].flat()[0]?.text)).toEqual([known]);
    const [link = ""] = links().slice(before);
    expect((await nobody.post(link)).to).toBe("/espace");
    await work();
    expect(smtp.mails.length).toBe(before + 1);
  });

  it("limits the mails that an address gets, and the requests of a network", async () => {
    const { smtp, site, work, invite } = await opened();
    await invite();
    const nobody = await site.as("nobody");
    const statuses: number[] = [];
    for (let tries = 0; tries < 31; tries++) statuses.push((await nobody.post("/espace/connexion", { adresse: known })).status);
    expect(statuses.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 200));
    expect(statuses[30]).toBe(429);
    await work();
    expect(smtp.mails).toHaveLength(1 + 1);
    for (let network = 1; network <= 9; network++)
      await nobody.post("/espace/connexion", { adresse: known }, { "x-forwarded-for": `192.0.2.${network}` });
    await work();
    expect(smtp.mails).toHaveLength(1 + 5);
    expect((await nobody.post("/espace/connexion", { adresse: "pas une adresse" })).status).toBe(422);
  });

  it("cannot be kept from a person by requests of others, whose links she gets and can use for an hour", async () => {
    const { siteAt, work, links, invite, smtp } = await opened();
    await invite();
    const nobody = await siteAt(testNow).as("nobody");
    for (let network = 1; network <= 5; network++)
      await nobody.post("/espace/connexion", { adresse: known }, { "x-forwarded-for": `192.0.2.${network}` });
    await work();
    const lea = await siteAt(new Date(testNow.getTime() + 59 * minute)).as("nobody");
    const own = { "x-forwarded-for": "198.51.100.1" };
    expect((await lea.post("/espace/connexion", { adresse: known }, own)).status).toBe(200);
    const [, first = "", second = ""] = links();
    expect((await lea.post(first, {}, own)).to).toBe("/espace");
    expect((await lea.post("/espace/deconnexion", {}, own)).to).toBe("/espace/connexion");
    expect((await lea.post(second, {}, own)).to).toBe("/espace");
    expect(smtp.mails).toHaveLength(1 + 5);
  });

  it("may ask for another link once the last one is used", async () => {
    const { site, work, links, invite } = await opened();
    await invite();
    const lea = await site.as("nobody");
    for (const number of [1, 2]) {
      await lea.post("/espace/connexion", { adresse: known });
      await work();
      expect((await lea.post(links()[number] ?? "")).to).toBe("/espace");
      await lea.post("/espace/deconnexion");
    }
  });

  it("ends with the life of the link or of the session, and at once when a colleague revokes the access", async () => {
    const { catalogue, publisherId, bizdev, siteAt, site, work, links, invite } = await opened();
    await invite();
    const nobody = await site.as("nobody");
    await nobody.post("/espace/connexion", { adresse: known });
    await work();
    const [, late = ""] = links();
    const at = async (ms: number) => siteAt(new Date(testNow.getTime() + ms)).as("nobody");
    expect((await (await at(61 * minute)).post(late)).status).toBe(404);
    const lea = await at(59 * minute);
    expect((await lea.post(late)).to).toBe("/espace");
    expect((await lea.get("/espace/aides")).status).toBe(200);

    const account = await catalogue.publisherAccounts.findByEmail(known);
    await bizdev.post(`/producteurs/${publisherId}/espace/revoquer`, { compte: account?.accountId ?? "" });
    expect((await lea.get("/espace/aides")).to).toContain("/espace/connexion");
    const [invitation = ""] = links();
    expect((await nobody.post(invitation)).status).toBe(404);
    expect(words((await bizdev.get(`/producteurs/${publisherId}/espace`)).html)).toContain("accès retiré");
    await invite();
    const [, , again = ""] = links();
    expect((await nobody.post(again)).to).toBe("/espace");
  });

  it("gives an address to one publisher only, and no colleague's session a way in", async () => {
    const { catalogue, bizdev, invite } = await opened();
    await invite();
    const other = await newPublisher(catalogue, "Département Exemple");
    const refused = await bizdev.post(`/producteurs/${other}/espace/inviter`, { adresse: known, nom: "Léa" });
    expect([refused.status, words(refused.html)]).toEqual([422, expect.stringContaining("d'un autre producteur")]);
    const account = await catalogue.publisherAccounts.findByEmail(known);
    for (const act of ["lien", "revoquer"])
      expect((await bizdev.post(`/producteurs/${other}/espace/${act}`, { compte: account?.accountId ?? "" })).status).toBe(404);
    expect((await bizdev.get("/espace")).to).toContain("/espace/connexion");
  });

  it("shows the link to the colleague when there is no mail server", async () => {
    const { catalogue, publisherId, site } = await opened();
    const bizdev = await testConsole(catalogue).as("bizdev");
    const page = await bizdev.post(`/producteurs/${publisherId}/espace/inviter`, { adresse: known, nom: "Léa Martin" });
    const link = /http:\/\/console\.test(\/espace\/entree\/[\w-]+)/.exec(page.html)?.[1] ?? "no link";
    expect((await (await site.as("nobody")).post(link)).to).toBe("/espace");
  });
});

describe("the external sign-in of a publisher's person", () => {
  const lea: KnownPerson = { sub: "lea-at-the-provider", email: known, email_verified: true };

  const scene = async () => {
    const here = await opened();
    const provider = await startIdentityProvider("http://console.test");
    const settings = { ...readPublicSettings({}), spaceOidc: provider.settings };
    const site = testConsole(here.catalogue, { settings, routes: publicRoutes });
    const enter = async (person: KnownPerson | null) => {
      provider.somebody(person);
      const client = await site.as("nobody");
      const left = await client.get("/espace/externe?retour=/espace/aides");
      const at = await provider.follow(left.to ?? "");
      return { client, page: await client.get(`${at.pathname}${at.search}`) };
    };
    return { ...here, site, enter };
  };

  it("admits invited people only, finds them again by their subject, and ends with their access", async () => {
    const { catalogue, bizdev, publisherId, site, invite, enter } = await scene();
    expect((await enter(lea)).page.status).toBe(403);
    await invite();
    for (const stranger of [
      { ...lea, email_verified: false },
      { sub: "other", email: "autre@region.example", email_verified: true },
    ])
      expect((await enter(stranger)).page.status).toBe(403);
    expect((await enter(null)).page.status).toBe(422);
    const { client, page } = await enter(lea);
    expect(page.to).toBe("/espace/aides");
    expect((await client.get("/espace")).status).toBe(200);
    // Another person with the same address later, and the same person with another address.
    expect((await enter({ ...lea, sub: "somebody else" })).page.status).toBe(403);
    expect((await enter({ ...lea, email: "nouvelle@region.example" })).page.to).toBe("/espace/aides");
    expect((await (await site.as("nobody")).get("/espace/connexion")).html).toContain("Se connecter avec ProConnect");
    const account = await catalogue.publisherAccounts.findByEmail(known);
    await bizdev.post(`/producteurs/${publisherId}/espace/revoquer`, { compte: account?.accountId ?? "" });
    expect((await enter(lea)).page.status).toBe(403);
    expect((await client.get("/espace")).to).toContain("/espace/connexion");
  });

  it("ends here, then at the provider, and leads back to the space", async () => {
    const { invite, enter } = await scene();
    await invite();
    const { client } = await enter(lea);
    expect((await client.post("/espace/deconnexion")).to).toBe("/espace/deconnexion/externe");
    expect((await client.get("/espace")).to).toContain("/espace/connexion");
    const page = await client.get("/espace/deconnexion/externe");
    const to = new URL(/^0; url=(.*)$/.exec(page.headers.get("refresh") ?? "")?.[1] ?? "");
    expect(to.searchParams.get("post_logout_redirect_uri")).toBe("http://console.test/espace/deconnexion/retour");
    expect(to.searchParams.get("id_token_hint")?.split(".")).toHaveLength(3);
    expect(page.html).toContain('href="/espace/connexion"');
    expect((await client.get("/espace/deconnexion/retour")).to).toBe("/espace/connexion");
    expect((await client.get("/espace/connexion")).html).toContain("Vous êtes déconnecté.");
  });

  it("ends here only after a later sign-in by a link", async () => {
    const { invite, enter, links, bizdev, catalogue, publisherId } = await scene();
    await invite();
    const { client } = await enter(lea);
    const account = await catalogue.publisherAccounts.findByEmail(known);
    await bizdev.post(`/producteurs/${publisherId}/espace/lien`, { compte: account?.accountId ?? "" });
    expect((await client.post(links().at(-1) ?? "no link")).to).toBe("/espace");
    expect((await client.post("/espace/deconnexion")).to).toBe("/espace/connexion");
  });

  it("is not there without settings", async () => {
    const { site } = await opened();
    const nobody = await site.as("nobody");
    for (const path of ["/espace/externe", "/espace/retour", "/espace/deconnexion/externe"])
      expect((await nobody.get(path)).status).toBe(404);
  });
});
