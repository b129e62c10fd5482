import type { FeedLead } from "../../catalogue/publishers/feed-lead-repository.ts";
import { lookForLeads } from "../../jobs/radar/look-for-leads.ts";
import { radarPlaces } from "../../jobs/radar/radar-places.ts";
import { usefulLeadKinds } from "../../model/publisher/feed-lead.ts";
import type { FileKind } from "../../model/survey/file-kind.ts";
import type { CommandContext } from "../context.ts";
import { fileKind } from "../english/survey.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { type CuratorFlags, curatorOf } from "../options.ts";
import { inert } from "../printable.ts";

const maxShown = 500;

/** Lists leads. With `--look`, searches first. Throws `WrongUse` if no place to search is set. */
export async function showRadar(context: CommandContext, flags: { look?: true; refused?: true; all?: true; json?: true }): Promise<void> {
  const { terminal, environment } = context;
  const places = radarPlaces(environment.MOISSON_RADAR);
  if (flags.look && places === null)
    throw new WrongUse("MOISSON_RADAR says where to look; for example data-gouv=https://www.data.gouv.fr,sitemaps");
  await context.withCatalogue(async (catalogue, services) => {
    if (flags.look && places !== null) {
      const interrupted = new AbortController();
      const interrupt = () => interrupted.abort();
      process.once("SIGINT", interrupt);
      try {
        const { found, added, taken, sampled, problems } = await lookForLeads(
          { ...services, registry: () => context.connectors() },
          places,
          interrupted.signal,
          { onProgress: (title, done, total) => terminal.progress({ title, done, total, unit: "places" }) },
        );
        terminal.progress(null);
        terminal.err(`${found} found, ${taken} read by connectors, ${added} new; ${sampled} samples read`);
        for (const problem of problems) terminal.err(inert(problem));
      } finally {
        process.off("SIGINT", interrupt);
        terminal.progress(null);
      }
    }
    const kinds = flags.all ? null : usefulLeadKinds;
    const leads = await catalogue.feedLeads.list(flags.refused ? "refused" : "open", kinds, maxShown);
    if (flags.json) return terminal.out(JSON.stringify(leads, null, 2));
    for (const lead of leads) terminal.out(inert(lineOf(lead)));
    if (leads.length === 0) terminal.out(flags.refused ? "no lead is refused" : "no lead; `moisson radar --look` searches for some");
  });
}

function lineOf({ id, kind, certainty, title, publisher, address, why }: FeedLead): string {
  const contents = kind === "pages" ? "pages of a site" : kind === null ? "not read" : fileKind(kind as FileKind);
  const reason = why === null ? "" : `\n  refused: ${why}`;
  return `${id.slice(0, 8)}  ${Math.round(certainty * 100)} %  ${contents}  ${title}${publisher === "" ? "" : ` (${publisher})`}\n  ${address}${reason}`;
}

/** Refuses a lead, or opens it again. Throws `WrongUse` for an unknown or ambiguous id, and `NotDone` if it is already so. */
export async function decideLead(
  { environment, terminal, withCatalogue }: CommandContext,
  act: "refuse" | "reopen",
  id: string,
  flags: CuratorFlags,
): Promise<void> {
  await withCatalogue(async (catalogue, { clock }) => {
    const { by, now, note = null } = curatorOf(flags, environment, clock.now());
    const state = act === "refuse" ? "refused" : "open";
    const [lead, other] = await catalogue.feedLeads.named(id);
    if (lead === undefined || other !== undefined)
      throw new WrongUse(`${lead === undefined ? "no lead has" : "several leads have"} the id ${id}; \`moisson radar --all\` lists them`);
    if (!(await catalogue.feedLeads.decide(lead.id, { state, why: note, by, now }))) throw new NotDone(`the lead is already ${state}`);
    const details = { id: lead.id, ...(note !== null && { why: note }) };
    await catalogue.audit.add({ act: `lead.${act}`, by, person: null, subject: "piste", details, at: now });
    terminal.out(inert(`${state}: ${lead.title}`));
  });
}
