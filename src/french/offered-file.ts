import { leftOutMessage } from "./left-out.ts";
import { counted, french } from "./typography.ts";

/** A publisher's file in the national schema. `leftOut`: number of aids that it cannot contain, by reason. */
export interface OfferedFileFacts {
  readonly publisher: string;
  readonly aids: number;
  readonly leftOut: Readonly<Record<string, number>>;
}

/** Address of the national schema's documentation. */
export const schemaPage = "https://schema.data.gouv.fr/etalab/schema-dispositif-aide/";

/** Returns a sentence for each reason why aids are not in the file. */
export function leftOutSentences({ leftOut }: Pick<OfferedFileFacts, "leftOut">): string[] {
  return Object.entries(leftOut)
    .sort(([, one], [, other]) => other - one)
    .map(
      ([reason, count]) =>
        french`${counted(count, "aide")} : ${leftOutMessage(reason).replace(/^./, (first) => first.toLocaleLowerCase("fr"))}`,
    );
}

/** Returns the README of a publisher's file. It has no day, so that the archive changes only if the aids do. */
export function publisherReadme(facts: OfferedFileFacts): string {
  const missing = leftOutSentences(facts);
  return textOf([
    french`LES AIDES DE ${facts.publisher.toLocaleUpperCase("fr")}`,
    french`aides.csv contient ${counted(facts.aids, "aide")} de ${facts.publisher}, au format du schéma national « dispositif-aide », version 0.2.0 : ${schemaPage}`,
    french`Nous l'avons préparé à partir de ce que vous publiez déjà. Rien n'en est publié en votre nom tant qu'une personne de votre organisme ne l'a pas validé, sur la page dont nous vous avons donné l'adresse.`,
    [
      "Comment lire ce fichier",
      "- encodage UTF-8, séparateur virgule, toutes les valeurs entre guillemets, une ligne par aide ;",
      "- id : identifiant permanent de l’aide, qui ne change pas d’un jour à l’autre ;",
      "- description et eligibilite : texte en Markdown ;",
      "- types_aides, cibles, eligibilite_geographique : plusieurs valeurs sont séparées par le signe | ;",
      "- porteurs : une liste JSON d’organismes, avec leur rôle ;",
      "- date_mise_a_jour : votre propre date, sinon le jour où nous avons vu l’aide changer ;",
      "- les noms, adresses et numéros de personnes sont retirés ; les services restent.",
    ].join("\n"),
    ...(missing.length === 0
      ? []
      : [["Ce qui n’est pas dans le fichier, et pourquoi", ...missing.map((line) => `- ${line} ;`)].join("\n").replace(/ ?;$/, ".")]),
    [
      "Avant de valider",
      "- ouvrez aides.csv dans un tableur et relisez quelques aides ;",
      "- dites-nous ce qui est à corriger, sur la même page : le fichier du lendemain en tient compte ;",
      "- la licence est la vôtre : nous vous proposons la Licence Ouverte 2.0, celle de l’administration.",
    ].join("\n"),
  ]);
}

/** Returns the how-to for data.gouv.fr. */
export function publishingGuide({ publisher }: OfferedFileFacts): string {
  return textOf([
    "PUBLIER CES AIDES SUR DATA.GOUV.FR",
    french`Comptez un quart d'heure. Il vous faut un compte sur https://www.data.gouv.fr, rattaché à l'organisation « ${publisher} » (Mon profil, puis Rejoindre une organisation, ou En créer une).`,
    [
      "1. Dans l’administration, choisissez Publier, puis Un jeu de données.",
      french`2. Titre : « Aides et dispositifs de ${publisher} ». Description : le début de LISEZMOI.txt convient.`,
      "3. Licence : Licence Ouverte 2.0 (etalab-2.0), sauf choix contraire de votre part.",
      "4. Fréquence de mise à jour : quotidienne si vous donnez l’adresse quotidienne, sinon celle de vos envois.",
      "5. Ajoutez le fichier. Deux possibilités :",
      "   - une adresse distante : collez l’adresse quotidienne, affichée après votre validation. Le fichier suit alors vos aides, sans rien faire ;",
      "   - un fichier téléversé : aides.csv. À renouveler vous-même à chaque changement.",
      "6. Schéma de la ressource : cherchez « dispositif-aide » et choisissez etalab/schema-dispositif-aide, version 0.2.0.",
      "7. Publiez. data.gouv.fr vérifie la conformité au schéma et l’affiche sur la page du jeu de données.",
    ].join("\n"),
    "Ensuite, dites-nous l’adresse de votre jeu de données : nous lirons votre fichier plutôt que vos pages. Vos aides gardent leurs adresses, leur historique et les corrections déjà faites.",
  ]);
}

function textOf(paragraphs: readonly string[]): string {
  return `${paragraphs.join("\n\n")}\n`;
}
