import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import type { AidRevision } from "../../catalogue/aids/history-repository.ts";
import type { ExplainedField } from "../../curation/explain-fields.ts";
import { type AidField, isEmptyValue } from "../../model/aid/aid.ts";
import { missingAt } from "../../model/aid/publishable.ts";
import { sameValue } from "../../model/aid/same-value.ts";
import { stretch } from "../../model/compare/stretch.ts";
import type { SourceContradiction } from "../../model/plan/sharing.ts";
import type { AidLink } from "../../model/publisher/link-verdict.ts";
import type { lacksOf, OutletLack } from "../../publish/exports/outlet-lacks.ts";
import { linkMessage } from "../english/links.ts";
import { leftOutMessages } from "../english/publication.ts";
import { suggestedMessage } from "../english/suggestions.ts";
import { inert } from "../printable.ts";
import type { Terminal } from "../terminal.ts";
import { valueStretches } from "./field-difference.ts";
import { layOut } from "./lay-out.ts";
import { parisTime } from "./paris-time.ts";

/** An aid with everything to render. */
interface ShownAid {
  readonly aid: CuratedAid;
  readonly fields: readonly ExplainedField[];
  readonly missing: readonly AidField[];
  readonly lacks: ReturnType<typeof lacksOf>;
  /** Oldest first. */
  readonly history: readonly AidRevision[];
  readonly links: readonly AidLink[];
  /** `connector/externalId` */
  readonly mergedInto: string | null;
}

type Colors = Terminal["colors"];
const margin = "  ";
const columnWidth = 26;

/** Renders an aid: its state, its filled fields with both values if they differ and their origin, then its history. */
export function renderAid(shown: ShownAid, colors: Colors, width: number): string {
  const filled = shown.fields.filter(
    ({ shown: value, publisher, edit }) => !isEmptyValue(value) || !isEmptyValue(publisher) || edit !== null,
  );
  return [
    ...headLines(shown, colors),
    "",
    ...filled.flatMap((account) => fieldLines(account, colors, width)),
    "",
    colors.bold("history"),
    ...shown.history.map((revision) => margin + historyLine(revision)),
  ].join("\n");
}

function headLines({ aid, missing, lacks, links, mergedInto }: ShownAid, colors: Colors): string[] {
  const { watch } = aid;
  const withdrawn = `${aid.withdrawnAt}${aid.withdrawnBy === null ? ", no longer in its feed" : ` by ${aid.withdrawnBy}`}`;
  const watched = watch && `${watch.state} until ${watch.until} by ${watch.by}${watch.reason === null ? "" : `: ${watch.reason}`}`;
  return [
    colors.bold(inert(`${aid.connector}/${aid.externalId}`)),
    line("aidId", aid.aidId),
    line("status", aid.status),
    ...(aid.withdrawnAt === null ? [] : [line("withdrawn", withdrawn)]),
    ...(mergedInto === null ? [] : [line("merged into", mergedInto)]),
    ...(watched === null ? [] : [line("watch", watched)]),
    ...(aid.contradictions ?? []).map((contradiction) => line("sources contradict", contradictionMessage(contradiction))),
    ...(aid.siteUrl === null ? [] : [line("on the site", aid.siteUrl)]),
    line("missing to publish", missingAt("publishable", missing).join(", ") || "nothing"),
    line("missing to describe it fully", missing.join(", ") || "nothing"),
    line("for the API", lackMessage(lacks.api)),
    line("for the national schema", lackMessage(lacks["national-schema"])),
    ...links
      .filter(({ state }) => state !== "alive" && state !== "unchecked")
      .map((link) => line(`link: ${link.field}`, linkMessage(link))),
  ];
}

function lackMessage(lack: OutletLack | null): string {
  return lack === null ? "complete" : leftOutMessages[lack.reason ?? "invalid-value"];
}

function contradictionMessage({ field, one, other, isSwapped }: SourceContradiction): string {
  const swapped = isSwapped ? "; day and month are swapped" : "";
  return `${field}: ${valueText(one.value)} (${one.connector}), ${valueText(other.value)} (${other.connector})${swapped}`;
}

function valueText(value: unknown): string {
  return Array.isArray(value) ? value.join(", ") : String(value);
}

function line(label: string, text: string): string {
  return `${margin}${label.padEnd(columnWidth)}${inert(text)}`;
}

function fieldLines(account: ExplainedField, colors: Colors, width: number): string[] {
  const { field, shown, publisher, policy } = account;
  const isPublisherValue = sameValue(field, shown, publisher);
  const because = [...shownBecause(account), ...(isPublisherValue ? [originWords(account)] : []), `owner: ${policy}`];
  const lines = (of: unknown, words: readonly string[]) =>
    layOut(
      [...valueStretches("shown", field, of, false), stretch("faint", `(${words.join("; ")})`)],
      colors,
      Math.max(width - margin.length - columnWidth, 20),
    );
  const indent = (label: string) => margin + label.padEnd(columnWidth);
  const [first = "", ...rest] = lines(shown, because);
  const below = isPublisherValue ? [] : lines(publisher, [originWords(account)]);
  return [
    `${colors.bold(indent(field))}${first}`,
    ...rest.map((text) => indent("") + text),
    ...below.map((text, place) => indent(place === 0 ? "  publisher" : "") + text),
    ...account.others.flatMap(({ connector, value }) =>
      lines(value, [connector]).map((text, place) => indent(place === 0 ? "  other source" : "") + text),
    ),
  ];
}

/** Explains why a value is shown; empty for the publisher's own value. */
function shownBecause({ edit, keptSince, from, proposal, source, isBorrowed, isChosen, others }: ExplainedField): string[] {
  const edited =
    edit && `${edit.suggestion ? "accepted" : "edited"} by ${edit.by} ${parisTime(edit.at)}${edit.note === null ? "" : `: ${edit.note}`}`;
  const kept = `kept${keptSince === null ? "" : ` since ${parisTime(keptSince)}`}`;
  return [
    ...(edit?.suggestion === undefined ? [] : [suggestedMessage(edit.suggestion)]),
    ...(edited === null ? [] : [edited]),
    ...(from === "kept" ? [kept] : []),
    ...(others.length > 0 || isBorrowed ? [`from ${source}${isChosen ? ", chosen by a person" : ""}`] : []),
    ...(proposal === null ? [] : [`the publisher's change waits for a curator since ${parisTime(proposal.at)}`]),
  ];
}

function originWords({ broughtBy }: ExplainedField): string {
  if (broughtBy === null) return "never imported by a run";
  return `${broughtBy.isUndo ? "restored" : "imported"} by ${makerOf(broughtBy)} ${parisTime(broughtBy.at)}`;
}

/** Returns the author of a change: a run and who applied it, a person, or who undid a run. */
function makerOf({ runId, by, isUndo }: Pick<AidRevision, "runId" | "by" | "isUndo">): string {
  const run = runId === null ? null : `run ${runId.slice(0, 8)}`;
  const person = by === null || by === "run" ? null : by;
  if (isUndo) return `${person ?? "somebody"}, undoing ${run ?? "a plan"}`;
  if (run === null) return person ?? "an unknown person";
  return person === null ? run : `${run}, applied by ${person}`;
}

function historyLine(revision: AidRevision): string {
  const changed = Object.keys(revision.fields).join(", ");
  const columns = [
    String(revision.revision).padStart(3),
    parisTime(revision.at),
    revision.kind.padEnd(11),
    makerOf(revision),
    ...(changed === "" ? [] : [`(${changed})`]),
    ...(revision.note === null ? [] : [`"${revision.note}"`]),
  ];
  return inert(columns.join("  "));
}
