import type { Child } from "hono/jsx";
import { ConflictAlert, type FieldConflict } from "../../forms/conflict.tsx";
import { readWhy, WhyField } from "../../forms/why-field.tsx";
import type { Form } from "../../route.ts";
import type { Edited } from "./edited-definition.ts";

/** Reads the reason that a form of the editor asks for. Drafts need none. */
export function whyOf({ isDraft }: Edited, form: Form): ReturnType<typeof readWhy> {
  return isDraft ? { why: "", problem: null } : readWhy(form);
}

/** Hidden field with the version that the form was made from, so that it never overwrites a later version. */
export function BaseField({ version }: { readonly version: number }): Child {
  return <input type="hidden" name="version" value={String(version)} />;
}

/** The end of a form: the reason, and the buttons. `back`: address without a change; `saves`: label of the button of a draft. */
export function FormEnd(given: {
  readonly edited: Edited;
  readonly why: string;
  readonly problem: string | undefined;
  readonly back: string;
  readonly label?: string;
  readonly saves?: string;
}): Child {
  const { edited, why, problem, back, label = "Essayer ce changement", saves = "Enregistrer" } = given;
  return (
    <>
      {!edited.isDraft && <WhyField value={why} problem={problem} />}
      <TryButtons back={back} label={edited.isDraft ? saves : label} />
    </>
  );
}

/** The buttons below a form that changes a definition. */
export function TryButtons({ back, label = "Essayer ce changement" }: { readonly back: string; readonly label?: string }) {
  return (
    <p>
      <button class="fr-btn" type="submit">
        {label}
      </button>{" "}
      <a class="fr-btn fr-btn--secondary" href={back}>
        Ne rien changer
      </a>
    </p>
  );
}

/** The alert above a form if somebody else has saved since it was shown. */
export function EditConflict({ edited, conflicts }: { readonly edited: Edited; readonly conflicts: readonly FieldConflict[] }): Child {
  return <ConflictAlert who={edited.changedBy} conflicts={conflicts} />;
}
