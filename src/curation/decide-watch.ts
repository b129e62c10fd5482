import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { Objection } from "../model/plan/objection.ts";
import type { Watch } from "../model/plan/plan.ts";
import { parisDay } from "../model/text/paris-day.ts";
import type { Curator } from "./person-plan.ts";
import { outOfCatalogue, personsChange, refused, type Verdict } from "./persons-change.ts";

/** Confirms an aid whose publisher is silent, so that it is not listed as stale until a day (`YYYY-MM-DD`). */
export function decideConfirm(aid: CuratedAid, curator: Curator, until: string): Verdict {
  const off = offTheSite(aid);
  if (off !== null) return { refused: off };
  const watch = watchOf("confirmed", curator, until, curator.note ?? null);
  return { change: personsChange(aid, "confirm", curator, { state: { watch } }), cautions: [] };
}

/** Takes an aid off the site until a day on which somebody should check it. A second suspension changes the day. */
export function decideSuspend(aid: CuratedAid, curator: Curator, until: string, reason: string): Verdict {
  const off = aid.watch?.state === "suspended" ? outOfCatalogue(aid) : offTheSite(aid);
  if (off !== null) return { refused: off };
  const watch = watchOf("suspended", curator, until, reason);
  const noted = { ...curator, note: curator.note ?? reason };
  return { change: personsChange(aid, "suspend", noted, { state: { ...takenOff(aid, curator), watch } }), cautions: [] };
}

/** Withdraws an aid. It stays off the site until a person restores it, even if its feed contains it. */
export function decideWithdraw(aid: CuratedAid, curator: Curator): Verdict {
  const gone = outOfCatalogue(aid);
  if (gone !== null) return { refused: gone };
  if (aid.withdrawnBy !== null && aid.watch?.state !== "suspended") {
    return refused("withdrawn-by", { by: aid.withdrawnBy, day: aid.withdrawnAt ?? "" });
  }
  return { change: personsChange(aid, "withdraw", curator, { state: { ...takenOff(aid, curator), watch: null } }), cautions: [] };
}

function takenOff(aid: CuratedAid, { by, now }: Curator): { readonly withdrawnAt: string; readonly withdrawnBy: string } {
  return { withdrawnAt: aid.withdrawnAt ?? parisDay(now), withdrawnBy: by };
}

function watchOf(state: Watch["state"], { by, now }: Curator, until: string, reason: string | null): Watch {
  return { state, until, reason, by, at: now.toISOString() };
}

/** Returns the reason why an aid of any status is off the site, or null. */
function offTheSite(aid: CuratedAid): Objection | null {
  const gone = outOfCatalogue(aid);
  if (gone !== null || aid.withdrawnAt === null) return gone;
  const day = aid.withdrawnAt;
  return aid.withdrawnBy === null
    ? { code: "left-its-feed", params: { day } }
    : { code: "withdrawn-by", params: { by: aid.withdrawnBy, day } };
}
