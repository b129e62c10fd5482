import { decodeFeed } from "../../../ingest/decode/decode-feed.ts";
import type { DecodeLimits, FeedPart } from "../../../ingest/decode/decoded.ts";
import { readingOf } from "../../../ingest/feed-reading.ts";
import { sharedNamesOf } from "../../../ingest/map/record-mapper.ts";
import type { Connector } from "../../../kit/definition.ts";
import type { TermLookup } from "../../../kit/rules/rule-context.ts";
import { faultRank } from "../../../model/letter/fault-kinds.ts";
import type { Letter } from "../../../model/letter/letter.ts";
import { mayBeAids } from "../../../model/survey/file-kind.ts";
import { type FoundAnomalies, readAnomalies } from "../../../partners/correspondence/read-anomalies.ts";
import { writeLetter } from "../../../partners/letters/write-letter.ts";
import { checkConnector } from "../../../registry/check-connector.ts";
import { termsOver } from "../../../registry/stored-versions.ts";
import { loadTermFiles } from "../../../registry/terms/load-term-files.ts";
import { readDecidedTerms } from "../../../registry/terms/read-decided-terms.ts";
import { type ProposalOptions, termsOf } from "../../../survey/propose/proposal.ts";
import { proposeConnector } from "../../../survey/propose/propose-connector.ts";
import { fileVerdict } from "../../../survey/read/file-verdict.ts";
import { orRefused, partOf, type SampleFile, type SampleRequest } from "../../../survey/sample/sample-request.ts";
import { surveyFeed } from "../../../survey/survey-feed.ts";

const limits: DecodeLimits = { decompressedBytes: 256 * 1024 ** 2, recordBytes: 8 * 1024 ** 2 };

/** A request to read a file without a connector. Must be plain data, because it is sent to a thread. */
export interface CheckRequest extends Pick<SampleRequest, "address" | "timeZone" | "folders"> {
  readonly file: SampleFile;
  /** Facts about the publisher, known before the file is read. */
  readonly options: Omit<ProposalOptions, "knownTerms">;
  readonly feed: Letter["feed"];
  /** Also checks a file that seems to be no list of aids. */
  readonly isAnyFile: boolean;
}

/** The result of a check. `unread`: columns that were not read. */
export type CheckedFile = Extract<Awaited<ReturnType<typeof checked>>, { readonly letter: Letter }>;

/** Reads a whole file with a proposed connector, and writes the letter. Stores nothing. Returns `refused` if the file is not a feed, and `otherKind` if it seems to be no list of aids. */
export function checkFile(request: CheckRequest) {
  return orRefused(() => checked(request));
}

async function checked({ file, address, timeZone, folders, options, feed, isAnyFile }: CheckRequest) {
  const part = partOf(file);
  const survey = await surveyFeed(part, { timeZone, ...(address !== null && { address }) });
  const verdict = fileVerdict(survey);
  if (!isAnyFile && !mayBeAids(verdict.kind)) return { otherKind: verdict };
  const [{ lookup }, knownTerms] = await Promise.all([loadTermFiles(folders, options.id), readDecidedTerms(folders)]);
  const proposal = proposeConnector(survey, lookup, { ...options, knownTerms });
  const found = checkConnector(proposal.definition);
  if ("problems" in found) throw new Error("the proposed definition is not a valid connector");
  const { connector: definition } = found;
  const { reading, lines, isWhole } = await readWhole(part, definition, termsOver(termsOf(proposal), lookup), feed.day);
  if (reading === null) throw new Error("the file was not read to its end");
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

async function readWhole(part: FeedPart, definition: Connector, terms: TermLookup, today: string): Promise<FoundAnomalies> {
  const decode = () => decodeFeed([part], readingOf(definition), limits);
  const names = await sharedNamesOf(definition, terms, decode);
  return readAnomalies({ definition, terms }, [part], { deadLinks: [], today }, { decode: limits, names });
}
