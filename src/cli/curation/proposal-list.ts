import { type WaitingProposal, waitingProposals } from "../../curation/waiting-proposals.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { CommandContext } from "../context.ts";
import { inert } from "../printable.ts";
import { fieldDifference } from "../render/field-difference.ts";
import { layOut } from "../render/lay-out.ts";
import { parisTime } from "../render/paris-time.ts";
import type { Terminal } from "../terminal.ts";
import { proposalFilterOf } from "./aid-filter.ts";
import type { ProposalFilterFlags } from "./aid-options.ts";

const defaultLimit = 50;

/** Lists the proposals that wait, the nearest deadline first. */
export async function listProposals(
  { terminal, withCatalogue }: CommandContext,
  flags: ProposalFilterFlags & { limit?: number; json?: true },
): Promise<void> {
  const filter = proposalFilterOf(flags);
  await withCatalogue(async (catalogue, { clock }) => {
    const { proposals, count } = await waitingProposals(catalogue.aids.curated(filter), {
      ...(filter.proposed !== true && { field: filter.proposed }),
      limit: flags.limit ?? (flags.json ? Number.POSITIVE_INFINITY : defaultLimit),
      today: parisDay(clock.now()),
    });
    if (flags.json) return terminal.out(JSON.stringify(proposals.map(proposalJson), null, 2));
    if (count === 0) return terminal.out("no proposals wait");
    for (const waiting of proposals) terminal.out(proposalShown(waiting, terminal));
    const shown = proposals.length < count ? `, ${proposals.length} shown` : "";
    terminal.err(`${count} ${count === 1 ? "proposal waits" : "proposals wait"}${shown}`);
  });
}

function proposalJson({ title: _, deadline: __, ...proposal }: WaitingProposal): unknown {
  return proposal;
}

/** Renders a proposal: its id, the aid, and the difference in words. */
function proposalShown(
  { connector, externalId, field, title, deadline, ...proposal }: WaitingProposal,
  { colors, columns }: Terminal,
): string {
  const margin = "    ";
  const width = columns - margin.length;
  const until = deadline === null ? "no deadline" : `until ${deadline}`;
  const edited = proposal.editedBy === null ? "" : `, shown as ${proposal.editedBy} corrected it`;
  const since = `proposed ${parisTime(proposal.since)} by run ${proposal.runId.slice(0, 8)}${edited}`;
  return [
    `${colors.bold(inert(`${connector}/${externalId}:${field}`))}  ${inert(title)}  (${until})`,
    `${margin}${colors.dim(inert(since))}`,
    ...layOut(fieldDifference(field, proposal.current, proposal.incoming, false), colors, width).map((line) => margin + line),
  ].join("\n");
}
