import { expect, it } from "vitest";
import type { FeedFind } from "../../../src/model/publisher/feed-lead.ts";
import { ownCatalogue, type TestCatalogue } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { testNow } from "../../support/made-aids.ts";

const leadOf = (number: number): FeedFind => ({
  address: `https://region.example/aides-${number}.json`,
  title: `Liste n° ${number} des aides`,
  publisher: "Région d’Exemple",
  page: `https://region.example/jeux/${number}`,
  catalogue: "data.example",
  reasons: [{ code: "words", words: ["aides"] }],
});

/** Stores leads to lists of aids. The first ones are the most certain. */
async function withLeads(catalogue: TestCatalogue, count: number): Promise<void> {
  await catalogue.feedLeads.add(
    Array.from({ length: count }, (_, index) => leadOf(index + 1)),
    testNow,
  );
  for (const { id, title } of await catalogue.feedLeads.list("open", null, count)) {
    const number = Number(/\d+/.exec(title)?.[0]);
    await catalogue.feedLeads.recordVerdict(id, { kind: "aids", certainty: 1 - number / 1000, evidence: [], problem: null }, testNow);
  }
}

const titlesOf = (html: string) => [...html.matchAll(/<h2[^>]*>([^<]*)<\/h2>/g)].map(([, title]) => title);

it("the radar shows the fifty most certain leads, with their files and pages", async () => {
  const catalogue = await ownCatalogue();
  await withLeads(catalogue, 51);
  const { html } = await (await testConsole(catalogue).as("bizdev")).get("/radar");
  const titles = titlesOf(html).filter((title) => title?.startsWith("Liste"));
  expect(titles).toHaveLength(50);
  expect([titles[0], titles.at(-1)]).toEqual([leadOf(1).title, leadOf(50).title]);
  expect(html).toContain(`<a href="${leadOf(1).address}">Voir le fichier</a>`);
  expect(html).toContain(`<a href="${leadOf(1).page}">Sa page</a>`);
  expect(html).toContain("Préparer un connecteur");
});

it("the radar offers no decision to a reader, and says when nothing waits", async () => {
  const catalogue = await ownCatalogue();
  const reader = await testConsole(catalogue).as("read");
  expect((await reader.get("/radar")).html).toContain("Aucune piste n’attend.");
  await withLeads(catalogue, 1);
  const { html } = await reader.get("/radar");
  expect(html).toContain(leadOf(1).title);
  expect(html).not.toContain("Refuser cette piste");
  expect(html).not.toContain("Aucune piste n’attend.");
});
