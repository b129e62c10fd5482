import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { FeedPart } from "../../src/model/run/feed-part.ts";
import type { Proposal, ProposalOptions } from "../../src/survey/propose/proposal.ts";
import { proposeConnector } from "../../src/survey/propose/propose-connector.ts";
import type { Survey } from "../../src/survey/survey.ts";
import { type SurveyOptions, surveyFeed } from "../../src/survey/survey-feed.ts";
import { partOf } from "../support/decode-bytes.ts";
import { lookupOf, type WrittenTerms } from "../support/read-value.ts";

/** A feed: records for JSON, a text, or bytes. */
export type MadeFeed = readonly unknown[] | string | Uint8Array;

function bytesOf(feed: MadeFeed): Uint8Array | string {
  return typeof feed === "string" || feed instanceof Uint8Array ? feed : JSON.stringify(feed);
}

/** Surveys a feed. */
export async function surveyOf(feed: MadeFeed, options: Omit<SurveyOptions, "older"> & { older?: MadeFeed } = {}): Promise<Survey> {
  const { older, ...rest } = options;
  return surveyFeed(await fileOf(feed), { ...rest, ...(older !== undefined && { older: partOf(bytesOf(older)) }) });
}

/** Writes a feed to a file for the duration of the test, because workbooks and archives are read by position. */
async function fileOf(feed: MadeFeed): Promise<FeedPart> {
  const bytes = bytesOf(feed);
  if (typeof bytes === "string") return partOf(bytes);
  const folder = await mkdtemp(join(tmpdir(), "moisson-survey-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "feed");
  await writeFile(path, bytes);
  return partOf(bytes, { path });
}

/** Default options of a proposal. */
export const plainOptions: ProposalOptions = {
  id: "region-exemple",
  feed: { urlFrom: "MOISSON_URL_REGION_EXEMPLE" },
  publisher: { name: "Région Exemple", kind: "region", territory: { scale: "region", code: "53" }, licence: "unknown" },
  isPublisherGiven: false,
  territory: null,
  knownTerms: [],
};

/** Returns the proposal for a feed. */
export async function proposalFor(
  feed: MadeFeed,
  { terms = {}, older, ...options }: Partial<ProposalOptions> & { terms?: WrittenTerms; older?: MadeFeed } = {},
): Promise<Proposal> {
  return proposeConnector(await surveyOf(feed, { ...(older !== undefined && { older }) }), lookupOf(terms), {
    ...plainOptions,
    ...options,
  });
}

/** Returns the proposed rule of a field, or undefined. */
export function ruleOf(proposal: Proposal, field: string): unknown {
  return (proposal.definition.fields as unknown as Record<string, unknown>)[field];
}

/** Returns the codes of the evidence for a field. */
export function evidenceOf(proposal: Proposal, field: string): string[] {
  return proposal.fields.find((found) => found.field === field)?.evidence.map(({ code }) => code) ?? [];
}

/** Returns records that differ by their number. */
export function records(count: number, make: (number: number) => Record<string, unknown>): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) => make(index + 1));
}
