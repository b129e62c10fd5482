import type { Child } from "hono/jsx";
import { readWhy, WhyField } from "../../forms/why-field.tsx";
import { SubmitButton } from "../../parts/form-controls.tsx";
import { SubmitOrLeave } from "../../parts/submit-or-leave.tsx";
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

/** The end of a form: the reason, and the buttons. `back`: address without a change, or null. */
export function FormEnd(given: {
  readonly edited: Edited;
  readonly why: string;
  readonly problem: string | undefined;
  readonly back: string | null;
  readonly label?: string | undefined;
}): Child {
  const { edited, why, problem, back, label = edited.isDraft ? "Enregistrer" : "Essayer ce changement" } = given;
  return (
    <>
      {!edited.isDraft && <WhyField value={why} problem={problem} />}
      {back === null ? <SubmitButton label={label} /> : <SubmitOrLeave label={label} leaveLabel="Ne rien changer" leaveHref={back} />}
    </>
  );
}
