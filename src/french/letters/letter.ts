import type { AidField } from "../../model/aid/aid.ts";
import type { GoodPoint, Letter, Trouble } from "../../model/letter/letter.ts";
import type { Outcome, RunErrorCode } from "../../model/run/run-error.ts";
import { frenchDay } from "../dates.ts";
import { fieldName, fieldNameOrKey } from "../fields.ts";
import { knownCauseMessage } from "../reasons.ts";
import { statusMessage } from "../runs.ts";
import { identifierRequest } from "../survey.ts";
import { counted, french, isPlural } from "../typography.ts";

/** Returns the title of a letter, which is also the subject of its mail. */
export function letterSubject({ feed, trouble }: Letter): string {
  return trouble === null
    ? french`Vos données d'aides, lues le ${frenchDay(feed.day)}`
    : french`Vos données d'aides ne nous parviennent plus depuis le ${frenchDay(trouble.day)}`;
}

/** Returns the first sentences of a letter. */
export function letterOpening(letter: Letter, service: string): string {
  if (letter.trouble !== null) return french`Le service ${service} reprend les aides que vous publiez. ${troubleSentence(letter.trouble)}`;
  return french`Le service ${service} reprend les aides que vous publiez. Nous avons relu vos données. ${openingOf(letter)}`;
}

function openingOf({ faults, seldomFilled, questions, words, notFound, identifier, noticed = [] }: Letter): string {
  if (faults.length + seldomFilled.length > 0)
    return french`Voici ce qui va bien, et ce que vous seuls pouvez corriger pour que vos aides soient montrées telles que vous les voulez.`;
  if (noticed.length > 0) return french`Quelque chose nous étonne dans l'ensemble de vos données : pouvez-vous le vérifier ?`;
  const asks = questions.length + words.length + notFound.length > 0 || identifier !== null;
  return asks
    ? french`Nous n'y avons trouvé aucune anomalie ; il nous reste quelques questions.`
    : french`Nous n'y avons trouvé aucune anomalie.`;
}

/** Says how many records were imported, rejected and skipped. */
export function countsSentence({ counts: { received, skipped, rejected, valid } }: Letter): string {
  const parts = [
    french`${counted(valid, "aide reprise", "aides reprises")}`,
    ...(rejected > 0 ? [french`${counted(rejected, "aide non reprise", "aides non reprises")}`] : []),
    ...(skipped > 0
      ? [
          french`${counted(skipped, "autre que nous ne reprenons pas", "autres que nous ne reprenons pas")} (fermée, ou hors de nos publics, par exemple)`,
        ]
      : []),
  ];
  return french`Sur ${counted(received, "aide reçue", "aides reçues")} : ${parts.join(", ")}.`;
}

/** Returns the sentence of a good point. */
export function goodSentence(point: GoodPoint): string {
  switch (point.code) {
    case "all-kept":
      return point.count === 1 ? french`Votre aide a pu être reprise.` : french`Vos ${point.count} aides ont toutes pu être reprises.`;
    case "all-identified":
      return french`Chaque aide a un identifiant, différent des autres.`;
    case "always-filled":
      return french`Toutes les aides donnent : ${fieldNames(point.fields)}.`;
    case "dates-sound":
      return french`Toutes les dates se lisent.`;
    case "links-sound":
      return french`Tous les liens sont bien écrits.`;
    case "better":
      return french`La note a progressé : ${point.from} au début de la période, ${point.to} aujourd'hui.`;
    case "no-fault":
      return french`Nous n'avons relevé aucune anomalie.`;
  }
}

/** Says since when the feed cannot be read any more, and why. */
export function troubleSentence(trouble: Trouble): string {
  return french`Depuis le ${frenchDay(trouble.day)}, nous ne réussissons plus à lire vos données : ${whyUnread(trouble)}.`;
}

function whyUnread({ outcome, code, params = {} }: Trouble): string {
  const known = code === undefined ? undefined : whyByCode[code];
  if (known !== undefined) return known(params);
  return whyByOutcome[outcome] ?? french`la lecture s'est arrêtée`;
}

const whyByCode: Partial<Record<RunErrorCode, (params: NonNullable<Trouble["params"]>) => string>> = {
  "timed-out": () => french`votre serveur ne répond pas à temps`,
  "connection-failed": ({ reason }) => french`la connexion à votre serveur est impossible${knownCauseMessage(reason)}`,
  "tls-failed": ({ reason }) => french`le certificat de sécurité de votre serveur n'est pas accepté${knownCauseMessage(reason)}`,
  "server-busy": (params) => french`votre serveur répond par une erreur${statusMessage(params)}`,
  "body-cut-short": () => french`la réponse de votre serveur s'interrompt avant la fin`,
  "http-refused": (params) => french`votre serveur refuse notre demande${statusMessage(params)}`,
  "too-many-redirects": () => french`votre serveur renvoie sans fin d'une adresse à une autre`,
  "html-page": () => french`une page web arrive à la place du fichier attendu`,
  "encrypted-file": () => french`le fichier est protégé par un mot de passe`,
};

const whyByOutcome: Partial<Record<Outcome, string>> = {
  unreachable: french`votre serveur ne répond pas, ou pas jusqu'au bout`,
  refused: french`votre serveur refuse notre demande`,
  unreadable: french`ce que votre serveur envoie n'est pas, ou plus, le fichier attendu`,
};

/** Says that many aids leave a field empty. */
export function seldomFilledSentence({ field, filled, of }: Letter["seldomFilled"][number]): string {
  if (filled === 0) return french`${fieldName(field)} : jamais rempli`;
  return french`${fieldName(field)} : rempli pour ${counted(filled, "aide")} sur ${of}`;
}

/** Lists the fields that the feed does not contain. */
export function notFoundSentence(fields: readonly AidField[]): string {
  const missing = isPlural(fields.length) ? "ces informations" : "cette information";
  return french`Nous n'avons pas trouvé dans vos données ${missing}, que nous montrons pour chaque aide : ${fieldNames(fields)}. Les donnez-vous sous un nom que nous n'avons pas reconnu, ou pourriez-vous les ajouter ?`;
}

/** Says which fields have disappeared from the feed. */
export function goneFieldsSentence(fields: readonly string[]): string {
  const named = fields.map((field) => french`« ${field} »`).join(", ");
  return isPlural(fields.length)
    ? french`Nous savons lire ces champs, et aucune de vos aides ne les a : ${named}. Les avez-vous renommés, ou retirés ?`
    : french`Nous savons lire ce champ, et aucune de vos aides ne l'a : ${named}. L'avez-vous renommé, ou retiré ?`;
}

/** Introduces the list of words without a match. */
export function wordsSentence({ vocabulary, terms, more }: Letter["words"][number]): string {
  const known = terms.length + more;
  return french`${fieldNameOrKey(vocabulary)} : ${counted(known, "mot")} que nous ne savons pas encore ranger dans nos listes. Que ${isPlural(known) ? "désignent-ils" : "désigne-t-il"} ?`;
}

/** Asks for a reliable identifier. */
export function identifierSentence({ from, code }: NonNullable<Letter["identifier"]>): string {
  return french`Vos données ne donnent pas d'identifiant durable à vos aides. ${identifierRequest(from, [{ code, params: {} }])}`;
}

/** Explains how the score is computed, one sentence for each part. */
export function scoreSentences({ shares }: Letter): string[] {
  if (shares === null) return [];
  return [
    french`pour moitié, la part des aides que nous avons pu reprendre : ${percent(shares.kept)} % ;`,
    french`pour un quart, la part des champs indispensables qui sont remplis (description, lien, contact, publics, types d'aide, thématiques, territoires) : ${percent(shares.filled)} % ;`,
    french`pour un quart, les valeurs justes : 100 % si aucune n'est à corriger, 0 % s'il y en a une par aide ou plus ; ici ${percent(shares.sound)} %.`,
  ];
}

/** Describes the scores over time, for readers who do not see the chart. */
export function trendSentence(trend: Letter["trend"]): string {
  const [first, last] = [trend.at(0), trend.at(-1)];
  if (first === undefined || last === undefined || trend.length < 2)
    return french`C'est la première note : la prochaine lettre dira son évolution.`;
  const way = last.score > first.score ? "en hausse" : last.score < first.score ? "en baisse" : "stable";
  return french`La note est ${way} : ${first.score} le ${frenchDay(first.day)}, ${last.score} le ${frenchDay(last.day)}, sur ${counted(trend.length, "lecture")}.`;
}

function fieldNames(fields: readonly AidField[]): string {
  return fields.map(fieldName).join(", ");
}

/** Rounds down, so that 99.9 % never shows as 100 %. */
function percent(share: number): number {
  return Math.floor(share * 100 + 1e-6);
}
