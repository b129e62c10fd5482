import { describe, expect, it } from "vitest";
import { workOnce } from "../../../src/jobs/worker/work-once.ts";
import { browserForTests, hasBrowser, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, testDatabase } from "../../support/catalogues.ts";
import { seededFrom } from "../publishers/publisher-fixtures.ts";
import { answerAndReread } from "./partner-answers.ts";
import { bringFeedIn, checkFile, sharePreview } from "./partner-before-yes.ts";
import { contact, findInCoverage, sayYes } from "./partner-contacted.ts";
import { writeLetter } from "./partner-letter.ts";
import { applyFirst, goOnline } from "./partner-online.ts";
import { partnerPeople } from "./partner-people.ts";

describe.skipIf(!hasBrowser)(`a publisher that says yes${whyNoBrowser}`, { timeout: 400_000 }, () => {
  const browser = browserForTests();

  it("is found, contacted, shown its aids, brought in, written to, answers, and comes online, without a mouse", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const people = await partnerPeople(catalogue, browser);
    const { console, part } = people;
    const found = await seededFrom(catalogue, "department:07");
    const ardeche = `${console.url}/producteurs/${found.publisherId}`;
    const work = () => workOnce(console.jobs, {});

    await part("found in coverage", () => findInCoverage(people));
    await part("contacted", () => contact(people));
    await part("preview shared", () => sharePreview(people));
    await part("file checked", () => checkFile(people, ardeche));
    await part("said yes", () => sayYes(people));
    await part("first run", () => bringFeedIn(people, ardeche, work));
    await part("applied", () => applyFirst(people, ardeche));
    await part("letter", () => writeLetter(people, ardeche));
    await part("answered and read again", () => answerAndReread(people, work));
    await part("online", () => goOnline(people, ardeche));

    const told = (await catalogue.exchanges.list(found.publisherId)).reverse().map(({ kind, by }) => `${kind}, ${by}`);
    expect(told).toEqual([
      "call, Marie",
      "stage, Marie",
      "draft-begun, Marie",
      "preview-shared, Marie",
      "note, Marie",
      "file-checked, Marie",
      "agreement, Marie",
      "stage, Marie",
      "connector-made, Marie",
      "letter-made, Marie",
      "letter-sent, Marie",
      "letter-answered, producteur",
      "letter-answered, producteur",
      "feed-read-again, producteur",
      "stage, Moisson",
      "online, Moisson",
    ]);
    expect(people.errors()).toEqual([]);
    await catalogue.drop();
  });
});
