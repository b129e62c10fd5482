import { decodeFeed } from "../../ingest/decode/decode-feed.ts";
import { withoutUnreadPages } from "../../ingest/decode/site/unread-page.ts";
import { readingOf } from "../../ingest/feed-reading.ts";
import { type Preview, previewAids } from "../../ingest/preview-aids.ts";
import type { Connector, ConnectorInput } from "../../kit/definition.ts";
import type { TableLookup, TermLookup } from "../../kit/rules/rule-context.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { createClock } from "../../platform/clock.ts";
import { termsOver } from "../../registry/stored-versions.ts";
import { loadTermFiles } from "../../registry/terms/load-term-files.ts";
import { readDecidedTerms } from "../../registry/terms/read-decided-terms.ts";
import { Recent } from "../cached-results.ts";
import { allTexts, countTexts } from "../profile/field-values.ts";
import { stateFields } from "../profile/state-fields.ts";
import { fieldsNotFound } from "../propose/fields-not-found.ts";
import { countKept, expected, keepWhenOf } from "../propose/keep-when.ts";
import { type Proposal, type ProposalOptions, termsOf } from "../propose/proposal.ts";
import { proposeConnector } from "../propose/propose-connector.ts";
import { fileVerdict } from "../read/file-verdict.ts";
import { surveyLimits } from "../read/read-sample.ts";
import type { Survey } from "../survey.ts";
import { surveyFeed, surveyRecords } from "../survey-feed.ts";
import { explainDefinition } from "../write/explain-definition.ts";
import {
  orRefused,
  partOf,
  type RefusedSample,
  type SampleAnalysis,
  type SampleRequest,
  type ShownProposal,
  type ShownWords,
} from "./sample-request.ts";
import { checkedPlainly } from "./try-definition.ts";

const recordsShown = 5;

/** Detects the format of a sample, proposes a connector and previews the aids. Returns `refused` if the sample is not a feed. */
export function analyseSample(ask: SampleRequest): Promise<SampleAnalysis | RefusedSample> {
  return orRefused(() => analysed(ask));
}

async function analysed(ask: SampleRequest): Promise<SampleAnalysis> {
  const survey = await surveyed(ask);
  const { records, older: _, pages: __, ...shown } = survey;
  const firstShown = records.slice(0, recordsShown).map((record) => truncateValue(record) as Values);
  const surveyShown = { ...shown, firstRecords: firstShown, verdict: fileVerdict(survey), states: stateFields(survey) };
  if (ask.options === null) return { survey: surveyShown, proposal: null, preview: null };
  const { lookup, knownTerms } = await termsKnown(ask, ask.options.id);
  const options: ProposalOptions = { ...ask.options, knownTerms };
  const base = survey.records.length === 0 && ask.definition !== null ? null : proposed(ask, survey, lookup, options);
  const definition = (ask.definition ?? base?.definition) as ConnectorInput;
  const { termFiles, ...explained } = explainDefinition(survey, lookup, options, base, { definition, choices: ask.choices });
  const suggestedTerms = termsOf({ termFiles });
  const terms = termsOver(ask.terms ?? suggestedTerms, lookup);
  const { connector, problems } = checkedPlainly(explained.definition);
  const keepWhen = keepWhenOf(explained.definition);
  const shownProposal: ShownProposal = {
    ...explained,
    problems,
    words: wordsOf(survey, termFiles, explained.fields),
    suggestedTerms,
    notFound: fieldsNotFound(explained.fields),
    kept: { records: countKept(records, keepWhen), of: records.length, isBeginning: records.length + survey.broken < survey.received },
    expect: expected(survey, keepWhen).expect ?? {},
    remarks: base?.remarks ?? [],
  };
  const preview = ask.previews && connector !== null ? await previewed(ask, survey, connector, terms) : null;
  return { survey: surveyShown, proposal: shownProposal, preview };
}

const surveys = new Recent<Survey>(3);

function surveyed({ file, records, address, reading, timeZone }: SampleRequest): Promise<Survey> {
  const key = JSON.stringify([file?.path, file?.bytes, records?.of, records?.values.length, address, reading, timeZone]);
  return surveys.get(key, async () => {
    if (records === null) {
      const today = createClock(null).now().toISOString().slice(0, 10);
      return surveyFeed(partOfRequest({ file }), { timeZone, today, address: address ?? undefined, reading: reading ?? undefined });
    }
    if (reading === null) throw new Error("decoded records without their format");
    return surveyRecords(records.values, reading, timeZone);
  });
}

interface KnownTerms {
  readonly lookup: TableLookup;
  readonly knownTerms: ProposalOptions["knownTerms"];
}

const termsRead = new Recent<KnownTerms>(1);

/** Returns the terms of all connectors. Reads the files again only after a change. */
function termsKnown({ folders, termsVersion }: SampleRequest, id: string): Promise<KnownTerms> {
  return termsRead.get(JSON.stringify([folders, termsVersion, id]), async () => {
    const [{ lookup }, knownTerms] = await Promise.all([loadTermFiles(folders, id), readDecidedTerms(folders)]);
    return { lookup, knownTerms };
  });
}

/** The last result of a survey, because the steps of the wizard ask for it again. `key`: the input of the computation. */
type LastComputed<Result> = WeakMap<Survey, { readonly key: string; readonly result: Result }>;

function computedOnce<Result>(last: LastComputed<Result>, survey: Survey, factors: readonly unknown[], compute: () => Result): Result {
  const key = JSON.stringify(factors);
  const known = last.get(survey);
  const result = known?.key === key ? known.result : compute();
  last.set(survey, { key, result });
  return result;
}

const proposals: LastComputed<Proposal> = new WeakMap();

/** Returns the proposal without the choices of the person. */
function proposed({ folders, termsVersion }: SampleRequest, survey: Survey, lookup: TermLookup, options: ProposalOptions): Proposal {
  const { knownTerms: _, ...facts } = options;
  return computedOnce(proposals, survey, [folders, termsVersion, facts], () => proposeConnector(survey, lookup, options));
}

const previews: LastComputed<Promise<Preview>> = new WeakMap();

/** Returns the aids that the whole file gives. */
function previewed(ask: SampleRequest, survey: Survey, connector: Connector, terms: TermLookup): Promise<Preview> {
  const decode = () => withoutUnreadPages(decodeFeed([partOfRequest(ask)], readingOf(connector), surveyLimits));
  const factors = [ask.folders, ask.termsVersion, ask.terms, connector];
  const preview = computedOnce(previews, survey, factors, () => previewAids(decode, connector, terms));
  preview.catch(() => previews.delete(survey));
  return preview;
}

function partOfRequest({ file }: Pick<SampleRequest, "file">): FeedPart {
  if (file === null) throw new Error("a request without a file");
  return partOf(file);
}

function wordsOf({ records }: Survey, termFiles: Proposal["termFiles"], fields: Proposal["fields"]): ShownWords[] {
  return termFiles.map(({ name, rows, open }) => {
    const paths = fields.filter(({ rule }) => JSON.stringify(rule).includes(`"${name}"`)).flatMap(({ from }) => from);
    const texts = [...countTexts(paths.flatMap((path) => allTexts(records, path))).values()];
    const countOf = (term: string) => {
      const folded = foldTerm(term);
      return texts.reduce((sum, { text, count }) => (foldTerm(text).includes(folded) ? sum + count : sum), 0);
    };
    const terms = [...new Set([...rows.map(({ term }) => term), ...open])];
    const words = terms.map((term) => ({
      term,
      count: countOf(term),
      suggested: rows.filter((row) => row.term === term && row.target !== "").map(({ target }) => target),
    }));
    return { vocabulary: name, words: words.sort((a, b) => b.count - a.count) };
  });
}

const maxTextLength = 600;
const maxMembers = 20;

/** Shortens long texts and lists of a value for display. */
function truncateValue(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return value.length > maxTextLength ? `${value.slice(0, maxTextLength)}…` : value;
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  if (depth > 4) return "…";
  if (Array.isArray(value)) {
    const shown = value.slice(0, maxMembers).map((member) => truncateValue(member, depth + 1));
    return value.length > maxMembers ? [...shown, "…"] : shown;
  }
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, 200)
      .map(([key, member]) => [key, truncateValue(member, depth + 1)]),
  );
}
