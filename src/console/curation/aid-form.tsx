import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import type { AidField } from "../../model/aid/aid.ts";
import { shownValue } from "../../model/aid/shown-value.ts";
import type { PerField } from "../../model/plan/plan.ts";
import { AidFieldControl } from "./aid-field-control.tsx";
import { formParts } from "./field-controls.ts";
import { inputName, markName } from "./read-aid-form.ts";
import { longestTyped, type Typed, typedMark, typedValue } from "./typed-value.ts";

/** What `AidForm` is given. */
export interface AidFormGiven {
  /** As it is now: its revision goes with the form, and what it shows with each field. */
  readonly aid: CuratedAid;
  /** Default: all. A part without one of them is left out. */
  readonly fields?: readonly AidField[];
  /** What was typed before and could not be saved: `readAidForm(form).typed`. */
  readonly typed?: PerField<Typed>;
  /** `readAidForm(form).problems`. */
  readonly problems?: Readonly<Record<string, string>>;
  /** Something below a field: what the publisher says, what somebody else has saved meanwhile. */
  readonly beside?: (field: AidField) => Child;
  /** Level of the titles of its parts. Default 2. */
  readonly level?: 2 | 3;
}

/**
 * The fields of an aid to be corrected, to stand in an `ActForm` with buttons. How it is used:
 *
 *     <ActForm action=… csrf=…><AidForm aid={aid} fields={missing} /><button …>Enregistrer</button></ActForm>
 *
 *     const read = readAidForm(form);                       // only what the person changed; pure
 *     const saved = await saveAidForm(visit, aid, read);    // `aid` as it is now
 *     "saved" in saved    -> plan and cautions              (`saved.planId` null: nothing was changed)
 *     "problems" in saved -> 422 with the form again: <Problems problems={saved.problems} />, <AidForm aid typed={read.typed} problems=… />
 *     "moved" in saved    -> 409: <AidMoved … />, <AidForm aid={saved.moved} typed={read.typed} />: nothing typed is lost, nothing of others overwritten
 */
export function AidForm({ aid, fields, typed = {}, problems = {}, beside, level = 2 }: AidFormGiven): Child {
  const Title = `h${level}` as "h2";
  const isWanted = (field: AidField) => fields === undefined || fields.includes(field);
  return (
    <>
      <input type="hidden" name="revision" value={String(aid.revision)} />
      {formParts
        .map((part) => ({ ...part, fields: part.fields.filter(isWanted) }))
        .filter((part) => part.fields.length > 0)
        .map((part) => (
          <section class="fr-mb-4w">
            <Title class="fr-h4">{part.title}</Title>
            {part.fields.map((field) => (
              <>
                <OneField aid={aid} field={field} typed={typed[field]} problem={problems[inputName(field)]} />
                {beside?.(field)}
              </>
            ))}
          </section>
        ))}
    </>
  );
}

function OneField({
  aid,
  field,
  typed,
  problem,
}: {
  readonly aid: CuratedAid;
  readonly field: AidField;
  readonly typed: Typed | undefined;
  readonly problem: string | undefined;
}): Child {
  const held = shownValue(aid, field);
  // A megabyte of text would take the form with it.
  const isTooLong = typeof held === "string" && held.length > longestTyped;
  const shown = isTooLong ? "" : typedValue(field, held);
  return (
    <>
      {!isTooLong && <input type="hidden" name={markName(field)} value={typedMark(shown)} />}
      <AidFieldControl field={field} name={inputName(field)} typed={typed ?? shown} problem={problem} isTooLong={isTooLong} />
    </>
  );
}
