import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requestRun } from "../../../src/jobs/queue/request-run.ts";
import { doRun } from "../../../src/jobs/worker/do-run.ts";
import { publisherSite } from "../../jobs/publisher-site.ts";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { newHarvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";

const pictures = process.env.MOISSON_PICTURES;
const records = Array.from({ length: 12 }, (_, id) => ({ id: `a${id}`, titre: `Financer le projet ${id}` }));
const before = { now: () => new Date(testNow.getTime() - 15 * 3_600_000), fixed: null, elapsed: () => performance.now() };
const regions = ["Une", "Deux", "Trois", "Quatre", "Cinq"];

describe.skipIf(!hasBrowser)(`the first page after a decision${whyNoBrowser}`, () => {
  const browser = browserForTests();
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(async () => catalogue?.drop());

  it("shows the message above the next card, and keeps both in place while the page renews itself", async () => {
    const site = await publisherSite();
    const folders: string[] = [];
    for (const region of regions) {
      const harvest = await newHarvest(catalogue, {
        publisher: { name: `Région ${region}`, kind: "region", territory: { scale: "region", code: "11" }, licence: "openlicence20" },
        feed: { url: `${site.origin}/${region}.json` },
      });
      await harvest.day(records, {}, { clock: before });
      folders.push(harvest.folder);
      site.answer(`/${region}.json`, { text: "{ cassé" });
    }
    const console = await startedConsole(catalogue, { folders, services: { allowHosts: [site.host] } });
    const { jobs } = console;
    const work = async () => {
      for (const { runId, connector } of await catalogue.runQueue.waiting())
        await doRun(jobs, { runId, connector }, new AbortController().signal);
    };
    for (const { definition } of await jobs.connectors())
      await requestRun(catalogue, jobs.queue, { connector: definition.id, by: "schedule", now: testNow, options: {} });
    await work();

    const { context, errors } = await browser.context({ viewport: { width: 1366, height: 768 } });
    await signIn(context, console, "ops", "Olga");
    const page = await context.newPage();
    await page.goto(console.url);
    const card = (region: string) => page.getByRole("article").filter({ hasText: `Région ${region}` });
    const message = page.locator(".moisson-done");
    const look = async (step: string) => {
      if (pictures !== undefined) await page.screenshot({ path: `${pictures}/live-${step}.png` });
    };

    const order = (await page.getByRole("article").allInnerTexts()).map((text) => /Région (\w+)/.exec(text)?.[1] ?? "");
    const next = order[order.indexOf("Deux") + 1] ?? "";
    await card("Deux")
      .getByRole("button", { name: /^Relancer la collecte/ })
      .click();
    await message.getByText("Région Deux").waitFor();
    await page.waitForLoadState();
    await look("1-after-act");
    const [said, following] = [await boxOf(message), await boxOf(card(next))];
    expect(said.y).toBeGreaterThanOrEqual(0);
    expect(following.y).toBeGreaterThanOrEqual(said.y + said.height);
    expect(following.y).toBeLessThan(768 / 2);

    // The page renews itself: the run ends badly again, and its card is back.
    await card(next).locator("summary", { hasText: "Remettre ou confier" }).click();
    await card(next).getByLabel("Raison").fill("leur panne est annoncée");
    await card(next).getByLabel("Raison").blur();
    const { y } = await boxOf(card(next));
    await work();
    await card("Deux").waitFor({ state: "attached" });
    await look("2-renewed");
    expect((await card("Deux").textContent())?.replaceAll("\u00a0", " ")).toMatch(/Votre relance de 4 h 00 a échoué aussi\./);
    expect(await page.getByText("En cours (").count()).toBe(0);
    const night = await page.getByRole("region", { name: "Ce que la nuit a fait" }).textContent();
    expect(night?.replaceAll(/[\u00a0\u202f]/g, " ")).toContain(
      "10 collectes : 5 appliquées, 5 flux illisibles. À la demande d’une personne, 1 collecte : 1 flux illisible. Au catalogue",
    );
    expect((await boxOf(message)).y).toBeGreaterThanOrEqual(0);
    expect((await boxOf(card(next))).y).toBeCloseTo(y, 0);
    expect(await card(next).getByLabel("Raison").inputValue()).toBe("leur panne est annoncée");
    expect(await card(next).getByLabel("Raison").isVisible()).toBe(true);
    expect(await seriousOn(page)).toEqual([]);

    await message.getByRole("button", { name: "Masquer le message" }).click();
    expect(await message.count()).toBe(0);
    expect(errors).toEqual([]);
    await context.close();
  });
});

async function boxOf(part: ReturnType<Page["locator"]>) {
  const box = await part.boundingBox();
  if (box === null) throw new Error("not shown");
  return box;
}
