import { french } from "./typography.ts";

interface MailWords {
  readonly subject: string;
  readonly text: string;
}

/** Returns the mail that invites a person to the space of a publisher. `by`: our colleague; `days`: how long the link is valid. */
export function invitationMail(given: {
  readonly by: string;
  readonly service: string;
  readonly publisher: string;
  readonly link: string;
  readonly days: number;
}): MailWords {
  const { by, service, publisher, link, days } = given;
  return {
    subject: french`Votre espace de producteur sur ${service}`,
    text: lines(
      "Bonjour,",
      french`${by} vous invite à l'espace de ${publisher} sur ${service}. Vous y voyez vos aides telles que nous les montrons, vos flux et nos lettres ; vous pouvez confirmer qu'elles sont à jour, en corriger une, en saisir une nouvelle, ou annoncer une clôture.`,
      french`Ce lien vous connecte. Il sert une fois, pendant ${days} jours :`,
      link,
      french`Il n'y a pas de mot de passe : pour revenir plus tard, demandez un nouveau lien depuis la page « Mon espace de producteur ». Si cette invitation n'est pas pour vous, répondez à ce message.`,
    ),
  };
}

/** Returns the mail with a link that a person asked for. `minutes`: how long it is valid. */
export function signInMail({
  service,
  link,
  minutes,
}: {
  readonly service: string;
  readonly link: string;
  readonly minutes: number;
}): MailWords {
  return {
    subject: french`Votre lien pour ${service}`,
    text: lines(
      "Bonjour,",
      french`Vous avez demandé un lien pour entrer dans votre espace de producteur sur ${service}. Il sert une fois, pendant ${minutes} minutes :`,
      link,
      french`Si vous n'avez rien demandé, ne faites rien : sans ce lien, personne n'entre à votre place.`,
    ),
  };
}

function lines(...paragraphs: readonly string[]): string {
  return `${paragraphs.join("\n\n")}\n`;
}
