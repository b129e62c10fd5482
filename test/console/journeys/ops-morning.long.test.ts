import { randomBytes } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { publisherSite } from "../../jobs/publisher-site.ts";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { postgresql } from "../../support/catalogues.ts";
import { smallDefinition } from "../../support/harvest.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { ownDatabase } from "../../support/test-databases.ts";
import { endOf, saidBy, sayIn, startIn } from "./moisson-in.ts";
import { projectCopy } from "./project-copy.ts";

const redis = process.env.REDIS_URL;
const whyNot = postgresql.skipped || redis === undefined ? " (SKIPPED: no PostgreSQL or no Redis)" : whyNoBrowser;
const pictures = process.env.MOISSON_PICTURES;

const record = (id: number, about: string) => ({
  id: `a${id}`,
  titre: `Financer le projet ${id}`,
  texte: `<p>Pour ${about}.</p>`,
  lien: `https://example.org/${id}`,
});
const before = Array.from({ length: 24 }, (_, id) => record(id, "les travaux"));
/** Half of the aids are missing, one is changed, three are new. */
const night = [...before.slice(0, 11), record(11, "les grands travaux"), ...[30, 31, 32].map((id) => record(id, "les travaux"))];

describe.skipIf(!hasBrowser || postgresql.skipped || redis === undefined)(`a morning of ops${whyNot}`, () => {
  const browser = browserForTests();

  it("on PostgreSQL and Redis with two workers: held, understood, its creations applied, the rest left, and undone", async () => {
    const site = await publisherSite();
    site.answer("/aides.json", { records: before });
    const copy = await projectCopy([]);
    onTestFinished(() => rm(copy, { recursive: true, force: true }));
    await mkdir(join(copy, "connectors"), { recursive: true });
    const definition = smallDefinition("region-exemple", { feed: { url: `${site.origin}/aides.json` } });
    await writeFile(join(copy, "connectors/region-exemple.json"), JSON.stringify(definition));
    const port = String(20_000 + (randomBytes(2).readUInt16BE() % 20_000));
    const environment = {
      DATABASE_URL: await ownDatabase(),
      REDIS_URL: redis ?? "",
      MOISSON_QUEUE: `ops-${randomBytes(4).toString("hex")}`,
      MOISSON_ALLOW_HOSTS: site.host,
      MOISSON_CONSOLE_PORT: port,
      MOISSON_LINK_CHECKS: "no",
      MOISSON_USER: "test",
    };
    const account = await sayIn(copy, ["console", "account", "olga@example.fr", "--name", "Olga", "--role", "ops"], environment);
    const processes = [startIn(copy, ["console"], environment), ...[1, 2].map(() => startIn(copy, ["worker"], environment))];
    onTestFinished(async () => {
      await Promise.all(processes.map(endOf));
    });
    const [console, ...workers] = processes;
    if (console === undefined) return;
    await Promise.all([saidBy(console, /^console: /), ...workers.map((worker) => saidBy(worker, /^working/))]);
    const exported = async () => JSON.parse(await sayIn(copy, ["aids", "--json"], environment)) as { externalId: string }[];

    const { context, errors } = await browser.context();
    const page = await context.newPage();
    const keys = new KeyboardUser(page);
    const look = async (step: string) => {
      if (pictures !== undefined) await page.screenshot({ path: join(pictures, `ops-${step}.png`), fullPage: true });
      expect(await seriousOn(page), step).toEqual([]);
    };
    const runNow = async () => {
      await page.goto(`http://127.0.0.1:${port}/connecteurs/region-exemple?lancer`);
      await keys.press("button", /^Lancer maintenant/);
      await page.waitForURL(/\/collectes\//);
    };

    await page.goto(/to choose a password, within 3 days: (\S+)/.exec(account)?.[1] ?? "");
    for (const field of await page.locator("input[type=password]").all()) await keys.write(field, "quatre mots au hasard, ou cinq");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => !url.pathname.startsWith("/mot-de-passe"));
    if (new URL(page.url()).pathname.startsWith("/connexion")) {
      await keys.write(page.locator("input[type=email], input[name=courriel]").first(), "olga@example.fr");
      await keys.write(page.locator("input[type=password]"), "quatre mots au hasard, ou cinq");
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => !url.pathname.startsWith("/connexion"));
    }

    await runNow();
    await page.getByRole("heading", { name: "Ce qui a été reçu" }).waitFor({ timeout: 60_000 });
    await look("1-first-run");
    const was = await exported();
    expect(was).toHaveLength(24);

    site.answer("/aides.json", { records: night });
    await runNow();
    await page.locator('main a[href^="/plans/"]').first().waitFor({ timeout: 60_000 });
    await page.goto(`http://127.0.0.1:${port}/`);
    await look("2-morning");
    await keys.press("link", /^Lire le plan/);
    await page.getByRole("heading", { name: "Pourquoi ce plan attend" }).waitFor();
    expect(await page.getByRole("img", { name: /^Aides dans le flux/ }).isVisible()).toBe(true);
    await look("3-plan");
    const plan = page.url();

    const kind = page.getByLabel("Genre", { exact: true });
    await keys.arrowTo(kind, async () => (await kind.inputValue()) === "create");
    await keys.press("button", "Filtrer");
    await page.getByText("3 changements (filtrés).").waitFor();
    await look("4-filtered");
    await keys.press("link", "Appliquer tout ce que montre le filtre…");
    await page.getByRole("heading", { level: 1, name: /^Appliquer/ }).waitFor();
    await look("5-ask");
    await keys.press("button", "Appliquer");
    await keys.press("link", "Écarter le reste…");
    await keys.write(page.getByLabel("Note"), "le flux est tronqué, le producteur le sait");
    await keys.press("button", "Écarter le reste du plan");
    await page.getByText("Plan écarté").waitFor();
    await look("6-part");
    const during = await exported();
    expect(during).toHaveLength(27);
    expect(during.filter(({ externalId }) => was.some((aid) => aid.externalId === externalId))).toEqual(was);

    await page.goto(plan);
    await keys.press("button", /^Préparer le retour en arrière/);
    await page.getByRole("heading", { name: /Plan qui défait/ }).waitFor();
    await look("7-undo");
    await keys.press("link", "Appliquer tout le plan…");
    await keys.press("button", "Appliquer");
    await page.getByText("Plan appliqué").first().waitFor();
    await look("8-undone");
    // Created aids stay as tombstones; the rest is as before.
    const after = await exported();
    expect(after.filter(({ externalId }) => was.some((aid) => aid.externalId === externalId))).toEqual(was);
    expect(errors).toEqual([]);
    await context.close();
  }, 300_000);
});
