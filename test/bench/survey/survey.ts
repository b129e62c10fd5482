import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { aidFields } from "../../../src/model/aid/aid.ts";
import { figuresOf } from "./figures.ts";
import { type SurveyedFile, surveyFile } from "./survey-file.ts";
import { pathOf, readTruths, truthSets } from "./truth.ts";
import { judgeFiles } from "./verdicts.ts";

/**
 * `npm run bench:survey`: surveys lists of aids and compares the proposed connectors with those that a careful person writes.
 * `-- --set A|B|made` chooses the files, without it the verdicts on all real files are printed too; `-- --details` prints each wrong or missed field.
 */
const { values: options } = parseArgs({ options: { set: { type: "string", default: "all" }, details: { type: "boolean" } } });
const sets = truthSets.filter((set) => options.set === "all" || options.set === set);
if (sets.length === 0) throw new Error(`unknown set "${options.set}"; use ${truthSets.join(", ")} or all`);
const print = (line = "") => process.stdout.write(`${line}\n`);
const percent = (count: number, of: number) => (of === 0 ? "–" : `${((100 * count) / of).toFixed(1)} %`);

const scratch = await mkdtemp(join(tmpdir(), "moisson-survey-bench-"));
const surveyed: SurveyedFile[] = [];
for (const truth of readTruths(sets)) surveyed.push(await surveyFile(truth, await pathOf(truth, scratch)));
await rm(scratch, { recursive: true });

print("| set | file | proposed | right | expected | found | acts | open words | aids | publishable |");
print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
for (const one of surveyed) {
  const { truth, acts, openWords, aids, publishable, isReadRight } = one;
  const { proposed, right, expected, found } = figuresOf(one.judged);
  const file = isReadRight ? truth.file : `${truth.file} (records not found)`;
  const shares = `${proposed} | ${percent(right, proposed)} | ${expected} | ${percent(found, expected)}`;
  print(`| ${truth.set} | ${file} | ${shares} | ${acts} | ${openWords} | ${aids} | ${percent(publishable, aids)} |`);
}

print();
print("| set | files | proposals right | fields found | acts per file | publishable, mean of files |");
print("| --- | ---: | ---: | ---: | ---: | ---: |");
for (const set of sets) {
  const files = surveyed.filter(({ truth }) => truth.set === set);
  const { proposed, right, expected, found } = figuresOf(files.flatMap(({ judged }) => judged));
  const acts = files.reduce((sum, file) => sum + file.acts, 0) / files.length;
  const shares = files.filter(({ aids }) => aids > 0).map(({ publishable, aids }) => publishable / aids);
  const mean = shares.reduce((sum, share) => sum + share, 0);
  const precision = `${right}/${proposed} = ${percent(right, proposed)}`;
  const recall = `${found}/${expected} = ${percent(found, expected)}`;
  print(`| ${set} | ${files.length} | ${precision} | ${recall} | ${acts.toFixed(1)} | ${percent(mean, shares.length)} |`);
}

print();
print("| field | proposed | right | expected | found |");
print("| --- | ---: | ---: | ---: | ---: |");
for (const field of ["externalId", ...aidFields]) {
  const { proposed, right, expected, found } = figuresOf(surveyed.flatMap(({ judged }) => judged.filter((one) => one.field === field)));
  if (proposed + expected > 0)
    print(`| ${field} | ${proposed} | ${percent(right, proposed)} | ${expected} | ${percent(found, expected)} |`);
}

const leaks = surveyed.flatMap(({ truth, judged }) =>
  judged.flatMap((one) => one.leaks.map((path) => `${truth.file}: ${one.field} reads ${path}`)),
);
print();
print(leaks.length === 0 ? "No field reads an internal value or a person." : `Fields that must not be read:\n${leaks.join("\n")}`);

if (options.set === "all") {
  const verdicts = await judgeFiles();
  print();
  print("| contents | files | verdicts right |");
  print("| --- | ---: | ---: |");
  for (const kinds of new Set(verdicts.map(({ accepted }) => accepted.join(" or ")))) {
    const same = verdicts.filter(({ accepted }) => accepted.join(" or ") === kinds);
    print(`| ${kinds} | ${same.length} | ${same.filter(({ isRight }) => isRight).length} |`);
  }
  const wrong = verdicts.filter(({ isRight }) => !isRight);
  print(`| all | ${verdicts.length} | ${verdicts.length - wrong.length} |`);
  for (const { file, got, certainty, accepted } of wrong) print(`${file}: ${got} (${certainty}); accepted: ${accepted.join(" or ")}`);
}

if (options.details) {
  print();
  for (const { truth, judged } of surveyed) {
    for (const { field, verdict, got, accepted } of judged) {
      if (verdict !== "right")
        print(`${truth.file}: ${field} ${verdict}${got === "" ? "" : `, reads ${got}`}; accepted: ${accepted || "nothing"}`);
    }
  }
}
