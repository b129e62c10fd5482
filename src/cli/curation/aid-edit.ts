import { type Command, Option } from "commander";
import { decideEdit, type WantedEdits } from "../../curation/decide-edit.ts";
import { readFieldValue } from "../../curation/read-field-value.ts";
import { objectionMessage } from "../../english/curation.ts";
import { type AidField, aidFields } from "../../model/aid/aid.ts";
import type { PerField } from "../../model/plan/plan.ts";
import type { CommandContext } from "../context.ts";
import { WrongUse } from "../exit.ts";
import { type ActFlags, actOnAids, addActFlags, isSelection } from "./act-on-aids.ts";
import { fieldNamed } from "./aid-filter.ts";

/** `aid edit`: lays a person's values over the publisher's, or takes such an edit back; on an aid, or on all that a filter selects. */
export function addAidEditCommand(aid: Command, open: () => CommandContext): void {
  const command = aid
    .command("edit")
    .description("correct fields of an aid, or of all that a filter selects; what the publisher says stays known below")
    .argument("[words...]", "<aid> field=value…, or field=value… with a filter; `field=` empties it")
    .addOption(new Option("--withdraw <field>", "take the edit of this field back; may be repeated").argParser(oneMore));
  addActFlags(command)
    .addHelpText(
      "after",
      `
Terms are written as slugs, lists with commas or in JSON, days as 2026-12-31 or 31/12/2026, organisations as name or name|SIREN,
territories as scale:code, texts in HTML, the rest as it is; yes or no.

Examples:
  moisson aid edit departement-drome/162 name="Rénover une école" --note "our own title"
  moisson aid edit departement-drome/162 targetedAudiences=commune,epci submissionDeadline=2026-12-31 contactPhone=
  moisson aid edit departement-drome/162 --withdraw name
  moisson aid edit --connector departement-drome --lacks perimeters perimeters=department:26`,
    )
    .action((words: string[], flags: ActFlags & { withdraw?: string[] }) => {
      const named = isSelection(flags) ? undefined : words[0];
      if (named !== undefined && isAssignment(named)) {
        throw new WrongUse(`say of which aid: <aid> ${named}, or select some with --connector, --status, --search, --where, --lacks`);
      }
      const wanted = wantedEdits(named === undefined ? words : words.slice(1), flags.withdraw ?? []);
      const asked = {
        fields: Object.keys(wanted.values).join(", "),
        ...(wanted.withdrawn.length > 0 && { withdraw: wanted.withdrawn.join(", ") }),
      };
      return actOnAids(open(), named, flags, { kind: "edit", asked, decide: (found, curator) => decideEdit(found, wanted, curator) });
    });
}

/** Throws `WrongUse` naming the field and what is allowed. */
function wantedEdits(words: readonly string[], withdraw: readonly string[]): WantedEdits {
  const values = valuesOf(words);
  const withdrawn = withdraw.map(fieldNamed);
  const both = withdrawn.find((field) => field in values);
  if (both !== undefined) throw new WrongUse(`${both} is edited and its edit withdrawn at once`);
  if (words.length === 0 && withdrawn.length === 0) throw new WrongUse("say what to edit: field=value, or --withdraw <field>");
  return { values, withdrawn };
}

function valuesOf(words: readonly string[]): PerField<unknown> {
  const values: Partial<Record<AidField, unknown>> = {};
  for (const word of words) {
    const equals = word.indexOf("=");
    if (equals < 1) throw new WrongUse(`"${word}" is no field=value`);
    const field = fieldNamed(word.slice(0, equals).trim());
    if (field in values) throw new WrongUse(`${field} is given twice`);
    const reading = readFieldValue(field, word.slice(equals + 1));
    if ("objection" in reading) throw new WrongUse(objectionMessage(reading.objection));
    values[field] = reading.value;
  }
  return values;
}

/** True of `name=…` where an aid is to be named: an aid's name may hold an equals sign, but does not begin with a field and one. */
function isAssignment(word: string): boolean {
  const [field] = word.split("=", 1);
  return field !== word && aidFields.some((name) => name === field);
}

function oneMore(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value];
}
