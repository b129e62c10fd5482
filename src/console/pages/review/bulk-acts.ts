import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { decideAnswer } from "../../../curation/decide-answer.ts";
import { decidePublish } from "../../../curation/decide-publication.ts";
import { decideReject } from "../../../curation/decide-rejection.ts";
import type { Curator } from "../../../curation/person-plan.ts";
import type { Verdict } from "../../../curation/persons-change.ts";
import { counted, french } from "../../../french/typography.ts";

/** What is done to several aids at once. */
export type BulkAct = "publish" | "reject" | "accept" | "refuse";

interface BulkActWords {
  readonly button: string;
  readonly question: (count: number) => string;
  readonly confirm: (count: number) => string;
  readonly done: (count: number) => string;
  /** Only new aids: what is online is not rejected from a list of what waits. */
  readonly isOfNew: boolean;
  readonly decide: (aid: CuratedAid, curator: Curator) => Verdict;
}

/** By its name, which is the plan's too. */
export const bulkActs: Readonly<Record<BulkAct, BulkActWords>> = {
  publish: {
    button: "Publier…",
    question: (count) => french`Publier ${counted(count, "aide")} ?`,
    confirm: (count) => french`Publier ${counted(count, "aide")}`,
    done: (count) => counted(count, "aide publiée", "aides publiées"),
    isOfNew: true,
    decide: decidePublish,
  },
  reject: {
    button: "Rejeter…",
    question: (count) => french`Rejeter ${counted(count, "aide")} ?`,
    confirm: (count) => french`Rejeter ${counted(count, "aide")}`,
    done: (count) => counted(count, "aide rejetée", "aides rejetées"),
    isOfNew: true,
    decide: decideReject,
  },
  accept: {
    button: "Accepter les propositions…",
    question: (count) => french`Accepter les propositions sur ${counted(count, "aide")} ?`,
    confirm: (count) => french`Accepter sur ${counted(count, "aide")}`,
    done: (count) => french`propositions acceptées sur ${counted(count, "aide")}`,
    isOfNew: false,
    decide: (aid, curator) => decideAnswer(aid, "accept", null, curator),
  },
  refuse: {
    button: "Refuser les propositions…",
    question: (count) => french`Refuser les propositions sur ${counted(count, "aide")} ?`,
    confirm: (count) => french`Refuser sur ${counted(count, "aide")}`,
    done: (count) => french`propositions refusées sur ${counted(count, "aide")}`,
    isOfNew: false,
    decide: (aid, curator) => decideAnswer(aid, "refuse", null, curator),
  },
};

/** The act that a form names; null where it names none. */
export function bulkActNamed(name: string): BulkAct | null {
  return (Object.keys(bulkActs) as BulkAct[]).find((act) => act === name) ?? null;
}
