import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { FunnelDay } from "../../catalogue/published/funnel-repository.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { type ConnectorFunnel, sumOfFunnels } from "../../model/aid/funnel.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { confirmationRefusal, readReuseStates } from "../reuse-bases.ts";

/** How far the aids of some connectors have come. */
export interface Funnel {
  readonly all: Omit<ConnectorFunnel, "connector">;
  readonly connectors: readonly (ConnectorFunnel & { readonly publisher: string })[];
  /** The same on days of the past, the earliest first; without days before the first figures. */
  readonly past: readonly FunnelDay[];
}

const dayMs = 86_400_000;
const daysAgo = [90, 30, 7] as const;

/**
 * Reads the funnel. `chosen`: these connectors only. The search index must be up to date. Past figures are those that the nightly digest has kept.
 */
export async function readFunnel(
  catalogue: Pick<Catalogue, "funnel" | "reuseBases">,
  connectors: readonly LoadedConnector[],
  now: Date,
  chosen: readonly string[] | null = null,
): Promise<Funnel> {
  const states = await readReuseStates(
    catalogue,
    connectors.filter(({ definition }) => chosen === null || chosen.includes(definition.id)),
  );
  const canConfirm = new Set(states.filter((state) => confirmationRefusal(state) === null).map(({ connector }) => connector));
  const names = new Map(states.map(({ connector, publisher }) => [connector, publisher]));
  const found = await catalogue.funnel.funnels(canConfirm, parisDay(now), chosen);
  const days = daysAgo.map((ago) => parisDay(new Date(now.getTime() - ago * dayMs)));
  return {
    all: sumOfFunnels(found),
    connectors: found.map((funnel) => ({ ...funnel, publisher: names.get(funnel.connector) ?? funnel.connector })),
    past: await catalogue.funnel.past(days, chosen),
  };
}
