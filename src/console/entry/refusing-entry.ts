import { french } from "../../french/typography.ts";
import { type EntryRefusal, EntryRefused } from "../../jobs/entry/entry-refused.ts";
import { CannotDo, NotFound } from "../refusals.ts";

const sentences: Readonly<Record<Exclude<EntryRefusal, "gone">, string>> = {
  "no-territory": french`Dites d’abord sur quel territoire est ce producteur : « Modifier », sur sa page.`,
  "other-layout":
    "Le fichier de ce producteur ne peut pas être corrigé ici : il est trop grand, mal formé, ou d’une autre mise en page. Corrigez le fichier, puis déposez-le sur la page du connecteur.",
  busy: "Beaucoup de personnes saisissent des aides de ce producteur en ce moment : recommencez dans un instant.",
  "forgotten-person":
    "Le fichier de ce producteur nommerait une personne qui a demandé à être oubliée : il n’est pas conservé. Retirez son nom.",
};

/** Calls `work`. Turns `EntryRefused` into the refusal that a colleague reads. */
export async function refusingEntry<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EntryRefused)) throw error;
    if (error.code === "gone") throw new NotFound("Cette aide n’est plus dans le fichier du producteur.");
    throw new CannotDo(sentences[error.code], error.code === "forgotten-person" ? 422 : 409);
  }
}
