import { Details, pageFields } from "../../kit/detail-pages.ts";
import type { Proposal, TermFile } from "../propose/proposal.ts";
import type { Survey } from "../survey.ts";
import { makeRecords } from "./fixture/make-records.ts";
import { maxSitePages, siteFeed } from "./fixture/site-feed.ts";
import { type WrittenFeed, writeFeed } from "./fixture/write-feed.ts";
import { writeConnector } from "./write-connector.ts";

/** A file of a connector. `path` is relative to the folder that contains `connectors/`. */
export interface ConnectorFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

const scenario = "as-first-seen";

/** Returns connector, term files, and a fixture without its expected result. `remarks`: lines of the connector's docstring. */
export function connectorFiles(
  survey: Survey,
  proposal: Proposal,
  remarks: readonly string[],
): { readonly files: readonly ConnectorFile[]; readonly fixture: string } {
  const { id } = proposal.definition;
  const feed = fixtureFeed(survey, proposal);
  const fixture = `fixtures/${id}/${scenario}.${feed.extension}`;
  return {
    files: [
      { path: `connectors/${id}.ts`, content: writeConnector(proposal, remarks) },
      ...proposal.termFiles
        .filter(({ rows }) => rows.length > 0)
        .map((file) => ({ path: `mappings/${id}/${file.name}.csv`, content: termFileText(file) })),
      { path: fixture, content: feed.bytes },
    ],
    fixture,
  };
}

function fixtureFeed(survey: Survey, { fields }: Proposal): WrittenFeed {
  const { reading, pages, records, details } = survey;
  if (reading.format === "html") {
    if (pages === null) throw new Error("a list of web pages without its pages");
    return { bytes: siteFeed(pages, reading.records), extension: "jsonl" };
  }
  const ofPages = new Set(details === null ? [] : pageFields(Details.parse(details).read));
  const listed = records.map((record) => Object.fromEntries(Object.entries(record).filter(([key]) => !ofPages.has(key))));
  const titles = [...new Set(listed.flatMap((record) => Object.keys(record)))];
  if (pages === null) return writeFeed(makeRecords(survey, fields), reading, titles);
  const list = writeFeed(listed.slice(0, maxSitePages), reading, titles);
  return { bytes: siteFeed(pages, { name: `list.${list.extension}`, bytes: list.bytes }), extension: "jsonl" };
}

function termFileText({ rows }: TermFile): string {
  const lines = rows.map(({ term, target, note }) => [term, target, note].map(cell).join(","));
  return `${["partner_term,our_term,note", ...lines].join("\n")}\n`;
}

function cell(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return /[",]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
}
