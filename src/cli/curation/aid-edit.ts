import { decideEdit, type WantedEdits } from "../../curation/decide-edit.ts";
import { readFieldValue } from "../../curation/read-field-value.ts";
import { type AidField, aidFields } from "../../model/aid/aid.ts";
import type { PerField } from "../../model/plan/plan.ts";
import type { OpenContext } from "../context.ts";
import { objectionMessage } from "../english/curation.ts";
import { WrongUse } from "../exit.ts";
import { fieldNamed } from "./aid-filter.ts";
import type { ActFlags } from "./aid-options.ts";
import { actOnAids, isSelection } from "./perform-acts.ts";

/** Overrides the publisher's values of fields, or removes such edits, on an aid or on all aids that a filter selects. */
export async function editAids(open: OpenContext, words: readonly string[], flags: ActFlags & { withdraw?: string[] }): Promise<void> {
  const named = isSelection(flags) ? undefined : words[0];
  if (named !== undefined && isAssignment(named)) {
    throw new WrongUse(`name the aid first: <aid> ${named}, or select aids with --connector, --status, --search, --where, --lacks`);
  }
  const wanted = wantedEdits(named === undefined ? words : words.slice(1), flags.withdraw ?? []);
  const asked = {
    fields: Object.keys(wanted.values).join(", "),
    ...(wanted.withdrawn.length > 0 && { withdraw: wanted.withdrawn.join(", ") }),
  };
  return actOnAids(await open(), named, flags, { kind: "edit", asked, decide: (found, curator) => decideEdit(found, wanted, curator) });
}

/** Returns the edits of the arguments. Throws `WrongUse` with the field and its allowed values. */
function wantedEdits(words: readonly string[], withdraw: readonly string[]): WantedEdits {
  const values = valuesOf(words);
  const withdrawn = withdraw.map(fieldNamed);
  const both = withdrawn.find((field) => field in values);
  if (both !== undefined) throw new WrongUse(`${both} cannot be edited and withdrawn in one command`);
  if (words.length === 0 && withdrawn.length === 0) throw new WrongUse("nothing to edit: give field=value, or --withdraw <field>");
  return { values, withdrawn };
}

function valuesOf(words: readonly string[]): PerField<unknown> {
  const values: Partial<Record<AidField, unknown>> = {};
  for (const word of words) {
    const equals = word.indexOf("=");
    if (equals < 1) throw new WrongUse(`"${word}": expected field=value`);
    const field = fieldNamed(word.slice(0, equals).trim());
    if (field in values) throw new WrongUse(`${field} is given twice`);
    const reading = readFieldValue(field, word.slice(equals + 1));
    if ("objection" in reading) throw new WrongUse(objectionMessage(reading.objection));
    values[field] = reading.value;
  }
  return values;
}

/** True for `name=…`. An aid's id may contain an equals sign, but never starts with a field and an equals sign. */
function isAssignment(word: string): boolean {
  const [field] = word.split("=", 1);
  return field !== word && aidFields.some((name) => name === field);
}
