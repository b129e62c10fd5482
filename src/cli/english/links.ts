import type { AidLink, LinkReason, LinkState } from "../../model/publisher/link-verdict.ts";
import { parisDay } from "../../model/text/paris-day.ts";

const reasonWords: Readonly<Record<LinkReason, string>> = {
  "not-found": "the page does not exist",
  "unknown-host": "its host does not exist",
  "connection-refused": "its server refuses connections",
  "redirect-loop": "it redirects without end",
  "redirected-home": "it leads to the home page of its site",
  "redirected-to-other-home": "it leads to the home page of another site",
  "http-status": "the server does not return the page",
  "robot-wall": "the site wants to know whether we are a person",
  "says-not-found": "the page says that it does not exist",
  "tls-failed": "its certificate or encryption is invalid",
  "timed-out": "no answer in time",
  "connection-failed": "the connection broke",
  "address-refused": "it is not a public http or https address",
};

/** Describes the state of a link. */
export function linkMessage({
  state,
  since,
  checkedAt,
  status,
  reason,
}: Pick<AidLink, "state" | "since" | "checkedAt" | "status" | "reason">): string {
  const why = reason === null ? "" : `: ${reasonWords[reason]}${status === null ? "" : ` (${status})`}`;
  if (state === "unchecked") return "not checked yet";
  if (state === "alive") return `alive on ${day(checkedAt)}`;
  if (state === "dead") return `dead since ${day(since)}${why}`;
  if (state === "failing") return `failed on ${day(since)}${why}; dead if it fails again a week later`;
  return `for a person to check, because our check failed on ${day(checkedAt)}${why}`;
}

const stateWords: readonly (readonly [LinkState, string])[] = [
  ["alive", "alive"],
  ["dead", "dead"],
  ["failing", "failing for less than a week"],
  ["to-check", "for a person to check"],
  ["unchecked", "not checked yet"],
];

/** Counts the links of live aids by state: "3 links: 2 alive, 1 dead". */
export function linkCountsMessage(counts: Partial<Record<LinkState, number>>): string {
  const parts = stateWords.flatMap(([state, words]) => (counts[state] ? [`${counts[state]} ${words}`] : []));
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return `${all === 1 ? "1 link" : `${all} links`}${parts.length === 0 ? "" : `: ${parts.join(", ")}`}`;
}

function day(instant: string | null): string {
  return instant === null ? "an unknown day" : parisDay(new Date(instant));
}
