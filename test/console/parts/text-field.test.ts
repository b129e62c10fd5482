import { expect, it } from "vitest";
import { TextField } from "../../../src/console/parts/form-controls.tsx";

it.each([
  ["text", true],
  ["search", true],
  ["date", false],
  ["number", false],
] as const)("a field of type %s has a maximum length: %s", (type, isLimited) => {
  expect(String(TextField({ name: "champ", label: "Champ", type, maxlength: 300 })).includes("maxlength")).toBe(isLimited);
});
