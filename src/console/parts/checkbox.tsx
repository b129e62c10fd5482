import type { Child } from "hono/jsx";

/** A single checkbox. `ticks`: name of the checkboxes that it ticks all at once; `form`: id of a form elsewhere on the page; `class`: classes of the group; `children`: its label. */
export function Checkbox(given: {
  readonly id: string;
  readonly name?: string;
  readonly value?: string;
  readonly checked?: boolean;
  readonly ticks?: string;
  readonly form?: string;
  readonly class?: string;
  readonly children?: Child;
}): Child {
  const { id, name, value, checked, ticks, form, class: classes, children } = given;
  return (
    <div class={`fr-checkbox-group fr-checkbox-group--sm${classes === undefined ? "" : ` ${classes}`}`}>
      <input type="checkbox" id={id} name={name} value={value} checked={checked} form={form} data-ticks={ticks} />
      <label class="fr-label" for={id}>
        {children}
      </label>
    </div>
  );
}
