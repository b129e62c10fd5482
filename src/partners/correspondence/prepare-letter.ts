import { basename } from "node:path";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { ErrorReport } from "../../catalogue/reports/error-report-repository.ts";
import { lastWholeRun } from "../../catalogue/runs/last-whole-run.ts";
import type { RunRecord } from "../../catalogue/runs/run-repository.ts";
import { isAboutFeed } from "../../french/letters/noticed.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { type Refused, refusedAct } from "../../model/act-refusal.ts";
import type { AidField } from "../../model/aid/aid.ts";
import type { IssueCode } from "../../model/issue.ts";
import { faultRank } from "../../model/letter/fault-kinds.ts";
import type { AnnexLine, Fault, Letter } from "../../model/letter/letter.ts";
import { reportedFields } from "../../model/publisher/error-report.ts";
import type { PeoplePolicy } from "../../model/publisher/people-policy.ts";
import { goodOutcomes, type Outcome, type RunErrorCode } from "../../model/run/run-error.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { shownAddress } from "../../platform/shown-address.ts";
import type { KnownServices } from "../../privacy/doubts.ts";
import { textWithoutPeople } from "../../privacy/text-without-people.ts";
import { type LetterReading, writeLetter } from "../letters/write-letter.ts";
import { linesOfWholeFeed } from "./collect-lines.ts";
import { type FoundAnomalies, type ReadAnomalies, withStoredFeed } from "./read-anomalies.ts";

/** Services that make letters. `readAnomalies`: reads a feed again, in a place that can bear it. */
export interface LetterServices {
  readonly catalogue: Catalogue;
  readonly readAnomalies: ReadAnomalies;
}

interface PreparedLetter {
  readonly letter: Letter;
  readonly annex: readonly AnnexLine[];
}

const pastRuns = 11;
/** If no snapshot is kept, a run with a report is searched among this many runs. */
const runsLookedAt = 30;
/** Issues that a run finds at its end, so reading the feed again does not report them. */
const onlyInReports: ReadonlySet<IssueCode> = new Set([
  "announced-total-differs",
  "field-never-seen",
  "licence-differs",
  "reading-changed",
]);
/** Outcomes caused by the publisher's server or file. */
const theirOutcomes: ReadonlySet<Outcome> = new Set(["unreachable", "refused", "unreadable"]);
const ourErrors: ReadonlySet<RunErrorCode> = new Set(["missing-secret", "missing-address", "address-refused", "secret-unreadable"]);

/** The run that a letter describes, and the runs that have ended after it, newest first. `stored`: hash of the feed's snapshot, if kept. */
export interface RunOfLetter {
  readonly runId: string;
  readonly run: RunRecord;
  readonly report: RunReport;
  readonly stored: string | null;
  readonly since: readonly RunRecord[];
}

/** Finds the last run of a connector that read a whole feed. */
export async function runOfLetter(catalogue: Catalogue, connector: string): Promise<RunOfLetter | Refused> {
  const runs = await catalogue.runs.list({ connector, limit: runsLookedAt });
  const stored = await lastWholeRun(catalogue, connector);
  const run = stored ?? runs.find(hasReport);
  if (run?.report === undefined || run.report === null) return refusedAct("no-whole-feed");
  const since = runs.filter(
    ({ outcome, startedAt, options }) => outcome !== null && startedAt > run.startedAt && options.trial === undefined,
  );
  return { runId: run.runId, run, report: run.report, stored: stored?.snapshotHash ?? null, since };
}

/** Writes the letter about a run and stores nothing. A run's report has examples only, so the stored feed is read again. */
export async function prepareLetter(
  { catalogue, readAnomalies }: LetterServices,
  connector: LoadedConnector,
  { run, report, stored, since }: RunOfLetter,
  now: Date,
): Promise<PreparedLetter> {
  const { id } = connector.definition;
  const deadLinks = await catalogue.links.deadLinks(id);
  const found: FoundAnomalies =
    stored === null
      ? { lines: [], reading: null, isWhole: false }
      : await withStoredFeed(catalogue, stored, (parts) => readAnomalies(connector, parts, { deadLinks, today: parisDay(now) }));
  const reading = readingOf(found, report);
  // Without a complete reading, the examples of the report replace the lines.
  const lines =
    found.reading === null ? [...found.lines, ...(found.lines.length === 0 ? linesOfWholeFeed(report.issues, []) : [])] : found.lines;
  const reported = (await catalogue.errorReports.confirmed(id)).map(reportedLine);
  const people = peopleInLetter((await catalogue.peoplePolicies.inForce()).get(id) ?? "service", await catalogue.personAnswers.services());
  const annex = people.lines([...lines, ...reported]).sort((a, b) => faultRank(a.code) - faultRank(b.code));
  const past = (await catalogue.appliedRuns.lastReports(id, pastRuns + 1)).filter(
    (one) => one.report.runId !== run.runId && one.appliedAt < run.startedAt,
  );
  const letter = writeLetter({
    definition: connector.definition,
    feed: {
      address: addressInLetter(connector, report),
      file: report.feed.file === undefined ? null : basename(report.feed.file),
      day: parisDay(run.startedAt),
    },
    reading,
    lines: annex,
    isWhole: found.isWhole,
    past: past
      .slice(0, pastRuns)
      .reverse()
      .map(({ report: then, appliedAt }) => ({ day: parisDay(appliedAt), report: then })),
    trouble: troubleOf(since),
  });
  return { letter: people.letter(letter), annex };
}

/** Returns the line of an error that a reader has reported and a person has confirmed. */
function reportedLine({ externalId, aidName, kind, point }: ErrorReport): AnnexLine {
  return { place: null, externalId, title: aidName, code: "reported-error", field: reportedFields[kind], value: point, params: {} };
}

/** Returns the address of the feed as shown in the letter. The letter is public, so a private address is cut to its server. */
function addressInLetter({ definition: { feed } }: LoadedConnector, { feed: { url } }: RunReport): string | null {
  if (url === undefined) return null;
  return feed.urlFrom === undefined ? shownAddress(url) : `${new URL(url).origin}/…`;
}

function readingOf({ reading }: FoundAnomalies, report: RunReport): LetterReading {
  const noticed = [...report.guards.filter(({ code }) => isAboutFeed(code)), ...(reading?.noticed ?? [])];
  if (reading === null) return { ...report, noticed };
  return { ...reading, noticed, issues: [...reading.issues, ...report.issues.filter(({ code }) => onlyInReports.has(code))] };
}

function hasReport({ outcome, options, report }: RunRecord): boolean {
  const isGood = outcome !== null && (goodOutcomes.has(outcome) || outcome === "held");
  return isGood && (report?.counts.received ?? 0) > 0 && options.limit === undefined && options.trial === undefined;
}

/** Returns why the feed cannot be read since the run of the letter, if the publisher caused the last failure, or null. */
function troubleOf(since: readonly RunRecord[]): Letter["trouble"] {
  const [last] = since;
  if (last === undefined || last.outcome === null || !theirOutcomes.has(last.outcome)) return null;
  const error = last.report?.error;
  if (error != null && ourErrors.has(error.code)) return null;
  const others = since.findIndex(({ outcome }) => outcome !== null && !theirOutcomes.has(outcome));
  const first = since.at(others === -1 ? -1 : others - 1) ?? last;
  const trouble = { day: parisDay(first.startedAt), outcome: last.outcome };
  if (error == null) return trouble;
  const { status, reason } = error.params;
  const params = { ...(status !== undefined && { status }), ...(reason !== undefined && { reason }) };
  return { ...trouble, code: error.code, params };
}

const contactFields: ReadonlySet<string | null> = new Set<AidField>(["contact", "contactEmail", "contactPhone", "contactDetail"]);

/** Texts of a letter that quote the publisher's data. */
type Quoted = Pick<AnnexLine, "title" | "value">;

/**
 * Removes people from what a letter and its annex quote, as the policy of the publisher says. `professional` keeps the values of contact
 * fields.
 */
function peopleInLetter(policy: PeoplePolicy, services: KnownServices) {
  const cleaned = (text: string | null) => (policy === "all" ? text : textWithoutPeople(text, services));
  const quoted = <One extends Quoted>(one: One, field: string | null): One => ({
    ...one,
    title: cleaned(one.title),
    value: policy === "professional" && contactFields.has(field) ? one.value : cleaned(one.value),
  });
  const inFault = (fault: Fault): Fault => ({ ...fault, examples: fault.examples.map((example) => quoted(example, fault.field)) });
  return {
    lines: (lines: readonly AnnexLine[]): AnnexLine[] => lines.map((line) => quoted(line, line.field)),
    letter: (letter: Letter): Letter => ({
      ...letter,
      faults: letter.faults.map(inFault),
      questions: letter.questions.map(inFault),
      words: letter.words.map(({ terms, ...rest }) => ({
        ...rest,
        terms: terms.flatMap(({ term, count }) => {
          const shown = cleaned(term);
          return shown === null ? [] : [{ term: shown, count }];
        }),
      })),
    }),
  };
}
