import { expect, it } from "vitest";
import { ownCatalogue } from "../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../support/console-client.ts";
import { newHarvest } from "../../support/harvest.ts";
import { wronglyMarked } from "../../support/unmarked-english.ts";
import { madeLetter, record } from "../letters/answered-letters.ts";
import { crawl, kindOf } from "./crawl.ts";
import { fillCatalogue } from "./full-catalogue.ts";
import { linksOn } from "./links-on.ts";

/** A title without a word that tells its language, and a text with such words. */
const english = {
  titre: "Clean Energy Grants",
  texte: "<p>Support for the renovation of schools, open to municipalities in the region.</p>",
};
const isEnglish = /Clean Energy Grants|Support for the renovation|renovation of schools/;

it("marks English texts on every page, and no French ones", { timeout: 600_000 }, async () => {
  const catalogue = await ownCatalogue();
  const { folders, trial } = await fillCatalogue(catalogue, { aids: 12, texts: [], english });
  while ((await catalogue.search.catchUp()) > 0);
  const console = testConsole(catalogue, { folders });
  const owner = await catalogue.publishers.findByConnector("region-pleine");
  const kinds = new Set<string>();
  const faults: string[] = [];
  const read = async (client: ConsoleClient, start: readonly string[]) => {
    await crawl(start, 3, async (address) => {
      const { html, headers, to } = await client.get(address);
      if (to !== null) return to.startsWith("/") ? [to] : [];
      if (headers.get("content-type")?.startsWith("text/html") !== true) return [];
      const [kind = ""] = kindOf(address).split(" ");
      if (isEnglish.test(html)) kinds.add(kind);
      // Its options join the name of a column and an example: see the limits in docs/accessibility.md.
      if (kind.endsWith("/champs/:champ")) return linksOn(html, address);
      faults.push(...wronglyMarked(html, isEnglish).map((fault) => `${kind}: ${fault} (${address})`));
      return linksOn(html, address);
    });
  };
  await read(await console.as("admin", "Ada"), [
    "/",
    trial,
    "/connecteurs/region-pleine/definition?colonne=titre",
    "/connecteurs/region-pleine/definition?champ=contact",
  ]);
  await read(await console.asPublisher(owner?.publisherId ?? ""), ["/espace"]);
  const faulty = await newHarvest(catalogue, { language: "en" });
  await faulty.day([record(1, { ...english, fin: "31/02/2027" }), record(2, english)]);
  const letter = await madeLetter(catalogue, testConsole(catalogue, { folders: [faulty.folder] }), faulty);
  for (const [client, address] of [
    [letter.bizdev, letter.path],
    [letter.nobody, letter.address],
  ] as const) {
    const { html } = await client.get(address);
    expect(html).toContain(english.titre);
    faults.push(...wronglyMarked(html, isEnglish));
  }
  expect([...kinds]).toEqual(expect.arrayContaining(["/aides", "/aides/:aide", "/relecture/:aide", "/plans/:plan", "/espace/aides"]));
  expect([...new Set(faults)]).toEqual([]);
});
