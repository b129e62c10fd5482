import type { Child } from "hono/jsx";
import { z } from "zod";
import { conditionMessage } from "../../../french/rules.ts";
import { counted, french, sentence } from "../../../french/typography.ts";
import { foldTerm } from "../../../kit/values/text/fold-term.ts";
import type { StateField, StateValue } from "../../../survey/profile/state-fields.ts";
import { type KeepWhen, type LeftOut, richerConditions } from "../../../survey/propose/keep-when.ts";
import { AidText } from "../../parts/aid-text.tsx";
import { List } from "../../parts/list.tsx";
import type { Form } from "../../route.ts";

/** Checkboxes for the values of fields that tell the state of a record. Records with a ticked value are kept. */
export function StateBoxes({ states, leftOut }: { readonly states: readonly StateField[]; readonly leftOut: readonly LeftOut[] }): Child {
  const boxes = (wanted: boolean) =>
    states.map((state, index) =>
      state.isState === wanted ? (
        <Boxes state={state} id={`fiches-${index}`} leftOut={leftOut.find(({ field }) => field === state.field)} />
      ) : null,
    );
  const others = states.filter(({ isState }) => !isState).length;
  return (
    <div id="champ-fiches">
      {boxes(true)}
      {others > 0 && (
        <details class="fr-mb-3w" open={others === states.length}>
          <summary>{counted(others, "autre champ qui a peu de valeurs", "autres champs qui ont peu de valeurs")}</summary>
          {boxes(false)}
        </details>
      )}
    </div>
  );
}

function Boxes(given: { readonly state: StateField; readonly id: string; readonly leftOut: LeftOut | undefined }): Child {
  const { state, id, leftOut } = given;
  return (
    <fieldset class="fr-fieldset" id={id} aria-labelledby={`${id}-legende`}>
      <legend class="fr-fieldset__legend fr-fieldset__legend--regular" id={`${id}-legende`}>
        {french`Garder les fiches dont « ${state.field} » vaut`}
      </legend>
      {state.values.map((one, index) => (
        <Box field={state.field} one={one} id={`${id}-${index}`} isKept={!isLeftOut(leftOut, one)} />
      ))}
    </fieldset>
  );
}

function Box(given: { readonly field: string; readonly one: StateValue; readonly id: string; readonly isKept: boolean }): Child {
  const { field, one, id, isKept } = given;
  const value = JSON.stringify([field, one.value]);
  return (
    <div class="fr-fieldset__element">
      <input type="hidden" name="offert" value={value} />
      <div class="fr-checkbox-group fr-checkbox-group--sm">
        <input type="checkbox" id={id} name="garde" value={value} checked={isKept} />
        <label class="fr-label" for={id}>
          {one.value === null ? "(rien : le champ est vide)" : <AidText text={one.value} />}
          <span class="fr-hint-text">{counted(one.count, "fiche")}</span>
        </label>
      </div>
    </div>
  );
}

function isLeftOut(leftOut: LeftOut | undefined, { value }: StateValue): boolean {
  if (leftOut === undefined) return false;
  return value === null ? leftOut.isBlank : leftOut.values.some((text) => foldTerm(text) === foldTerm(value));
}

/** Explains what happens to values that appear later. */
export function LaterValues(): Child {
  return (
    <p>
      Une valeur que personne n’a encore vue, dans un flux à venir, est <strong>gardée</strong> : ses fiches entrent comme les autres, et
      peuvent être laissées de côté ensuite.
    </p>
  );
}

/** Lists the conditions of a definition that checkboxes cannot express. They stay unchanged. */
export function RicherConditions({ keepWhen }: { readonly keepWhen: KeepWhen | undefined }): Child {
  const richer = richerConditions(keepWhen);
  if (richer.length === 0) return null;
  return (
    <>
      <p class="fr-mb-1v">Le connecteur demande aussi ceci, que ces cases ne savent pas dire, et qui reste tel quel :</p>
      <List items={richer.map((when) => sentence(conditionMessage(when)))} />
    </>
  );
}

const Offered = z.tuple([z.string().min(1), z.string().min(1).nullable()]);
/** Our forms have fewer values. */
const maxOffered = 2000;

/** Returns the excluded values after a form: the values that it offered without a tick. Other values in `before` stay excluded. */
export function readLeftOut(form: Form, before: readonly LeftOut[]): readonly LeftOut[] {
  const offered = form.all("offert").slice(0, maxOffered).flatMap(readOne);
  const ticked = new Set(form.all("garde").flatMap(readOne).map(keyOf));
  const offeredKeys = new Set(offered.map(keyOf));
  const unticked = offered.filter((one) => !ticked.has(keyOf(one)));
  const untouched = before.flatMap(valuesOf).filter((one) => !offeredKeys.has(keyOf(one)));
  const fields = new Map<string, LeftOut>();
  for (const [field, value] of [...untouched, ...unticked]) {
    const { values, isBlank } = fields.get(field) ?? { values: [], isBlank: false };
    fields.set(field, value === null ? { field, values, isBlank: true } : { field, values: [...values, value], isBlank });
  }
  return [...fields.values()];
}

type One = z.infer<typeof Offered>;

function readOne(written: string): One[] {
  try {
    const read = Offered.safeParse(JSON.parse(written));
    return read.success ? [read.data] : [];
  } catch {
    return [];
  }
}

function valuesOf({ field, values, isBlank }: LeftOut): One[] {
  return [...values.map((value): One => [field, value]), ...(isBlank ? [[field, null] as One] : [])];
}

function keyOf([field, value]: One): string {
  return JSON.stringify([field, value === null ? null : foldTerm(value)]);
}
