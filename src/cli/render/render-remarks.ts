import type { ListedRemark, PlannedChange } from "../../catalogue/plans/plan-reader.ts";
import type { MatchReason } from "../../model/plan/plan.ts";
import { type RemarkKind, remarkDetail, remarkMessage } from "../english/plans.ts";
import { inert } from "../printable.ts";
import type { Terminal } from "../terminal.ts";
import { reasonWords } from "./plan-words.ts";

/** Renders the remarks of one kind: the number of aids, and lines for the first of them. */
export function renderRemarks(code: RemarkKind, count: number, lines: readonly string[], colors: Terminal["colors"]): string {
  const more = count > lines.length ? [`    … and ${count - lines.length} more`] : [];
  return [`  ${colors.yellow(remarkMessage(code, count))}:`, ...lines.map((line) => `    ${line}`), ...more].join("\n");
}

/** Renders a remark on one line: the aid, or the pair with its certainty and reasons. */
export function remarkLine(remark: ListedRemark): string {
  const { code, aidId, externalId, heldAs, params } = remark;
  const detail = remarkDetail(remark);
  if (code === "doubtful-pair") {
    const incoming = externalId ?? String(params.with ?? "?");
    const pair = pairLine(heldAs ?? aidId ?? "?", incoming, params as { certainty?: number; reasons?: readonly MatchReason[] });
    return detail === "" ? pair : `${pair}; ${inert(detail)}`;
  }
  return inert(`${externalId ?? heldAs ?? aidId ?? params.with ?? "?"}${detail === "" ? "" : `: ${detail}`}`);
}

/** Renders an aid with a new id: both ids, certainty and reasons. */
export function renamedLine({ externalId, match }: PlannedChange): string {
  return match === undefined ? inert(externalId) : pairLine(match.with, externalId, match);
}

function pairLine(
  held: string,
  incoming: string,
  { certainty = 0, reasons = [] }: { readonly certainty?: number; readonly reasons?: readonly MatchReason[] },
): string {
  const why = reasons.map((reason) => reasonWords[reason]).join(", ");
  // Rounded down: 99.7 % is not certain.
  return inert(`${held} → ${incoming}, ${Math.floor(certainty * 100)} % sure${why === "" ? "" : `: ${why}`}`);
}
