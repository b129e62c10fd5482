import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runFixture } from "../../../../src/ingest/run-fixture.ts";
import type { AidContent } from "../../../../src/model/aid/aid.ts";
import { type TestApi, testApi } from "../../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../../support/catalogues.ts";
import { loadedConnectors } from "../../../support/loaded-connectors.ts";
import { importPublished, publishable } from "../../../support/published-aids.ts";
import { realFeeds } from "../../../support/real-feeds.ts";
import { hasSharedData, sharedData, whySkipped } from "../../../support/shared-data.ts";
import questions from "./questions.json" with { type: "json" };

/** A day on which most aids of the largest file were open. */
const day = new Date("2021-11-20T08:00:00Z");

/** Titles in order, without those that are folded because the aid mentions the project only in passing. */
const titlesOf = (html: string) =>
  [...html.replace(/<details>(?:(?!<details>)[\s\S])*?<article[\s\S]*?<\/details>/g, "").matchAll(/<h3[^>]*>(?:<a [^>]*>)?([^<]*)/g)].map(
    ([, title = ""]) => title.replaceAll("&#39;", "'").replaceAll("&quot;", '"'),
  );

/**
 * Fills what publication requires and an aid lacks; neither audience nor territory, which the search reads. Words of ours stay empty, as in a
 * catalogue whose aids nobody has classified.
 */
function made(content: Partial<AidContent>): Partial<AidContent> {
  const { targetedAudiences: _, perimeters: __, ...required } = publishable;
  const filled = Object.entries(content).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0));
  return {
    targetedAudiences: [],
    perimeters: [],
    ...required,
    aidTypes: ["grant"],
    mobilizationSteps: [],
    categories: [],
    ...Object.fromEntries(filled),
    importShareLicence: "openlicence20",
    ...(content.submissionDeadline === null && { recurrence: "ongoing" as const }),
  };
}

describe.each(testedDatabases)(`questions of town halls to real aids, $title${whySkipped}`, (database) => {
  describe.skipIf(database.skipped || !hasSharedData)("", () => {
    let catalogue: TestCatalogue;
    let api: TestApi;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
      for (const { definition, terms } of await loadedConnectors()) {
        const file = realFeeds[definition.id];
        if (file === undefined) continue;
        const { aids } = await runFixture({ definition, terms }, join(sharedData, file));
        const whole = aids.filter(({ targetedAudiences, perimeters }) => targetedAudiences.length > 0 && perimeters.length > 0);
        if (whole.length === 0) continue;
        await importPublished(
          catalogue,
          definition.id,
          Object.fromEntries(whole.map(({ externalId, ...content }) => [externalId, made(content)])),
          day,
        );
      }
      while ((await catalogue.search.catchUp()) > 0);
      api = await testApi(catalogue, { now: () => day });
    }, 300_000);
    afterAll(() => catalogue.drop());

    it.each(questions)("$commune, $project", async ({ commune, project, good }) => {
      const { status, text } = await api.get(`/recherche/?${new URLSearchParams({ commune, projet: project })}`);
      expect(status).toBe(200);
      const first = titlesOf(text).slice(0, 5);
      const isHelpful = first.some((title) => good.some((beginning) => title.startsWith(beginning)));
      expect({ first, isHelpful }).toEqual({ first, isHelpful: good.length > 0 });
    });
  });
});
