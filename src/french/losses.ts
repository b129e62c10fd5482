import type { LossKind } from "../model/run/losses.ts";

const names: Readonly<Record<LossKind, string>> = {
  link: "Liens",
  document: "Documents",
  image: "Images",
  mail: "Adresses électroniques",
  phone: "Numéros de téléphone",
  date: "Dates",
  word: "Mots",
};

/** Returns the name of a kind of loss, as the beginning of a line. */
export function lossKindName(kind: LossKind): string {
  return names[kind];
}
