/** Note in the history of an aid whose personal data was deleted. */
export const forgottenNote = "personal data erased on request";

/** Explains why a person cannot be forgotten. */
export function forgetRefusal(code: "no-secret" | "not-a-person" | "another-secret", shown = ""): string {
  if (code === "no-secret") {
    return "set MOISSON_SECRET to at least 16 characters, and keep it: it protects the traces of forgotten people";
  }
  if (code === "another-secret") return `${shown} were forgotten with another MOISSON_SECRET; add that one to MOISSON_OLD_SECRETS`;
  return `${shown} is neither an e-mail address, nor a phone number, nor a name of two to six words in quotation marks ("Prénom Nom")`;
}

/** Names of tables for people. */
const placeNames: Readonly<Record<string, string>> = {
  aids: "aids",
  aid_history: "revisions of aids",
  changes: "changes of plans",
  contents: "contents of the history, of plans, and of runs in progress",
  planned_aids: "aids of plans that wait",
  staged_aids: "aids of runs in progress",
  plans: "plans",
  plan_remarks: "remarks of plans",
  rejected_contents: "rejected records",
  rejections: "places of rejected records",
  runs: "runs and their reports",
  digests: "morning pages",
  feed_decisions: "decisions about feeds",
  standing_decisions: "decisions for the aids of later runs",
  policy_checks: "checks of published aids",
  set_asides: "things set aside",
  pauses: "pauses",
  people_policies: "policies of publishers for people's data",
  error_reports: "errors reported by readers",
  feed_leads: "feeds found by the radar",
  links: "links",
  aid_slugs: "names of aids in addresses",
  search_misses: "searches that found nothing",
  snapshots: "names of stored feeds",
  forgotten: "traces of who was forgotten",
};

/** Returns the number of a table's rows that contain the person. */
export function placeLine(place: string, rows: number): string {
  return `${String(rows).padStart(7)}  ${placeNames[place] ?? place}`;
}

/** Returns the number of stored feeds that contain the person, and the consequence. */
export function feedLines({ holding, read, done }: { readonly holding: number; readonly read: number; readonly done: boolean }): string[] {
  const lines = [placeLine(`stored feeds of ${read} that were read`, holding)];
  if (holding === 0) return lines;
  const fate = done ? "removed whole" : "would be removed whole";
  return [...lines, `         ${fate}; the runs that read them cannot be replayed:`];
}

/** Returns a deleted feed and the runs that read it. */
export function removedFeedLine(hash: string, runs: readonly { readonly runId: string; readonly connector: string }[]): string {
  const named = runs.map(({ runId, connector }) => `${connector} ${runId.slice(0, 8)}`);
  return `         ${hash.slice(0, 12)}: ${named.length === 0 ? "no run" : named.join(", ")}`;
}

/** Lists the stored feeds that could not be searched. */
export function unreadFeeds(hashes: readonly string[]): string {
  return `not searched, because they cannot be read: stored feeds ${hashes.map((hash) => hash.slice(0, 12)).join(", ")}`;
}

/** Lists the aids whose identifier contains the person. */
export function keptIdentifiers(names: readonly string[]): string {
  return `kept, because their identifier contains the person: aids ${names.join(", ")}`;
}

/** Summarises the result in one line. */
export function forgetOutcome({
  done,
  isDry,
  runsEnded,
}: {
  readonly done: boolean;
  readonly isDry: boolean;
  readonly runsEnded: number;
}): string {
  if (!done) return isDry ? "dry run: nothing was written" : "nothing was written: this was a dry run; --yes forgets for good";
  const ended =
    runsEnded === 0 ? "" : `; ${runsEnded} ${runsEnded === 1 ? "run" : "runs"} in progress ended, those of the queue begin again`;
  return `forgotten; a trace is kept, so that no feed can import the person again${ended}`;
}

/** Notice that the open data was made again. */
export const openDataMadeAgain = "the dump of open data was made again; those before it were deleted";
