import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "../support/loaded-connectors.ts";
import { runVitest, type VitestEnd } from "../support/run-vitest.ts";
import { chooseMutants, type Mutant, placeOf } from "./choose-mutants.ts";
import equivalents from "./equivalent.json" with { type: "json" };
import { mutated } from "./mutations.ts";
import { relatedTests } from "./related-tests.ts";
import { copyProject, type WorkCopy } from "./work-copy.ts";

const help = `npm run mutants -- [options]: changes one place of the source at a time, and says whether a test notices.

  --count N    number of mutants that tests judge (5)
  --seed N     chooses the same mutants again (1)
  --file PATH  changes this file, line (src/kit/feed.ts:12) or folder only (src)
  --list       lists the mutants without running tests
  --help

killed      a test fails
survived    every test that can reach the file passes: write one that fails, or list the mutant in test/mutants/equivalent.json
equivalent  listed: no test can notice it, with the reason
invalid     does not compile; another one takes its place
`;

/** A mutant that no test can notice, by its file, its line and its change. */
interface Equivalent {
  readonly file: string;
  readonly line: string;
  readonly change: string;
  readonly why: string;
}

/** The nearest tests run first, because they usually notice. */
const nearest = 12;

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
    file: { type: "string", default: "src" },
    list: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const print = (line: string) => process.stdout.write(`${line}\n`);

const linesOf = (file: string) => readFileSync(join(projectRoot, file), "utf8");
const changeOf = ({ before, after }: Mutant) => `${before.replace(/\s+/g, " ")} -> ${after.replace(/\s+/g, " ")}`;
const lineOf = ({ file, line }: Mutant) => linesOf(file).split("\n")[line - 1]?.trim() ?? "";

function reasonIfEquivalent(mutant: Mutant): string | undefined {
  const isListed = ({ file, line, change }: Equivalent) => file === mutant.file && line === lineOf(mutant) && change === changeOf(mutant);
  return (equivalents as readonly Equivalent[]).find(isListed)?.why;
}

/** Test files that pass without a mutant, and those that do not: they judge nothing. */
const sound = new Set<string>();
const unsound = new Set<string>();

/** Returns the verdict of the tests, and which of them noticed. */
async function judge(copy: WorkCopy, { file }: Mutant, text: string): Promise<{ readonly isKilled: boolean; readonly by: string }> {
  const related = relatedTests(copy.root, file);
  for (const some of [related.slice(0, nearest), related.slice(nearest)]) {
    for (;;) {
      const left = some.filter((test) => !unsound.has(test));
      if (left.length === 0) break;
      copy.change(file, text);
      const end = await runVitest(copy.root, left, ["--bail=1"]);
      copy.restore();
      if (end.kind === "passed") break;
      if (end.kind === "endless") return { isKilled: true, by: "the tests do not end" };
      const failed = failedIn(end);
      if (!failed.some((test) => sound.has(test))) await tryWithoutMutant(copy, failed);
      const by = failed.find((test) => sound.has(test));
      if (by !== undefined || failed.length === 0) return { isKilled: true, by: by ?? "no test starts" };
    }
  }
  return { isKilled: false, by: `${related.length} related test files pass` };
}

const failedIn = ({ files }: VitestEnd) => files.filter(({ isPassed }) => !isPassed).map(({ file }) => file);

async function tryWithoutMutant(copy: WorkCopy, tests: readonly string[]): Promise<void> {
  const failed = failedIn(await runVitest(copy.root, tests, []));
  for (const test of tests) (failed.includes(test) ? unsound : sound).add(test);
  if (failed.length > 0) print(`unsound     fails without a mutant, so it judges nothing: ${failed.join(", ")}`);
}

async function judgeMutants(copy: WorkCopy): Promise<void> {
  let [killed, judged, invalid, equivalent] = [0, 0, 0, 0];
  for (const mutant of chooseMutants(projectRoot, placeOf(values.file), Number(values.seed))) {
    if (judged === Number(values.count)) break;
    const { file, line } = mutant;
    const said = (verdict: string, more: string) => print(`${verdict.padEnd(11)} ${file}:${line}  ${changeOf(mutant)}  (${more})`);
    const why = reasonIfEquivalent(mutant);
    const text = mutated(linesOf(file), mutant);
    copy.change(file, text);
    const error = why === undefined ? copy.typeError(file) : null;
    copy.restore();
    if (why !== undefined) {
      equivalent++;
      said("equivalent", why);
    } else if (error !== null) {
      invalid++;
      said("invalid", error.slice(0, 100));
    } else if (values.list) {
      judged++;
      said("mutant", `${relatedTests(copy.root, file).length} related test files`);
    } else {
      const { isKilled, by } = await judge(copy, mutant, text);
      judged++;
      if (isKilled) killed++;
      said(isKilled ? "killed" : "survived", by);
    }
  }
  const share = judged === 0 ? 0 : Math.round((100 * killed) / judged);
  if (!values.list) print(`${killed} of ${judged} mutants killed (${share} %); ${equivalent} equivalent, ${invalid} do not compile`);
}

if (values.help) {
  process.stdout.write(help);
} else {
  const copy = copyProject(projectRoot.replace(/\/$/, ""));
  process.once("exit", copy.remove);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  await judgeMutants(copy);
}
