import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { Curator, PersonPlan } from "../../curation/person-plan.ts";
import type { Verdict } from "../../curation/persons-change.ts";
import { type AidObjection, type AidPages, applyActs, type PlannedActs, planActs } from "../../curation/plan-acts.ts";
import type { CommandContext } from "../context.ts";
import { actWords, objectionMessage } from "../english/curation.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { curatorOf } from "../options.ts";
import { inert } from "../printable.ts";
import { renderChange } from "../render/render-change.ts";
import type { Terminal } from "../terminal.ts";
import { aidNamed, filterOf } from "./aid-filter.ts";
import type { ActFlags, AidFilterFlags } from "./aid-options.ts";

/** An action of a curator on one or many aids. */
interface Act {
  readonly kind: keyof typeof actWords;
  /** The command's arguments; stored with the plan. */
  readonly asked: Readonly<Record<string, unknown>>;
  readonly connector: string | null;
  readonly aids: AidPages;
  readonly decide: (aid: CuratedAid) => Verdict;
  /** True if the aids were named, not selected by a filter. The action is then applied at once. */
  readonly isNamed: boolean;
}

/** Maximum number of aids listed with a message; the others are counted. `--json` lists all. */
const maxListed = 20;

/**
 * Makes a plan with the action and prints it. Applies it at once if the aids were named or with `yes`; otherwise leaves it open. Throws `NotDone` if no aid
 * matches, or the action is not possible for any of them.
 */
export async function performActs(
  catalogue: Catalogue,
  curator: Curator,
  act: Act,
  terminal: Terminal,
  flags: { readonly yes?: true; readonly json?: true },
): Promise<void> {
  const asked = { connector: act.connector, asked: { act: act.kind, ...act.asked } };
  await reportActs(catalogue, curator, act, await planActs(catalogue, curator, asked, act.aids, act.decide), terminal, flags);
}

/** Prints a plan that was made for an act, and applies it like `performActs`. */
export async function reportActs(
  catalogue: Catalogue,
  curator: Curator,
  act: Pick<Act, "kind" | "isNamed">,
  acts: PlannedActs,
  terminal: Terminal,
  flags: { readonly yes?: true; readonly json?: true },
): Promise<void> {
  if (acts.looked === 0) throw new NotDone(noMatch(act));
  if (acts.plan === null) throw new NotDone(linesOf(acts.refused, flags.json).join("\n"));
  if (!flags.json) terminal.out(changesShown(acts, acts.plan, terminal));
  for (const line of linesOf(acts.refused, flags.json)) terminal.err(`left out: ${line}`);
  const offered = acts.refused.filter(({ params }) => params.suggested !== undefined).length;
  if (offered > 1 && !flags.json)
    terminal.err(
      `${offered} of them have suggestions: \`moisson suggestions\` counts them, \`suggestions accept\` fills a field of an aid`,
    );
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

function noMatch({ kind }: Pick<Act, "kind">): string {
  const isAnswer = kind === "accept" || kind === "refuse";
  return isAnswer ? "no proposal matches; `moisson proposal list` lists proposals" : "no aid matches; `moisson aids` lists aids";
}

function linesOf(said: readonly AidObjection[], all = false): string[] {
  const max = all ? said.length : maxListed;
  const named = said.slice(0, max).map((about) => inert(`${about.aid}: ${objectionMessage(about)}`));
  return said.length > max ? [...named, `… and ${said.length - max} more (--json lists all)`] : named;
}

function selectionLine({ kind }: Pick<Act, "kind">, { refused }: PlannedActs, { planId, changes }: PersonPlan): string {
  return `plan ${planId}: ${changes} ${changes === 1 ? "aid" : "aids"} to be ${actWords[kind]}, ${refused.length} left out`;
}

function doneLine({ planId }: PersonPlan, { by }: Curator): string {
  return `done by ${inert(by)}; \`moisson undo ${planId.slice(0, 8)}\` reverts it`;
}

function nextLine({ planId }: PersonPlan): string {
  const id = planId.slice(0, 8);
  return `nothing is applied yet: \`moisson plan apply ${id}\` (or --yes) applies it, \`moisson plan discard ${id}\` discards it`;
}

function actsJson({ refused, cautions }: PlannedActs, { planId, kinds, changes }: PersonPlan, isDone: boolean): unknown {
  const said = (about: AidObjection) => ({ ...about, message: objectionMessage(about) });
  return { planId, state: isDone ? "applied" : "open", kinds, changes, refused: refused.map(said), cautions: cautions.map(said) };
}

/** True if a filter selects the aids. */
export function isSelection({ connector, id, status, search, where, lacks }: AidFilterFlags): boolean {
  return [connector, id, status, search, where, lacks].some((given) => given !== undefined);
}

/** Acts on the named aid, or on all aids that the filter selects. Throws `WrongUse` unless exactly one of the two is given. */
export async function actOnAids(
  { terminal, environment, withCatalogue }: CommandContext,
  named: string | undefined,
  flags: ActFlags,
  act: Pick<Act, "kind" | "asked"> & { readonly decide: (aid: CuratedAid, curator: Curator) => Verdict },
): Promise<void> {
  const { kind, asked, decide } = act;
  if (named !== undefined && isSelection(flags)) throw new WrongUse(`give an aid (${named}) or a filter, not both`);
  if (named === undefined && !isSelection(flags)) {
    throw new WrongUse("name an aid, or select aids with --connector, --status, --search, --where, --lacks");
  }
  const filter = filterOf(flags);
  await withCatalogue(async (catalogue, { clock }) => {
    const curator = curatorOf(flags, environment, clock.now());
    const aid = named === undefined ? null : await aidNamed(catalogue, named);
    await performActs(
      catalogue,
      curator,
      {
        kind,
        asked: { ...asked, ...(aid === null ? filter : { aid: named }) },
        connector: aid?.connector ?? filter.connector ?? null,
        aids: aid === null ? catalogue.aids.curated(filter) : [[aid]],
        decide: (each) => decide(each, curator),
        isNamed: aid !== null,
      },
      terminal,
      flags,
    );
  });
}
