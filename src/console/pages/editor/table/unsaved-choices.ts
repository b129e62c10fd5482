import { sourceFields } from "../../../../model/aid/source-value.ts";
import type { OwnField } from "../../../../model/survey/own-field.ts";
import type { EditChoice, UnsavedChoices } from "../../../../survey/sample/edit-request.ts";
import { ruledFields } from "./field-groups.ts";

/*
 * Choices that are not saved yet are in the address of the page, so that reload, the back button and another tab lose nothing. `choix`: one
 * step of a person, in order; `annule`: number of the last steps that are undone. A step is itself a query: `contact=mail` takes the contact
 * from the column "mail", `contact=` leaves it empty, `recurrence.fixe=oneoff` sets it for all aids, `contact.defaut=…` for those without
 * a value, `categories.mots=` takes the terms that the title names.
 */

/** The change of one click. */
export interface Step {
  readonly fields?: Readonly<Partial<Record<OwnField, EditChoice>>>;
  readonly useless?: readonly string[];
  readonly reading?: number;
}

/** The address of the editor: the steps so far, and the shown column and record. */
export interface EditorState {
  readonly steps: readonly Step[];
  /** Number of the last steps that are undone. */
  readonly undone: number;
  /** Version that the steps change; null before the first step. */
  readonly version: string | null;
  /** Number of the shown record, from 0. */
  readonly record: number;
  /** The column whose meaning a person chooses. */
  readonly column: string | null;
  /** The field whose column a person chooses. */
  readonly field: OwnField | null;
  /** The chosen column keeps the fields that it already fills. */
  readonly isAlso: boolean;
  /** The list of proposals is open. */
  readonly isAccepting: boolean;
}

/** Browsers and servers accept longer addresses, but not by much. */
const maxStepCharacters = 5_000;

/** Reads the state of the editor from an address. Skips parts that it does not know. */
export function readEditorState(query: URLSearchParams): EditorState {
  const steps = query.getAll("choix").map(readStep);
  const field = query.get("champ");
  return {
    steps,
    undone: Math.min(wholeNumber(query.get("annule")), steps.length),
    version: query.get("version"),
    record: Math.max(0, wholeNumber(query.get("fiche")) - 1),
    column: query.get("colonne"),
    field: isOwnField(field) ? field : null,
    isAlso: query.has("aussi"),
    isAccepting: query.has("propositions"),
  };
}

/** Parameters of the address that contain the unsaved choices. */
export const stateNames = ["choix", "annule", "version", "fiche"];

/**
 * Returns the step of a form in the editor, or null: a value for all aids (`champ` and `fixe`), what the file does not say (`manque.<field>`,
 * and `par-titre` for the terms that titles name), or another reading (`lecture`).
 */
export function stepOfForm(query: URLSearchParams, { field }: EditorState): Step | null {
  const reading = query.get("lecture");
  if (reading !== null) return { reading: wholeNumber(reading) };
  const value = valueIn(query, "fixe");
  if (field !== null && value !== "") return { fields: { [field]: { way: "constant", value } } };
  const byTitle = new Set(query.getAll("par-titre"));
  const unsaid = sourceFields.flatMap((one): [OwnField, EditChoice][] => {
    const chosen = valueIn(query, `manque.${one}`);
    if (byTitle.has(one)) return [[one, { way: "named", value: chosen }]];
    return chosen === "" ? [] : [[one, { way: "default", value: chosen }]];
  });
  return unsaid.length === 0 ? null : { fields: Object.fromEntries(unsaid) };
}

/** Returns the values of a form's field as a person writes several: separated by `;`. */
function valueIn(query: URLSearchParams, name: string): string {
  const members = query.getAll(name).map((member) => member.trim());
  return members.filter((member) => member !== "").join(";");
}

/** Returns the address of a state. */
export function editorAddress(path: string, state: EditorState): string {
  const query = new URLSearchParams();
  for (const step of state.steps) query.append("choix", writeStep(step));
  if (state.undone > 0) query.set("annule", String(state.undone));
  if (state.version !== null && state.steps.length > 0) query.set("version", state.version);
  if (state.record > 0) query.set("fiche", String(state.record + 1));
  if (state.column !== null) query.set("colonne", state.column);
  if (state.field !== null) query.set("champ", state.field);
  if (state.isAlso) query.set("aussi", "");
  if (state.isAccepting) query.set("propositions", "");
  const written = query.toString();
  return written === "" ? path : `${path}?${written}`;
}

/** Returns the state with nothing open beside the table. */
export function closed(state: EditorState): EditorState {
  return { ...state, column: null, field: null, isAlso: false, isAccepting: false };
}

/** Returns the state after one more step. The undone steps are gone; the first steps become one if the address would become too long. */
export function withStep(state: EditorState, step: Step): EditorState {
  const steps = [...state.steps.slice(0, state.steps.length - state.undone), step];
  while (steps.length > 1 && steps.reduce((sum, one) => sum + writeStep(one).length, 0) > maxStepCharacters) {
    const { fields, useless, reading } = choicesOf(steps.splice(0, 2));
    steps.unshift({ fields, useless, ...(reading !== null && { reading }) });
  }
  return { ...closed(state), steps, undone: 0 };
}

/** Returns the choices of the steps that are not undone. A later step replaces an earlier one. */
export function unsavedChoices({ steps, undone }: Pick<EditorState, "steps" | "undone">): UnsavedChoices {
  return choicesOf(steps.slice(0, steps.length - undone));
}

function choicesOf(steps: readonly Step[]): UnsavedChoices {
  const fields: Partial<Record<OwnField, EditChoice>> = {};
  let useless: readonly string[] = [];
  let reading: number | null = null;
  for (const step of steps) {
    for (const [field, choice] of Object.entries(step.fields ?? {})) addChoice(fields, field as OwnField, choice);
    useless = [...new Set([...useless, ...(step.useless ?? [])])];
    reading = step.reading ?? reading;
  }
  const read = new Set(Object.values(fields).flatMap((choice) => (choice.way === "path" ? choice.paths : [])));
  return { fields, useless: useless.filter((path) => !read.has(path)), reading };
}

/** Adds a choice for a field. A default adds to an earlier choice; any other choice replaces it. */
function addChoice(fields: Partial<Record<OwnField, EditChoice>>, field: OwnField, choice: EditChoice): void {
  const before = fields[field];
  if (choice.way !== "default" || before === undefined || before.way === "none" || before.way === "constant") fields[field] = choice;
  else
    fields[field] =
      before.way === "default" || before.way === "named" ? { ...before, value: choice.value } : { ...before, otherwise: choice.value };
}

function readStep(written: string): Step {
  const query = new URLSearchParams(written);
  const fields: Partial<Record<OwnField, EditChoice>> = {};
  for (const key of new Set(query.keys())) {
    const [field = "", kind] = key.split(".");
    if (!isOwnField(field)) continue;
    const values = query.getAll(key).filter((value) => value !== "");
    const [first = ""] = values;
    const value = first.slice(0, 2000);
    if (kind === "propose") addChoice(fields, field, { way: "proposed" });
    else if (kind === "defaut") addChoice(fields, field, { way: "default", value });
    else if (kind === "mots") addChoice(fields, field, { way: "named", value });
    else if (kind === "fixe") addChoice(fields, field, { way: "constant", value });
    else addChoice(fields, field, values.length === 0 ? { way: "none" } : { way: "path", paths: values });
  }
  const reading = query.get("lecture");
  return { fields, useless: query.getAll("inutile"), ...(reading !== null && { reading: wholeNumber(reading) }) };
}

function writeStep({ fields = {}, useless = [], reading }: Step): string {
  const query = new URLSearchParams();
  for (const [field, choice] of Object.entries(fields)) {
    if (choice.way === "proposed") query.append(`${field}.propose`, "");
    else if (choice.way === "constant") query.append(`${field}.fixe`, choice.value);
    else if (choice.way === "default") query.append(`${field}.defaut`, choice.value);
    else if (choice.way === "named") query.append(`${field}.mots`, choice.value);
    else for (const path of choice.way === "path" ? choice.paths : [""]) query.append(field, path);
    if ("otherwise" in choice && choice.otherwise !== undefined) query.append(`${field}.defaut`, choice.otherwise);
  }
  for (const path of useless) query.append("inutile", path);
  if (reading !== undefined) query.set("lecture", String(reading));
  return query.toString();
}

function wholeNumber(written: string | null): number {
  const number = Number(written ?? "");
  return Number.isInteger(number) && number >= 0 && number < 1_000_000 ? number : 0;
}

function isOwnField(name: string | null): name is OwnField {
  return (ruledFields as readonly (string | null)[]).includes(name);
}
