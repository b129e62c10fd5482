import { changeKindName } from "../../../french/changes.ts";
import { fieldName } from "../../../french/fields.ts";
import { counted, french } from "../../../french/typography.ts";
import type { Chosen } from "./change-filter.ts";

/** What is chosen, said in words: of which kind, which field, which aids. */
export function chosenWords({ kind, field, words, aids }: Chosen): string {
  const said = [
    ...(kind === null ? [] : [french`genre « ${changeKindName(kind)} »`]),
    ...(field === null ? [] : [french`champ « ${fieldName(field)} »`]),
    ...(words === "" ? [] : [french`aides dont le titre ou l'identifiant contient « ${words} »`]),
    ...(aids.length === 0 ? [] : [counted(aids.length, "aide choisie", "aides choisies")]),
  ];
  return said.join(", ");
}
