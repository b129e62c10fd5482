import type { LossKind } from "../model/run/losses.ts";

/** The name of a kind of loss, as the beginning of a line. */
export const lossKindNames: Readonly<Record<LossKind, string>> = {
  link: "Liens",
  document: "Documents",
  image: "Images",
  mail: "Adresses électroniques",
  phone: "Numéros de téléphone",
  date: "Dates",
  word: "Mots",
};
