import type { Child } from "hono/jsx";
import { mergeForm } from "../../../curation/merge-form.ts";
import type { Connector } from "../../../kit/definition.ts";
import {
  ConflictAlert,
  type FieldConflict,
  type Fields,
  FormFields,
  type FormProblems,
  formStatus,
  readFields,
  readWhy,
  textLabel,
  type Values,
  WhyField,
  whyField,
} from "../../forms/form.tsx";
import { Problems } from "../../parts/alert.tsx";
import { ActForm, SubmitButton } from "../../parts/form-controls.tsx";
import { SubmitOrLeave } from "../../parts/submit-or-leave.tsx";
import type { Done, Form, Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { type Edited, type EditedDefinition, type EditorContent, editedBack, isOutdated } from "./edited-definition.ts";
import type { EditorPage } from "./editor-routes.ts";

/** Texts of a form by field name. */
export type Texts = Readonly<Record<string, string>>;

/** A form as it is shown. `controls`: renders some of its fields. */
interface ShownForm<T> {
  readonly edited: T;
  readonly typed: Texts;
  readonly problems: FormProblems;
  controls(fields: Fields): Child;
}

/** A page of the editor with a form. `T`: the draft or the connector that it edits. `F`: its fields. A live connector has one more: the reason. */
interface FormPage<T extends Edited, F extends Fields>
  extends Pick<EditorPage<T>, "path" | "act" | "maxBytes">,
    Pick<EditorContent, "title"> {
  heading?(edited: T): string;
  /** Returns the path of the form, if `path` has parameters. */
  formPath?(edited: T): string;
  fields(edited: T): F;
  /** Returns the saved texts. A missing text is empty. */
  texts(edited: T): Texts;
  /** Returns the texts as they were at a revision. Default: they are not stored. */
  textsAt?(edited: T, revision: number): Promise<Texts | null>;
  /** Returns the texts to show first. Default: the saved ones. */
  proposed?(visit: Visit, edited: T): Promise<Texts> | Texts;
  /** Returns problems that concern several fields. */
  check?(typed: Texts, edited: T): FormProblems;
  /** Saves the values: see `EditedDefinition.save`. Returns a page if the problem cannot be shown in the form. */
  save(
    edited: T,
    values: Values<F>,
    typed: Texts,
    sent: { readonly visit: Visit; readonly form: Form },
  ): Promise<Done | Page | FormRefusal | null>;
  /** Returns the saved value that the alert shows for all fields together. Default: one value for each field. */
  theirs?(edited: T): FieldConflict;
  /** Renders the content above the form, and below it. */
  above?(edited: T, visit: Visit): Child;
  below?(edited: T): Child;
  /** Renders the form without its end. Default: its controls. */
  content?(shown: ShownForm<T>): Child;
  readonly hasFiles?: boolean;
  /** Label of the button. Default: see `FormEnd`. */
  label?(edited: T): string;
  /** A second button. */
  otherButton?(edited: T): Child;
  /** Returns the page, below `base`, that the form leads back to; null without a way back. */
  back?(edited: T): string | null;
}

/** Why a form is not saved: problems by field name, or one of the whole form. `above`: what could be done instead. */
type FormRefusal = { readonly problem: string } | { readonly problems: FormProblems; readonly above?: Child };

interface Notices {
  readonly problems?: FormProblems;
  readonly conflicts?: readonly FieldConflict[];
  readonly above?: Child;
}

/** Returns a page of the editor with a form, which merges what two people write at once. */
export function formPage<T extends Edited, F extends Fields>(given: FormPage<T, F>): EditorPage<T> {
  const { path, act, maxBytes, title, hasFiles = false, back = editedBack } = given;
  const allFields = (edited: T): F => (edited.isDraft ? given.fields(edited) : { ...given.fields(edited), raison: whyField });
  const page = (visit: Visit, edited: T, typed: Texts, { problems = {}, conflicts, above }: Notices = {}): Page => {
    const controls = (fields: Fields) => <FormFields fields={fields} typed={typed} problems={problems} />;
    const to = back(edited);
    return edited.page({
      path,
      ...(title !== undefined && { title }),
      ...(given.heading !== undefined && { heading: given.heading(edited) }),
      status: formStatus(problems, conflicts !== undefined),
      content: (
        <>
          {conflicts !== undefined && <ConflictAlert who={edited.changedBy} conflicts={conflicts} />}
          <Problems problems={problems} />
          {above}
          {given.above?.(edited, visit)}
          <ActForm action={`${edited.base}/${given.formPath?.(edited) ?? path}`} csrf={visit.csrf} hasFiles={hasFiles}>
            <BaseField version={edited.revision} />
            {given.content === undefined ? controls(given.fields(edited)) : given.content({ edited, typed, problems, controls })}
            <FormEnd
              edited={edited}
              why={typed.raison ?? ""}
              problem={problems.raison}
              back={to === null ? null : `${edited.base}${to}`}
              label={given.label?.(edited)}
            />{" "}
            {given.otherButton?.(edited)}
          </ActForm>
          {given.below?.(edited)}
        </>
      ),
    });
  };
  const overtaken = async (visit: Visit, edited: T, form: Form, all: Texts): Promise<Page> => {
    const fields: Fields = allFields(edited);
    // A file that changed meanwhile can have further fields, which the form did not show.
    const typed = Object.fromEntries(Object.entries(all).filter(([name]) => form.has(name)));
    const empty = Object.fromEntries(Object.keys(typed).map((name) => [name, ""]));
    const saved: Texts = { ...empty, ...given.texts(edited) };
    const shown = (await given.textsAt?.(edited, Number(form.text("version")))) ?? null;
    const { written, conflicts } = mergeForm<string>(shown && { ...empty, ...shown }, saved, typed);
    const ofBoth = conflicts.flatMap((name) => {
      const field = name === "raison" ? undefined : fields[name];
      return field === undefined ? [] : [{ label: field.label, theirs: textLabel(field, saved[name] ?? "") }];
    });
    const named = ofBoth.length > 0 && given.theirs !== undefined ? [given.theirs(edited)] : ofBoth;
    return page(visit, edited, { ...saved, ...written }, { conflicts: named });
  };
  return {
    path,
    act,
    ...(maxBytes !== undefined && { maxBytes }),
    show: async (visit, edited) => page(visit, edited, (await given.proposed?.(visit, edited)) ?? given.texts(edited)),
    async change(visit, edited, form) {
      const { values, typed, problems } = readFields(allFields(edited), form, (texts) => given.check?.(texts, edited) ?? {});
      if (isOutdated(edited, form)) return overtaken(visit, edited, form, typed);
      if (values === null) return page(visit, edited, typed, { problems });
      const done = await given.save(edited, values, typed, { visit, form });
      if (done === null || "to" in done || "content" in done) return done;
      const [first = ""] = Object.keys(typed);
      return page(visit, edited, typed, "problem" in done ? { problems: { [first]: done.problem } } : done);
    },
  };
}

/** Returns how a page finds its texts in the saved definition, and in an earlier one. */
export function textsIn(textsOf: (definition: Connector) => Texts) {
  return {
    texts: ({ connector }: EditedDefinition) => textsOf(connector.definition),
    async textsAt(edited: EditedDefinition, revision: number): Promise<Texts | null> {
      const shown = await edited.definitionAt(revision);
      return shown === null ? null : textsOf(shown);
    },
  };
}

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
