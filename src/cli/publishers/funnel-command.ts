import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import type { FunnelAct } from "../../model/aid/funnel.ts";
import { type FunnelCounts, funnelSteps } from "../../model/aid/funnel.ts";
import { publicationFields } from "../../model/aid/publishable.ts";
import { backerSlug } from "../../model/publisher/backer-slug.ts";
import { type Funnel, readFunnel } from "../../partners/figures/read-funnel.ts";
import type { CommandContext } from "../context.ts";
import { WrongUse } from "../exit.ts";

/** Options of `moisson funnel`. */
export interface FunnelFlags {
  connector?: string;
  publisher?: string;
  json?: true;
}

/** Number of acts and blocking fields to print. */
const shown = 10;

/** Prints how far aids have come, by connector, what blocks them, and the acts that free most. */
export async function showFunnel(context: CommandContext, flags: FunnelFlags): Promise<void> {
  await context.withCatalogue(async (catalogue, { clock }) => {
    const { connectors } = await context.connectors();
    const chosen = chosenOf(connectors, flags);
    while ((await catalogue.search.catchUp()) > 0);
    const funnel = await readFunnel(catalogue, connectors, clock.now(), chosen);
    context.terminal.out(flags.json ? JSON.stringify(funnel, null, 2) : linesOf(funnel).join("\n"));
  });
}

function chosenOf(connectors: readonly LoadedConnector[], { connector, publisher }: FunnelFlags): readonly string[] | null {
  if (connector === undefined && publisher === undefined) return null;
  const wanted = backerSlug(publisher ?? "");
  const found = connectors.filter(
    ({ definition }) =>
      (connector === undefined || definition.id === connector) &&
      (publisher === undefined || definition.publisher.siren === publisher || backerSlug(definition.publisher.name) === wanted),
  );
  if (found.length === 0) throw new WrongUse("no such connector or publisher; `moisson connectors` lists them");
  return found.map(({ definition }) => definition.id);
}

function linesOf({ all, connectors, past }: Funnel): string[] {
  const line = (name: string, counts: FunnelCounts) =>
    name.padEnd(36) + funnelSteps.map((step) => String(counts[step]).padStart(15)).join("");
  return [
    "connector".padEnd(36) + funnelSteps.map((step) => step.padStart(15)).join(""),
    ...connectors.map(({ connector, counts }) => line(connector, counts)),
    line("all", all.counts),
    ...past.map(({ day, counts }) => line(`all on ${day}`, counts)),
    ...(all.blocking.length === 0 ? [] : ["", "missing:"]),
    ...all.blocking
      .slice(0, shown)
      .map(
        ({ field, aids, alone }) =>
          `  ${field.padEnd(28)} ${publicationFields.includes(field) ? "to publish" : "to describe fully"}: ${aids} aids${alone > 0 ? `, ${alone} of them lack nothing else` : ""}`,
      ),
    ...(all.acts.length === 0 ? [] : ["", "acts that free most aids:"]),
    ...all.acts.slice(0, shown).flatMap((act) => {
      const { text, command } = funnelActInWords(act);
      return [`  ${text}`, `    ${command}`];
    }),
  ];
}

/** Returns an act as a sentence for the command line, with the command that does it or shows its aids. */
export function funnelActInWords(act: FunnelAct): { readonly text: string; readonly command: string } {
  const { connector, frees } = act;
  const aids = `${frees} ${frees === 1 ? "aid" : "aids"}`;
  if (act.kind === "confirm-basis")
    return { text: `${connector}: ${aids} published without a confirmed basis`, command: `moisson reuse confirm ${connector}` };
  if (act.kind === "ask-licence")
    return { text: `${connector}: ${aids} published without licence or basis: ask the publisher`, command: "moisson reuse" };
  if (act.kind === "publish")
    return { text: `${connector}: ${aids} lack nothing and wait for a person`, command: `moisson aid publish --connector ${connector}` };
  const fields = act.fields.join(", ");
  const first = act.fields[0] ?? "";
  return {
    text: `${connector}: ${act.lack} aids lack ${first}; answers for ${fields} make ${frees} publishable and ${act.describes} fully described`,
    command: `moisson questions --connector ${connector}`,
  };
}
