import { expect, it } from "vitest";
import { newCatalogue, testDatabase } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { kindOf } from "./crawl.ts";
import { fillCatalogue } from "./full-catalogue.ts";
import { heaviestPages } from "./heaviest-pages.ts";

/** Routes that show ids on purpose: the details of a connector, and the audit trail. */
const showsIds = new Set(["/connecteurs/:connecteur", "/journal"]);

/** Returns the text that a page shows before anything is unfolded, without the names that contain an id because two connectors share one. */
function textOf(html: string, ids: readonly string[]): string {
  const shown = html
    .replace(/<(head|script|textarea|code|pre)\b.*?<\/\1>/gs, " ")
    .replace(/<details\b.*?<\/details>/gs, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
  // A publisher's log keeps the id, which a later change of the title does not make wrong.
  return ids.reduce((text, id) => text.replaceAll(`Région Exemple (${id})`, "Région Exemple").replaceAll(`Connecteur ${id}.`, ""), shown);
}

it("every page names connectors instead of showing their ids", { timeout: 300_000 }, async () => {
  const catalogue = await newCatalogue(testDatabase);
  const { folders, trial } = await fillCatalogue(catalogue);
  const addresses = await heaviestPages(catalogue, folders, ["/", trial]);
  const admin = await testConsole(catalogue, { folders }).as("admin", "Ada");
  const ids = ["region-pleine", "departement-jumeau", "region-bretagne-essai"];
  const wrong: string[] = [];
  for (const address of addresses) {
    if (showsIds.has(kindOf(address).split(" ")[0] ?? "")) continue;
    const text = textOf((await admin.get(address)).html, ids);
    // The identifier of an aid, `connector/identifier`, is not a name.
    const shown = ids.flatMap((id) => [...text.matchAll(new RegExp(`.{0,50}\\b${id}\\b(?!/).{0,20}`, "g"))]);
    wrong.push(...shown.map(([part]) => `${address}: ${part}`));
  }
  await catalogue.drop();
  expect(addresses.length).toBeGreaterThan(60);
  expect(wrong).toEqual([]);
});
