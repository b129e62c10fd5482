import type { Letter, Trouble } from "../../model/letter/letter.ts";
import { frenchDay } from "../dates.ts";
import { counted, french } from "../typography.ts";
import { letterSubject, troubleSentence } from "./letter.ts";

/** Returns the mail that announces a letter, as plain text. */
export function letterMail(
  letter: Letter,
  { by, service, contact, link }: { readonly by: string; readonly service: string; readonly contact: string | null; readonly link: string },
): string {
  const { publisher, trouble, score } = letter;
  return [
    "Bonjour,",
    french`Le service ${service} reprend les aides publiées par votre organisme (${publisher}). ${trouble === null ? foundSentence(letter) : unreadSentence(letter, trouble)}`,
    french`Le détail est ici, avec un tableau à télécharger : ${link}`,
    french`Sur cette page, sans compte, vous pouvez aussi nous dire ce qui est corrigé, voulu ou prévu, et faire relire vos données quand vous le souhaitez.`,
    ...(score === null || trouble !== null ? [] : [french`Vos données ont aujourd'hui la note de ${score} sur 100.`]),
    french`Une question, un doute ? Répondez simplement à ce message.`,
    french`Merci pour votre travail.`,
    [by, service, ...(contact === null ? [] : [contact])].join("\n"),
  ].join("\n\n");
}

function foundSentence(letter: Letter): string {
  const count = faultsIn(letter);
  const found =
    count === 0
      ? french`Nous n'y avons rien trouvé à corriger.`
      : french`Nous y avons relevé ${counted(count, "point")} à corriger, avec à chaque fois l'endroit, ce qui est écrit et ce que vous pouvez faire.`;
  return french`Nous avons relu vos données du ${frenchDay(letter.feed.day)}. ${found}`;
}

/** Says that the feed cannot be read, what that changes for the publisher, and what the letter is about. */
function unreadSentence(letter: Letter, trouble: Trouble): string {
  const count = faultsIn(letter);
  const also = count === 0 ? "" : french` La lettre dit aussi ${counted(count, "point")} à corriger dans ces dernières données.`;
  return french`${troubleSentence(trouble)} Vos aides restent montrées telles que nous les avons lues le ${frenchDay(letter.feed.day)}. Pouvez-vous regarder ce qui se passe ?${also}`;
}

function faultsIn({ faults }: Letter): number {
  return faults.reduce((sum, { count }) => sum + count, 0);
}

/** Returns the subject of a reminder. */
export function reminderSubject(letter: Letter): string {
  return french`Rappel : ${letterSubject(letter).replace(/^./, (first) => first.toLocaleLowerCase("fr"))}`;
}

/** Returns the reminder of a letter, as plain text. `sentOn`: day of the first mail, `YYYY-MM-DD`. */
export function reminderMail(
  letter: Letter,
  given: { readonly by: string; readonly service: string; readonly contact: string | null; readonly link: string; readonly sentOn: string },
): string {
  const { by, service, contact, link, sentOn } = given;
  return [
    "Bonjour,",
    french`Nous vous avons écrit le ${frenchDay(sentOn)} au sujet des aides publiées par votre organisme (${letter.publisher}). Depuis, rien n'a changé dans vos données de ce que nous vous signalions.`,
    french`Voici à nouveau la lettre ; cette adresse remplace la précédente : ${link}`,
    french`Sur cette page, vous pouvez nous dire en un mot ce qui est corrigé, ce qui est voulu et ce qui est prévu, et demander à faire relire vos données tout de suite.`,
    french`Une question, un doute ? Répondez simplement à ce message.`,
    french`Merci pour votre travail.`,
    [by, service, ...(contact === null ? [] : [contact])].join("\n"),
  ].join("\n\n");
}
