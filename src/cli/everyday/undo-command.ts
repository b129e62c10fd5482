import type { ListedRemark, PlanRecord } from "../../catalogue/plans/plan-reader.ts";
import type { PersonPlan } from "../../curation/person-plan.ts";
import { applyActs } from "../../curation/plan-acts.ts";
import { undoRun } from "../../curation/undo-run.ts";
import type { UndoRefusal, UndoRefusalCode } from "../../model/plan/objection.ts";
import type { CommandContext } from "../context.ts";
import { shortId } from "../english/words.ts";
import { NotDone } from "../exit.ts";
import { type CuratorFlags, curatorOf } from "../options.ts";
import { kindsInWords } from "../render/counts-in-words.ts";
import { nextStep } from "../render/plan-words.ts";
import { remarkLine, renderRemarks } from "../render/render-remarks.ts";
import type { Terminal } from "../terminal.ts";
import { planNamed } from "./plan-named.ts";

/** State of an undo's plan. It is discarded if everything that it would revert has changed since. */
type UndoState = "open" | "applied" | "discarded";

/** Maximum number of spared aids listed in text. */
const sparedShown = 20;

/** Makes the plan that reverts a run or a plan, applies it with `--yes`, and prints it. */
export async function undo(
  { terminal, environment, withCatalogue }: CommandContext,
  named: string,
  flags: CuratorFlags & { yes?: true; json?: true },
): Promise<void> {
  await withCatalogue(async (catalogue, { clock }) => {
    const curator = curatorOf(flags, environment, clock.now());
    const undone = await planNamed(catalogue, named);
    const plan = await undoRun(catalogue, curator, undone, { replacesWaiting: flags.yes === true });
    if ("refused" in plan) throw new NotDone(undoRefusalMessage(plan.refused));
    const { planId, isDiscarded, remarks } = plan;
    if (flags.yes && !isDiscarded) await applyActs(catalogue, planId, curator, true);
    const state = isDiscarded ? "discarded" : flags.yes ? "applied" : "open";
    const spared = remarks === 0 ? [] : await catalogue.plans.remarks(planId, flags.json ? remarks : sparedShown);
    terminal.out(flags.json ? undoJson(undone, plan, state, spared) : render(undone, plan, state, spared, terminal.colors));
    if (isDiscarded) throw new NotDone("all its changes were modified since: there is nothing left to undo");
  });
}

function undoJson(
  { planId: undone, runId, connector }: PlanRecord,
  { planId, kinds }: PersonPlan,
  state: UndoState,
  spared: readonly ListedRemark[],
) {
  const aids = spared.map(({ aidId, externalId, params }) => ({ aidId, externalId, fields: params.fields }));
  return JSON.stringify({ planId, state, connector, undoes: { runId, planId: undone }, counts: kinds, spared: aids }, null, 2);
}

function render(
  undone: PlanRecord,
  plan: PersonPlan,
  state: UndoState,
  spared: readonly ListedRemark[],
  colors: Terminal["colors"],
): string {
  const { planId, runId, connector } = undone;
  const what = `${runId === null ? `plan ${planId.slice(0, 8)}` : `run ${runId.slice(0, 8)}`}${connector === null ? "" : ` of ${connector}`}`;
  return [
    `${state === "applied" ? "undid" : "would undo"} ${colors.bold(what)}: ${kindsInWords(plan.kinds) || "nothing"}`,
    ...(spared.length === 0 ? [] : [renderRemarks("spared", plan.remarks, spared.map(remarkLine), colors)]),
    `plan ${plan.planId}: ${state}`,
    ...(state === "open" ? [`next: moisson plan show ${plan.planId.slice(0, 8)}   then   ${nextStep(plan.planId, [])}`] : []),
  ].join("\n");
}

const refusals: Readonly<Record<UndoRefusalCode, (what: string, params: UndoRefusal["params"]) => string>> = {
  "is-undo": (what, p) =>
    `${what} is itself an undo and cannot be undone; ${
      p.connector === undefined
        ? "make the reverted changes again"
        : `run the feed again instead: moisson run ${p.connector} --snapshot ${p.snapshot?.slice(0, 12)}`
    }`,
  "still-open": (what, p) =>
    `${what} is not applied: there is nothing to undo; \`moisson plan discard ${shortId(p.plan ?? "")}\` discards it`,
  "never-applied": (what) => `${what} was never applied: there is nothing to undo`,
  "changed-nothing": (what) => `${what} changed no aid: there is nothing to undo`,
  undone: (what, p) => `${what} was undone before, by plan ${shortId(p.by ?? "")}`,
  "undo-open": (what, p) =>
    `${what} has an undo that waits: \`moisson plan apply ${shortId(p.by ?? "")}\` applies it, \`moisson plan discard ${shortId(p.by ?? "")}\` discards it`,
};

/** Explains why a run or plan cannot be undone, and what to do instead. */
function undoRefusalMessage({ code, params }: UndoRefusal): string {
  const what = params.run === undefined ? `plan ${shortId(params.plan ?? "")}` : `run ${shortId(params.run ?? "")}`;
  return refusals[code](what, params);
}
