import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { PlanRecord } from "../../catalogue/plans/plan-reader.ts";
import type { CommandContext } from "../context.ts";
import { guardMessage } from "../english/guards.ts";
import { inert } from "../printable.ts";
import { planJson } from "../render/change-json.ts";
import { changedCounts, countsInWords } from "../render/counts-in-words.ts";
import type { Terminal } from "../terminal.ts";

/** Options of `moisson plan list`. */
export interface PlanListFlags {
  connector?: string;
  all?: true;
  limit: number;
  json?: true;
}

/** Lists the open plans, newest first; with `--all`, then the closed ones. */
export async function listPlans({ withCatalogue, terminal }: CommandContext, flags: PlanListFlags): Promise<void> {
  await withCatalogue((catalogue, { clock }) => list(catalogue, terminal, clock.now(), flags));
}

async function list(catalogue: Catalogue, terminal: Terminal, now: Date, flags: PlanListFlags): Promise<void> {
  const { limit, connector } = flags;
  const of = connector === undefined ? {} : { connector };
  const waiting = await catalogue.plans.list({ ...of, isOpen: true, limit });
  const room = limit - waiting.length;
  const closed = flags.all && room > 0 ? await catalogue.plans.list({ ...of, isOpen: false, limit: room }) : [];
  const plans = [...waiting, ...closed];
  if (flags.json) return terminal.out(JSON.stringify(plans.map(planJson), null, 2));
  if (plans.length === 0) return terminal.out(nothing(flags));
  const width = Math.max(...plans.map((plan) => (plan.connector ?? "").length));
  for (const plan of plans) for (const line of linesOf(plan, width, now, terminal.colors)) terminal.out(line);
  if (plans.length === limit) terminal.err(`${limit} plans shown; --limit shows more`);
}

function nothing({ all, connector }: PlanListFlags): string {
  const of = connector === undefined ? "" : ` of ${connector}`;
  return all
    ? `no plan${of} yet; \`moisson run <connector> --dry-run\` makes one`
    : `no plan${of} is open; \`moisson plan list --all\` lists applied and discarded plans`;
}

function linesOf(plan: PlanRecord, width: number, now: Date, colors: Terminal["colors"]): string[] {
  const { planId, connector, createdAt, counts, guards } = plan;
  const isHeld = isWaiting(plan) && guards.length > 0;
  const words = [
    colors.bold(planId.slice(0, 8)),
    (connector ?? "").padEnd(width),
    age(createdAt, now).padEnd(14),
    makerOf(plan).padEnd(16),
    (isHeld ? colors.red : isWaiting(plan) ? colors.yellow : colors.dim)((isHeld ? "HELD" : plan.state).padEnd(12)),
    countsInWords(counts, changedCounts) || "nothing to do",
  ];
  const [first] = guards;
  return [words.join("  "), ...(isHeld && first ? [`          ${inert(guardMessage(first))}`] : [])];
}

function isWaiting({ state }: PlanRecord): boolean {
  return state === "open" || state === "part-applied";
}

function makerOf({ origin, runId, madeBy }: PlanRecord): string {
  const run = runId?.slice(0, 8) ?? "";
  if (origin === "run") return `run ${run}`;
  return inert([origin === "undo" ? `undo ${run}`.trim() : origin, madeBy].filter((word) => word !== null).join(" by "));
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Returns how long ago an instant was, in minutes, hours or days. */
function age(instant: Date, now: Date): string {
  const passed = now.getTime() - instant.getTime();
  if (passed < minute) return "just now";
  if (passed < 2 * hour) return ago(passed / minute, "minute");
  return passed < 2 * day ? ago(passed / hour, "hour") : ago(passed / day, "day");
}

function ago(count: number, unit: string): string {
  const whole = Math.floor(count);
  return `${whole} ${unit}${whole === 1 ? "" : "s"} ago`;
}
