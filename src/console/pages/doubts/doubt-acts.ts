import { actRoute, CannotDo, type Form, type Route } from "../../route.ts";
import { visitorOf } from "../../visit.ts";
import { doubtsPage, doubtsPath } from "./doubts-page.tsx";

const maxText = 200;

const answerAct = (answer: "person" | "service", path: string, message: string) =>
  actRoute(`${doubtsPath}/${path}`, { who: "bizdev", act: `person.${answer}` }, async (visit, form) => {
    const key = keyIn(form);
    const text = answer === "service" ? form.text("texte").slice(0, maxText) || null : null;
    await visit.catalogue.personAnswers.set({ key, answer, text, by: visitorOf(visit).name }, visit.now);
    return { message, to: doubtsPath, subject: "nom à vérifier", details: { key } };
  });

const undoAct = actRoute(`${doubtsPath}/defaire`, { who: "bizdev", act: "person.undo" }, async ({ catalogue }, form) => {
  const key = keyIn(form);
  if (!(await catalogue.personAnswers.undo(key))) throw new CannotDo("Cette réponse est déjà défaite.", 409);
  return {
    message: "La réponse est défaite : ce nom est de nouveau à vérifier.",
    to: doubtsPath,
    subject: "nom à vérifier",
    details: { key },
  };
});

function keyIn(form: Form): string {
  const key = form.text("cle");
  if (!/^[\w-]{22}$/.test(key)) throw new CannotDo("Cette page est trop ancienne : rouvrez la liste.", 422);
  return key;
}

/** The list of doubtful people, the two answers, and their undo. */
export const doubtRoutes: readonly Route[] = [
  doubtsPage,
  answerAct("person", "personne", "C’est une personne : son nom reste retiré des données ouvertes."),
  answerAct("service", "service", "C’est un service : l’API le montre désormais, et les données ouvertes à leur prochaine édition."),
  undoAct,
];
