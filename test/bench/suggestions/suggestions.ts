import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { isEmptyValue } from "../../../src/model/aid/aid.ts";
import { measuredPrecision } from "../../../src/suggest/measured-rule.ts";
import { loadedConnectors } from "../../support/loaded-connectors.ts";
import { realFeeds } from "../../support/real-feeds.ts";
import { wilsonLower } from "./judge.ts";
import { figuresOf, type Judged } from "./judged-aids.ts";
import { handFigures, sampleOf } from "./judged-by-hand.ts";
import { readRealAids } from "./labelled-aids.ts";
import { measureRules } from "./measure-rules.ts";

/**
 * `npm run bench:suggestions`: measures the rules of src/suggest on the 473 aids that curators of Aides-territoires filled.
 * `-- --write` stores the figures that pages show; `-- --list FIELD` prints the wrong suggestions for a field.
 */
const { values: options } = parseArgs({
  options: { write: { type: "boolean" }, list: { type: "string" }, sample: { type: "string" } },
});
const figuresFile = new URL("../../../src/suggest/measured-rules.json", import.meta.url);
const print = (line = "") => process.stdout.write(`${line}\n`);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

const connectors = await loadedConnectors();
const aids = await readRealAids(connectors, "aides-territoires");
const { judged, measured } = measureRules(aids);
const feeds = await realFeedsInScope();
const everywhere = [...aids, ...feeds.flatMap((feed) => feed.aids)];
if (options.sample !== undefined) {
  for (const row of sampleOf(everywhere, options.sample)) print(row);
  process.exit();
}

print(`${aids.length} labelled aids`);
print();
print("| field | rule | strength | n | right | precision | lower | whole | recall |");
print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
const byKey = new Map(figuresOf(judged).map((figure) => [`${figure.field} ${figure.rule} ${figure.strength}`, figure]));
for (const figure of measured) {
  const { field, rule, strength, n, right } = figure;
  const labelled = aids.filter(({ content }) => !isEmptyValue(content[field])).length;
  const whole = byKey.get(`${field} ${rule} ${strength}`)?.whole ?? 0;
  const columns = [
    field,
    rule,
    strength,
    n,
    right,
    percent(right / n),
    percent(wilsonLower(right, n)),
    percent(whole / n),
    percent(right / labelled),
  ];
  print(`| ${columns.join(" | ")} |`);
}

printHandFigures();
printPerAid();

if (options.list !== undefined) {
  print();
  for (const { aid, suggested } of judged.filter(({ right, suggested }) => !right && suggested.field === options.list)) {
    const label = aid.content[suggested.field];
    print(`${aid.aidId} ${aid.content.name}\n  ${suggested.rule} ${suggested.strength.toFixed(2)}: ${JSON.stringify(suggested.value)}`);
    print(`  curator: ${JSON.stringify(label)}\n  ${JSON.stringify(suggested.evidence)}`);
  }
}
if (options.write) await writeFile(figuresFile, `[\n${measured.map((figure) => `  ${JSON.stringify(figure)}`).join(",\n")}\n]\n`);

/** Reads the real feeds, without the labelled aids and templates. Aids that the connector puts out of scope are left out. */
async function realFeedsInScope() {
  const wanted = connectors.filter(({ definition: { id } }) => id in realFeeds && id !== "aides-territoires" && !id.startsWith("modele-"));
  return Promise.all(
    wanted.map(async ({ definition }) => {
      const all = await readRealAids(connectors, definition.id);
      return { definition, aids: all.filter(({ content }) => content.outOfScope === null) };
    }),
  );
}

/** Prints the verdicts of a person on suggestions that curators' values cannot judge. */
function printHandFigures(): void {
  print();
  print("| judged by hand: field | rule | strength | n | right | precision | lower |");
  print("| --- | --- | --- | --- | --- | --- | --- |");
  for (const { field, rule, strength, n, right, stale } of handFigures(everywhere)) {
    const note = stale > 0 ? ` (${stale} no longer suggested)` : "";
    print(`| ${[field, rule, strength, `${n}${note}`, right, percent(right / n), percent(wilsonLower(right, n))].join(" | ")} |`);
  }
}

/** Prints for how many aids the best suggestions of all fields are right. */
function printPerAid(): void {
  print();
  const chosen = bestOfEach(judged);
  const wrong = new Set(chosen.filter(({ right }) => !right).map(({ aid }) => aid.aidId));
  const helped = new Set(chosen.map(({ aid }) => aid.aidId));
  const right = helped.size - wrong.size;
  print(
    `per aid: all right for ${right} of ${helped.size} aids with one (${percent(right / helped.size)}, lower ${percent(wilsonLower(right, helped.size))})`,
  );
}

/** Returns the best suggestion of each field of an aid: with the highest measured precision. */
function bestOfEach(some: readonly Judged[]): Judged[] {
  const best = new Map<string, Judged>();
  for (const one of some) {
    const key = `${one.aid.aidId} ${one.suggested.field}`;
    const known = best.get(key);
    if (known === undefined || measuredPrecision(one.suggested) > measuredPrecision(known.suggested)) best.set(key, one);
  }
  return [...best.values()];
}
