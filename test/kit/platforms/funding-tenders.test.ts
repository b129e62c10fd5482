import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fundingTenders } from "../../../src/kit/platforms/funding-tenders.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { newHarvest } from "../../support/harvest.ts";
import { json, type PortalCall, type PortalSearch, portalSearch } from "../../support/portal-search.ts";

type Given = Partial<Parameters<typeof fundingTenders>[0]>;

const forthcoming = "31094501";
const open = "31094502";
let connectors = 0;

/** Returns a call of the LIFE programme, which is in scope, with these changes. */
function call(number: number, metadata: Readonly<Record<string, readonly string[]>> = {}, more: Record<string, unknown> = {}): PortalCall {
  return {
    apiVersion: "2.151",
    reference: `${number}TOPICSen`,
    url: `https://portal.example.org/data/${number}.json`,
    title: null,
    language: "en",
    metadata: {
      identifier: [`LIFE-EX-${number}`],
      title: [`Wetlands ${number}`],
      type: ["1"],
      status: [open],
      frameworkProgramme: ["43252405"],
      startDate: ["2026-12-08T00:00:00.000+0000"],
      deadlineDate: ["2027-03-10T17:00:00.000+0000"],
      deadlineModel: ["single-stage"],
      url: [`https://portal.example.org/topic-details/${number}`],
      ...metadata,
    },
    ...more,
  };
}

describe("the search of the Funding & Tenders portal", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  /** Runs a connector of this server, with two calls per page. */
  async function night(search: PortalSearch, given: Given = {}) {
    const { feed, ...about } = given;
    const paging = { kind: "page", pageParameter: "pageNumber", sizeParameter: "pageSize", pageSize: 2 } as const;
    const definition = fundingTenders({ id: `portal-${++connectors}`, ...about, feed: { url: search.url, paging, ...feed } });
    const harvest = await newHarvest(catalogue, definition);
    return { harvest, report: await harvest.run({}, { allowHosts: [search.host] }) };
  }

  it("is requested by POST, in JSON parts, for open and forthcoming calls in English, in a stable order", async () => {
    const search = await portalSearch([call(1), call(2), call(3)]);
    const { report } = await night(search);
    expect(report).toMatchObject({ outcome: "applied", counts: { received: 3, created: 3 }, unreadFields: [] });
    expect(search.questions.map(({ method, page }) => [method, page])).toEqual([
      ["POST", 1],
      ["POST", 2],
    ]);
    expect(search.questions[0]).toMatchObject({
      statuses: [forthcoming, open],
      kinds: ["1", "2", "8"],
      parts: { languages: ["en"], sort: { field: "identifier", order: "ASC" } },
    });
  });

  it("the latest deadline counts, the first stage gives the outline deadline, and cut-off dates recur", async () => {
    const days = (...written: string[]) => written.map((day) => `${day}T17:00:00.000+0000`);
    const search = await portalSearch([
      call(1, { deadlineModel: ["two-stage"], deadlineDate: days("2027-03-10", "2027-09-15") }),
      call(2, { deadlineModel: ["multiple cut-off"], deadlineDate: days("2026-05-05", "2027-10-05", "2027-02-05") }),
      call(3, { deadlineDate: [] }),
    ]);
    const { harvest } = await night(search);
    const one = { startDate: "2026-12-08", submissionDeadlineTime: "17:00" };
    expect(await harvest.aid("1TOPICSen")).toMatchObject({
      ...one,
      predepositDate: "2027-03-10",
      submissionDeadline: "2027-09-15",
      recurrence: "oneoff",
    });
    expect(await harvest.aid("2TOPICSen")).toMatchObject({
      ...one,
      predepositDate: null,
      submissionDeadline: "2027-10-05",
      recurrence: "recurring",
    });
    expect(await harvest.aid("3TOPICSen")).toMatchObject({ submissionDeadline: null, recurrence: null });
  });

  it("reads texts, programme and distinct titles, although every value is a list", async () => {
    const search = await portalSearch([
      call(1, { title: ["Town twinning"], descriptionByte: ["<p>Two towns.</p>"], topicConditions: ["<p>30 pages</p>"] }),
      call(2, { title: ["Town twinning"], frameworkProgramme: ["1"] }),
    ]);
    const { harvest } = await night(search);
    expect(await harvest.aid("1TOPICSen")).toMatchObject({
      name: "Town twinning (LIFE-EX-1)",
      nameInitial: "Town twinning",
      description: "<p>Two towns.</p>",
      eligibility: "<p>30 pages</p>",
      originUrl: "https://portal.example.org/topic-details/1",
      programs: ["Programme for the Environment and Climate Action (LIFE)"],
    });
    expect(await harvest.aid("2TOPICSen")).toMatchObject({ name: "Town twinning (LIFE-EX-2)", programs: [] });
  });

  it("an unexpected translation is skipped, and a call on two pages counts once", async () => {
    const search = await portalSearch([call(1), call(2), call(2), call(3, {}, { language: "fr", reference: "3TOPICSfr" })]);
    const { report } = await night(search);
    expect(report).toMatchObject({
      outcome: "applied",
      counts: { received: 4, created: 2, rejected: 0, skipped: 2 },
      skippedBy: { "in another language": 1 },
    });
  });

  it("calls that are not for our audiences are kept, out of scope", async () => {
    const search = await portalSearch([call(1), call(2, { identifier: ["EDF-EX-2026-DA"], title: ["Fighter seats"] })]);
    const { harvest, report } = await night(search);
    expect(report).toMatchObject({ counts: { created: 2 } });
    expect(await harvest.aid("1TOPICSen")).toMatchObject({ outOfScope: null });
    expect(await harvest.aid("2TOPICSen")).toMatchObject({ outOfScope: expect.stringMatching(/^Défense/) });
  });

  it("more calls than one request returns are requested by status, then by kind", async () => {
    const kinds = [["1"], ["1"], ["2"], ["8"]] as const;
    const search = await portalSearch(
      [open, forthcoming].flatMap((status, index) =>
        kinds.slice(index * 2).map((type, place) => call(10 * index + place, { status: [status], type })),
      ),
    );
    const facets = [
      { name: "status", values: [forthcoming, open] },
      { name: "type", values: ["1", "2", "8"] },
    ];
    const { report } = await night(search, { feed: { split: { window: 3, facets } } });
    expect(report).toMatchObject({ outcome: "applied", counts: { received: 6, created: 6 } });
    const requested = search.questions.map(({ statuses, kinds: [kind, ...others], page }) => [
      statuses.length,
      others.length === 0 ? kind : "all",
      page,
    ]);
    expect(requested).toEqual([
      [2, "all", 1],
      [1, "all", 1],
      [1, "all", 1],
      [1, "1", 1],
      [1, "2", 1],
      [1, "8", 1],
    ]);
  });

  it("a page that fails twice is requested again, and the latest total counts", async () => {
    let failed = 0;
    const search = await portalSearch([call(1), call(2), call(3)], ({ page }, _, response) => {
      if (page === 1) json(response, 200, { totalResults: 4, results: [call(1), call(2)] });
      else if (failed++ < 2) json(response, 503, {}, { "retry-after": "0" });
      else return false;
      return true;
    });
    const { report } = await night(search);
    expect(report).toMatchObject({ outcome: "applied", counts: { received: 3, created: 3 } });
    expect(search.questions.map(({ page }) => page)).toEqual([1, 2, 2, 2]);
  });

  it.each<[string, Parameters<typeof portalSearch>[1]]>([
    ["an error with 200", (_, __, response) => void json(response, 200, { status: "ERROR", message: "index not ready" })],
    ["400 behind the last page that there is", (_, __, response) => void json(response, 400, {})],
    [
      "a page cut short",
      (_, __, response) => {
        response.writeHead(200, { "content-length": "5000" });
        response.write('{"totalResults":3,"results":[{"ref', () => response.destroy());
      },
    ],
  ])("%s in the middle writes nothing", async (_, fault) => {
    const search = await portalSearch([call(1), call(2), call(3)], (question, nth, response) => {
      if (question.page === 1) return false;
      fault?.(question, nth, response);
      return true;
    });
    const { harvest, report } = await night(search);
    expect(report).toMatchObject({ outcome: "stopped-early", counts: { received: 2 } });
    expect(await harvest.rows()).toEqual([]);
  });

  it("too many requests: unreachable, with a retry", async () => {
    const search = await portalSearch([], (_, __, response) => {
      json(response, 429, {}, { "retry-after": "3600" });
      return true;
    });
    const { report } = await night(search);
    expect(report).toMatchObject({ outcome: "unreachable", error: { params: { status: 429 } } });
  });
});
