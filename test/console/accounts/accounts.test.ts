import { describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testDatabase, testedDatabases } from "../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../support/console-client.ts";
import { testNow } from "../../support/made-aids.ts";
import { quickHash } from "../../support/quick-hash.ts";

const day = 86_400_000;
const password = "une phrase assez longue";

/** Returns the path of the link on a page. */
function linkIn(html: string): string {
  return /http:\/\/console\.test(\/mot-de-passe\/[\w-]+)/.exec(html)?.[1] ?? "";
}

async function personOf(catalogue: TestCatalogue, email: string) {
  const person = await catalogue.people.findByEmail(email);
  if (person === null) throw new Error(`nobody has ${email}`);
  return person;
}

const invitation = { adresse: "Marie@exemple.fr", nom: "Marie Dupont", role: "ops", jusque: "" };

async function signIn(client: ConsoleClient, email: string, typed = password) {
  return client.post("/connexion", { adresse: email, "mot-de-passe": typed, retour: "/mon-compte" });
}

describe.each(testedDatabases)("accounts on $title", ({ skipped, ...database }) => {
  it.skipIf(skipped)("are created with a link that is shown once and works once; then a password signs in", async () => {
    const catalogue = await newCatalogue({ skipped, ...database });
    const console = testConsole(catalogue);
    const admin = await console.as("admin");
    const shown = await admin.post("/comptes", invitation);
    expect(shown.status).toBe(200);
    const link = linkIn(shown.html);
    expect(link).not.toBe("");
    const { personId } = await personOf(catalogue, "marie@exemple.fr");
    expect((await admin.get(`/comptes/${personId}`)).html).not.toContain(link);

    const marie = await console.as("nobody");
    expect((await marie.get(link)).status).toBe(200);
    expect((await marie.post(link, { "mot-de-passe": "court", encore: "court" })).status).toBe(422);
    expect((await marie.post(link, { "mot-de-passe": password, encore: `${password}!` })).status).toBe(422);
    expect((await marie.post(link, { "mot-de-passe": password, encore: password })).to).toBe("/connexion");
    expect((await marie.get(link)).status).toBe(404);
    expect((await marie.post(link, { "mot-de-passe": "court", encore: "court" })).status).toBe(404);
    expect((await signIn(marie, "marie@exemple.fr")).to).toBe("/mon-compte");
    expect((await marie.get("/mon-compte")).html).toContain("exploitation");
    expect((await admin.post("/comptes", invitation)).html).toContain("a déjà un compte");
    await catalogue.drop();
  });

  it.skipIf(skipped)("always keep one admin without an end date", async () => {
    const catalogue = await newCatalogue({ skipped, ...database });
    const console = testConsole(catalogue);
    const [one, other] = [await console.as("admin", "une"), await console.as("admin", "autre")];
    const [first, second] = [one.personId ?? "", other.personId ?? ""];
    // Each removes the other's role at the same moment; one of them is too late.
    const tries = await Promise.all([
      one.post(`/comptes/${second}/role`, { role: "ops" }),
      other.post(`/comptes/${first}/role`, { role: "ops" }),
    ]);
    expect(tries.map(({ status }) => status).sort()).toEqual([303, expect.any(Number)]);
    const admins = (await catalogue.people.list({ role: "admin" }, { limit: 9, offset: 0 })).map(({ personId }) => personId);
    expect(admins).toHaveLength(1);
    const last = admins[0] === first ? one : other;
    for (const [step, fields] of [
      ["role", { role: "ops" }],
      ["role", { role: "" }],
      ["role", { role: "admin", jusque: "2099-01-01" }],
      ["fermer", {}],
    ] as const) {
      const refused = await last.post(`/comptes/${admins[0]}/${step}`, fields);
      expect(refused.status).toBe(409);
      expect(refused.html).toContain("dernier compte qui administre");
    }
    await catalogue.drop();
  });
});

describe("a role", () => {
  it("ends after its last day in Paris, without a new sign-in", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const client = await testConsole(catalogue, { now: new Date("2026-11-25T10:00:00Z") }).as("ops");
    await catalogue.people.giveRole(client.personId ?? "", "ops", "2026-11-25");
    const cookie = client.cookie();
    const at = async (instant: string) =>
      (await testConsole(catalogue, { now: new Date(instant) }).as("nobody")).get("/collectes", { cookie, "x-live": "1" });
    expect((await at("2026-11-25T12:00:00Z")).status).toBe(200);
    expect((await at("2026-11-25T22:59:00Z")).status).toBe(200);
    expect((await at("2026-11-25T23:01:00Z")).to).toBe("/en-attente");
  });

  it("is refused if its last day is past or invalid", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const console = testConsole(catalogue);
    const [admin, ops] = [await console.as("admin"), await console.as("ops")];
    for (const jusque of ["2020-01-01", "2026-02-31x", "demain"])
      expect((await admin.post(`/comptes/${ops.personId}/role`, { role: "ops", jusque })).status).toBe(422);
    expect((await admin.post(`/comptes/${ops.personId}/role`, { role: "roi" })).status).toBe(422);
  });
});

describe("a session", () => {
  it("ends after four idle hours, and after a day in any case; live parts of a page do not extend it", async () => {
    const catalogue = await newCatalogue(testDatabase);
    await withPassword(catalogue);
    const client = await testConsole(catalogue).as("nobody");
    await signIn(client, "marie@exemple.fr");
    const cookie = client.cookie();
    const statusAfter = async (ms: number, headers = {}) =>
      (
        await (
          await testConsole(catalogue, { now: new Date(testNow.getTime() + ms) }).as("nobody")
        ).get("/mon-compte", { cookie, ...headers })
      ).status;
    const hour = day / 24;
    expect(await statusAfter(3.9 * hour, { "x-live": "1" })).toBe(200);
    expect(await statusAfter(4.1 * hour)).toBe(303);
    for (let hours = 3.5; hours < 24; hours += 3.5) expect(await statusAfter(hours * hour)).toBe(200);
    expect(await statusAfter(23.9 * hour)).toBe(200);
    expect(await statusAfter(24.1 * hour)).toBe(303);
  });

  it("is new at each sign-in, which ends the previous one; an invented token is invalid", async () => {
    const catalogue = await newCatalogue(testDatabase);
    await withPassword(catalogue);
    const console = testConsole(catalogue);
    const client = await console.as("nobody");
    const fixed = { cookie: "moisson-session=made-up-by-somebody-else" };
    expect((await client.get("/mon-compte", fixed)).to).toMatch(/^\/connexion/);
    await signIn(client, "marie@exemple.fr");
    const before = client.cookie();
    await signIn(client, "marie@exemple.fr");
    expect(client.cookie()).not.toBe(before);
    expect((await (await console.as("nobody")).get("/mon-compte", { cookie: before })).to).toMatch(/^\/connexion/);
  });

  it("can be ended by the person (one, or all others) and by an admin; closing the account ends all", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const personId = await withPassword(catalogue);
    const console = testConsole(catalogue);
    const [one, two, three] = [await console.as("nobody"), await console.as("nobody"), await console.as("nobody")];
    for (const client of [one, two, three]) await signIn(client, "marie@exemple.fr");
    const isIn = async (client: ConsoleClient) => (await client.get("/mon-compte")).status === 200;
    const [ended] = (await one.get("/mon-compte")).html.match(/(?<=name="session" value=")[0-9a-f]+/) ?? [];
    await one.post("/mon-compte/sessions/fin", { session: ended ?? "" });
    expect([await isIn(one), await isIn(two), await isIn(three)].filter(Boolean)).toHaveLength(2);
    await one.post("/mon-compte/sessions/autres");
    expect([await isIn(one), await isIn(two), await isIn(three)]).toEqual([true, false, false]);
    const admin = await console.as("admin");
    await admin.post(`/comptes/${personId}/sessions`);
    expect([await isIn(one), await isIn(two)]).toEqual([false, false]);
    const four = await console.as("nobody");
    await signIn(four, "marie@exemple.fr");
    await admin.post(`/comptes/${personId}/fermer`);
    expect(await isIn(four)).toBe(false);
    const again = await console.as("nobody");
    expect((await signIn(again, "marie@exemple.fr")).html).toContain("Adresse ou mot de passe incorrect.");
    await admin.post(`/comptes/${personId}/ouvrir`);
    expect((await signIn(again, "marie@exemple.fr")).to).toBe("/mon-compte");
  });

  it("is replaced by a new one when the person changes the password, which requires the old one", async () => {
    const catalogue = await newCatalogue(testDatabase);
    await withPassword(catalogue);
    const console = testConsole(catalogue);
    const [one, other] = [await console.as("nobody"), await console.as("nobody")];
    await signIn(one, "marie@exemple.fr");
    await signIn(other, "marie@exemple.fr");
    const change = (actuel: string) =>
      one.post("/mon-compte/mot-de-passe", { actuel, "mot-de-passe": "une autre phrase longue", encore: "une autre phrase longue" });
    expect((await change("faux mot de passe")).html).toContain("pas votre mot de passe actuel");
    const before = one.cookie();
    expect((await change(password)).to).toBe("/mon-compte");
    expect((await one.get("/mon-compte")).html).toContain("est changé");
    expect((await other.get("/mon-compte")).status).toBe(303);
    expect((await other.get("/mon-compte", { cookie: before })).status).toBe(303);
    const again = await console.as("nobody");
    expect((await signIn(again, "marie@exemple.fr")).status).toBe(422);
    expect((await signIn(again, "marie@exemple.fr", "une autre phrase longue")).to).toBe("/mon-compte");
  });
});

async function withPassword(catalogue: TestCatalogue): Promise<string> {
  const personId = crypto.randomUUID();
  await catalogue.people.add({ personId, email: "marie@exemple.fr", name: "Marie", role: "read", by: "test", now: testNow });
  await catalogue.people.setPassword(personId, quickHash(password));
  return personId;
}
