import type { ComparedPair, Comparison, LiveCatalogue } from "../../curation/adopt-live-aids.ts";
import type { AidField } from "../../model/aid/aid.ts";
import { inert } from "../printable.ts";
import type { Terminal } from "../terminal.ts";
import { fieldDifference } from "./field-difference.ts";
import { layOut } from "./lay-out.ts";
import { renderLiveAid, renderLivePair, renderOwnAid, section } from "./live-pair.ts";

/**
 * Renders the differences from the live aids: first the counts, then the differing fields of each pair (publisher's value first), then aids
 * without a counterpart.
 */
export function renderComparison(comparison: Comparison, live: LiveCatalogue, colors: Terminal["colors"], width: number): string {
  const { pairs, doubts, onlyLive, onlyOwn, ofOthers } = comparison;
  const differing = pairs.filter(({ differences }) => differences.length > 0);
  const fields = Object.entries(differencesByField(pairs)).map(([field, count]) => `${field} ${count}`);
  const more = "--json has all of them";
  return [
    `compared with the ${live.aids.length} live aids of ${inert(live.file)}`,
    line("same", pairs.length - differing.length, "pairs agree in all fields of the export"),
    line("differ", differing.length, `pairs${fields.length === 0 ? "" : `: ${fields.join(", ")}`}`),
    line("doubtful", doubts.length, "pairs, perhaps the same aid"),
    line("only feed", onlyOwn.length, "aids that are not online"),
    line("only live", onlyLive.length, "aids that look like this publisher's and are not in its feed"),
    line("others", ofOthers, "live aids of other publishers"),
    ...section(
      colors.bold("what differs: publisher's value, then what is live"),
      differing,
      (pair) => renderPair(pair, colors, width),
      more,
    ),
    ...section(colors.bold("doubtful pairs"), doubts, (pair) => renderLivePair(pair, colors), more),
    ...section(colors.bold("only in the feed"), onlyOwn, (aid) => `  ${renderOwnAid(aid)}`, more),
    ...section(colors.bold("only live"), onlyLive, (aid) => `  ${renderLiveAid(aid)}`, more),
  ].join("\n");
}

/** Counts, for each field, the pairs that differ in it. The most frequent field comes first. */
export function differencesByField(pairs: readonly ComparedPair[]): Partial<Record<AidField, number>> {
  const counts = new Map<AidField, number>();
  for (const { differences } of pairs) for (const { field } of differences) counts.set(field, (counts.get(field) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}

function line(label: string, count: number, words: string): string {
  return `  ${label.padEnd(12)}  ${count} ${words}`;
}

function renderPair(pair: ComparedPair, colors: Terminal["colors"], width: number): string {
  const fields = pair.differences.flatMap(({ field, publisher, live }) => [
    `    ${colors.bold(field)}`,
    ...layOut(fieldDifference(field, publisher, live, false), colors, Math.max(width - 8, 20)).map((text) => `        ${text}`),
  ]);
  return [`  ${renderOwnAid(pair.own)}`, `    ${colors.dim(`live: ${renderLiveAid(pair.live)}`)}`, ...fields].join("\n");
}
