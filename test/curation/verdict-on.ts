import type { CuratedAid } from "../../src/catalogue/aids/aid-repository.ts";
import { decideAnswer } from "../../src/curation/decide-answer.ts";
import { decideEdit } from "../../src/curation/decide-edit.ts";
import {
  decideMerge,
  decidePublish,
  decideReject,
  decideRestore,
  decideSplit,
  decideUnpublish,
  decideWithdraw,
} from "../../src/curation/decide-status.ts";
import type { Curator } from "../../src/curation/person-plan.ts";
import type { Verdict } from "../../src/curation/persons-change.ts";
import { type AidField, aidFields } from "../../src/model/aid/aid.ts";
import type { Act } from "./any-act.ts";

/** The acts of curators. */
export type CuratorAct = Exclude<Act, { act: "feed" | "apply" | "undo" | "discard" }>;

/** Returns the verdict of an act on an aid. `into`: the other one of a merge. */
export function verdictOn(act: CuratorAct, aid: CuratedAid, into: CuratedAid, by: Curator): Verdict {
  switch (act.act) {
    case "edit":
    case "edit-all":
      return decideEdit(aid, { values: { [act.edit.field]: act.edit.value }, withdrawn: [] }, by);
    case "take-back":
      return Object.keys(aid.edits).length === 0
        ? { refused: { code: "not-edited", params: {} } }
        : decideEdit(aid, { values: {}, withdrawn: Object.keys(aid.edits) as AidField[] }, by);
    case "accept":
    case "refuse":
      return decideAnswer(aid, act.act, act.onlyFirst ? answered(aid, true) : null, by);
    case "publish":
    case "publish-all":
      return decidePublish(aid, by);
    case "unpublish":
      return decideUnpublish(aid, by);
    case "reject":
      return decideReject(aid, by);
    case "restore":
      return decideRestore(aid, by);
    case "withdraw":
      return decideWithdraw(aid, by);
    case "split":
      return decideSplit(aid, by);
    case "merge":
      return decideMerge(aid, into, by);
  }
}

/** Returns the fields whose proposals an act answers. */
export function answered({ proposals }: CuratedAid, onlyFirst: boolean): AidField[] {
  return aidFields.filter((field) => field in proposals).slice(0, onlyFirst ? 1 : undefined);
}
