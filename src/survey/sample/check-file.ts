import { createReadStream } from "node:fs";
import { collectLines, linesOfWholeFeed } from "../../console/pages/letters/collect-lines.ts";
import { decodeFeed } from "../../ingest/decode/decode-feed.ts";
import type { DecodeLimits, FeedPart } from "../../ingest/decode/decoded.ts";
import { readingOf } from "../../ingest/feed-reading.ts";
import { ingestRecords } from "../../ingest/ingest-records.ts";
import { createRecordMapper, sharedNamesOf } from "../../ingest/map/record-mapper.ts";
import { RunTally } from "../../ingest/report/run-tally.ts";
import type { Connector } from "../../kit/definition.ts";
import type { TermLookup } from "../../kit/rules/rule-context.ts";
import { faultRank, faultRank } from "../../model/letter/fault-kinds.ts";
import type { AnnexLine, AnnexLine } from "../../model/letter/letter.ts";
import { RunError } from "../../model/run/run-error.ts";
import { mayBeAids } from "../../model/survey/file-kind.ts";
import { type LetterReading, writeLetter } from "../../partners/letters/write-letter.ts";
import { checkConnector } from "../../registry/check-connector.ts";
import { termsOver } from "../../registry/stored-versions.ts";
import { loadTermFiles } from "../../registry/terms/load-term-files.ts";
import { readDecidedTerms } from "../../registry/terms/read-decided-terms.ts";
import { termsOf } from "../propose/proposal.ts";
import { proposeConnector } from "../propose/propose-connector.ts";
import { fileVerdict } from "../read/file-verdict.ts";
import { surveyFeed } from "../survey-feed.ts";
import type { CheckAnswer, CheckRequest } from "./check-thread.ts";

const limits: DecodeLimits = { decompressedBytes: 256 * 1024 ** 2, recordBytes: 8 * 1024 ** 2 };
const maxLines = 5_000;

/** Reads a whole file with a proposed connector, and writes the letter. Stores nothing. Returns `refused` if the file is not a feed. */
export async function checkFile(request: CheckRequest): Promise<CheckAnswer> {
  try {
    return await checked(request);
  } catch (error) {
    if (error instanceof RunError) return { refused: { code: error.code, params: error.params } };
    throw error;
  }
}

async function checked({ file, address, timeZone, folders, options, feed, isAnyFile }: CheckRequest): Promise<CheckAnswer> {
  const part = { ...file, open: () => createReadStream(file.path) };
  const survey = await surveyFeed(part, { timeZone, ...(address !== null && { address }) });
  const verdict = fileVerdict(survey);
  if (!isAnyFile && !mayBeAids(verdict.kind)) return { otherKind: verdict };
  const [{ lookup }, knownTerms] = await Promise.all([loadTermFiles(folders, options.id), readDecidedTerms(folders)]);
  const proposal = proposeConnector(survey, lookup, { ...options, knownTerms });
  const found = checkConnector(proposal.definition);
  if ("problems" in found) throw new Error("the proposed definition is not a valid connector");
  const { connector: definition } = found;
  const { reading, lines, isWhole } = await readWhole(part, definition, termsOver(termsOf(proposal), lookup), feed.day);
  const annex = [...lines].sort((a, b) => faultRank(a.code) - faultRank(b.code));
  return {
    letter: writeLetter({ definition, feed, reading, lines: annex, isWhole, past: [], trouble: null }),
    annex,
    reading: survey.reading,
    understood: proposal.fields.filter(({ from }) => from.length > 0).map(({ field, from }) => ({ field, from })),
    unread: proposal.unread.map(({ path }) => path),
    remarks: survey.remarks,
  };
}

interface ReadWhole {
  readonly reading: LetterReading;
  readonly lines: readonly AnnexLine[];
  readonly isWhole: boolean;
}

async function readWhole(part: FeedPart, definition: Connector, terms: TermLookup, today: string): Promise<ReadWhole> {
  const decode = () => decodeFeed([part], readingOf(definition), limits);
  const names = definition.tellApartBy ? await sharedNamesOf(definition, terms, definition.tellApartBy, decode()) : null;
  const tally = new RunTally();
  const collected = collectLines({ definition, terms }, [], maxLines);
  const sinks = { stage: collected.stage, reject: collected.reject };
  await ingestRecords(decode(), createRecordMapper(definition, terms, names), sinks, tally);
  const { received, rejected, valid } = tally;
  const summary = tally.summary([]);
  const counts = { received, rejected, valid, skipped: received - rejected - valid };
  const lines = collected.lines();
  const noticed = collected.implausible(today);
  return {
    reading: { ...summary, counts, noticed },
    lines: [...lines, ...linesOfWholeFeed(summary.issues, lines)],
    isWhole: collected.isWhole(),
  };
}
