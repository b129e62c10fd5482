import { resolve } from "node:path";
import { decodeFeed } from "../../../src/ingest/decode/decode-feed.ts";
import { readingOf } from "../../../src/ingest/feed-reading.ts";
import { compileConnector } from "../../../src/ingest/map/compile-connector.ts";
import { mapRecord } from "../../../src/ingest/map/map-record.ts";
import { previewAids } from "../../../src/ingest/preview-aids.ts";
import { checkConnector } from "../../../src/registry/check-connector.ts";
import { termsOver } from "../../../src/registry/stored-versions.ts";
import { loadTermFiles } from "../../../src/registry/terms/load-term-files.ts";
import { readDecidedTerms } from "../../../src/registry/terms/read-decided-terms.ts";
import { termsOf } from "../../../src/survey/propose/proposal.ts";
import { proposeConnector } from "../../../src/survey/propose/propose-connector.ts";
import { surveyLimits } from "../../../src/survey/read/read-sample.ts";
import type { Reading } from "../../../src/survey/survey.ts";
import { surveyFeed } from "../../../src/survey/survey-feed.ts";
import { filePart } from "./file-part.ts";
import { type Judged, judgeProposal } from "./score.ts";
import type { Truth } from "./truth.ts";

/** Result of surveying one file as a new user would. */
export interface SurveyedFile {
  readonly truth: Truth;
  readonly judged: readonly Judged[];
  /** False if the survey looks for the records elsewhere. Then every field counts as missed. */
  readonly isReadRight: boolean;
  /** Corrections until the draft is what a careful person writes: each wrong or missed field, and the wrong place of the records. */
  readonly acts: number;
  /** Aids that the proposed connector makes, and how many of them can be published as they are. */
  readonly aids: number;
  readonly publishable: number;
  /** Words of the publisher without a proposed term. */
  readonly openWords: number;
}

const root = resolve(import.meta.dirname, "../../..");
const id = "survey-bench";

/** Surveys a file, proposes a connector, maps all records with it, and compares the result with the truth. */
export async function surveyFile(truth: Truth, path: string): Promise<SurveyedFile> {
  const part = await filePart(path);
  const survey = await surveyFeed(part);
  const { lookup } = await loadTermFiles([root], id);
  // The feed's own connector decided the same words. A new user has no such decisions.
  const knownTerms = (await readDecidedTerms([root])).filter(({ connector }) => connector !== truth.name);
  const isOne = truth.publisher.kind !== "aggregator" && truth.publisher.kind !== "any";
  const proposal = proposeConnector(survey, lookup, {
    id,
    feed: { url: "https://example.org/" },
    publisher: { ...truth.publisher, licence: "unknown" },
    isPublisherGiven: true,
    // Aids of an aggregator may apply anywhere.
    territory: isOne ? truth.publisher.territory : null,
    knownTerms,
  });
  const checked = checkConnector(proposal.definition);
  if ("problems" in checked) throw new Error(`${truth.file}: ${checked.problems.map(({ message }) => message).join("; ")}`);
  const { connector } = checked;
  const terms = termsOver(termsOf(proposal), lookup);
  const isReadRight = isRightReading(survey.reading, truth);
  const compiled = compileConnector(connector, terms);
  const mapped = survey.records.map((values, index) => ({
    values,
    content: mapRecord(compiled, { locator: String(index + 1), values }).draft.content,
  }));
  const judged = judgeProposal(
    proposal,
    truth,
    mapped,
    survey.fields.map(({ path }) => path),
  );
  // Imports the whole file as a run does.
  const { valid, publishable } = await previewAids(() => decodeFeed([part], readingOf(connector), surveyLimits), connector, terms);
  return {
    truth,
    judged,
    isReadRight,
    acts: judged.filter(({ verdict }) => verdict !== "right").length + (isReadRight ? 0 : 1),
    aids: valid,
    publishable,
    openWords: proposal.termFiles.reduce((sum, { open }) => sum + open.length, 0),
  };
}

function isRightReading(reading: Reading, { reading: wanted }: Truth): boolean {
  const got = reading as { recordPath?: string | readonly string[]; sheet?: unknown; headerRow?: number };
  const paths = [got.recordPath ?? ""].flat();
  return (
    (wanted.recordPath === undefined || paths.includes(wanted.recordPath)) &&
    (wanted.sheet === undefined || got.sheet === wanted.sheet || got.sheet === undefined || got.sheet === 1) &&
    (wanted.headerRow === undefined || (got.headerRow ?? 1) === wanted.headerRow)
  );
}
