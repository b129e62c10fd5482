import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { PlanPart } from "../../../catalogue/plans/plan-part.ts";
import { counted, french } from "../../../french/typography.ts";
import { CannotDo } from "../../route.ts";
import { type Chosen, filterOf, isAll } from "./change-filter.ts";

/** Aids that words may mean at once. */
const mostMeant = 2_000;
/** Brought into the index of titles before it is searched. */
const revisionsAtOnce = 2_000;

/** The part of a plan that is chosen, as it is applied: words become the aids that they mean. Undefined: all of it. @throws CannotDo where they mean too many */
export async function partOf(catalogue: Catalogue, planId: string, chosen: Chosen): Promise<PlanPart | undefined> {
  if (isAll({ ...chosen, isLeft: null })) return undefined;
  const { words, isLeft: _, ...part } = filterOf(chosen);
  if (words === undefined) return part;
  await bringTitlesIn(catalogue);
  const meant = await catalogue.planPages.aids(planId, { ...part, words, isLeft: true }, mostMeant + 1);
  if (meant.length > mostMeant) {
    throw new CannotDo(
      french`Ces mots désignent plus de ${counted(mostMeant, "aide")} : précisez-les, ou choisissez par genre ou par champ.`,
    );
  }
  return { ...part, aids: meant.map(({ aidId }) => aidId) };
}

/** Titles are searched in the index of the catalogue's list: what was changed a moment ago is in it then. */
export async function bringTitlesIn({ search }: Catalogue): Promise<void> {
  await search.catchUp(revisionsAtOnce);
}
