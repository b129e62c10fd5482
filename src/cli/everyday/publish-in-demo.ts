import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { decideEdit } from "../../curation/decide-edit.ts";
import { decidePublish } from "../../curation/decide-status.ts";
import type { Curator } from "../../curation/person-plan.ts";
import type { Verdict } from "../../curation/persons-change.ts";
import { applyActs, planActs } from "../../curation/plan-acts.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { missingForPublication } from "../../model/aid/publishable.ts";
import { shownContent } from "../../model/aid/shown-value.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { confirmProposals, readReuseStates } from "../../partners/reuse-bases.ts";

/** Connectors of which the demo publishes aids: administrations, whose proposed legal basis it confirms. */
export const publishing: readonly string[] = ["ademe-agir", "departement-drome", "ministere-culture", "region-grand-est"];

/**
 * Publishes the aids of a few connectors that lack at most the kinds of expenses and have no past deadline, and confirms the legal bases of these
 * connectors, so that the API, the open data and the console have something to show. Returns the number of published aids.
 */
export async function publishInDemo(catalogue: Catalogue, connectors: readonly LoadedConnector[], now: Date): Promise<number> {
  const curator: Curator = { by: "moisson demo", now, note: "published by the demo" };
  const today = parisDay(now);
  const isChosen = (aid: CuratedAid) => {
    const content = shownContent(aid);
    return missingForPublication(content).length === 0 && (content.submissionDeadline === null || content.submissionDeadline >= today);
  };
  const perform = async (kind: string, decide: (aid: CuratedAid) => Verdict): Promise<number> => {
    const { plan } = await planActs(catalogue, curator, { connector: null, asked: { act: kind } }, chosenAids(catalogue, isChosen), decide);
    if (plan === null) return 0;
    await applyActs(catalogue, plan.planId, curator, true);
    return plan.changes;
  };
  await perform("edit", (aid) => decideEdit(aid, { values: { destinations: ["investment"] }, withdrawn: [] }, curator));
  const published = await perform("publish", (aid) => decidePublish(aid, curator));
  const states = await readReuseStates(
    catalogue,
    connectors.filter(({ definition }) => publishing.includes(definition.id)),
  );
  await confirmProposals(catalogue, states, { by: curator.by, now, note: "confirmed by the demo, for invented aids" });
  return published;
}

async function* chosenAids(catalogue: Catalogue, isChosen: (aid: CuratedAid) => boolean): AsyncGenerator<CuratedAid[]> {
  for (const connector of publishing) {
    for await (const page of catalogue.aids.curated({ connector })) yield page.filter(isChosen);
  }
}
