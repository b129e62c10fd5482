import { describe, expect, it } from "vitest";
import { jobSetup } from "../../jobs/job-setup.ts";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { inProcess } from "../../support/queues.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";
import { until } from "../../support/until.ts";

describe.skipIf(!hasBrowser)(`a run in a browser${whyNoBrowser}`, () => {
  const browser = browserForTests();

  it("refreshes itself until the run has ended, then links from an issue to its record", async () => {
    const house = await jobSetup(inProcess);
    await house.connector("region-a");
    house.site.answer("/region-a.json", { records: [{ id: "1", titre: "Une aide", debut: "demain" }, { id: "2" }] });
    const console = await startedConsole(house.catalogue, { jobs: { queue: house.queue }, folders: [house.folder] });
    const { context, errors } = await browser.context();
    await signIn(context, console, "ops", "Marie D.");
    const page = await context.newPage();
    const release = house.site.hold();
    const { runId } = await house.ask("region-a");
    await page.goto(`${console.url}/collectes/${runId}`);
    expect(await page.getByText("La collecte attend son tour").isVisible()).toBe(true);
    await house.worker();
    await until("the feed is asked for", () => house.site.waiting === 1);
    await page.getByText("La collecte est en cours").waitFor();
    expect(await page.getByRole("progressbar").isVisible()).toBe(true);
    expect(await seriousOn(page)).toEqual([]);
    release();
    await page.getByRole("heading", { name: "Ce qui a été reçu" }).waitFor();
    expect(await seriousOn(page)).toEqual([]);
    const keys = new KeyboardUser(page);
    await keys.unfold(page.locator("summary", { hasText: "Pour information" }));
    await keys.press("link", "enregistrement n° 1");
    await page.getByRole("heading", { level: 1, name: "Enregistrement reçu" }).waitFor();
    expect(await page.getByRole("cell", { name: "Une aide" }).isVisible()).toBe(true);
    expect(await seriousOn(page)).toEqual([]);
    await page.goto(`${console.url}/collectes/${runId}/rejets`);
    expect(await seriousOn(page)).toEqual([]);
    await page.goto(`${console.url}/collectes/${runId}/mettre-de-cote?code=text-for-date&champ=startDate`);
    expect(await seriousOn(page)).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  }, 90_000);
});
