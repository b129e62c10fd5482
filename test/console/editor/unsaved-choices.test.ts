import { describe, expect, it } from "vitest";
import { fieldGroups } from "../../../src/console/pages/editor/table/field-groups.ts";
import {
  editorAddress,
  readEditorState,
  type Step,
  stepOfForm,
  unsavedChoices,
  withStep,
} from "../../../src/console/pages/editor/table/unsaved-choices.ts";
import { FieldRules } from "../../../src/kit/field-rules.ts";

const stateAt = (address: string) => readEditorState(new URLSearchParams(address.split("?")[1] ?? ""));
const empty = stateAt("/");
const steps: readonly Step[] = [
  { fields: { contact: { way: "path", paths: ["mél & tél", "a=b[].c"] } } },
  { fields: { contact: { way: "none" }, recurrence: { way: "constant", value: "oneoff" } } },
  { useless: ["slug"] },
  { fields: { categories: { way: "proposed" } }, reading: 2 },
];

describe("unsaved choices in the address", () => {
  it("are read as they were written, with the shown record and the open column", () => {
    const state = { ...steps.reduce(withStep, empty), version: "3", record: 4, column: "é ?", isAlso: true };
    const read = stateAt(editorAddress("/page", state));
    expect({ ...read, steps: [] }).toEqual({ ...state, steps: [] });
    expect(unsavedChoices(read)).toEqual(unsavedChoices(state));
    expect(editorAddress("/page", empty)).toBe("/page");
  });

  it("count in order, without the undone ones; a new choice replaces the undone ones", () => {
    const state = steps.reduce(withStep, empty);
    expect(unsavedChoices(state)).toEqual({
      fields: {
        contact: { way: "none" },
        recurrence: { way: "constant", value: "oneoff" },
        categories: { way: "proposed" },
      },
      useless: ["slug"],
      reading: 2,
    });
    expect(unsavedChoices({ ...state, undone: 3 }).fields).toEqual({ contact: { way: "path", paths: ["mél & tél", "a=b[].c"] } });
    expect(withStep({ ...state, undone: 3 }, { useless: ["x"] })).toMatchObject({ undone: 0, steps: [steps[0], { useless: ["x"] }] });
  });

  it("use a column again that was marked as useless", () => {
    const state = withStep(withStep(empty, { useless: ["mail"] }), { fields: { contactEmail: { way: "path", paths: ["mail"] } } });
    expect(unsavedChoices(state).useless).toEqual([]);
  });

  it("stay short enough for an address, and all count", () => {
    let state = empty;
    for (let i = 0; i < 300; i++)
      state = withStep(state, {
        fields: { [["contact", "name", "description"][i % 3] as string]: { way: "path", paths: [`colonne ${i} ${"é".repeat(40)}`] } },
      });
    expect(editorAddress("", state).length).toBeLessThan(12_000);
    expect(unsavedChoices(state).fields.description).toMatchObject({ paths: [expect.stringContaining("colonne 299")] });
    expect(unsavedChoices(state).fields.contact).toMatchObject({ paths: [expect.stringContaining("colonne 297")] });
  });

  it("ignore what they do not know", () => {
    const state = stateAt("/?choix=inconnu%3Dx&choix=&annule=99&fiche=-3&champ=toString&lecture=x");
    expect(unsavedChoices({ ...state, undone: 0 })).toEqual({ fields: {}, useless: [], reading: null });
    expect(state).toMatchObject({ undone: 2, record: 0, field: null });
  });

  it("add a default to the source that a person has chosen before, also in one address", () => {
    const unsaid: Step = { fields: { contact: { way: "default", value: "a@b.fr" }, aidTypes: { way: "default", value: "grant;loan" } } };
    const state = withStep(withStep(empty, { fields: { contact: { way: "path", paths: ["mél"] } } }), unsaid);
    const expected = {
      contact: { way: "path", paths: ["mél"], otherwise: "a@b.fr" },
      aidTypes: { way: "default", value: "grant;loan" },
    };
    expect(unsavedChoices(state).fields).toEqual(expected);
    expect(unsavedChoices(stateAt(editorAddress("", state))).fields).toEqual(expected);
    // The steps of a long address become one.
    const one = stateAt(editorAddress("", { ...state, steps: [{ fields: unsavedChoices(state).fields }] }));
    expect(unsavedChoices(one).fields).toEqual(expected);
    expect(unsavedChoices(withStep(state, { fields: { contact: { way: "none" } } })).fields.contact).toEqual({ way: "none" });
  });

  it("come from the form about what the file does not say: filled fields, and titles", () => {
    const query = new URLSearchParams(
      "manque.aidTypes=grant&manque.aidTypes=loan&manque.contact=+&manque.originUrl=https://a.fr&par-titre=categories&manque.name=x",
    );
    expect(stepOfForm(query, empty)).toEqual({
      fields: {
        aidTypes: { way: "default", value: "grant;loan" },
        categories: { way: "named", value: "" },
        originUrl: { way: "default", value: "https://a.fr" },
      },
    });
  });

  it("come from the forms for a fixed value and for another part of the file", () => {
    const query = new URLSearchParams("champ=categories&fixe=eau&fixe=");
    expect(stepOfForm(query, readEditorState(query))).toEqual({ fields: { categories: { way: "constant", value: "eau" } } });
    expect(stepOfForm(new URLSearchParams("lecture=1"), empty)).toEqual({ reading: 1 });
    expect(stepOfForm(new URLSearchParams("champ=categories"), empty)).toBeNull();
  });
});

describe("the words for our fields", () => {
  it("name every field that a rule can fill, once", () => {
    const named = fieldGroups.flatMap(({ fields }) => fields.map(([field]) => field));
    expect([...named].sort()).toEqual(Object.keys(FieldRules.shape).sort());
  });
});
