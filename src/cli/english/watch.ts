import type { StaleAid } from "../../model/aid/stale-aid.ts";
import type { SetAside } from "../../model/run/set-aside.ts";
import type { Silence } from "../../model/run/silence.ts";
import type { When } from "./trace.ts";
import { counted } from "./words.ts";

/** Explains in what way a connector is silent. */
export function silenceMessage(silence: Silence, when: When): string {
  if (silence.code === "quiet") {
    const { usualDays, changes, quietDays, lastChangedAt } = silence;
    return `usually changes every ${counted(usualDays, "day")} (${changes} changes known), nothing for ${counted(quietDays, "day")}, since ${when(lastChangedAt)}`;
  }
  if (silence.code === "deadlines-past") {
    const { aids, lastDeadline } = silence;
    return aids === 1
      ? `its only aid had its deadline on ${lastDeadline}`
      : `the deadlines of all ${aids} aids are past; the last was ${lastDeadline}`;
  }
  if (silence.code === "never-applied") return "no run of it was ever applied, though it is active";
  return `no applied run for ${counted(silence.days, "day")}, since ${when(silence.appliedAt)}, though it is active`;
}

/** Explains why an aid is stale. */
export function staleMessage({ reason, since, watch }: StaleAid): string {
  if (reason === "look-again") return `suspended until ${since} by ${watch?.by}: ${watch?.reason}`;
  const before = watch?.state === "confirmed" ? `; ${watch.by} confirmed it until ${watch.until}` : "";
  if (reason === "dates-past") return `recurring, and the last of its dates was ${since}${before}`;
  return `no deadline, unchanged since ${since}${before}`;
}

/** Explains until when and why something is set aside. */
export function setAsideMessage({ until, by, reason }: SetAside, what: string): string {
  return `set aside until ${until} by ${by}: ${what}, because ${reason}`;
}

/** Returns the code of the item that is set aside. */
export function asideTarget({ what, issueCode, field }: Pick<SetAside, "what" | "issueCode" | "field">): string {
  if (what === "card") return `decision ${field}`;
  return what === "silence" ? "silence" : `${issueCode}${field === null ? "" : `:${field}`}`;
}

/** Says that an embedded catalogue is too large for one process. */
export function outgrownMessage({ aids, bytes }: { readonly aids: number; readonly bytes: number }): string {
  return `the embedded catalogue contains ${aids} aids (${(bytes / 1e9).toFixed(1)} GB): move it to PostgreSQL`;
}
