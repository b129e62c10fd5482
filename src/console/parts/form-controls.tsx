import type { Child } from "hono/jsx";
import { french } from "../../french/typography.ts";

/** The hidden token that proves that a form comes from the console. */
export function CsrfField({ csrf }: { readonly csrf: string }): Child {
  return <input type="hidden" name="jeton" value={csrf} />;
}

/** Props shared by all controls. */
interface FieldGiven {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly required?: boolean;
  /** Default: made from the name. Needed if a page has several fields with the same name. */
  readonly id?: string;
  /** Language of the value, if it is not French. */
  readonly lang?: string | undefined;
}

/** The hint is in the label, so it is not a description too: screen readers would read it twice. */
function idsOf({ id, name, problem }: FieldGiven): { id: string; described: string | undefined } {
  const own = id ?? `champ-${name.replace(/[^\w-]/g, "-")}`;
  return { id: own, described: problem === undefined ? undefined : `${own}-erreur` };
}

/** Returns the id of a control, and the attributes that all controls share. */
function controlOf(field: FieldGiven) {
  const { id, described } = idsOf(field);
  const invalid = field.problem === undefined ? undefined : ("true" as const);
  const control = { id, name: field.name, "aria-describedby": described, "aria-invalid": invalid, required: field.required === true };
  return { id, control };
}

function inputClass({ problem }: FieldGiven): string {
  return `fr-input${problem === undefined ? "" : " fr-input--error"}`;
}

/** Label and hint of a field. */
function Label({ field, id }: { readonly field: FieldGiven; readonly id: string }): Child {
  return (
    <label class="fr-label" for={id}>
      {field.label}
      {field.required === false ? " (facultatif)" : ""}
      {field.hint !== undefined && <span class="fr-hint-text"> {field.hint}</span>}
    </label>
  );
}

function Problem({ field, id }: { readonly field: FieldGiven; readonly id: string }): Child {
  return field.problem === undefined ? null : (
    <p id={`${id}-erreur`} class="fr-error-text">
      {field.problem}
    </p>
  );
}

/** The box of a control, with its label above and its problem below. `kind`: the group of the design system. */
function Group(given: {
  readonly field: FieldGiven;
  readonly id: string;
  readonly kind: "input" | "select" | "upload";
  readonly children: Child;
}): Child {
  const { field, id, kind, children } = given;
  const state = field.problem === undefined ? "" : ` fr-${kind === "select" ? "select" : "input"}-group--error`;
  return (
    <div class={`fr-${kind}-group${kind === "upload" ? " fr-mb-3w" : ""}${state}`}>
      <Label field={field} id={id} />
      {children}
      <Problem field={field} id={id} />
    </div>
  );
}

/** The format that browsers require of a type, as an example. */
const formats: Readonly<Record<string, string>> = {
  email: french`Format attendu : nom@domaine.fr`,
  url: french`Format attendu : https://domaine.fr/page`,
};

/** A one-line input. Without a hint, an email or web address has its format as hint. */
export function TextField(
  given: FieldGiven & {
    readonly value?: string | undefined;
    readonly type?: "text" | "email" | "password" | "date" | "url" | "search" | "number";
    readonly maxlength?: number;
    readonly autocomplete?: string;
    readonly readonly?: boolean;
  },
): Child {
  const field = { ...given, hint: given.hint ?? formats[given.type ?? "text"] };
  const { id, control } = controlOf(field);
  return (
    <Group field={field} id={id} kind="input">
      <input
        class={inputClass(field)}
        {...control}
        type={field.type ?? "text"}
        value={field.value ?? ""}
        // A date or a number may not have a maximum length: https://html.spec.whatwg.org/multipage/input.html#do-not-apply
        maxlength={field.type === "date" || field.type === "number" ? undefined : field.maxlength}
        autocomplete={field.autocomplete ?? "off"}
        readonly={field.readonly === true}
        lang={field.lang}
      />
    </Group>
  );
}

/** Several lines of text. */
export function TextArea(
  field: FieldGiven & { readonly value?: string | undefined; readonly rows?: number; readonly maxlength?: number },
): Child {
  const { id, control } = controlOf(field);
  return (
    <Group field={field} id={id} kind="input">
      <textarea class={inputClass(field)} {...control} rows={field.rows ?? 4} maxlength={field.maxlength} lang={field.lang}>
        {field.value ?? ""}
      </textarea>
    </Group>
  );
}

/** An option of a list. `group`: title of its group, for a list whose options are of several kinds; `lang`: see `foreignLanguageOf`. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly group?: string;
  readonly lang?: string | undefined;
}

/** A drop-down list. */
export function Select(
  field: FieldGiven & { readonly choices: readonly Choice[]; readonly value?: string | undefined; readonly empty?: string },
): Child {
  const { id, control } = controlOf(field);
  return (
    <Group field={field} id={id} kind="select">
      <select class="fr-select" {...control}>
        {field.empty !== undefined && (
          <option value="" selected={(field.value ?? "") === ""}>
            {field.empty}
          </option>
        )}
        {[...new Set(field.choices.map(({ group }) => group))].map((group) => {
          const options = field.choices
            .filter((choice) => choice.group === group)
            .map(({ value, label, lang }) => (
              <option value={value} selected={field.value === value} lang={lang}>
                {label}
              </option>
            ));
          return group === undefined ? options : <optgroup label={group}>{options}</optgroup>;
        })}
      </select>
    </Group>
  );
}

/** The problem of a group of controls, below it. `id`: of the group. */
export function GroupProblem({ id, problem }: { readonly id: string; readonly problem: string | undefined }): Child {
  if (problem === undefined) return null;
  return (
    <div class="fr-messages-group" id={`${id}-erreur`}>
      <p class="fr-message fr-message--error">{problem}</p>
    </div>
  );
}

/** A group of checkboxes. */
export function Checkboxes(
  field: Omit<FieldGiven, "required"> & {
    readonly choices: readonly Choice[];
    readonly values: readonly string[];
    readonly isInline?: boolean;
  },
): Child {
  const { id, described } = idsOf(field);
  return (
    <fieldset
      class={`fr-fieldset${field.problem === undefined ? "" : " fr-fieldset--error"}`}
      id={id}
      aria-labelledby={`${id}-legende`}
      aria-describedby={described}
    >
      <legend class="fr-fieldset__legend--regular fr-fieldset__legend" id={`${id}-legende`}>
        {field.label}
        {field.hint !== undefined && (
          <span class="fr-hint-text" id={`${id}-aide`}>
            {field.hint}
          </span>
        )}
      </legend>
      {field.choices.map(({ value, label, lang }) => (
        <div class={`fr-fieldset__element${field.isInline ? " fr-fieldset__element--inline" : ""}`}>
          <div class="fr-checkbox-group fr-checkbox-group--sm">
            <input name={field.name} id={`${id}-${value}`} type="checkbox" value={value} checked={field.values.includes(value)} />
            <label class="fr-label" for={`${id}-${value}`} lang={lang}>
              {label}
            </label>
          </div>
        </div>
      ))}
      <GroupProblem id={id} problem={field.problem} />
    </fieldset>
  );
}

/** A form that performs an act, with its token. */
export function ActForm(given: {
  readonly action: string;
  readonly csrf: string;
  readonly children?: Child;
  readonly class?: string;
  readonly hasFiles?: boolean;
  /** Announced while the act runs. Needs a script. */
  readonly busyMessage?: string;
  /** Address that previews the form. A script sends the form there while a person types, and renews the parts with `data-preview`. */
  readonly previews?: string;
}): Child {
  return (
    <form
      method="post"
      action={given.action}
      class={given.class}
      enctype={given.hasFiles === true ? "multipart/form-data" : undefined}
      data-previews={given.previews}
    >
      <CsrfField csrf={given.csrf} />
      {given.children}
      {given.busyMessage !== undefined && <p class="moisson-working" role="status" data-works={given.busyMessage} />}
    </form>
  );
}

/** A button with a form of its own. `about`: the object of the act, for screen readers. */
export function ActButton(given: {
  readonly action: string;
  readonly csrf: string;
  readonly label: string;
  readonly about?: Child;
  readonly kind?: "primary" | "secondary" | "tertiary";
  readonly size?: "sm" | "md";
  readonly fields?: Readonly<Record<string, string>>;
  readonly icon?: string;
}): Child {
  const kind = given.kind === "primary" ? "" : ` fr-btn--${given.kind ?? "secondary"}`;
  const icon = given.icon === undefined ? "" : ` ${given.icon} fr-btn--icon-left`;
  return (
    <ActForm action={given.action} csrf={given.csrf} class="moisson-inline">
      {Object.entries(given.fields ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class={`fr-btn${kind}${given.size === "md" ? "" : " fr-btn--sm"}${icon}`}>
        {given.label}
        {given.about !== undefined && <span class="fr-sr-only"> {given.about}</span>}
      </button>
    </ActForm>
  );
}

/** The button that sends a form. */
export function SubmitButton({ label, isSecondary = false }: { readonly label: Child; readonly isSecondary?: boolean }): Child {
  return (
    <button class={`fr-btn${isSecondary ? " fr-btn--secondary" : ""}`} type="submit">
      {label}
    </button>
  );
}

/** A file to upload. `accept`: the kinds of files that browsers offer. */
export function FileField(field: FieldGiven & { readonly accept?: string }): Child {
  const { id, control } = controlOf(field);
  return (
    <Group field={field} id={id} kind="upload">
      <input class="fr-upload" type="file" accept={field.accept} {...control} />
    </Group>
  );
}

/** The first button of a form with several buttons: the Enter key presses it. */
export function DefaultButton({ name, value }: { readonly name: string; readonly value: string }): Child {
  return <button type="submit" name={name} value={value} hidden />;
}
