/** What the history says of an aid that a person was taken out of. */
export const forgottenNote = "personal data erased on request";

/** Why a person cannot be forgotten. */
export function forgetRefusal(code: "no-secret" | "not-a-person" | "another-secret", shown = ""): string {
  if (code === "no-secret") {
    return "set MOISSON_SECRET, at least 16 characters: traces of people who are forgotten are made with it, and must be made with the same for ever";
  }
  if (code === "another-secret") return `MOISSON_SECRET is not the one that ${shown} were forgotten with; set that one`;
  return `${shown} is neither an e-mail address, nor a phone number, nor a name of two to six words in quotation marks ("Prénom Nom")`;
}

/** Names of tables as people say them. */
const placeNames: Readonly<Record<string, string>> = {
  aids: "aids",
  aid_history: "revisions of aids",
  changes: "changes of plans",
  planned_aids: "aids of plans that wait",
  staged_aids: "aids of runs in progress",
  plans: "plans",
  plan_remarks: "remarks of plans",
  rejected_records: "rejected records",
  runs: "runs and their reports",
  digests: "morning pages",
  set_asides: "things set aside",
  pauses: "pauses",
  links: "links",
  aid_slugs: "names of aids in addresses",
  search_misses: "searches that found nothing",
  snapshots: "names of stored feeds",
  forgotten: "traces of who was forgotten",
};

/** A table, and how many of its rows held somebody. */
export function placeLine(place: string, rows: number): string {
  return `${String(rows).padStart(7)}  ${placeNames[place] ?? place}`;
}

/** How many stored feeds hold somebody, and what that means. */
export function feedLines({ holding, read, done }: { readonly holding: number; readonly read: number; readonly done: boolean }): string[] {
  const lines = [placeLine(`stored feeds of ${read} that were read`, holding)];
  if (holding === 0) return lines;
  const fate = done ? "removed whole" : "would be removed whole";
  return [...lines, `         ${fate}; the runs that read them cannot be replayed:`];
}

/** A stored feed that goes, and the runs that read it. */
export function removedFeedLine(hash: string, runs: readonly { readonly runId: string; readonly connector: string }[]): string {
  const named = runs.map(({ runId, connector }) => `${connector} ${runId.slice(0, 8)}`);
  return `         ${hash.slice(0, 12)}: ${named.length === 0 ? "no run" : named.join(", ")}`;
}

/** Stored feeds that could not be looked into. */
export function unreadFeeds(hashes: readonly string[]): string {
  return `not looked into, they can be read no more: stored feeds ${hashes.map((hash) => hash.slice(0, 12)).join(", ")}`;
}

/** Aids whose identifier names somebody. */
export function keptIdentifiers(names: readonly string[]): string {
  return `the identifier of these aids holds it, and stays: ${names.join(", ")}`;
}

/** How it ended, in one line. */
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
  return `forgotten; a trace is kept, so that no feed brings it back${ended}`;
}

/** What is said of the dump of open data that was made again. */
export const openDataMadeAgain = "the dump of open data was made again; those before it are gone";
