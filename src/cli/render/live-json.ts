import type { LiveAid } from "../../curation/adoption/live-aid.ts";
import { siteAddressOf } from "../../curation/adoption/live-aid.ts";
import type { LivePair } from "../../curation/match-live-aids.ts";
import type { OwnAid } from "../../curation/read-own-aids.ts";

/** A pair as scripts read it. */
export function livePairJson({ live, own, match }: LivePair): Record<string, unknown> {
  return { ...ownAidJson(own), ...match, live: liveAidJson(live) };
}

/** One of ours as scripts read it. */
export function ownAidJson({ aidId, externalId, title, status }: OwnAid): Record<string, unknown> {
  return { aidId, externalId, title, status };
}

/** A live aid as scripts read it. */
export function liveAidJson(live: LiveAid): Record<string, unknown> {
  const { id, importId, status, content } = live;
  return { id, importId, title: content.name ?? null, status, siteUrl: siteAddressOf(live) };
}
