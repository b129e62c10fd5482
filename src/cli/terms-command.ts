import type { Command } from "commander";
import { goodOutcomes } from "../aid/run-error.ts";
import type { RunRecord } from "../catalogue/run-repository.ts";
import type { Workshop } from "./workshop.ts";

/** `moisson terms missing`: words of publishers that nobody has decided on yet, as their last runs met them. */
export function addTermsCommand(program: Command, workshop: () => Workshop): void {
  const command = program.command("terms").description("the publishers' words and ours");
  command
    .command("missing")
    .description("words that no term of ours stands for yet, as the last whole run of each connector met them")
    .argument("[connector...]", "connectors; all of them by default")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  moisson terms missing
  moisson terms missing departement-manche --json

A decision is a row of mappings/<connector>/<vocabulary>.csv: partner_term,our_term,note. An empty our_term means: ignore it.`,
    )
    .action(async (ids: string[], flags: { json?: true }) => {
      const { terminal, connectors, connector, withCatalogue } = workshop();
      const asked = ids.length === 0 ? (await connectors()).connectors : await Promise.all(ids.map((id) => connector(id)));
      await withCatalogue(async (catalogue) => {
        const missing = [];
        for (const { definition, terms } of asked) {
          for (const run of await catalogue.runs.list({ connector: definition.id, limit: 20 })) {
            if (run.report === null || !hasReadAll(run)) continue;
            for (const found of run.report.unmappedTerms) {
              const decided = terms.targetsOf(found.vocabulary as Parameters<typeof terms.targetsOf>[0], found.term) !== undefined;
              if (!decided) missing.push({ connector: definition.id, ...found });
            }
            break;
          }
        }
        missing.sort((a, b) => b.count - a.count || (a.term < b.term ? -1 : 1));
        if (flags.json) terminal.out(JSON.stringify(missing, null, 2));
        else if (missing.length === 0) terminal.out("no words to map");
        else
          for (const { connector: id, vocabulary, term, count } of missing)
            terminal.out(`${String(count).padStart(6)}  ${id}  ${vocabulary}  ${JSON.stringify(term)}`);
      });
    });
}

/** Not a run that broke off, or was asked for a few records only: it says nothing about the words that it did not come to. */
function hasReadAll({ outcome, options, report }: RunRecord): boolean {
  const isWhole = outcome !== null && (goodOutcomes.has(outcome) || outcome === "held") && options.limit === undefined;
  return isWhole && report !== null && report.counts.received > 0;
}
