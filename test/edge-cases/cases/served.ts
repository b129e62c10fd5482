import type { RunReport } from "../../../src/model/run/run-report.ts";
import { doesNotApply } from "../edge-case.ts";
import type { Answer } from "../loopback.ts";
import type { Served } from "../served-feed.ts";

/** A case that needs a server. It runs from fetch to catalogue, after a run of the unchanged feed. */
export interface ServedCase {
  readonly name: string;
  outcome(served: Served): Promise<string>;
}

const page = "<!DOCTYPE html><html><head><title>Maintenance</title></head><body><h1>Site en maintenance</h1></body></html>";
const htmlPage: Answer = { contentType: "text/html", body: Buffer.from(page) };

function inWords({ outcome, error, guards, counts, issues }: RunReport, { harness }: Served): string {
  if (error !== null) return [outcome, error.code, error.params.reason].filter((word) => word !== undefined).join(" ");
  const why = guards.map(({ code }) => code).join(", ");
  const received = counts.received === harness.feed.records.length ? "all" : counts.received === 0 ? "nothing" : `${counts.received}`;
  const said = issues.filter(({ code }) => code === "announced-total-differs").map(({ code }) => ` + ${code}`);
  return `${outcome}${why === "" ? "" : ` ${why}`}, ${received} received${said.join("")}`;
}

/** Returns the kind of paging of a connector, or null if it sends a single request. */
function wayOf({ connector }: Served): "position" | "header" | { readonly path: string } | null {
  const { paging } = connector.definition.feed;
  if (paging === undefined) return null;
  if ("path" in paging) return paging;
  return paging.kind === "linkHeader" ? "header" : "position";
}

function announces({ connector }: Served): boolean {
  const { decode } = connector.definition;
  return decode.format === "json" && decode.total !== undefined;
}

/** Answers with the whole feed on the first page, and with empty pages after it. */
function whole(served: Served, total?: number): (question: number) => Answer {
  const { records } = served.harness.feed;
  const way = wayOf(served);
  const more = typeof way === "object" && way !== null ? { [way.path]: null } : undefined;
  return (question) => served.page(question === 0 ? records : [], total ?? records.length, more);
}

/** Faulty and unusual answers of servers. */
export const servedCases: readonly ServedCase[] = [
  { name: "served: as it is", outcome: async (served) => inWords(await served.run("as it is", whole(served)), served) },
  {
    name: "served: no record",
    outcome: async (served) => inWords(await served.run("no record", () => served.page([], 0)), served),
  },
  { name: "served: an HTML page with 200", outcome: async (served) => inWords(await served.run("HTML page", () => htmlPage), served) },
  {
    name: "served: an HTML page as the second page",
    outcome: async (served) => {
      const { records } = served.harness.feed;
      const way = wayOf(served);
      if (way === null) return doesNotApply("asks for one page");
      if (way === "header") return doesNotApply("links stand in headers");
      const more = way === "position" ? undefined : { [way.path]: "/second" };
      const report = await served.run("HTML as page 2", (question) =>
        question === 0 ? served.page(records, records.length + 5, more) : htmlPage,
      );
      return inWords(report, served);
    },
  },
  {
    name: "served: the count is above the list",
    outcome: async (served) =>
      announces(served)
        ? inWords(await served.run("count above", whole(served, served.harness.feed.records.length + 5)), served)
        : doesNotApply("announces no count"),
  },
  {
    name: "served: the count is below the list",
    outcome: async (served) =>
      announces(served)
        ? inWords(await served.run("count below", whole(served, served.harness.feed.records.length - 1)), served)
        : doesNotApply("announces no count"),
  },
  {
    name: "served: next is not null",
    outcome: async (served) => {
      const { records } = served.harness.feed;
      const way = wayOf(served);
      if (way === null) return doesNotApply("asks for one page");
      if (typeof way !== "object") return doesNotApply("goes on by numbers");
      const half = Math.ceil(records.length / 2);
      const report = await served.run("next", (question) =>
        question === 0
          ? served.page(records.slice(0, half), records.length, { [way.path]: "/second" })
          : served.page(records.slice(half), records.length, { [way.path]: null }),
      );
      return inWords(report, served);
    },
  },
  {
    name: "served: next leads back",
    outcome: async (served) => {
      const { records } = served.harness.feed;
      const way = wayOf(served);
      if (way === null) return doesNotApply("asks for one page");
      if (typeof way !== "object") return doesNotApply("goes on by numbers");
      const address = served.connector.definition.feed.url;
      return inWords(await served.run("next leads back", () => served.page(records, records.length, { [way.path]: address })), served);
    },
  },
];
