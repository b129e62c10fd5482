import { applyActs } from "../../curation/plan-acts.ts";
import { type ConcernedTerritory, type TerritoryUpdate, updateTerritories } from "../../curation/update-territories.ts";
import { refOf } from "../../kit/rules/perimeters.ts";
import { communes } from "../../model/territories/communes.ts";
import { editionName, formerInUse } from "../../model/territories/edition.ts";
import type { Replacements } from "../../model/territories/editions/compare-editions.ts";
import { epcis } from "../../model/territories/epcis.ts";
import type { CommandContext } from "../context.ts";
import { remarkMessage, territoryChangeMessage } from "../english/plans.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { type CuratorFlags, curatorOf } from "../options.ts";
import { inert } from "../printable.ts";
import { nextStep } from "../render/plan-words.ts";
import { readTerritoryPackage } from "./territory-package.ts";

/** Prints the edition in use. */
export async function showTerritories(context: CommandContext, flags: { json?: true }): Promise<void> {
  const { terminal, withCatalogue, hasCatalogue } = context;
  const taken = hasCatalogue() ? await withCatalogue((catalogue) => catalogue.territoryEditions.taken()) : null;
  const facts = {
    edition: editionName(),
    plan: taken?.planId ?? null,
    since: taken?.appliedAt ?? null,
    communes: communes().current.size,
    epcis: epcis().size,
    former: formerInUse().length,
  };
  if (flags.json) return terminal.out(JSON.stringify(facts, null, 2));
  const origin =
    taken === null ? "of the installed package" : `taken by plan ${taken.planId.slice(0, 8)} on ${taken.appliedAt.slice(0, 10)}`;
  const counts = `${facts.communes} communes, ${facts.epcis} EPCI; ${facts.former} former codes and names of earlier editions`;
  terminal.out(`edition ${facts.edition}, ${origin}: ${counts}`);
}

/** Makes the plan that takes a new edition, applies it with `--yes`, and prints it. */
export async function updateTerritoriesCommand(
  context: CommandContext,
  source: string | undefined,
  flags: CuratorFlags & { replace?: string[]; check?: true; yes?: true; json?: true },
): Promise<void> {
  const { terminal, environment, withCatalogue } = context;
  if (flags.check && flags.yes) throw new WrongUse("give --check or --yes, not both");
  const decided = replacementsOf(flags.replace ?? []);
  const next = await readTerritoryPackage(source);
  await withCatalogue(async (catalogue, { clock }) => {
    const given = curatorOf(flags, environment, clock.now());
    const curator = { ...given, note: given.note ?? `édition ${next.name} des territoires` };
    if (isOlder(next.name, editionName()))
      throw new NotDone(
        `edition ${next.name} is older than the one in use, ${editionName()}; \`moisson undo\` reverts the plan of an edition`,
      );
    const update = await updateTerritories(catalogue, curator, next, { decided, isCheck: flags.check === true });
    const doubtful = update.changes.filter(isDoubtful);
    const isApplied = flags.yes === true && update.plan !== null && doubtful.length === 0;
    if (isApplied && update.plan !== null) await applyActs(catalogue, update.plan.planId, curator, false);
    terminal.out(flags.json ? asJson(update, next.name, isApplied) : rendered(update, next.name, isApplied));
    if (flags.yes && doubtful.length > 0)
      throw new NotDone(`a person must check ${doubtful.length} territories first: the plan is open. Use --replace to decide about them`);
  });
}

/** True if a person must look at the change before it is applied: aids or publishers have a territory with no certain successor. */
function isDoubtful({ kind, aids, publishers }: ConcernedTerritory): boolean {
  return (kind === "divided" || kind === "lost" || kind === "reduced") && (aids > 0 || publishers.length > 0);
}

/** Parses `epci:200000001=epci:200000002,commune:01001`. Throws `WrongUse`. */
function replacementsOf(texts: readonly string[]): Replacements {
  return new Map(
    texts.map((text) => {
      const [from = "", to = ""] = text.split("=");
      const refs = to.split(",").map((target) => refOf(target.trim()));
      const known = refs.flatMap((ref) => ref ?? []);
      if (refOf(from) === undefined || known.length < refs.length)
        throw new WrongUse(`--replace ${text}: expected <old>=<new>[,<new>], such as epci:200000001=epci:200000002`);
      return [from, known] as const;
    }),
  );
}

function isOlder(edition: string, than: string): boolean {
  const parts = (version: string) => version.split(".").map(Number);
  const [a, b] = [parts(edition), parts(than)];
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

/** Maximum number of changes listed in text that concern no aid and no publisher. */
const othersShown = 20;

function rendered({ plan, isInUse, since, aids, changes }: TerritoryUpdate, edition: string, isApplied: boolean): string {
  if (isInUse) return `edition ${edition} is in use: nothing to do`;
  const concerned = changes.filter((change) => change.aids > 0 || change.publishers.length > 0);
  const others = changes.filter((change) => !concerned.includes(change) && change.kind !== "renamed" && change.kind !== "moved");
  const line = ({ territory, ...change }: ConcernedTerritory) =>
    inert(`    ${territory.scale}:${territory.code} ${territoryChangeMessage({ ...change, name: territory.name })}`);
  return [
    `edition ${edition} after ${since}: ${remarkMessage("territory-changed", changes.length)}; the territories of ${aids} aids would be written again`,
    ...(concerned.length === 0 ? [] : ["  with aids or publishers of ours:", ...concerned.map(line)]),
    ...(others.length === 0 ? [] : ["  others:", ...others.slice(0, othersShown).map(line)]),
    ...(others.length > othersShown ? [`    … and ${others.length - othersShown} more`] : []),
    ...lastLines(plan, isApplied),
  ].join("\n");
}

function lastLines(plan: TerritoryUpdate["plan"], isApplied: boolean): string[] {
  if (plan === null) return ["nothing is stored: without --check, the command makes a plan"];
  const id = plan.planId.slice(0, 8);
  if (isApplied) return [`plan ${plan.planId}: applied; \`moisson undo ${id}\` reverts it`];
  return [`plan ${plan.planId} is open, nothing is applied yet`, `next: moisson plan show ${id}   then   ${nextStep(plan.planId, [])}`];
}

function asJson({ plan, isInUse, since, aids, changes }: TerritoryUpdate, edition: string, isApplied: boolean): string {
  const state = isInUse ? "in-use" : plan === null ? "checked" : isApplied ? "applied" : "open";
  return JSON.stringify({ planId: plan?.planId ?? null, state, edition, since, aids, changes }, null, 2);
}
