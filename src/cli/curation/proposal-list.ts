import type { Command } from "commander";
import { type WaitingProposal, waitingProposals } from "../../curation/waiting-proposals.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { CommandContext } from "../context.ts";
import { positiveNumber } from "../options.ts";
import { fieldDifference } from "../render/field-difference.ts";
import { inert } from "../render/inert.ts";
import { layOut } from "../render/lay-out.ts";
import { parisTime } from "../render/paris-time.ts";
import type { Terminal } from "../terminal.ts";
import { addProposalFilterFlags, type ProposalFilterFlags, proposalFilterOf } from "./proposal-filter.ts";

/** Proposals shown where nobody says how many. */
const usualLimit = 50;

/** `proposal list`: what waits, the nearest deadline first. */
export function addProposalListCommand(proposal: Command, open: () => CommandContext): void {
  const command = proposal.command("list").description("list what waits, the nearest deadline first");
  addProposalFilterFlags(command)
    .option("--limit <count>", `how many (default: ${usualLimit}; all with --json)`, positiveNumber)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  moisson proposal list --connector departement-drome\n  moisson proposal list --field submissionDeadline --json",
    )
    .action(async (flags: ProposalFilterFlags & { limit?: number; json?: true }) => {
      const filter = proposalFilterOf(flags);
      const { terminal, withCatalogue } = open();
      await withCatalogue(async (catalogue, { clock }) => {
        const { proposals, count } = await waitingProposals(catalogue.aids.curated(filter), {
          ...(filter.proposed !== true && { field: filter.proposed }),
          limit: flags.limit ?? (flags.json ? Number.POSITIVE_INFINITY : usualLimit),
          today: parisDay(clock.now()),
        });
        if (flags.json) terminal.out(JSON.stringify(proposals.map(proposalJson), null, 2));
        else if (count === 0) terminal.out("no proposals wait");
        else {
          for (const waiting of proposals) terminal.out(proposalShown(waiting, terminal.colors));
          terminal.err(
            `${count} ${count === 1 ? "proposal waits" : "proposals wait"}${proposals.length < count ? `, ${proposals.length} shown` : ""}`,
          );
        }
      });
    });
}

function proposalJson({ title: _, deadline: __, ...proposal }: WaitingProposal): unknown {
  return proposal;
}

/** The id by which it is answered, the aid, and what would change, word by word. */
function proposalShown(
  { connector, externalId, field, title, deadline, ...proposal }: WaitingProposal,
  colors: Terminal["colors"],
): string {
  const margin = "    ";
  const width = (process.stdout.columns ?? 120) - margin.length;
  const until = deadline === null ? "no deadline" : `until ${deadline}`;
  const edited = proposal.editedBy === null ? "" : `, shown as ${proposal.editedBy} corrected it`;
  const since = `proposed ${parisTime(proposal.since)} by run ${proposal.runId.slice(0, 8)}${edited}`;
  return [
    `${colors.bold(inert(`${connector}/${externalId}:${field}`))}  ${inert(title)}  (${until})`,
    `${margin}${colors.dim(inert(since))}`,
    ...layOut(fieldDifference(field, proposal.current, proposal.incoming, false), colors, width).map((line) => margin + line),
  ].join("\n");
}
