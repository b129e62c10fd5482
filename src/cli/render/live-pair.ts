import type { LiveAid } from "../../curation/adoption/live-aid.ts";
import { siteAddressOf } from "../../curation/adoption/live-aid.ts";
import type { LivePair } from "../../curation/match-live-aids.ts";
import type { OwnAid } from "../../curation/read-own-aids.ts";
import { shortened } from "../english/curation.ts";
import { inert } from "../printable.ts";
import type { Terminal } from "../terminal.ts";
import { reasonWords } from "./plan-words.ts";

/** Maximum number of members listed; the others are counted. */
const maxShown = 20;

/** Renders one of our aids and a live aid that may be the same: certainty, reasons, titles, and the live page. */
export function renderLivePair({ live, own, match }: LivePair, colors: Terminal["colors"]): string {
  const certainty = `${Math.floor(match.certainty * 100)} %`.padStart(5);
  const reasons = match.reasons.map((reason) => reasonWords[reason]).join(", ");
  const isTakenOff = own.status === "deleted" || own.status === "merged";
  return [
    `  ${certainty}  ours  ${renderOwnAid(own)}${isTakenOff ? colors.red(`  (${own.status} here)`) : ""}`,
    `         live  ${renderLiveAid(live)}`,
    `               ${colors.dim(reasons || "little in common")}`,
  ].join("\n");
}

/** Renders a live aid on one line: its id, the publisher's id if known, title, page. */
export function renderLiveAid(live: LiveAid): string {
  const importId = live.importId === null ? null : `(${live.importId})`;
  return oneLine([live.id, importId, live.content.name, siteAddressOf(live)]);
}

/** Renders one of our aids on one line. */
export function renderOwnAid({ externalId, title }: OwnAid): string {
  return oneLine([externalId, title]);
}

/** Renders a title, the first members of a list and the number of others; nothing for an empty list. `more`: how to see the others. */
export function section<Member>(title: string, members: readonly Member[], render: (member: Member) => string, more: string): string[] {
  if (members.length === 0) return [];
  const rest = members.length - maxShown;
  return ["", title, ...members.slice(0, maxShown).map(render), ...(rest > 0 ? [`  … and ${rest} more (${more})`] : [])];
}

function oneLine(texts: readonly (string | null | undefined)[]): string {
  const shown = texts.filter((text) => text !== null && text !== undefined && text !== "");
  return shown.map((text) => inert(String(text).replace(/\s+/g, " "))).join("  ");
}

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

/** Unreadable values of one field. */
interface UnreadField {
  count: number;
  /** The first three, shortened. */
  readonly examples: string[];
}

/** Groups the unreadable values of live aids by field. */
export function unreadByField(pairs: readonly LivePair[]): Record<string, UnreadField> {
  const found: Record<string, UnreadField> = {};
  for (const { live } of pairs) {
    for (const { field, value } of live.unread) {
      found[field] ??= { count: 0, examples: [] };
      const known = found[field];
      known.count++;
      if (known.examples.length < 3) known.examples.push(shortened(typeof value === "string" ? value : JSON.stringify(value)));
    }
  }
  return found;
}
