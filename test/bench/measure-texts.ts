// Measures the texts of real feeds that reach `cleanHtml` through a connector's `html` rules, and prints their figures as JSON. Run
// `npx tsx test/bench/measure-texts.ts`; `--write` also writes `real-text.json`, which the bench's generator reads. The result contains
// numbers only.
import { createReadStream } from "node:fs";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeFeed } from "../../src/ingest/decode/decode-feed.ts";
import { defaultDecodeLimits } from "../../src/ingest/decode/decoded.ts";
import { compileConnector } from "../../src/ingest/map/compile-connector.ts";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import type { RuleContext } from "../../src/kit/rules/rule-context.ts";
import { plainRulesOf } from "../../src/kit/rules/rule-paths.ts";
import { readOneText } from "../../src/kit/values/text/read-one-text.ts";
import { loadedConnectors } from "../support/loaded-connectors.ts";
import { realFeeds } from "../support/real-feeds.ts";
import { hasSharedData, sharedData } from "../support/shared-data.ts";
import { type RealText, realTextFile, type TextField, textFields } from "./real-text.ts";
import { figuresOf, profileColumns, profileOf, type TextProfile } from "./text-profile.ts";

/** Profiles kept for the generator, of each field: every n-th by length. */
const kept = 200;

if (!hasSharedData) throw new Error(`there are no real files in ${sharedData}`);
const profiles: Record<TextField, TextProfile[]> = { description: [], eligibility: [], contact: [] };
let records = 0;
for (const connector of await loadedConnectors()) {
  const feed = realFeeds[connector.definition.id];
  if (feed !== undefined) await measureFeed(connector, join(sharedData, feed));
}
const all = textFields.flatMap((field) => profiles[field]);
const measured: RealText = {
  records,
  figures: figuresOf(all),
  fields: {
    description: fieldOf("description"),
    eligibility: fieldOf("eligibility"),
    contact: fieldOf("contact"),
  },
};
process.stdout.write(`${JSON.stringify({ ...measured, fields: undefined }, null, 2)}\n`);
if (process.argv.includes("--write")) await writeFile(realTextFile, textOf(measured));

/** Adds the texts of a feed whose connector has `html` rules. */
async function measureFeed({ definition, terms }: LoadedConnector, path: string): Promise<void> {
  const { context: shared } = compileConnector(definition, terms);
  const htmlRules = textFields.flatMap((name) => {
    const rule = definition.fields[name];
    return rule === undefined ? [] : plainRulesOf(rule).flatMap((plain) => (plain.kind === "html" ? [{ name, of: plain.of }] : []));
  });
  if (htmlRules.length === 0) return;
  const { size } = await stat(path);
  const part = { name: path, contentType: null, bytes: size, path, open: () => createReadStream(path) };
  for await (const batch of decodeFeed([part], definition.decode, defaultDecodeLimits)) {
    for (const decoded of batch) {
      if (decoded.kind !== "record") continue;
      records++;
      const context: RuleContext = { ...shared, values: decoded.values, report: () => undefined };
      for (const { name, of } of htmlRules) {
        const text = readOneText(of, context, "<br>");
        if (text !== null) profiles[name].push(profileOf(text));
      }
    }
  }
}

function fieldOf(field: TextField): RealText["fields"][TextField] {
  const sorted = profiles[field].toSorted((a, b) => a.length - b.length);
  const chosen = Array.from({ length: kept }, (_, place) => sorted[Math.floor(((place + 0.5) / kept) * sorted.length)] as TextProfile);
  return {
    share: Number((sorted.length / records).toFixed(4)),
    profiles: chosen.map((profile) => profileColumns.map((column) => profile[column])),
  };
}

/** Returns the JSON with one line for each profile. */
function textOf(measured: RealText): string {
  return `${JSON.stringify(measured, null, 2).replace(/\[[\s\d.,]+\]/g, (list) => list.replace(/\s+/g, " ").replace(/^\[ /, "[").replace(/ \]$/, "]"))}\n`;
}
