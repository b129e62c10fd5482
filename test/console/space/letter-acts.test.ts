import { describe, expect, it } from "vitest";
import { readPublicSettings } from "../../../src/console/console-settings.ts";
import { publicRoutes } from "../../../src/console/routes.ts";
import { ownCatalogue } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { curatedAid } from "../../support/curate.ts";
import { formOnPage } from "../../support/form-on-page.ts";
import { madeLetter, words } from "../letters/answered-letters.ts";
import { applyWaitingActs, publisherWithAids } from "./publishers-with-aids.ts";

/** Opens a catalogue with two publishers and a letter to the first one. */
async function letterToOne() {
  const catalogue = await ownCatalogue();
  const own = await publisherWithAids(catalogue, "Région Exemple", "Toiture");
  const other = await publisherWithAids(catalogue, "Département Voisin", "Chaudière");
  const folders = [own.harvest.folder, other.harvest.folder];
  const staff = testConsole(catalogue, { folders });
  const made = await madeLetter(catalogue, staff, own.harvest);
  const site = testConsole(catalogue, { folders, settings: readPublicSettings({}), routes: publicRoutes });
  return { catalogue, own, other, staff, site, ...made, nobody: await site.as("nobody") };
}

describe("the acts behind the address of a letter, without an account", () => {
  it("confirm, correct and close an aid; a correction always waits, whatever the policy", async () => {
    const { catalogue, own, staff, nobody, address, bizdev, letterId } = await letterToOne();
    await bizdev.post(`/producteurs/${own.publisherId}/espace/corrections`, { corrections: "direct" });
    expect((await nobody.get(address)).html).toContain(`${address}/aides`);
    expect(words((await nobody.get(`${address}/aides`)).html)).toContain("2 aides en ligne ne sont pas confirmées");
    expect(words((await nobody.act(`${address}/aides/confirmer`, { toutes: "oui" })).html)).toContain("2 aides confirmées.");
    await applyWaitingActs(catalogue, staff.services.jobs);
    const [aidId = "", second = ""] = own.aids;
    expect((await curatedAid(catalogue, { aidId })).watch).toMatchObject({ state: "confirmed", by: "producteur" });

    const path = `${address}/aides/${aidId}/corriger`;
    const { jeton: _, ...form } = formOnPage((await nobody.get(path)).html, path);
    expect((await nobody.post(path, { ...form, "aide.name": "Refaire un toit" })).to).toBe(`${address}/aides/${aidId}`);
    expect((await nobody.post(`${address}/aides/${second}/cloture`, { jour: "2027-01-31" })).status).toBe(303);
    await applyWaitingActs(catalogue, staff.services.jobs);
    const open = await catalogue.plans.list({ origin: "publisher", isOpen: true });
    expect(open.map(({ asked, madeBy }) => [asked?.act, asked?.letter, madeBy])).toEqual(
      expect.arrayContaining([
        ["edit", letterId, "producteur"],
        ["close", letterId, "producteur"],
      ]),
    );
    expect((await curatedAid(catalogue, { aidId })).edits.name).toBeUndefined();
    for (const { planId } of open) expect((await bizdev.post(`/plans/${planId}/appliquer`)).status).toBe(303);
    expect((await curatedAid(catalogue, { aidId: second })).edits.submissionDeadline?.value).toBe("2027-01-31");
    const log = await catalogue.exchanges.list(own.publisherId);
    expect(log.filter(({ kind }) => kind === "publisher-act").map(({ details }) => details.act)).toEqual(
      expect.arrayContaining(["confirm", "edit", "close"]),
    );
    // The token of the letter is in no entry.
    const entries = await catalogue.audit.list({}, { limit: 200, offset: 0 });
    expect(JSON.stringify(entries)).not.toContain(address.split("/").at(-1));
    expect(entries.map(({ act }) => act)).toEqual(expect.arrayContaining(["space.confirm", "space.correct", "space.close"]));
  });

  it("reach no aid of another connector, and end with the address", async () => {
    const { catalogue, other, nobody, address, bizdev, path } = await letterToOne();
    const [theirs = ""] = other.aids;
    const pages = [
      await nobody.get(`${address}/aides/${theirs}`),
      await nobody.get(`${address}/aides/${theirs}/corriger`),
      await nobody.post(`${address}/aides/${theirs}/confirmer`),
      await nobody.post(`${address}/aides/${theirs}/corriger`, { "aide.name": "À nous", "vu.name": "x" }),
      await nobody.post(`${address}/aides/${theirs}/cloture`, { jour: "2027-01-31" }),
      await nobody.get("/lettre/inconnue/aides"),
    ];
    expect(pages.map(({ status }) => status)).toEqual(pages.map(() => 404));
    expect((await nobody.get(`${address}/aides`)).html).not.toContain("Chaudière");
    expect((await bizdev.post(`${path}/revoquer`)).status).toBe(303);
    expect((await nobody.get(`${address}/aides`)).status).toBe(410);
    expect((await nobody.post(`${address}/aides/confirmer`, { toutes: "oui" })).status).toBe(410);
    expect(await catalogue.plans.list({ origin: "publisher" })).toEqual([]);
  });

  it("are limited like answers", async () => {
    const { nobody, address } = await letterToOne();
    const statuses: number[] = [];
    for (let tries = 0; tries < 31; tries++) statuses.push((await nobody.post(`${address}/aides/confirmer`, { toutes: "oui" })).status);
    expect(statuses.at(-1)).toBe(429);
  });
});
