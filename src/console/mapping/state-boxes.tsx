import type { Child } from "hono/jsx";
import { counted, french } from "../../french/typography.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { LeftOut } from "../../registry/survey/left-out.ts";
import type { StateField, StateValue } from "../../registry/survey/state-fields.ts";

/** A box for each value of each field that looks like a state: ticked, its records are kept. `leftOut`: what is not ticked. */
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
          {one.value ?? "(rien : le champ est vide)"}
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
