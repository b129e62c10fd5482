import type { AidRevision } from "../../catalogue/aids/history-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { changeKindName } from "../../french/plans.ts";
import { french } from "../../french/typography.ts";
import { combineKind } from "../../model/plan/plan.ts";
import { formatDateTime } from "../parts/time.ts";

/** Returns the last change of an aid, without capital or full stop: « publication par Paul, le 30 novembre à 10:12 ». */
export async function lastActOn({ history }: Pick<Catalogue, "history">, aidId: string): Promise<string | null> {
  const last = (await history.list(aidId)).at(-1);
  return last === undefined ? null : revisionInWords(last);
}

/** Returns a change of an aid, its author and its time, without capital or full stop. */
export function revisionInWords({ kind, by, at, isUndo }: Pick<AidRevision, "kind" | "by" | "at" | "isUndo">): string {
  const what = kind === combineKind ? "reprise d’une autre source" : changeKindName(kind);
  const who = by === null || by === "run" ? "une collecte" : by;
  return french`${isUndo ? "annulation" : what} par ${who}, le ${formatDateTime(new Date(at))}`;
}
