import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { confirmationRefusal, confirmProposals, exclusionsOf, type ReuseState, readReuseStates } from "../../partners/reuse-bases.ts";
import type { CommandContext } from "../context.ts";
import { basisInWords, exclusionQuestions } from "../english/publication.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { type CuratorFlags, curatorOf } from "../options.ts";

/** Lists the proposed and confirmed bases of connectors, with the number of live aids. */
export async function listBases(context: CommandContext, flags: { json?: true }): Promise<void> {
  await context.withCatalogue(async (catalogue) => {
    const states = await statesOf(context, catalogue);
    const { terminal } = context;
    if (flags.json) return terminal.out(JSON.stringify(states.map(stateJson), null, 2));
    for (const state of states) {
      terminal.out(`${state.connector.padEnd(36)} ${standingOf(state)}`);
      terminal.out(
        `${" ".repeat(37)}${terminal.colors.dim(`${state.live} live aids, ${state.closed} not readable by everybody${state.proposal.note === undefined ? "" : `; ${state.proposal.note}`}`)}`,
      );
    }
  });
}

/** Confirms the proposals of connectors. Without `--yes`, prints the proposals and the questions and changes nothing. */
export async function confirmBases(context: CommandContext, ids: readonly string[], flags: CuratorFlags & { yes?: true }): Promise<void> {
  await context.withCatalogue(async (catalogue, { clock }) => {
    const { terminal, environment } = context;
    const chosen = chosenOf(await statesOf(context, catalogue), ids);
    for (const state of chosen) {
      const refusal = confirmationRefusal(state);
      if (refusal !== null) throw new NotDone(`${state.connector}: ${refusals[refusal]}`);
    }
    const questions = exclusionsOf(chosen);
    for (const { connector, publisher, proposal, closed } of chosen)
      terminal.out(
        `${connector} (${publisher}): ${basisInWords[proposal.basis]}${proposal.page === undefined ? "" : `, ${proposal.page}, seen ${proposal.seen}`}; lets ${closed} live aids out`,
      );
    for (const question of questions) terminal.out(`  ${exclusionQuestions[question]}${flags.yes === true ? " no" : ""}`);
    if (flags.yes !== true)
      throw new NotDone("nothing is confirmed: if the answer to every question is no for each of them, repeat with --yes");
    const curator = curatorOf(flags, environment, clock.now());
    const { by, now, note = null } = curator;
    await confirmProposals(catalogue, chosen, { by, now, note });
    for (const { connector, proposal } of chosen) {
      const details = { basis: proposal.basis, answers: Object.fromEntries(questions.map((question) => [question, "no"])) };
      await catalogue.audit.add({ act: "reuse.confirm", by, person: null, subject: `connecteur ${connector}`, details, at: now });
    }
    terminal.out(`confirmed by ${by}: ${chosen.length} connector${chosen.length === 1 ? "" : "s"}; \`moisson reuse revoke\` reverts this`);
  });
}

/** Revokes the bases of connectors. Without `--yes`, prints the bases and changes nothing. */
export async function revokeBases(context: CommandContext, ids: readonly string[], flags: CuratorFlags & { yes?: true }): Promise<void> {
  await context.withCatalogue(async (catalogue, { clock }) => {
    const { terminal, environment } = context;
    const bases = await catalogue.reuseBases.inForce();
    const chosen = [...new Set(ids)].map((id) => {
      const inForce = bases.get(id);
      if (inForce === undefined) throw new NotDone(`${id} has no confirmed basis`);
      return { id, ...inForce };
    });
    if (flags.yes !== true) {
      for (const { id, basis, confirmed } of chosen) terminal.out(`${id}: ${basisInWords[basis]}, confirmed on ${confirmed}`);
      throw new NotDone("nothing is revoked: to make their aids without an open licence tombstones in the API, repeat with --yes");
    }
    const { by, now, note = null } = curatorOf(flags, environment, clock.now());
    for (const { id } of chosen) {
      if (!(await catalogue.reuseBases.revoke(id, note, by, now))) throw new NotDone(`${id} has no confirmed basis`);
      await catalogue.audit.add({ act: "reuse.revoke", by, person: null, subject: `connecteur ${id}`, details: {}, at: now });
      terminal.out(
        `revoked: the basis of ${id}; its aids without an open licence are tombstones in the API, and leave the open data with the next dump`,
      );
    }
  });
}

async function statesOf(context: CommandContext, catalogue: Catalogue): Promise<ReuseState[]> {
  const { connectors } = await context.connectors();
  while ((await catalogue.search.catchUp()) > 0);
  return readReuseStates(catalogue, connectors);
}

function chosenOf(states: readonly ReuseState[], ids: readonly string[]): ReuseState[] {
  return [...new Set(ids)].map((id) => {
    const found = states.find(({ connector }) => connector === id);
    if (found === undefined) throw new WrongUse(`unknown connector "${id}"; \`moisson reuse\` lists them`);
    return found;
  });
}

const refusals = {
  "not-confirmable": "its file proposes no legal basis; set `reuse` in the connector, or ask the publisher for a licence",
  "in-force": "its basis is confirmed already",
  licensed: "its records have an open licence, which needs no confirmation",
} as const;

function standingOf({ proposal, announced, inForce, hasChanged, isLicensed }: ReuseState): string {
  if (isLicensed) return basisInWords.licence;
  const proposed = announced === null ? basisInWords[proposal.basis] : `${basisInWords.agreement}: the portal announces ${announced}`;
  if (inForce === null) return proposal.basis === "unknown" ? "no basis proposed" : `proposed: ${proposed}`;
  const confirmed = `confirmed: ${basisInWords[inForce.basis]}, by ${inForce.by} on ${inForce.at.slice(0, 10)}`;
  return hasChanged ? `${confirmed}; now proposed, not confirmed: ${proposed}` : confirmed;
}

function stateJson({ proposal, announced, inForce, ...state }: ReuseState): unknown {
  const { basis, page = null, seen = null, note = null } = proposal;
  return { ...state, proposal: { basis, page, seen, note, announced }, confirmed: inForce };
}
