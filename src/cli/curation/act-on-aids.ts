import type { Command } from "commander";
import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import type { Curator } from "../../curation/person-plan.ts";
import type { Verdict } from "../../curation/persons-change.ts";
import type { CommandContext } from "../context.ts";
import { addCuratorFlags, type CuratorFlags, curatorOf } from "../curator-options.ts";
import { WrongUse } from "../exit.ts";
import { type AidFilterFlags, addAidFilterFlags, filterOf } from "./aid-filter.ts";
import { aidNamed } from "./aid-named.ts";
import { type Act, performActs } from "./perform-acts.ts";

/** Options of an act on an aid, or on all that a filter selects. */
export interface ActFlags extends AidFilterFlags, CuratorFlags {
  yes?: true;
  json?: true;
}

/** Adds them. */
export function addActFlags(command: Command): Command {
  return addCuratorFlags(addAidFilterFlags(command))
    .option("--yes", "with a filter: do it at once, in place of leaving an open plan")
    .option("--json", "print JSON");
}

/** True where aids are selected by a filter, not named. */
export function isSelection({ connector, id, status, search, where, lacks }: AidFilterFlags): boolean {
  return [connector, id, status, search, where, lacks].some((given) => given !== undefined);
}

/** Does the same to the named aid, or to all that the filter selects. Throws `WrongUse` where both are given, or neither. */
export async function actOnAids(
  { terminal, environment, withCatalogue }: CommandContext,
  named: string | undefined,
  flags: ActFlags,
  act: Pick<Act, "kind" | "asked"> & { readonly decide: (aid: CuratedAid, curator: Curator) => Verdict },
): Promise<void> {
  const { kind, asked, decide } = act;
  if (named !== undefined && isSelection(flags)) throw new WrongUse(`either an aid (${named}) or a filter, not both`);
  if (named === undefined && !isSelection(flags)) {
    throw new WrongUse("name an aid, or select some with --connector, --status, --search, --where, --lacks");
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
