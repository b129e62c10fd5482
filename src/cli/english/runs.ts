import type { IssueParams } from "../../model/issue.ts";
import { type BudgetName, type BudgetUse, budgetNames } from "../../model/run/run-budget.ts";
import type { Outcome, RunErrorCode } from "../../model/run/run-error.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { pageFault, unreadPages } from "./site-pages.ts";

type Sentence = (params: IssueParams) => string;

/** Outcomes in words. */
export const outcomeMessages: Record<Outcome, string> = {
  applied: "applied",
  "applied-with-rejects": "applied; some records could not be kept",
  unchanged: "nothing changed",
  planned: "planned only: nothing was written",
  held: "HELD: nothing was written",
  unreachable: "the publisher's server could not be reached; trying again later may help",
  refused: "the feed is refused to us; a person must act",
  unreadable: "the response is not the expected feed; nothing was written",
  "stopped-early": "the feed ended early; nothing was written",
  cancelled: "cancelled",
  abandoned: "abandoned: its worker was lost, or another one took over",
  failed: "failed because of an internal error",
};

/** What to do about a file that cannot be read. */
const advices: Readonly<Record<string, string>> = {
  "save-as-xlsx": "open it and save it as .xlsx",
  "ask-for-data": "ask the publisher for the data in it as a spreadsheet (.xlsx, .ods) or CSV",
  "declare-excel": 'declare decode: { format: "excel" }, or ask for the other file',
  "declare-xml": 'declare decode: { format: "xml" }',
  unpack: "extract the feed from the archive",
};

/** Kinds of files whose code says too little. */
const fileKinds: Readonly<Record<string, string>> = { "unreadable-xls": "an .xls workbook" };

const runErrorSentences: Record<RunErrorCode, Sentence> = {
  "timed-out": (p) => `no answer in time from ${p.url ?? "the server"}`,
  "connection-failed": (p) => `no connection to ${p.url ?? p.host ?? "the server"}${p.reason ? ` (${p.reason})` : ""}`,
  "tls-failed": (p) => `the certificate of ${p.host ?? p.url ?? "the server"} is not accepted${p.reason ? ` (${p.reason})` : ""}`,
  "server-busy": (p) => `the server answered ${p.status}${p.url ? ` at ${p.url}` : ""}`,
  "body-cut-short": (p) => `the answer broke off${p.url ? ` at ${p.url}` : ""}`,
  "http-refused": (p) => `the server answered ${p.status}${p.url ? ` at ${p.url}` : ""}: check address and rights`,
  "address-refused": (p) =>
    p.reason
      ? `${p.url ?? p.host ?? "the address"} cannot be asked: ${p.reason}`
      : `${p.host ?? p.url ?? "the address"} is not a public address; MOISSON_ALLOW_HOSTS lets a private one in`,
  "too-many-redirects": (p) => `too many redirects${p.url ? ` from ${p.url}` : ""}`,
  "token-refused": (p) => {
    const said = p.reason ? ` (${p.reason})` : "";
    if (p.status !== undefined) return `no token for the feed: ${p.url} answered ${p.status}${said}; check its secrets`;
    const why = p.limitKb === undefined ? `under "${p.path}" in the answer` : `in an answer of more than ${p.limitKb} KB`;
    return `no token for the feed ${why} of ${p.url}${said}`;
  },
  "missing-secret": (p) => `set ${p.variable}: it contains a secret that the feed requires${p.reason ? ` (${p.reason})` : ""}`,
  "secret-unreadable": (p) =>
    `${p.variable} was entered in the console and is encrypted under MOISSON_SECRET, which is ${p.isMissing ? "missing" : "another one"} here`,
  "forgotten-unknown": (p) =>
    `people were forgotten under MOISSON_SECRET, which is ${p.isMissing ? "missing" : "another one"} here: this feed could contain them again`,
  "missing-address": (p) => `set ${p.variable} to the address of the feed, or give --file or --url`,
  "no-such-file": (p) =>
    `the dataset has no file in the format ${p.format}${p.titled ? ` titled "${p.titled}"` : ""}; there are ${p.found || "none"}`,
  "site-refused": (p) => `the publisher of ${p.host} has asked us on ${p.day} not to read its site`,
  "connector-moved": (p) => `its aids have moved to the connector ${p.to}`,
  "robots-refused": (p) => `robots.txt disallows ${p.url ?? "the list"}`,
  "page-unlike": (p) => `the page is not the expected list: ${pageFault(p)}`,
  "too-large": (p) => {
    if (p.limitColumns !== undefined) return `the table has more than ${p.limitColumns} columns (${p.at})`;
    if (p.limitAttributes !== undefined) return `an element has more than ${p.limitAttributes} attributes (${p.at})`;
    return p.at === undefined ? `a page of the feed is larger than ${p.limitMb} MB` : `a record is larger than ${p.limitMb} MB (${p.at})`;
  },
  "decompression-limit": (p) =>
    p.ratio ? `the answer unpacks to more than ${p.ratio} times its size` : `the feed unpacks to more than ${p.limitMb} MB`,
  "html-page": (p) => `a web page instead of the feed${p.title ? `: "${p.title}"` : ""}`,
  "unsupported-file": (p) =>
    `the file is ${fileKinds[String(p.found)] ?? p.found ?? "of a kind"} that cannot be read${p.reason ? ` (${p.reason})` : ""}${p.advice ? `: ${advices[String(p.advice)] ?? p.advice}` : ""}`,
  "encrypted-file": () => "the file is protected by a password",
  malformed: (p) => `the feed is broken${p.at ? ` at ${p.at}` : ""}${p.reason ? `: ${p.reason}` : ""}`,
  "no-such-path": (p) =>
    `nothing is found under ${p.path ? `"${p.path}"` : "the record path"}: the shape of the feed has changed${p.software ? ` (the site is made with ${p.software}: see the factory site)` : ""}`,
  "no-such-sheet": (p) => `no sheet "${p.sheet}"${p.found ? `; there are ${p.found}` : ""}`,
  "no-header": () => "the feed has no header row",
  "empty-archive": () => "the archive contains no feed",
  "forbidden-xml": (p) => `the XML contains ${p.what ?? "a construct"}, which is refused`,
  "envelope-says-error": (p) => `the feed says that it is in error: ${p.key} is ${p.found}`,
  "all-rejected": (p) =>
    `not one of the first ${p.received} records could be kept, so the rest was not read: the feed has changed its shape`,
  "over-budget": (p) => overBudget(p),
  "walk-incomplete": (p) => {
    const unread = unreadPages(p);
    if (unread !== null) return unread;
    const came =
      p.announced === undefined ? `${p.received ?? "some"} records came` : `${p.received} of ${p.announced} announced records came`;
    const where = p.page === undefined ? "" : `, the walk broke off at page ${p.page}`;
    const division = p.division === undefined ? "" : ` of ${p.division}`;
    return `${came}${where}${division}${p.reason ? ` (${p.reason}${p.status ? `, ${p.status}` : ""})` : ""}`;
  },
  cancelled: (p) => `cancelled by ${p.by}; nothing was written`,
  "handed-back": () => "its worker was stopped; it waits in the queue again",
  "token-taken-over": () => "another run of this connector has begun since",
  "world-moved": (p) =>
    `${p.count === 1 ? "1 aid has" : `${p.count ?? "some"} aids have`} changed since the plan was made${p.aids ? `: ${p.aids}` : ""}${Number(p.count) > 20 ? ", …" : ""}; nothing was written (--skip-moved applies the rest)`,
  "plan-closed": (p) => `the plan is ${p.state === "none" ? "missing" : p.state}: nothing of it is left to apply`,
  "snapshot-missing": (p) =>
    Number(p.found) > 1
      ? `several snapshots begin with ${p.hash}; give more characters of the hash`
      : p.run === undefined
        ? `no snapshot ${p.hash ?? ""} is kept (at least four digits of its hash)`
        : `snapshot ${p.hash} is no longer kept: run ${p.run} read it on ${p.readOn}; docs/retention.md says for how long`,
  "storage-failed": (p) =>
    p.place !== undefined
      ? `the temporary folder of the worker failed${p.reason === "ENOSPC" ? ": its disk is full" : ` (${p.reason})`}`
      : p.reason === "ENOSPC" || p.reason === "53100"
        ? "the disk of the catalogue is full"
        : p.reason === "42501"
          ? `the role of DATABASE_URL has no right to do this${p.detail ? ` (${p.detail})` : ""}: use the owner of the tables`
          : `the catalogue's storage failed${p.reason ? `: ${storageReasons[p.reason] ?? p.reason}` : ""}`,
  "process-ended": (p) =>
    p.signal === undefined
      ? `the process of the run ended with exit code ${p.exitCode}${p.reason ? `: ${p.reason}` : ""}`
      : `the process of the run was ended by ${p.signal}`,
  "process-silent": (p) => `the process of the run did not answer for ${p.seconds} s and was ended`,
  "out-of-memory": () => "the run needed more memory than its process may use",
  internal: (p) => `an error of ours${p.reason ? `: ${p.reason}` : ""}`,
};

/** Failures that an operator can correct, by the code of the system or the SQLSTATE. */
const storageReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "no server answers at the address in DATABASE_URL (ECONNREFUSED)",
  ENOTFOUND: "the host in DATABASE_URL is unknown (ENOTFOUND)",
  "28P01": "the server refuses the user or the password in DATABASE_URL (28P01)",
  "3D000": "the database in DATABASE_URL does not exist (3D000)",
  "53300": "the server has no free connection (53300)",
};

const overBudgetSentences: Record<Exclude<BudgetName, "rejects">, Sentence> = {
  seconds: (p) => `the run took more than ${p.limit} s`,
  cpuSeconds: (p) => `the run used more than ${p.limit} s of CPU time`,
  downloadMegabytes: (p) => `the feed is larger than ${p.limit} MB`,
  decodedMegabytes: (p) => `the feed unpacks to more than ${p.limit} MB`,
  pages: (p) => `the feed has more than ${p.limit} pages`,
  records: (p) => `the feed has more than ${p.limit} records`,
  memoryMegabytes: (p) => `the run needed more than ${p.limit} MB of memory`,
};

/** Names the budget that a run exceeded, its limit, and how to raise it. */
function overBudget(params: IssueParams): string {
  const name = String(params.budget) as keyof typeof overBudgetSentences;
  const setting = name === "memoryMegabytes" ? ", or MOISSON_PROCESS_MEMORY_MB for all" : "";
  return `${overBudgetSentences[name](params)}; if this is right for the feed, raise budget.${name} in its connector${setting}`;
}

/** Explains why a run failed. */
export function runErrorMessage(code: RunErrorCode, params: IssueParams): string {
  return runErrorSentences[code](params);
}

const budgetSentences: Record<BudgetName, (use: BudgetUse) => string> = {
  seconds: ({ used, limit }) => `${used} of ${limit} s`,
  cpuSeconds: ({ used, limit }) => `CPU ${used} of ${limit} s`,
  downloadMegabytes: ({ used, limit }) => `${used} of ${limit} MB downloaded`,
  decodedMegabytes: ({ used, limit }) => `${used} of ${limit} MB decoded`,
  pages: ({ used, limit }) => `${used} of ${limit} pages`,
  records: ({ used, limit }) => `${used} of ${limit} records`,
  rejects: ({ used, limit }) => (used > limit ? `${used} rejects, of which the first ${limit} are kept` : `${used} of ${limit} rejects`),
  memoryMegabytes: ({ used, limit }) => `${used} of ${limit} MB of memory for this run`,
};

/** Returns what a run used of its budget, without resources that it did not use. */
export function budgetUses(budget: NonNullable<RunReport["budget"]>): string[] {
  return budgetNames.flatMap((name) => {
    const use = budget[name];
    return use === undefined || use.used === 0 ? [] : [budgetSentences[name](use)];
  });
}
