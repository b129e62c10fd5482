import type { Remark, RemarkCode } from "../../model/plan/remark.ts";
import type { Perimeter } from "../../model/territories/perimeter.ts";
import { counted } from "./words.ts";

/** Remarks of plans, and aids with new ids. */
export type RemarkKind = RemarkCode | "re-identified";

const sentences: Readonly<Record<RemarkKind, (count: number) => string>> = {
  "re-identified": (n) => (n === 1 ? "1 aid has a new id and stays the same aid" : `${n} aids have new ids and stay the same aids`),
  spared: (n) =>
    `${counted(n, "aid")} left as ${n === 1 ? "it is" : "they are"}, in whole or in part: changed since by a person or a later run`,
  "doubtful-pair": (n) => `${n} ${n === 1 ? "pair" : "pairs"}, possibly the same aid: not certain enough, so a curator decides`,
  "our-own": (n) =>
    `${counted(n, "aid")} of our own catalogue that ${n === 1 ? "comes" : "come"} back through this feed: not imported twice`,
  "renamed-rejected": (n) =>
    `${counted(n, "aid")} rejected or merged by a person, now under ${n === 1 ? "a new id" : "new ids"}: not imported again`,
  "linked-elsewhere": (n) =>
    `${n} new ${n === 1 ? "aid is a further source of an aid" : "aids are further sources of aids"} of other connectors`,
  "known-elsewhere": (n) => `${n} new ${n === 1 ? "aid that another connector has" : "aids that other connectors have"} already brought`,
  "contradicts-elsewhere": (n) => `${n} changed ${n === 1 ? "aid contradicts its" : "aids contradict their"} other sources`,
  "maybe-elsewhere": (n) => `${n} new ${n === 1 ? "aid" : "aids"} that another connector may have brought: a curator decides`,
  "no-match": (n) => `${n} live ${n === 1 ? "aid" : "aids"} that match none of our aids`,
  "not-in-file": (n) =>
    `${n} ${n === 1 ? "aid is" : "aids are"} not in the new feed and ${n === 1 ? "stays" : "stay"} as ${n === 1 ? "it is" : "they are"}`,
  "territory-changed": (n) => `${n} ${n === 1 ? "territory changes" : "territories change"} with the new edition`,
};

/** Describes a remark on a number of aids. */
export function remarkMessage(code: RemarkKind, count: number): string {
  return sentences[code](count);
}

/** Returns the details of a remark, or an empty text. */
export function remarkDetail({ code, params }: Pick<Remark, "code" | "params">): string {
  if (code === "spared") return listed(params.fields) || "the whole aid";
  if (code === "linked-elsewhere" || code === "known-elsewhere" || code === "contradicts-elsewhere" || code === "maybe-elsewhere")
    return [`is ${params.of}`, ...contradictionsIn(params.contradicts)].join("; ");
  if (code === "our-own") return `is ${params.of}`;
  if (code === "no-match") return [params.liveTitle, params.siteUrl].filter(Boolean).join(", ");
  if (code === "territory-changed") return territoryChangeMessage(params);
  if (code === "doubtful-pair" && params.liveTitle) return `ours "${params.title}", live "${params.liveTitle}"`;
  if (code === "renamed-rejected") return `was ${params.was}, ${params.status === "merged" ? "merged" : "rejected"}`;
  return "";
}

/** Describes the fields in which two sources contradict each other. */
function contradictionsIn(contradicts: unknown): string[] {
  if (!Array.isArray(contradicts)) return [];
  return contradicts.map(({ field, incoming, known, isSwapped }) => {
    return `${field} ${incoming} here, ${known} there${isSwapped ? " (day and month swapped)" : ""}`;
  });
}

function listed(value: unknown): string {
  return Array.isArray(value) ? value.join(", ") : "";
}

/** Describes what a new edition of the official lists changes about a territory, with its aids and publishers. */
export function territoryChangeMessage(params: Readonly<Record<string, unknown>>): string {
  const { aids, publishers } = params;
  const names = Array.isArray(publishers) ? publishers.map(String) : [];
  const count = Number(aids);
  return [
    changeOf(params),
    ...(count > 0 ? [`${count} ${count === 1 ? "aid" : "aids"}`] : []),
    ...(names.length > 0 ? [`publisher: ${names.join(", ")}`] : []),
  ].join("; ");
}

function changeOf({ kind, name, by, joined, left }: Readonly<Record<string, unknown>>): string {
  const [first, ...others] = (Array.isArray(by) ? (by as Perimeter[]) : []).map((one) => `${one.name} (${one.scale}:${one.code})`);
  const all = [first, ...others].join(", ");
  switch (kind) {
    case "renamed":
      return `${name} is now called ${all}`;
    case "replaced":
      return `${name} is replaced by ${all}`;
    case "divided":
      return `${name} is divided between ${all}; check this before you apply the plan`;
    case "reduced":
      return `${name} no longer contains ${others.join(", ")}`;
    case "moved":
      return `${name} gains ${joined} and loses ${left} communes`;
    default:
      return `${name} no longer exists, and its successor is unknown`;
  }
}
