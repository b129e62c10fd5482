import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import { french } from "../../french/typography.ts";
import { type AidField, aidFields, isEmptyValue } from "../../model/aid/aid.ts";
import { shownValue } from "../../model/aid/shown-value.ts";
import type { PerField } from "../../model/plan/plan.ts";
import { Collapsible } from "../parts/collapsible.tsx";
import { FormPart } from "../parts/form-part.tsx";
import { AidFieldControl } from "./aid-field-control.tsx";
import { formSections } from "./field-controls.ts";
import { inputName, markName } from "./read-aid-form.ts";
import { maxTypedLength, type Typed, typedMark, typedValue } from "./typed-value.ts";

/** Props of `AidForm`. */
export interface AidFormGiven {
  /** The current aid. The form also sends its revision, and the value shown in each field. */
  readonly aid: CuratedAid;
  /** Fields to show. Default: all fields. Parts without fields are omitted. */
  readonly fields?: readonly AidField[];
  /** Fields to show first, in open parts. The other fields follow, folded. */
  readonly first?: readonly AidField[];
  /** Texts of a form that could not be saved: `readAidForm(form).typed`. */
  readonly typed?: PerField<Typed>;
  /** `readAidForm(form).problems`. */
  readonly problems?: Readonly<Record<string, string>>;
  /** Returns the content below a field, such as the publisher's value. */
  readonly beside?: (field: AidField) => Child;
  /** Heading level of the parts. Default: 2. */
  readonly level?: 2 | 3;
}

/**
 * The fields of an aid, part by part. Without `first`, the parts that people rarely correct are folded. For use in an `ActForm`. Read the
 * form with `readAidForm`, which returns the changed fields only. Save them with `saveAidForm`. If it returns `problems`, show the form
 * again (422). If it returns `moved`, show it with `AidMoved` above (409), so that nothing typed is lost and no change of others is
 * overwritten.
 */
export function AidForm(given: AidFormGiven): Child {
  const { aid, fields = aidFields, first } = given;
  const others = fields.filter((field) => first?.includes(field) !== true);
  return (
    <>
      <input type="hidden" name="revision" value={String(aid.revision)} />
      {first === undefined ? (
        <Parts given={given} fields={fields} opens={({ isRare }) => !isRare} />
      ) : (
        <>
          <Parts given={given} fields={first} opens={() => true} isCounted={false} />
          <Collapsible summary={french`Corriger aussi les autres champs (${others.length})`}>
            <Parts given={given} fields={others} opens={() => false} />
          </Collapsible>
        </>
      )}
    </>
  );
}

/** The parts with these fields. A part with a mistake is open. */
function Parts(shown: {
  readonly given: AidFormGiven;
  readonly fields: readonly AidField[];
  readonly opens: (part: (typeof formSections)[number]) => boolean;
  /** Default: true. */
  readonly isCounted?: boolean;
}): Child {
  const {
    given: { aid, typed = {}, problems = {}, beside, level },
    fields,
    opens,
    isCounted = true,
  } = shown;
  const isFilled = (field: AidField) => (typed[field] === undefined ? !isEmptyValue(shownValue(aid, field)) : typed[field].length > 0);
  return formSections
    .map((part) => ({ ...part, own: part.fields.filter((field) => fields.includes(field)) }))
    .filter(({ own }) => own.length > 0)
    .map((part) => (
      <FormPart
        title={part.title}
        level={level}
        isOpen={opens(part) || part.own.some((field) => problems[inputName(field)] !== undefined)}
        filled={isCounted ? { count: part.own.filter(isFilled).length, of: part.own.length } : undefined}
      >
        {part.own.map((field) => (
          <div>
            <OneField aid={aid} field={field} typed={typed[field]} problem={problems[inputName(field)]} />
            {beside?.(field)}
          </div>
        ))}
      </FormPart>
    ));
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
      <AidFieldControl
        field={field}
        name={inputName(field)}
        typed={typed ?? shown}
        problem={problem}
        isTooLong={isTooLong}
        language={aid.imported.language}
      />
    </>
  );
}
