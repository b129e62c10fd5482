import { frenchDay } from "../dates.ts";
import { counted, french } from "../typography.ts";

/** What a courtesy letter is about. `site`: host name; `day`: of the reading, `YYYY-MM-DD`. */
export interface CourtesyFacts {
  readonly publisher: string;
  readonly site: string;
  readonly day: string;
  readonly aids: number;
}

/** Returns the subject of a courtesy letter. */
export function courtesySubject({ publisher }: Pick<CourtesyFacts, "publisher">): string {
  return french`Vos aides, avant leur publication : ${publisher}`;
}

/** Returns the first sentences of a courtesy letter. */
export function courtesyOpening({ site, day, aids }: CourtesyFacts, service: string): string {
  return french`Le service ${service} fait connaître les aides publiques aux collectivités. Nous n'avons pas trouvé de fichier de vos aides : le ${frenchDay(day)}, nous avons donc lu ${counted(aids, "aide")} sur les pages de ${site}. Avant de les publier, nous vous montrons ce que nous en avons compris.`;
}

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
    french`Voici vos aides, telles que les collectivités les verraient : ${link}`,
    french`Sur cette page, sans compte, vous pouvez demander une correction, le retrait d'une aide, ou que nous ne lisions plus votre site. Nous en tenons compte aussitôt, et pour toujours.`,
    french`Nous lisons votre site poliment : une page à la fois, la nuit, selon votre fichier robots.txt. Chaque aide renvoie à votre page.`,
    french`Une question, un doute ? Répondez simplement à ce message.`,
    [by, service, ...(contact === null ? [] : [contact])].join("\n"),
  ].join("\n\n");
}
