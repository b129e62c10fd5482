import type { Outcomes } from "./outcomes.ts";

/** The committed tables: the outcomes of each case, with their connectors. */
export const tables = {
  read: new URL("./read-outcomes.md", import.meta.url),
  served: new URL("./served-outcomes.md", import.meta.url),
  days: new URL("./days-outcomes.md", import.meta.url),
};

const introduction = `# Outcomes of the edge cases

The tests put each case into the feed of every connector (the first scenario of its fixtures) and write the feed in the publisher's format.
Each line is an outcome and its connectors. \`npx tsx test/support/update-edge-cases.ts\` writes this page; read the difference before you commit it.
`;

/** Returns the table. For each case, the most common outcome comes first, and "does not apply" last. */
export function tableOf(outcomes: readonly Outcomes[]): string {
  const names = [...new Set(outcomes.flatMap(({ cells }) => [...cells.keys()]))];
  return [introduction, ...names.flatMap((name) => [`## ${name}`, "", ...linesOf(name, outcomes), ""])].join("\n");
}

function linesOf(name: string, outcomes: readonly Outcomes[]): string[] {
  const byWords = new Map<string, string[]>();
  for (const { connector, cells } of outcomes) {
    const words = cells.get(name) ?? "not run";
    byWords.set(words, [...(byWords.get(words) ?? []), connector]);
  }
  const rank = (words: string) => (words.startsWith("does not apply") ? 1 : 0);
  const sorted = [...byWords].sort(([a, ofA], [b, ofB]) => rank(a) - rank(b) || ofB.length - ofA.length || (a < b ? -1 : 1));
  return sorted.map(([words, connectors]) => `- \`${words.replaceAll("`", "'")}\`: ${connectors.join(", ")}`);
}
