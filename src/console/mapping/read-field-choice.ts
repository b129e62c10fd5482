import { type VocabularyName, vocabularies } from "../../model/vocabularies.ts";
import type { FieldChoice } from "../../registry/survey/field-choice.ts";
import type { OwnField } from "../../registry/survey/known-names.ts";
import type { Way } from "../../registry/survey/proposal.ts";
import type { Form } from "../route.ts";

/** What a person chose for a field (null: what it is now), or what is wrong and in which part of the form. */
export type FieldChosen = { readonly choice: FieldChoice | null } | { readonly at: string; readonly problem: string };

/** Reads `FieldChoiceFields`. `ways`: as they were shown; `paths`: fields that the feed has. */
export function readFieldChoice(form: Form, field: OwnField, ways: readonly Pick<Way, "rule">[], paths: readonly string[]): FieldChosen {
  const way = meantWay(form);
  if (way === "rien") {
    if (field === "externalId" || field === "name") return { at: "facon", problem: "Une aide a toujours un identifiant et un titre." };
    return { choice: { way: "none" } };
  }
  if (way === "champ") {
    const chosen = form.all("champ").filter((value) => paths.includes(value));
    if (chosen.length === 0) return { at: "champ", problem: "Choisissez un champ du fichier." };
    const format = form.text("format");
    return { choice: { way: "path", paths: chosen, ...(format !== "" && { formats: [format] }) } };
  }
  if (way === "fixe") {
    const value = vocabularyOf(field) === null ? form.text("fixe") : form.all("fixe").join(";");
    return value === "" ? { at: "fixe", problem: "Dites quelle valeur." } : { choice: { way: "constant", value: value.slice(0, 2000) } };
  }
  const index = Number(way.replace("proposition-", ""));
  const proposed = ways[index];
  if (proposed === undefined) return { at: "facon", problem: "Choisissez une façon de remplir ce champ." };
  return { choice: index === 0 ? null : { way: "rule", rule: proposed.rule as unknown as { kind: string } } };
}

/** Who fills a field further down means it, though the first choice is still ticked. */
function meantWay(form: Form): string {
  const way = form.text("facon");
  if (way !== "proposition-0" && way !== "") return way;
  if (form.all("champ").some((value) => value !== "")) return "champ";
  return form.all("fixe").some((value) => value !== "") ? "fixe" : way;
}

/** The vocabulary whose terms a field holds; null where it holds none. */
export function vocabularyOf(field: OwnField): VocabularyName | null {
  return field in vocabularies && field !== "externalId" ? (field as VocabularyName) : null;
}
