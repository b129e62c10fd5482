import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { Curator } from "../../../curation/person-plan.ts";
import { objectionMessage } from "../../../french/objections.ts";
import { french } from "../../../french/typography.ts";
import { shownValue } from "../../../model/aid/shown-value.ts";
import { titleRule } from "../../../model/aid/title-rule.ts";
import { type BulkAct, bulkActs } from "./bulk-acts.ts";

/** An aid with something to be said of it, without capital or full stop. */
export interface SaidOf {
  readonly aid: CuratedAid;
  readonly said: string;
}

/** What a form with ticked aids comes to: each of them is in one of the two. */
export interface SortedAids {
  readonly ready: readonly CuratedAid[];
  readonly left: readonly SaidOf[];
  /** Of those that are ready. */
  readonly cautions: readonly SaidOf[];
}

/** Most aids of one form. */
const mostTicked = 200;

/** Sorts the aids that were ticked (`<aidId>.<revision>`) into those to which it can be done, and the others with the reason. Those that are gone are in neither. */
export async function sortTicked(catalogue: Catalogue, ticked: readonly string[], act: BulkAct, curator: Curator): Promise<SortedAids> {
  const revisions = new Map(ticked.slice(0, mostTicked).flatMap(readTick));
  const ready: CuratedAid[] = [];
  const left: SaidOf[] = [];
  const cautions: SaidOf[] = [];
  for await (const page of catalogue.aids.curated({ aidIds: [...revisions.keys()] })) {
    for (const aid of page) {
      const decided = decide(aid, revisions.get(aid.aidId), act, curator);
      if ("why" in decided) left.push({ aid, said: decided.why });
      else {
        ready.push(aid);
        cautions.push(...decided.cautions.map((said) => ({ aid, said })));
      }
    }
  }
  return { ready, left, cautions };
}

function readTick(tick: string): [string, number][] {
  const [, aidId, revision] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,9})$/.exec(tick) ?? [];
  return aidId === undefined ? [] : [[aidId, Number(revision)]];
}

function decide(aid: CuratedAid, seen: number | undefined, act: BulkAct, curator: Curator): { why: string } | { cautions: string[] } {
  if (aid.revision !== seen) return { why: french`elle a changé depuis que la liste a été affichée : regardez-la à nouveau` };
  const verdict = bulkActs[act].decide(aid, curator);
  if ("refused" in verdict) return { why: objectionMessage(verdict.refused) };
  if (bulkActs[act].isOfNew && aid.status !== "reviewable") return { why: french`elle n'est pas en attente de relecture` };
  const cautions = verdict.cautions.map(objectionMessage);
  if (act !== "publish" || titleRule(String(shownValue(aid, "name"))).beginsWithVerb) return { cautions };
  return { cautions: [...cautions, french`son titre ne commence pas par un verbe à l'infinitif`] };
}
