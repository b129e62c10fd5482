import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { Curator, PersonPlan } from "../../curation/person-plan.ts";
import type { Verdict } from "../../curation/persons-change.ts";
import { type AidPages, applyActs, type PlannedActs, planActs, type SaidOfAid } from "../../curation/plan-acts.ts";
import { actWords, objectionMessage } from "../../english/curation.ts";
import { NotDone } from "../exit.ts";
import { renderChange } from "../render/change.ts";
import { inert } from "../render/inert.ts";
import type { Terminal } from "../terminal.ts";

/** An act of a person's on one aid or on many. */
export interface Act {
  readonly kind: keyof typeof actWords;
  /** What was asked for, in the words of the command; kept with the plan. */
  readonly asked: Readonly<Record<string, unknown>>;
  readonly connector: string | null;
  readonly aids: AidPages;
  readonly decide: (aid: CuratedAid) => Verdict;
  /** The aids were named one by one, not selected: it is done at once. */
  readonly isNamed: boolean;
}

/** Aids named of those that are left out, or of which there is something to say; the rest is counted. With `--json` all of them are there. */
const mostNamed = 20;

/**
 * Does what a person asks of aids, through a plan. Aids that were named are changed at once; a selection is shown and left as an open plan unless `yes`.
 * Throws `NotDone` where there is no such aid, or every one is refused.
 */
export async function performActs(
  catalogue: Catalogue,
  curator: Curator,
  act: Act,
  terminal: Terminal,
  flags: { readonly yes?: true; readonly json?: true },
): Promise<void> {
  const asked = { connector: act.connector, asked: { act: act.kind, ...act.asked } };
  const acts = await planActs(catalogue, curator, asked, act.aids, act.decide);
  if (acts.looked === 0) throw new NotDone(nothingLikeThat(act));
  if (acts.plan === null) throw new NotDone(linesOf(acts.refused, flags.json).join("\n"));
  if (!flags.json) terminal.out(changesShown(acts, acts.plan, terminal));
  for (const line of linesOf(acts.refused, flags.json)) terminal.err(`left out: ${line}`);
  for (const line of linesOf(acts.cautions, flags.json)) terminal.err(`note: ${line}`);
  const isDone = act.isNamed || flags.yes === true;
  if (!flags.json && !act.isNamed) terminal.out(selectionLine(act, acts, acts.plan));
  if (isDone) await applyActs(catalogue, acts.plan.planId, curator, act.isNamed);
  if (flags.json) terminal.out(JSON.stringify(actsJson(acts, acts.plan, isDone), null, 2));
  else terminal.out(isDone ? doneLine(acts.plan, curator) : nextLine(acts.plan));
}

function changesShown({ first }: PlannedActs, { changes }: PersonPlan, { colors, columns: width }: Terminal): string {
  const shown = first.map(({ change, title }) => renderChange(change, colors, { width, whole: false, titleOf: title }));
  return [...shown, ...(changes > first.length ? [`… and ${changes - first.length} more`] : [])].join("\n");
}

function nothingLikeThat({ kind }: Act): string {
  const isAnswer = kind === "accept" || kind === "refuse";
  return isAnswer
    ? "no proposal is like that; `moisson proposal list` lists those that wait"
    : "no aid is like that; `moisson aids` lists them";
}

function linesOf(said: readonly SaidOfAid[], all = false): string[] {
  const most = all ? said.length : mostNamed;
  const named = said.slice(0, most).map((about) => inert(`${about.aid}: ${objectionMessage(about)}`));
  return said.length > most ? [...named, `… and ${said.length - most} more (--json names all of them)`] : named;
}

function selectionLine({ kind }: Act, { refused }: PlannedActs, { planId, changes }: PersonPlan): string {
  return `plan ${planId}: ${changes} ${changes === 1 ? "aid" : "aids"} to be ${actWords[kind]}, ${refused.length} left out`;
}

function doneLine({ planId }: PersonPlan, { by }: Curator): string {
  return `done by ${inert(by)}; \`moisson undo ${planId.slice(0, 8)}\` takes it back`;
}

function nextLine({ planId }: PersonPlan): string {
  const id = planId.slice(0, 8);
  return `nothing is done yet: \`moisson plan apply ${id}\` does it (so does --yes), \`moisson plan discard ${id}\` drops it`;
}

function actsJson({ refused, cautions }: PlannedActs, { planId, kinds, changes }: PersonPlan, isDone: boolean): unknown {
  const said = (about: SaidOfAid) => ({ ...about, message: objectionMessage(about) });
  return { planId, state: isDone ? "applied" : "open", kinds, changes, refused: refused.map(said), cautions: cautions.map(said) };
}
