import { parseArgs } from "node:util";
import { checkCase, peopleCorpus } from "../support/people-corpus.ts";
import { writeRealPeople } from "./real-people.ts";

// Measures how well people are removed from published texts. Prints failures of the open two thirds; of the held-out third only figures.
// `--real --to FILE` writes instead a list of all addresses and numbers of the real files, for a person to read.
const { values } = parseArgs({ options: { "all-open": { type: "boolean" }, real: { type: "boolean" }, to: { type: "string" } } });
if (values.real) {
  if (values.to === undefined) throw new Error("--real needs --to with a file outside the project, because the list contains real people");
  process.stdout.write(`${await writeRealPeople(values.to)}\n`);
  process.exit();
}
const show = values["all-open"] === true;
const print = (line: string) => process.stdout.write(`${line}\n`);
const corpus = peopleCorpus().map((one) => ({ ...one, ...checkCase(one) }));
const sum = (cases: readonly (typeof corpus)[number][], of: (one: (typeof corpus)[number]) => number) =>
  cases.reduce((all, one) => all + of(one), 0);
const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} % (${part} of ${whole})`;

for (const [title, cases] of [
  ["open", corpus.filter((one) => !one.isHeldOut)],
  ["held out", corpus.filter((one) => one.isHeldOut)],
  ["all", corpus],
] as const) {
  const [people, services] = [sum(cases, (one) => one.people.length), sum(cases, (one) => one.services.length)];
  print(`${title}: ${cases.length} texts`);
  print(`  persons gone           ${percent(people - sum(cases, (one) => one.peopleLeft.length), people)}`);
  print(`  service details kept   ${percent(services - sum(cases, (one) => one.servicesLost.length), services)}`);
  print(`  fragments              ${sum(cases, (one) => one.fragments.length)}`);
}
for (const file of new Set(corpus.map((one) => one.place.split(":")[0] ?? ""))) {
  const cases = corpus.filter((one) => one.isHeldOut && one.place.startsWith(`${file}:`));
  const [left, lost, fragments] = [
    sum(cases, (one) => one.peopleLeft.length),
    sum(cases, (one) => one.servicesLost.length),
    sum(cases, (one) => one.fragments.length),
  ];
  if (left + lost + fragments > 0) print(`held out, ${file}: ${left} persons left, ${lost} service details lost, ${fragments} fragments`);
}
for (const one of corpus) {
  if (one.isHeldOut) continue;
  const faults = [
    ...one.peopleLeft.map((text) => `person left: ${text}`),
    ...one.servicesLost.map((text) => `service lost: ${text}`),
    ...one.fragments,
  ];
  if (faults.length === 0 && !show) continue;
  print(`\n${one.place}\n  ${one.written}\n  ${one.published}`);
  for (const fault of faults) print(`  ! ${fault}`);
}
