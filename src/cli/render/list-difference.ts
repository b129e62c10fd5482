import { type Stretch, stretch } from "../../compare/stretch.ts";
import { readableMember } from "./readable-value.ts";

const membersShown = 12;

/** Returns the members added and removed: `+ farmer, commune - epci`. `whole`: lists all of them. */
export function listDifference(before: readonly unknown[], after: readonly unknown[], whole: boolean): Stretch[] {
  const had = before.map(readableMember);
  const has = after.map(readableMember);
  const added = has.filter((member) => !had.includes(member));
  const removed = had.filter((member) => !has.includes(member));
  if (added.length + removed.length === 0) return [stretch("faint", "the same members in another order")];
  return [...members("new", "+", added, whole), ...members("old", "-", removed, whole)];
}

function members(style: "new" | "old", sign: string, names: readonly string[], whole: boolean): Stretch[] {
  if (names.length === 0) return [];
  const shown = whole || names.length <= membersShown + 1 ? names : names.slice(0, membersShown);
  const more = names.length - shown.length;
  return [stretch(style, `${sign} ${shown.join(", ")}`), ...(more > 0 ? [stretch("faint", `and ${more} more`)] : [])];
}
