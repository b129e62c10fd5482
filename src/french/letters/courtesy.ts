import { frenchDay } from "../dates.ts";
import { counted, french } from "../typography.ts";

/** What a courtesy letter is about. `site`: host name; null: runs publish the aids of a file. `day`: of the reading, `YYYY-MM-DD`. */
export interface CourtesyFacts {
  readonly publisher: string;
  readonly site: string | null;
  readonly day: string;
  readonly aids: number;
}

/** Returns the subject of a courtesy letter. */
export function courtesySubject({ publisher, site }: Pick<CourtesyFacts, "publisher" | "site">): string {
  return french`${courtesyTitle(site)} : ${publisher}`;
}

/** Returns the title of a courtesy letter. */
export function courtesyTitle(site: CourtesyFacts["site"]): string {
  return site === null ? "Vos aides sont publiées" : "Vos aides, avant leur publication";
}

/** Returns the first sentences of a courtesy letter. */
export function courtesyOpening({ site, day, aids }: CourtesyFacts, service: string): string {
  if (site === null)
    return french`Le service ${service} fait connaître les aides publiques aux collectivités. Nous avons lu votre fichier le ${frenchDay(day)}. Désormais, celles de vos aides qui disent l'essentiel sont publiées dès que nous les lisons, sans attendre notre relecture : ${counted(aids, "aide")} aujourd'hui. Les autres attendent que nous les relisions.`;
  return french`Le service ${service} fait connaître les aides publiques aux collectivités. Nous n'avons pas trouvé de fichier de vos aides : le ${frenchDay(day)}, nous avons donc lu ${counted(aids, "aide")} sur les pages de ${site}. Avant de les publier, nous vous montrons ce que nous en avons compris.`;
}

/** Says that words of ours which an aid does not have yet are no fault of its publisher. */
export const ourWordsSentence = french`Là où il est écrit « pas encore classée », c'est à nous de classer l'aide : vous n'avez rien à corriger.`;

/** Returns the mail that announces a courtesy letter, as plain text. `sentOn`: day of the first mail, for a reminder. */
export function courtesyMail(
  facts: CourtesyFacts,
  given: {
    readonly by: string;
    readonly service: string;
    readonly contact: string | null;
    readonly link: string;
    readonly sentOn: string | null;
  },
): string {
  const { by, service, contact, link, sentOn } = given;
  return [
    "Bonjour,",
    ...(sentOn === null ? [] : [french`Nous vous avons écrit le ${frenchDay(sentOn)}. L'adresse ci-dessous remplace celle de ce message.`]),
    courtesyOpening(facts, service),
    ...(facts.site === null
      ? [
          french`En voici la liste, avec ce que les collectivités voient : ${link}`,
          french`Sur cette page, sans compte, vous pouvez demander une correction ou le retrait d'une aide. Nous en tenons compte aussitôt.`,
          ourWordsSentence,
        ]
      : [
          french`Voici vos aides, telles que les collectivités les verraient : ${link}`,
          french`Sur cette page, sans compte, vous pouvez demander une correction, le retrait d'une aide, ou que nous ne lisions plus votre site. Nous en tenons compte aussitôt, et pour toujours.`,
          french`Nous lisons votre site poliment : une page à la fois, la nuit, selon votre fichier robots.txt. Chaque aide renvoie à votre page.`,
        ]),
    french`Une question, un doute ? Répondez simplement à ce message.`,
    [by, service, ...(contact === null ? [] : [contact])].join("\n"),
  ].join("\n\n");
}
