import type { LiveAid } from "../../curation/adoption/live-aid.ts";
import { siteAddressOf } from "../../curation/adoption/live-aid.ts";
import type { LivePair } from "../../curation/match-live-aids.ts";
import type { OwnAid } from "../../curation/read-own-aids.ts";

/** Returns a pair for `--json`. */
export function livePairJson({ live, own, match }: LivePair): Record<string, unknown> {
  return { ...ownAidJson(own), ...match, live: liveAidJson(live) };
}

/** Returns one of our aids for `--json`. */
export function ownAidJson({ aidId, externalId, title, status }: OwnAid): Record<string, unknown> {
  return { aidId, externalId, title, status };
}

/** Returns a live aid for `--json`. */
export function liveAidJson(live: LiveAid): Record<string, unknown> {
  const { id, importId, status, content } = live;
  return { id, importId, title: content.name ?? null, status, siteUrl: siteAddressOf(live) };
}
