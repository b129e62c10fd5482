import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { PlanRecord } from "../../catalogue/plans/plan-reader.ts";
import { applyPlanPart, applyWithoutFields, type MovedAids } from "../../curation/apply-plan-part.ts";
import type { Curator } from "../../curation/person-plan.ts";
import { aidFields } from "../../model/aid/aid.ts";
import type { CommandContext } from "../context.ts";
import { counted, shortId } from "../english/words.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { type CuratorFlags, curatorOf } from "../options.ts";
import { inert } from "../printable.ts";
import { knownName } from "../read-argument.ts";
import { kindsInWords } from "../render/counts-in-words.ts";
import { parisTime } from "../render/paris-time.ts";
import type { Terminal } from "../terminal.ts";
import { openPlanNamed } from "./plan-named.ts";
import { type PartFlags, partOf } from "./read-plan-part.ts";

/** Options of `moisson plan apply`. */
export interface PlanApplyFlags extends PartFlags {
  skipMoved?: true;
  withoutField?: string[];
  json?: true;
}

/** Applies the plan that `named` identifies. */
export async function applyNamedPlan(
  { withCatalogue, terminal, environment }: CommandContext,
  named: string,
  flags: PlanApplyFlags & CuratorFlags,
): Promise<void> {
  await withCatalogue(async (catalogue, { clock }) => {
    const curator = curatorOf(flags, environment, clock.now());
    await applyPlan(catalogue, await openPlanNamed(catalogue, named), curator, terminal, flags);
  });
}

/** Discards the plan that `named` identifies. */
export async function discardNamedPlan(
  { withCatalogue, terminal, environment }: CommandContext,
  named: string,
  flags: CuratorFlags,
): Promise<void> {
  await withCatalogue(async (catalogue, { clock }) => {
    const curator = curatorOf(flags, environment, clock.now());
    await discardPlan(catalogue, await openPlanNamed(catalogue, named), curator, terminal);
  });
}

/**
 * Applies a plan or a part of it, and prints the remaining changes. Throws `NotDone` if it is closed or the part selects nothing, and `RunError` if aids in it have
 * changed since.
 */
async function applyPlan(
  catalogue: Catalogue,
  plan: PlanRecord,
  curator: Curator,
  terminal: Terminal,
  flags: PlanApplyFlags,
): Promise<void> {
  const { planId } = plan;
  refuseClosed(plan);
  const part = await partOf(catalogue, planId, flags);
  const done =
    flags.withoutField === undefined
      ? await applyPlanPart(catalogue, planId, curator, { part, skipMoved: flags.skipMoved })
      : await holdFields(catalogue, plan, curator, flags);
  if ("refused" in done) {
    if (done.refused === "all-moved") throw new NotDone(`nothing was written: ${movedWords(done.moved)}`);
    if (done.refused === "not-kept")
      throw new NotDone(
        `plan ${shortId(plan.planId)}${ofConnector(plan)} tries a definition that is not saved: save it in the console first (/connecteurs/${done.trial.connector}/essais/${done.trial.runId})`,
      );
    throw new NotDone(`the selection matches nothing left of plan ${shortId(plan.planId)}; left: ${await leftWords(catalogue, planId)}`);
  }
  const { left, moved } = done;
  const { state, ...counts } = done.applied;
  if (flags.json) return terminal.out(JSON.stringify({ planId, state, ...counts, left, moved: moved.count }, null, 2));
  const lines = Object.entries(counts).flatMap(([word, count]) => (count === 0 ? [] : [`${count} ${word}`]));
  terminal.out(
    `plan ${shortId(plan.planId)}${ofConnector(plan)} ${state === "applied" ? "applied" : "applied in part"}: ${lines.join(", ") || "nothing to write"}`,
  );
  if (flags.withoutField !== undefined) {
    terminal.out(
      `${flags.withoutField.join(", ")}: kept as before, until the feed is right again; \`moisson feed ${plan.connector}\` shows it`,
    );
    return;
  }
  if (state === "applied") return;
  terminal.out(
    `left open: ${kindsInWords(left)}; \`moisson plan apply ${shortId(plan.planId)}\` applies the rest, \`moisson plan discard ${shortId(plan.planId)}\` drops it`,
  );
  if (moved.count > 0) terminal.out(movedWords(moved));
}

async function holdFields(
  catalogue: Catalogue,
  plan: PlanRecord,
  curator: Curator,
  { withoutField = [], ...flags }: PlanApplyFlags,
): ReturnType<typeof applyWithoutFields> {
  const { connector, origin } = plan;
  if (flags.only ?? flags.field ?? flags.aid ?? flags.skipMoved) throw new WrongUse("--without-field takes no other selection");
  if (connector === null || origin !== "run") throw new NotDone("--without-field takes the plan of a run");
  const fields = withoutField.map((name) => knownName("--without-field: unknown field", name, aidFields));
  return applyWithoutFields(catalogue, { ...plan, connector }, curator, fields);
}

/** Discards a plan, or the rest of a plan applied in part. Throws `NotDone` if it is closed. */
async function discardPlan(catalogue: Catalogue, plan: PlanRecord, curator: Curator, terminal: Terminal): Promise<void> {
  refuseClosed(plan);
  const left = await leftWords(catalogue, plan.planId);
  if (!(await catalogue.plans.close(plan.planId, "discarded", curator)))
    throw new NotDone(`plan ${shortId(plan.planId)} was closed meanwhile`);
  const kept = plan.state === "part-applied" ? "; its applied part stays" : "";
  terminal.out(`plan ${shortId(plan.planId)}${ofConnector(plan)} discarded: ${left || "no changes"}${left ? " not applied" : ""}${kept}`);
}

/** Throws `NotDone` with who closed the plan and when. */
function refuseClosed(plan: PlanRecord): void {
  const { state, appliedAt, appliedBy, closedAt, closedBy, note } = plan;
  if (state === "open" || state === "part-applied") return;
  const [at, by] = state === "applied" ? [appliedAt, appliedBy] : [closedAt, closedBy];
  const when = at === null ? "" : ` on ${parisTime(at)}`;
  const who = by === null ? "" : ` by ${by === "run" ? "the run that made it" : by}`;
  throw new NotDone(
    inert(`plan ${shortId(plan.planId)} was ${state}${when}${who}${note === null ? "" : ` (${note})`}: there is nothing left to apply`),
  );
}

async function leftWords(catalogue: Catalogue, planId: string): Promise<string> {
  return kindsInWords(await catalogue.plans.countLeft(planId));
}

function movedWords({ count, examples }: MovedAids): string {
  const named = `${examples.join(", ")}${count > examples.length ? ", …" : ""}`;
  return inert(`${counted(count, "aid has", "aids have")} changed since the plan was made: ${named}`);
}

function ofConnector({ connector }: PlanRecord): string {
  return connector === null ? "" : ` of ${connector}`;
}
