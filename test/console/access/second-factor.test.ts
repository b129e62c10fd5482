import { TOTP } from "otpauth";
import { describe, expect, it } from "vitest";
import { stepOfCode } from "../../../src/console/access/second-factor.ts";
import { readConsoleSettings } from "../../../src/console/console-settings.ts";
import type { Role } from "../../../src/model/publisher/role.ts";
import { ownCatalogue, type TestCatalogue } from "../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../support/console-client.ts";
import { testNow } from "../../support/made-aids.ts";
import { quickHash } from "../../support/quick-hash.ts";

const secret = "a secret of thirty-two characters";
const sent = { adresse: "marie@exemple.fr", "mot-de-passe": "une phrase assez longue", retour: "/mon-compte" };
const path = "/mon-compte/double-authentification";
const later = (seconds: number) => new Date(testNow.getTime() + seconds * 1000);

/** Adds Marie with a password. Returns a function that opens the console `seconds` later, as an anonymous visitor. */
async function consoleOfMarie(catalogue: TestCatalogue, role: Role, settings = {}) {
  const personId = crypto.randomUUID();
  await catalogue.people.add({ personId, email: sent.adresse, name: "Marie", role, by: "test", now: testNow });
  await catalogue.people.setPassword(personId, quickHash(sent["mot-de-passe"]));
  return (seconds: number) => testConsole(catalogue, { settings: { secrets: [secret], ...settings }, now: later(seconds) }).as("nobody");
}

const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
const codeAt = (key: string, seconds: number) => new TOTP({ secret: key }).generate({ timestamp: later(seconds).getTime() });

/** Turns the second factor on, as the page asks. Returns the key and the recovery codes. */
async function turnOn(client: ConsoleClient, seconds: number) {
  const { html } = await client.get(path);
  expect(html).toContain('aria-label="QR code de la clé"');
  const key = /<code>([A-Z2-7 ]+)<\/code>/.exec(html)?.[1]?.replaceAll(" ", "") ?? "";
  const wrong = await client.post(path, { cle: hidden(html, "cle"), code: "000000" });
  expect(wrong.html).toContain("Ce code est faux ou périmé");
  // The key stays the same after a wrong code.
  const done = await client.post(path, { cle: hidden(wrong.html, "cle"), code: codeAt(key, seconds) });
  const recovery = [...done.html.matchAll(/<code>([a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4})<\/code>/g)].map(([, code = ""]) => code);
  expect(new Set(recovery).size).toBe(10);
  return { key, recovery };
}

/** Gives the right password. Returns how to give a code. */
async function afterPassword(client: ConsoleClient) {
  const { status, html } = await client.post("/connexion", sent);
  expect([status, /Code de connexion/.test(html)]).toEqual([200, true]);
  return (code: string) => client.post("/connexion/code", { etape: hidden(html, "etape"), retour: hidden(html, "retour"), code });
}

describe("the codes", () => {
  // RFC 6238, appendix B, cut to six digits.
  it.each([
    [59, "287082"],
    [1111111109, "081804"],
    [1234567890, "005924"],
    [20000000000, "353130"],
  ])("are those of RFC 6238 at %i s, and of one step before and after", (seconds, code) => {
    const key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    const step = Math.floor(seconds / 30);
    const at = (shift: number) => stepOfCode(key, code, new Date((seconds + shift) * 1000));
    expect([at(0), at(30), at(-30), at(90), at(-90)]).toEqual([step, step, step, null, null]);
  });
});

describe("a second factor", () => {
  it("is asked for after the password; each code and each recovery code works once", async () => {
    const catalogue = await ownCatalogue();
    const consoleAt = await consoleOfMarie(catalogue, "ops");
    const first = await consoleAt(0);
    expect((await first.post("/connexion", sent)).to).toBe("/mon-compte");
    const { key, recovery } = await turnOn(first, 0);
    expect((await first.get("/mon-compte")).html).toContain("Elle est active");

    const client = await consoleAt(60);
    const giveCode = await afterPassword(client);
    expect((await client.get("/mon-compte")).to).toBe("/connexion?retour=%2Fmon-compte");
    expect((await giveCode("000000")).status).toBe(422);
    expect((await giveCode(codeAt(key, 0))).status).toBe(422);
    expect((await giveCode(codeAt(key, 60))).to).toBe("/mon-compte");
    expect((await client.get("/mon-compte")).status).toBe(200);

    const again = await consoleAt(61);
    const giveAgain = await afterPassword(again);
    expect((await giveAgain(codeAt(key, 60))).html).toContain("faux, périmé ou déjà utilisé");
    const [recoveryCode = ""] = recovery;
    expect((await giveAgain(recoveryCode.toUpperCase().replaceAll("-", " "))).to).toBe("/mon-compte");
    expect((await (await afterPassword(await consoleAt(62)))(recoveryCode)).status).toBe(422);
  });

  it("cannot be guessed: codes have the limits of passwords, and the step after the password ends after ten minutes", async () => {
    const catalogue = await ownCatalogue();
    const consoleAt = await consoleOfMarie(catalogue, "ops");
    const first = await consoleAt(0);
    await first.post("/connexion", sent);
    const { key } = await turnOn(first, 0);
    const giveCode = await afterPassword(await consoleAt(60));
    const statuses = [];
    for (let turn = 0; turn < 8; turn++) statuses.push((await giveCode("000000")).status);
    expect(statuses).toEqual([...Array<number>(7).fill(422), 429]);

    const { html } = await (await consoleAt(3600)).post("/connexion", sent);
    const late = await consoleAt(3600 + 601);
    const answer = await late.post("/connexion/code", { etape: hidden(html, "etape"), retour: "/", code: codeAt(key, 4201) });
    expect([answer.status, answer.to]).toEqual([422, null]);
    expect(answer.html).toContain("Le délai pour donner le code est passé");
  });

  it("is removed with a code, or by an admin", async () => {
    const catalogue = await ownCatalogue();
    const consoleAt = await consoleOfMarie(catalogue, "ops");
    const client = await consoleAt(0);
    await client.post("/connexion", sent);
    const { recovery } = await turnOn(client, 0);
    expect((await client.post(`${path}/retirer`, { code: "000000" })).html).toContain("faux, périmé");
    expect((await client.post(`${path}/retirer`, { code: recovery[1] ?? "" })).to).toBe("/mon-compte");
    expect((await (await consoleAt(60)).post("/connexion", sent)).to).toBe("/mon-compte");

    await turnOn(client, 0);
    const admin = await testConsole(catalogue, { settings: { secrets: [secret] } }).as("admin");
    const { personId = "" } = (await catalogue.people.findByEmail(sent.adresse)) ?? {};
    expect((await admin.get(`/comptes/${personId}`)).html).toContain("Retirer la double authentification");
    await admin.act(`/comptes/${personId}/sans-double-authentification`);
    expect((await (await consoleAt(120)).post("/connexion", sent)).to).toBe("/mon-compte");
  });

  it.each<[Role, boolean]>([
    ["bizdev", false],
    ["ops", true],
    ["admin", true],
  ])("is demanded of %s where it is required: %s", async (role, isDemanded) => {
    const catalogue = await ownCatalogue();
    const client = await (await consoleOfMarie(catalogue, role, { requiresSecondFactor: true }))(0);
    await client.post("/connexion", sent);
    expect((await client.get("/")).to).toBe(isDemanded ? path : null);
    expect((await client.post("/collectes", {})).to).toBe(isDemanded ? path : null);
    if (!isDemanded) return;
    await turnOn(client, 0);
    expect((await client.get("/")).status).toBe(200);
  });

  it("cannot be required without MOISSON_SECRET, under which its key is encrypted", async () => {
    expect(() => readConsoleSettings({ MOISSON_CONSOLE_SECOND_FACTOR: "required" })).toThrow(/MOISSON_SECRET/);
    const catalogue = await ownCatalogue();
    const client = await testConsole(catalogue).as("ops");
    expect((await client.get(path)).html).toContain("pas disponible");
  });
});
