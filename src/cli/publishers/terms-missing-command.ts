import type { Command } from "commander";
import type { CommandContext } from "../context.ts";
import { missingTermsOf } from "./missing-terms-of.ts";

/** `moisson terms missing`: words of publishers that nobody has decided on yet, as their last runs met them. */
export function addTermsMissingCommand(terms: Command, open: () => CommandContext): void {
  terms
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

\`moisson terms suggest\` proposes what they may mean, \`moisson terms set\` writes the decision.`,
    )
    .action(async (ids: string[], flags: { json?: true }) => {
      const context = open();
      const { terminal, withCatalogue } = context;
      const missing = await withCatalogue((catalogue) => missingTermsOf(context, catalogue, ids));
      if (flags.json) terminal.out(JSON.stringify(missing, null, 2));
      else if (missing.length === 0) terminal.out("no words to map");
      else
        for (const { connector, vocabulary, term, count } of missing)
          terminal.out(`${String(count).padStart(6)}  ${connector}  ${vocabulary}  ${JSON.stringify(term)}`);
    });
}
