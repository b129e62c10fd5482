import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import type { AidField } from "../../model/aid/aid.ts";
import { shownValue } from "../../model/aid/shown-value.ts";
import type { PerField } from "../../model/plan/plan.ts";
import { AidFieldControl } from "./aid-field-control.tsx";
import { formParts } from "./field-controls.ts";
import { inputName, markName } from "./read-aid-form.ts";
import { maxTypedLength, type Typed, typedMark, typedValue } from "./typed-value.ts";

/** Props of `AidForm`. */
export interface AidFormGiven {
  /** The current aid. The form also sends its revision, and the value shown in each field. */
  readonly aid: CuratedAid;
  /** Fields to show, with all sections open. Default: all fields. Sections without fields are omitted. */
  readonly fields?: readonly AidField[];
  /** Folds the parts that people rarely correct, also if `fields` is set. */
  readonly foldsRare?: boolean;
  /** Texts of a form that could not be saved: `readAidForm(form).typed`. */
  readonly typed?: PerField<Typed>;
  /** `readAidForm(form).problems`. */
  readonly problems?: Readonly<Record<string, string>>;
  /** Returns the content below a field, such as the publisher's value. */
  readonly beside?: (field: AidField) => Child;
  /** Heading level of the sections. Default: 2. */
  readonly level?: 2 | 3;
}

/**
 * The fields of an aid, part by part; parts that people rarely correct are folded. For use in an `ActForm`. Read the form with `readAidForm`, which returns the changed fields only. Save them with
 * `saveAidForm`. If it returns `problems`, show the form again (422). If it returns `moved`, show it with `AidMoved` above (409), so that
 * nothing typed is lost and no change of others is overwritten.
 */
export function AidForm({ aid, fields, foldsRare, typed = {}, problems = {}, beside, level = 2 }: AidFormGiven): Child {
  const Title = `h${level}` as "h2";
  // A form of some fields shows them all.
  const isWhole = fields !== undefined && foldsRare !== true;
  const isWanted = (field: AidField) => fields === undefined || fields.includes(field);
  return (
    <>
      <input type="hidden" name="revision" value={String(aid.revision)} />
      {formParts
        .map((part) => ({ ...part, fields: part.fields.filter(isWanted) }))
        .filter((part) => part.fields.length > 0)
        .map((part) => (
          <details
            class="moisson-form-part"
            open={isWhole || !part.isRare || part.fields.some((field) => problems[inputName(field)] !== undefined)}
          >
            <summary>
              <Title>{part.title}</Title>
            </summary>
            {part.fields.map((field) => (
              <>
                <OneField aid={aid} field={field} typed={typed[field]} problem={problems[inputName(field)]} />
                {beside?.(field)}
              </>
            ))}
          </details>
        ))}
    </>
  );
}

function OneField(given: {
  readonly aid: CuratedAid;
  readonly field: AidField;
  readonly typed: Typed | undefined;
  readonly problem: string | undefined;
}): Child {
  const { aid, field, typed, problem } = given;
  const current = shownValue(aid, field);
  // A very long text would make the form too large to send.
  const isTooLong = typeof current === "string" && current.length > maxTypedLength;
  const shown = isTooLong ? "" : typedValue(field, current);
  return (
    <>
      {!isTooLong && <input type="hidden" name={markName(field)} value={typedMark(shown)} />}
      <AidFieldControl field={field} name={inputName(field)} typed={typed ?? shown} problem={problem} isTooLong={isTooLong} />
    </>
  );
}
