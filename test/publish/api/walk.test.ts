import { describe, expect, onTestFinished, test } from "vitest";
import type { Catalogue } from "../../../src/catalogue/open-catalogue.ts";
import { decideUnpublish, decideWithdraw } from "../../../src/curation/decide-status.ts";
import { everybody } from "../../../src/publish/api/access/access.ts";
import { readApiSettings } from "../../../src/publish/api/api-settings.ts";
import { startApi } from "../../../src/publish/api/start-api.ts";
import { newCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { act, edit, marie } from "../../support/curate.ts";
import { testNow } from "../../support/made-aids.ts";
import { importPublished } from "../../support/published-aids.ts";

interface Page {
  readonly count: number;
  readonly previous: string | null;
  readonly next: string | null;
  readonly results: readonly { readonly id: number; readonly name: string }[];
}

const many = 45;
const titles = (from: number, to: number) =>
  Object.fromEntries(Array.from({ length: to - from }, (_, place) => [String(from + place), {}]));
const named = (aids: Readonly<Record<string, object>>, more: (id: string) => object) =>
  Object.fromEntries(Object.keys(aids).map((id) => [id, { name: `Aide ${id}`, ...more(id) }]));

/** Reads all pages like a client of Aides-territoires: follows `next` to the end. */
async function readAll(begin: string, between: (page: number) => Promise<void>): Promise<readonly Page[]> {
  const pages: Page[] = [];
  for (let next: string | null = begin; next !== null; ) {
    const answer: Response = await fetch(next, { headers: { accept: "application/json" } });
    expect(answer.status).toBe(200);
    const page = (await answer.json()) as Page;
    pages.push(page);
    next = page.next;
    await between(pages.length);
  }
  return pages;
}

/** Changes a catalogue between two pages: adds, changes, withdraws and unpublishes aids. */
async function live(catalogue: Catalogue, page: number): Promise<void> {
  const of = (externalId: number) => ({ connector: "agence", externalId: String(externalId) });
  await importPublished(
    catalogue,
    `autre-${page}`,
    named(titles(1000, 1003), () => ({})),
    new Date(testNow.getTime() + page * 1000),
  );
  await edit(catalogue, of(page), { name: `Aide ${page} changée` });
  await act(catalogue, of(many - 2 * page), (aid) => decideWithdraw(aid, marie));
  await act(catalogue, of(many - 2 * page - 1), (aid) => decideUnpublish(aid, marie));
  while ((await catalogue.search.catchUp()) > 0);
}

describe.each(testedDatabases)("reading all aids by `next`, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    test.each(["", "orderBy=submission_deadline&", "orderBy=relevance&keyword=projets&"])(
      "returns every aid once while aids are added, changed and removed: %s",
      async (order) => {
        const catalogue = await newCatalogue(database);
        const deadline = (id: string) =>
          Number(id) % 3 === 0 ? {} : { submissionDeadline: `2026-12-${String((Number(id) % 28) + 1).padStart(2, "0")}` };
        const title = (id: string) => (Number(id) % 2 === 0 && Number(id) > 10 ? { name: `Aide ${id} aux projets` } : {});
        const more = (id: string) => ({ ...deadline(id), ...title(id) });
        await importPublished(catalogue, "agence", named(titles(0, many), more));
        const clock = { now: () => new Date(testNow), fixed: null, elapsed: () => performance.now() };
        const logger = { error: (what: object) => expect.fail(JSON.stringify(what)) };
        const settings = { ...readApiSettings({}), port: 0 };
        const api = await startApi({ catalogue, clock, logger, connectors: async () => [], settings, accessOf: everybody });
        onTestFinished(async () => {
          await api.close();
          await catalogue.drop();
        });
        const pages = await readAll(`${api.url}/api/aids/?${order}itemsPerPage=10`, (page) => live(catalogue, page));
        const ids = pages.flatMap(({ results }) => results.map(({ id }) => id));
        expect(new Set(ids).size).toBe(ids.length);
        const gone = pages.flatMap((_, place) => [many - 2 * (place + 1), many - 2 * (place + 1) - 1]);
        const read = new Set(pages.flatMap(({ results }) => results.map(({ name }) => name.replace(/ (changée|aux projets)/, ""))));
        const stayed = Object.keys(titles(0, many)).filter((id) => !gone.includes(Number(id)));
        expect(stayed.filter((id) => !read.has(`Aide ${id}`))).toEqual([]);
        expect(pages.map(({ count }) => count)).toEqual(pages.map(() => many));
        expect(pages[0]?.previous).toBeNull();
        expect(pages[1]?.previous).toBe(`${api.url}/api/aids/?${order}itemsPerPage=10&page=1`);
      },
    );

    test("pages by number split the list, and the page after the end is empty", async () => {
      const catalogue = await newCatalogue(database);
      onTestFinished(() => catalogue.drop());
      await importPublished(
        catalogue,
        "agence",
        named(titles(0, 7), () => ({})),
      );
      const clock = { now: () => new Date(testNow), fixed: null, elapsed: () => performance.now() };
      const settings = { ...readApiSettings({}), port: 0 };
      const logger = { error: (what: object) => expect.fail(JSON.stringify(what)) };
      const api = await startApi({ catalogue, clock, logger, connectors: async () => [], settings, accessOf: everybody });
      onTestFinished(() => api.close());
      const page = async (number: number) => (await (await fetch(`${api.url}/api/aids/?itemsPerPage=3&page=${number}`)).json()) as Page;
      const pages = await Promise.all([1, 2, 3, 4, 4000].map(page));
      expect(pages.map(({ results }) => results.length)).toEqual([3, 3, 1, 0, 0]);
      expect(new Set(pages.flatMap(({ results }) => results.map(({ id }) => id))).size).toBe(7);
      expect(pages.map(({ next }) => next === null)).toEqual([false, false, true, true, true]);
    });
  });
});
