import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { aidFields, isEmptyValue } from "../../../src/model/aid/aid.ts";
import { isSureRule, type MeasuredRule } from "../../../src/suggest/is-sure.ts";
import { NeighbourIndex } from "../../../src/suggest/neighbours/neighbour-index.ts";
import { loadedConnectors } from "../../support/loaded-connectors.ts";
import { crossValidate, figuresOf } from "./cross-validate.ts";
import { wilsonLower } from "./judge.ts";
import { duplicatesOf, publisherFolds, readRealAids } from "./labelled-aids.ts";

/**
 * `npm run bench:suggestions`: measures the rules of src/suggest on the 473 aids that curators of Aides-territoires filled.
 * `-- --write` stores the figures that decide which rules are sure; `-- --list FIELD` prints the wrong suggestions for a field.
 */
const { values: options } = parseArgs({ options: { write: { type: "boolean" }, list: { type: "string" } } });
const figuresFile = new URL("../../../src/suggest/measured-rules.json", import.meta.url);
const print = (line = "") => process.stdout.write(`${line}\n`);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

const connectors = await loadedConnectors();
const aids = await readRealAids(connectors, "aides-territoires");
const duplicates = duplicatesOf(aids);
const folds = publisherFolds(aids);
const index = new NeighbourIndex(aids);
const own = (aidId: string) => duplicates.get(aidId) ?? new Set([aidId]);

const judged = crossValidate(aids, index, ({ aidId }) => own(aidId));
const judgedByPublisher = crossValidate(aids, index, ({ aidId }) => new Set([...own(aidId), ...(folds.get(aidId) ?? [])]));
const measured = measuredRules();

print(
  `${aids.length} labelled aids; ${[...duplicates.values()].filter((ids) => ids.size > 1).length} have likely duplicates, which do not help them`,
);
print();
print("| field | rule | strength | n | right | precision | lower | whole | recall | by publisher | sure |");
print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
const byKey = new Map(figuresOf(judged).map((figure) => [`${figure.field} ${figure.rule} ${figure.strength}`, figure]));
for (const figure of measured) {
  const { field, rule, strength, n, right, lower, publisherN, publisherRight } = figure;
  const labelled = aids.filter(({ content }) => !isEmptyValue(content[field])).length;
  const whole = byKey.get(`${field} ${rule} ${strength}`)?.whole ?? 0;
  const harder = publisherN === 0 ? "–" : `${publisherRight}/${publisherN} = ${percent(publisherRight / publisherN)}`;
  const columns = [
    field,
    rule,
    strength,
    n,
    right,
    percent(right / n),
    percent(lower),
    percent(whole / n),
    percent(right / labelled),
    harder,
  ];
  print(`| ${[...columns, isSureRule(figure) ? "yes" : ""].join(" | ")} |`);
}

if (options.list !== undefined) {
  print();
  for (const { aid, suggested } of judged.filter(({ right, suggested }) => !right && suggested.field === options.list)) {
    const label = aid.content[suggested.field];
    print(`${aid.aidId} ${aid.content.name}\n  ${suggested.rule} ${suggested.strength.toFixed(2)}: ${JSON.stringify(suggested.value)}`);
    print(`  curator: ${JSON.stringify(label)}\n  ${JSON.stringify(suggested.evidence)}`);
  }
}
if (options.write) await writeFile(figuresFile, `[\n${measured.map((figure) => `  ${JSON.stringify(figure)}`).join(",\n")}\n]\n`);

function measuredRules(): MeasuredRule[] {
  const harder = new Map(figuresOf(judgedByPublisher).map((figure) => [`${figure.field} ${figure.rule} ${figure.strength}`, figure]));
  return figuresOf(judged)
    .filter(({ n }) => n > 0)
    .map(({ rule, field, strength, n, right }) => {
      const { n: publisherN = 0, right: publisherRight = 0 } = harder.get(`${field} ${rule} ${strength}`) ?? {};
      const rounded = (share: number) => Math.round(share * 10_000) / 10_000;
      const lower = rounded(wilsonLower(right, n));
      return {
        rule,
        field,
        strength,
        n,
        right,
        lower,
        publisherN,
        publisherRight,
        publisherLower: rounded(wilsonLower(publisherRight, publisherN)),
      };
    })
    .sort(
      (a, b) =>
        aidFields.indexOf(a.field) - aidFields.indexOf(b.field) || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : a.strength - b.strength),
    );
}
