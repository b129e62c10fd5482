import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gatherDigest } from "../../src/jobs/digest/gather-digest.ts";
import { readFigures } from "../../src/jobs/monitoring/catalogue-figures.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { runCommandAt } from "../support/command-line.ts";
import { testConsole } from "../support/console-client.ts";
import { edit, publish } from "../support/curate.ts";
import { newHarvest } from "../support/harvest.ts";

const record = (id: string, publics: readonly string[], changes: object = {}) => ({
  id,
  titre: `Rénover ${id} dans le village`,
  texte: `<p>Une aide pour rénover ${id} : études, travaux, matériel.</p>`,
  lien: `https://example.org/${id}`,
  fin: "2027-12-31",
  publics,
  ...changes,
});

/** Returns the text of the page's main part. */
function words(html: string): string {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html;
  return main
    .replace(/<[^>]*>/g, " ")
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/\s+/g, " ");
}

/** Returns the number before a label. Throws if the text lacks it. */
function numberBefore(label: RegExp, text: string): number {
  const found = new RegExp(`(\\d+) (?:${label.source})`).exec(text)?.[1];
  if (found === undefined) throw new Error(`no number before ${label}: ${text.slice(0, 2000)}`);
  return Number(found);
}

const now = new Date("2026-11-25T09:00:00Z");

describe.each(testedDatabases)("open work has the same number everywhere, $title", (database) => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    if (!database.skipped) catalogue = await newCatalogue(database);
  });
  afterAll(async () => catalogue?.drop());

  it.skipIf(database.skipped)("words to map, new aids, and aids with proposals", async () => {
    const first = await newHarvest(catalogue, { emptyMeansEmpty: [] });
    const second = await newHarvest(catalogue);
    const third = await newHarvest(catalogue);
    const published = { connector: first.connector, externalId: "lavoirs" };
    const records = [
      record("lavoirs", ["Bourgs"]),
      // Two spellings of one word, which the second connector has too.
      record("puits", ["Villages étoilés", "VILLAGES ÉTOILÉS"]),
      // The deadline is past: not in the queue of new aids.
      record("ponts", ["Bourgs"], { fin: "2026-11-01" }),
    ];
    await first.day(records);
    await edit(catalogue, published, { recurrence: "oneoff", targetedAudiences: ["commune"] });
    await publish(catalogue, published);
    await first.day([
      { ...records[0], texte: "<p>Une aide pour restaurer les lavoirs anciens, avec un conseil gratuit.</p>" },
      ...records.slice(1),
    ]);
    await second.day([record("vergers", ["villages étoilés"]), record("haies", ["Hameaux"])]);
    await third.day([record("chemins", ["Ruelles"])]);
    // Nobody is asked about the words of the third feed.
    const aside = { connector: third.connector, what: "issue", issueCode: "unmapped-term", field: null, upTo: null } as const;
    await catalogue.setAsides.add({
      ...aside,
      id: randomUUID(),
      until: "2027-01-01",
      by: "Olga",
      at: now.toISOString(),
      reason: "ils corrigent",
    });

    const folders = [first, second, third].map(({ folder }) => folder);
    const console = testConsole(catalogue, { folders, now });
    const reader = await console.as("read");
    const page = async (path: string) => words((await reader.get(path)).html);
    const night = await page("/");
    const digest = await gatherDigest(
      catalogue,
      { ...(await console.services.jobs.registry()), environment: {} },
      { since: new Date("2026-11-24T09:00:00Z"), until: now },
      now,
    );

    // Bourgs, Villages étoilés, Hameaux.
    const toMap = 3;
    expect(numberBefore(/mots? à traduire/, night)).toBe(toMap);
    expect(numberBefore(/mots sans correspondance/, await page("/mots"))).toBe(toMap);
    expect(digest.bizdev.waiting?.words).toBe(toMap);
    const spoken = await Promise.all(folders.map((folder) => runCommandAt(now.toISOString(), catalogue, folder, ["terms", "missing"])));
    expect(spoken.map(({ stderr }) => Number(/^(\d+) words? to map/.exec(stderr)?.[1] ?? 0))).toEqual([2, 2, 0]);
    for (const [harvest, count] of [
      [first, 2],
      [second, 2],
      [third, 0],
    ] as const) {
      const own = await page(`/connecteurs/${harvest.connector}`);
      const inDigest = digest.bizdev.unmapped.filter(({ connector }) => connector === harvest.connector);
      expect(inDigest.reduce((sum, { words: some }) => sum + some, 0)).toBe(count);
      if (count === 0) expect(own).not.toMatch(/mots? à traduire/);
      else {
        expect(numberBefore(/mots à traduire/, own)).toBe(count);
        expect(numberBefore(/mots? sans correspondance/, await page(`/mots?connecteur=${harvest.connector}`))).toBe(count);
      }
    }

    // puits, vergers, haies, chemins; lavoirs is published, ponts expired while it waited.
    const toReview = 4;
    expect(numberBefore(/nouvelles aides à relire/, night)).toBe(toReview);
    const queue = await page("/relecture");
    expect(queue).toContain(`À relire (${toReview}) Propositions (1) Échues (1)`);
    expect(numberBefore(/aides?/, queue.slice(queue.indexOf("À relire : ")))).toBe(toReview);
    expect(digest.bizdev.waiting).toMatchObject({ review: toReview, proposals: 1 });
    expect(digest.bizdev.toReview.reduce((sum, { waiting }) => sum + waiting, 0)).toBe(toReview);
    expect(digest.bizdev.proposals.reduce((sum, { aids }) => sum + aids, 0)).toBe(1);
    expect(numberBefore(/aide avec une proposition/, night)).toBe(1);
    expect(numberBefore(/aide échue pendant l/, night)).toBe(1);
    const own = await page(`/connecteurs/${first.connector}`);
    expect([numberBefore(/à relire/, own), numberBefore(/échue/, own)]).toEqual([1, 1]);
    expect((await readFigures(console.services.jobs)).waitingReviews).toBe(toReview + 1);
  });
});
