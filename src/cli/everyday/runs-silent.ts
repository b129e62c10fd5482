import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { missingVariables } from "../../jobs/schedule/missing-variables.ts";
import type { Connector } from "../../kit/definition.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { asideOfSilence, type SetAside } from "../../model/run/set-aside.ts";
import { neverRun, type Silence, silencesOf } from "../../model/run/silence.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { CommandContext } from "../context.ts";
import { setAsideMessage, silenceMessage } from "../english/watch.ts";
import { inert } from "../printable.ts";
import { setAsideJson } from "../render/render-report.ts";

/** A silent connector, with the reasons. */
interface SilentConnector {
  readonly connector: string;
  readonly silences: readonly Silence[];
  readonly aside: SetAside | null;
  /** Required variables that are not set. */
  readonly missing: readonly string[];
}

/** Lists active connectors that change less often than usual, have only past deadlines, or have no recent applied run. */
export async function showSilent(
  context: CommandContext,
  flags: { readonly connector?: string; readonly all?: true; readonly json?: true },
): Promise<void> {
  const { terminal, environment, connectors, withCatalogue } = context;
  const active = (await connectors()).connectors.filter(({ definition }) => definition.state === "active");
  const wanted = flags.connector === undefined ? active : active.filter(({ definition }) => definition.id === flags.connector);
  const silent = await withCatalogue((catalogue, { clock }) => silentConnectors(catalogue, wanted, environment, clock.now()));
  const shown = silent.filter(({ aside }) => flags.all || aside === null);
  if (flags.json) return terminal.out(JSON.stringify(shown.flatMap(silentJson), null, 2));
  for (const connector of shown) terminal.out(silentLine(connector, terminal.colors.dim));
  if (shown.length === 0) terminal.out("no active connector is silent");
  const left = silent.length - shown.length;
  if (left > 0) terminal.err(`${left} set aside; --all shows ${left === 1 ? "it" : "them"}`);
}

async function silentConnectors(
  catalogue: Catalogue,
  connectors: readonly LoadedConnector[],
  environment: CommandContext["environment"],
  now: Date,
): Promise<SilentConnector[]> {
  const today = parisDay(now);
  await catalogue.search.bringIn({ whole: true });
  const activities = new Map((await catalogue.activity.list()).map((activity) => [activity.connector, activity]));
  const setAsides = await catalogue.setAsides.list();
  const stored = new Set((await catalogue.secrets.list()).map(({ name }) => name));
  return connectors.flatMap((connector) => {
    const { id, rhythm } = connector.definition;
    const silences = silencesOf(activities.get(id) ?? neverRun(id), now, today, rhythm !== undefined);
    if (silences.length === 0) return [];
    const aside = asideOfSilence(id, silences.length, setAsides, today);
    return [{ connector: id, silences, aside, missing: missingVariables(connector.definition, environment, stored) }];
  });
}

/** Returns the number of ways in which a connector is silent now. */
export async function countSilences(catalogue: Catalogue, { id, rhythm }: Connector, now: Date): Promise<number> {
  await catalogue.search.bringIn({ whole: true });
  const activity = (await catalogue.activity.list()).find(({ connector }) => connector === id);
  return silencesOf(activity ?? neverRun(id), now, parisDay(now), rhythm !== undefined).length;
}

function silentJson({ connector, silences, aside, missing }: SilentConnector): unknown[] {
  return silences.map((silence) => ({
    connector,
    ...silence,
    message: sentence(silence, missing),
    ...setAsideJson(aside),
  }));
}

function silentLine({ connector, silences, aside, missing }: SilentConnector, dim: (text: string) => string): string {
  const texts = silences.map((silence) => sentence(silence, missing)).join("; ");
  return aside === null ? inert(`${connector}: ${texts}`) : dim(inert(`${connector}: ${setAsideMessage(aside, texts)}`));
}

function sentence(silence: Silence, missing: readonly string[]): string {
  const isIdle = silence.code === "never-applied" || silence.code === "not-applied";
  const needs = isIdle && missing.length > 0 ? `; it needs ${missing.join(", ")}` : "";
  return `${silenceMessage(silence, (instant) => parisDay(new Date(instant)))}${needs}`;
}
