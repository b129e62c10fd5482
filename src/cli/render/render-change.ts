import { aidFields } from "../../model/aid/aid.ts";
import { type Stretch, stretch } from "../../model/compare/stretch.ts";
import type { Change } from "../../model/plan/plan.ts";
import { inert } from "../printable.ts";
import type { Terminal } from "../terminal.ts";
import { layOut } from "./lay-out.ts";
import { actionWord, kindMarks, reasonWords } from "./plan-words.ts";
import { renderField } from "./render-field.ts";

const margin = "    ";
const maxKindLength = "re-identify".length;

/**
 * Renders the change of one aid: its kind, then each field with its action and difference. `width`: characters per line; `whole`: shows complete texts;
 * `titleOf`: title of the aid.
 */
export function renderChange(
  change: Change,
  colors: Terminal["colors"],
  options: { width: number; whole: boolean; titleOf?: string },
): string {
  const fields = aidFields.flatMap((field) => {
    const fieldChange = change.fields[field];
    return fieldChange === undefined ? [] : [{ field, fieldChange }];
  });
  const columns = {
    field: Math.max(0, ...fields.map(({ field }) => field.length)),
    action: Math.max(0, ...fields.map(({ fieldChange }) => actionWord(fieldChange.action, colors)[0].length)),
  };
  const { width, whole } = options;
  return [
    ...headline(change, colors, options),
    ...remarks(change).flatMap((remark) => layOut([remark], colors, width - margin.length).map((line) => margin + line)),
    ...fields.flatMap(({ field, fieldChange }) => renderField(change.kind, field, fieldChange, colors, { width, whole, columns })),
  ].join("\n");
}

function headline(change: Change, colors: Terminal["colors"], { width, titleOf = "" }: { width: number; titleOf?: string }): string[] {
  const [sign, color] = kindMarks[change.kind];
  const begin = `${sign} ${change.kind.padEnd(maxKindLength)}  `;
  const identifier = inert(identifiers(change).replace(/\s+/g, " "));
  const beside = begin.length + identifier.length + 2;
  const hang = beside < width / 2 ? beside : begin.length;
  const title = layOut([stretch("kept", titleOf)], colors, width - hang);
  const first = `${colors[color](begin)}${colors.bold(identifier)}`;
  const below = (line: string) => " ".repeat(hang) + line;
  return hang === beside ? [[first, ...title.slice(0, 1)].join("  "), ...title.slice(1).map(below)] : [first, ...title.map(below)];
}

/** Returns `old → new` if the publisher has changed the identifier. */
function identifiers({ kind, externalId, match, state }: Change): string {
  if (kind !== "re-identify") return externalId;
  const given = state?.externalId ?? externalId;
  const old = given === externalId ? match?.with : externalId;
  return old === undefined ? given : `${old} → ${given}`;
}

function remarks({ kind, match, state, note }: Change): Stretch[] {
  const texts: string[] = [];
  if (match !== undefined && match.reasons.length > 0) {
    const reasons = match.reasons.map((reason) => reasonWords[reason]).join(", ");
    texts.push(`${kind === "adopt" ? `live as ${match.with}, ` : ""}${percent(match.certainty)} sure that it is the same aid: ${reasons}`);
  }
  if (state?.mergedInto) texts.push(`merged into ${state.mergedInto}`);
  else if (state?.status !== undefined) texts.push(`status: ${state.status}`);
  if (state?.withdrawnAt !== undefined) texts.push(withdrawal(state.withdrawnAt, state.withdrawnBy ?? null));
  if (state?.watch)
    texts.push(
      `${state.watch.state} until ${state.watch.until} by ${state.watch.by}${state.watch.reason ? `: ${state.watch.reason}` : ""}`,
    );
  if (note !== undefined) texts.push(`note: ${note}`);
  return texts.map((sentence) => stretch("shown", sentence));
}

function withdrawal(day: string | null, by: string | null): string {
  if (day === null) return "no longer withdrawn";
  return `withdrawn on ${day}${by === null ? "" : ` by ${by}`}`;
}

/** Rounded down: 99.7 % is not certain. */
function percent(certainty: number): string {
  return `${Math.floor(certainty * 100)} %`;
}
