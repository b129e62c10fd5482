import { french } from "../../../french/typography.ts";
import { goodOutcomes } from "../../../model/run/run-error.ts";
import { CannotDo } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import type { TrialView } from "./trial-of.ts";
import { movedMeanwhile } from "./try-change.ts";

/**
 * What was tried becomes the version that counts. Gives its number.
 * @throws CannotDo where the trial has not ended well, or somebody has made another version since
 */
export async function keepTrial(visit: Visit, { trial, run, after }: TrialView): Promise<number> {
  if (run.state !== "ended") throw new CannotDo(french`L'essai n'est pas terminé : attendez de voir ce que ce changement ferait.`, 409);
  if (run.outcome === null || !(goodOutcomes.has(run.outcome) || run.outcome === "held"))
    throw new CannotDo(french`L'essai n'a pas abouti : ce changement ne peut pas être enregistré tel quel.`);
  const added = await visit.catalogue.connectorVersions.add({ ...trial, by: visitorOf(visit).name, at: visit.now }, after);
  if (added === null) throw movedMeanwhile();
  return added;
}
