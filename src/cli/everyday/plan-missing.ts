import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { PlanRecord } from "../../catalogue/plans/plan-reader.ts";
import type { MissingAid } from "../../catalogue/runs/absence-repository.ts";
import { type WithdrawalDay, withdrawalDay } from "../../jobs/schedule/withdrawal-day.ts";
import type { Connector } from "../../kit/definition.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { inert } from "../printable.ts";
import type { Terminal } from "../terminal.ts";

const aidsShown = 50;
const aidsAtOnce = 1000;

interface OfPlan {
  /** Null if the connector's definition is gone. */
  readonly definition: Connector | null;
  readonly now: Date;
}

/** Lists the first aids that are missing from the feed of an open plan, and when they are withdrawn if they stay missing. */
export async function missingAidLines(
  { absences }: Catalogue,
  { planId, state }: PlanRecord,
  of: OfPlan,
  colors: Terminal["colors"],
): Promise<string[]> {
  const count = state === "open" || state === "part-applied" ? await absences.count(planId) : 0;
  if (count === 0) return [];
  const aids = await absences.list(planId, { limit: aidsShown });
  const missing = `${count} ${count === 1 ? "aid is" : "aids are"} missing from this feed`;
  return [
    `  ${colors.yellow(missing)}; once the plan is applied, ${count === 1 ? "it is" : "each is"} withdrawn on the given day if it stays missing:`,
    ...aids.flatMap((aid) => linesOf(aid, of)),
    ...(count > aids.length ? [`    … and ${count - aids.length} more; --json lists all`] : []),
  ];
}

function linesOf(aid: MissingAid, of: OfPlan): string[] {
  const { connector, externalId, title, standing, lastSeen, originUrl } = aid;
  const seen = lastSeen === null ? "" : `, last seen on ${parisDay(new Date(lastSeen))}`;
  const name = title === null ? "" : `  ${title}`;
  return [
    inert(`    ${connector}/${externalId}${name}`),
    inert(
      `        ${standingWords[standing] ?? standing}${seen}, ${withdrawalWords(aid, of)}${originUrl === null ? "" : `  ${originUrl}`}`,
    ),
  ];
}

const standingWords: Partial<Readonly<Record<MissingAid["standing"], string>>> = {
  live: "published",
  review: "in review",
  "out-of-scope": "out of scope",
};

function withdrawalWords(aid: MissingAid, of: OfPlan): string {
  if (aid.isWithdrawn) return "withdrawn by this plan";
  if (aid.hasOtherSource) return "stays: another source has it";
  const withdrawal = withdrawalOf(aid, of);
  if (withdrawal === null) return "withdrawn after a grace period";
  return `withdrawn on ${withdrawal.day}${withdrawal.isEarliest ? " at the earliest" : ""}`;
}

function withdrawalOf(aid: MissingAid, { definition, now }: OfPlan): WithdrawalDay | null {
  return aid.isWithdrawn || aid.hasOtherSource || definition === null ? null : withdrawalDay(definition, aid, now);
}

/** Yields all missing aids of an open plan for `--json`. `withdrawal` is null if this plan withdraws the aid, or another source keeps it. */
export async function* missingAids({ absences }: Catalogue, { planId, state }: PlanRecord, of: OfPlan): AsyncGenerator<unknown> {
  if (state !== "open" && state !== "part-applied") return;
  for (let offset = 0; ; offset += aidsAtOnce) {
    const aids = await absences.list(planId, { limit: aidsAtOnce, offset });
    for (const aid of aids) yield { ...aid, withdrawal: withdrawalOf(aid, of) };
    if (aids.length < aidsAtOnce) return;
  }
}
