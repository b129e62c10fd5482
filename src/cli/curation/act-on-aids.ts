import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import type { Curator } from "../../curation/person-plan.ts";
import type { Verdict } from "../../curation/persons-change.ts";
import type { CommandContext } from "../context.ts";
import { WrongUse } from "../exit.ts";
import { curatorOf } from "../options.ts";
import { aidNamed, filterOf } from "./aid-filter.ts";
import type { ActFlags, AidFilterFlags } from "./aid-options.ts";
import { type Act, performActs } from "./perform-acts.ts";

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
