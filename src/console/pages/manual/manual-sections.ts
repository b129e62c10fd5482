import { french } from "../../../french/typography.ts";
import type { Role } from "../../../model/publisher/role.ts";

/** The section of the manual about a page of the console. */
export interface ManualSection {
  /** Anchor of the section. */
  readonly id: string;
  readonly title: string;
  /** Beginnings of the paths that it explains. */
  readonly paths: readonly string[];
  /** Role that may open the first of them. Default: every role. */
  readonly needs?: Role;
  readonly what: string;
  readonly who: string;
  readonly how: readonly string[];
  readonly keys?: readonly (readonly [key: string, act: string])[];
}

/** The sections, in the order of the menu. */
export const manualSections: readonly ManualSection[] = [
  {
    id: "nuit",
    title: "Dernière nuit",
    paths: [],
    what: "Les décisions qui attendent, la plus urgente d’abord. Chaque carte dit la cause, les aides concernées, et l’acte conseillé.",
    who: "Exploitation : les collectes et les plans. Partenariats : les mots, les doublons, les lettres. Lecture : tout voir.",
    how: [
      "Les trois premières sont entières ; chacune des autres tient en une ligne, qui s’ouvre.",
      "Le premier bouton est l’acte conseillé. La phrase dessous dit ce qu’il fait, et s’il se défait.",
      french`« Remettre ou confier » cache une décision jusqu’à un jour, ou la confie à une personne, avec une raison.`,
      french`Ce qui est décidé passe dans « Traité », avec de quoi le défaire.`,
      french`Le résultat d’une collecte relancée paraît sur cette page, qui se renouvelle seule. Si un avertissement dit que les collectes n’avancent pas, prévenez l’équipe technique : relancer n’y ferait rien.`,
      "Le lundi, la page couvre les nuits depuis vendredi matin.",
    ],
  },
  {
    id: "collectes",
    title: "Collectes",
    paths: ["/collectes"],
    what: "Chaque lecture d’un flux : ce qui a été reçu, rejeté, et ce qui a changé au catalogue.",
    who: "Exploitation : arrêter, rejouer à l’essai, défaire. Les autres rôles lisent.",
    how: [
      french`« Rejouer » lit le même flux avec le connecteur d’aujourd’hui, sans rien écrire.`,
      french`« Défaire » prépare un plan inverse, qui se lit avant de s’appliquer.`,
      "Une anomalie connue peut être mise de côté jusqu’à un jour.",
    ],
  },
  {
    id: "plans",
    title: "Plans",
    paths: ["/plans"],
    what: "Un plan est la liste des changements qu’une collecte ou une personne veut faire. Rien n’est écrit avant qu’il soit appliqué.",
    who: "Exploitation : tous les plans. Partenariats : leurs propres plans ; pour les autres, ils demandent à l’équipe d’appliquer.",
    how: [
      "Un garde-fou retient un plan inhabituel : flux tronqué, colonne renommée, dates inversées.",
      "Tout appliquer, appliquer une partie, ou écarter : dans tous les cas, une note peut dire pourquoi.",
      "Un plan appliqué se défait depuis sa page.",
    ],
  },
  {
    id: "connecteurs",
    title: "Connecteurs",
    paths: ["/connecteurs"],
    what: "Un connecteur décrit un flux d’un producteur : où il est, comment le lire, comment remplir chaque champ.",
    who: "Exploitation : lancer, mettre en pause. Partenariats : corriger la définition, donner une clé, déposer un fichier.",
    how: [
      "Un changement de définition est d’abord essayé sur le dernier flux.",
      "Une version d’avant peut toujours être reprise.",
      french`« Mettre en pause » arrête le calendrier ; une personne peut encore lancer une collecte.`,
    ],
  },
  {
    id: "relire",
    title: "À relire",
    paths: ["/relecture", "/noms-a-verifier", "/signalements"],
    what: "Les nouvelles aides, les changements proposés par les producteurs, les aides échues, les doubles probables et les erreurs signalées.",
    who: "Partenariats.",
    how: [
      "Les aides viennent une par une, la plus proche de sa clôture d’abord. Un même changement de plusieurs aides ne vient qu’une fois.",
      "Votre correction l’emporte sur le producteur ; ce qu’il change ensuite devient une proposition.",
      "La dernière décision peut être défaite.",
    ],
    keys: [
      ["a", "accepter la proposition"],
      ["x", "refuser la proposition"],
      ["r", "rejeter une nouvelle aide"],
      ["p", "publier une nouvelle aide"],
      ["m", "modifier l’aide"],
      ["e", "corriger le titre"],
      ["s", "passer à la suivante"],
      ["?", "voir tous les raccourcis"],
    ],
  },
  {
    id: "catalogue",
    title: "Catalogue",
    paths: ["/aides", "/ou-est-mon-aide"],
    what: "Toutes les aides, avec leur situation et leur histoire.",
    who: "Partenariats : corriger, publier, rejeter, fusionner. Les autres rôles lisent.",
    how: [
      french`« Où est mon aide ? » retrouve une aide par son titre, son identifiant ou son lien, même si elle n’a pas été gardée.`,
      "Sa page dit d’où vient la valeur de chaque champ : du producteur, d’une autre source, ou d’une personne.",
    ],
  },
  {
    id: "mots",
    title: "Mots à traduire",
    paths: ["/mots"],
    what: "Les mots des producteurs que nos listes ne connaissent pas encore.",
    who: "Partenariats.",
    how: [
      "Une traduction est d’abord essayée : vous voyez les aides qui changeraient.",
      french`« Enregistrer » la fait compter pour toutes les collectes.`,
    ],
  },
  {
    id: "producteurs",
    title: "Producteurs",
    paths: ["/producteurs", "/couverture", "/chiffres", "/courriers", "/publication", "/reutilisation", "/a-appeler"],
    what: "Les organismes qui publient des aides : où nous en sommes avec eux, leurs contacts, nos lettres, leurs réponses.",
    who: "Partenariats.",
    how: [
      "Une lettre liste ce qui est à corriger dans un flux. Elle n’est envoyée qu’après votre relecture.",
      "Le producteur répond point par point, sans compte.",
      french`« Son espace » invite ses personnes : elles confirment leurs aides, les corrigent, en saisissent, annoncent une clôture. Vous relisez ce qu’elles proposent parmi les plans.`,
      "Avant de publier les aides d’un site, envoyez une lettre de courtoisie : son producteur peut corriger, retirer, ou refuser la lecture.",
      french`« Son fichier open data » prépare ses aides au schéma national ; rien n’est publié avant sa validation.`,
      french`« Prochaine action » rappelle quoi faire, et quand.`,
    ],
  },
  {
    id: "nouveau",
    title: "Nouveau producteur",
    paths: ["/brouillons", "/modeles", "/saisir"],
    needs: "bizdev",
    what: "Le chemin d’un fichier reçu jusqu’à un connecteur.",
    who: "Partenariats.",
    how: [
      "Déposez un fichier ou donnez une adresse : les colonnes sont reconnues, vous corrigez.",
      "Sans fichier, donnez la page du site qui liste les aides : ses pages sont lues, une par une.",
      "La première collecte attend toujours qu’une personne ait lu son plan.",
      french`Sans fichier, « saisissez ses aides une à une » : le formulaire a les champs du modèle, et l’aide suit le même chemin.`,
    ],
  },
  {
    id: "comptes",
    title: "Comptes",
    paths: ["/comptes", "/journal", "/mon-compte"],
    needs: "admin",
    what: "Qui peut faire quoi, et qui a fait quoi.",
    who: "Administration. Chacun règle son propre compte.",
    how: [
      "Quatre rôles : lecture, partenariats, exploitation, administration. Chacun a les droits des précédents.",
      "Le journal ne s’efface pas.",
      french`« Mon compte », puis « Mes notifications » : les courriers que vous recevez, et quand.`,
    ],
  },
];

/** The words of the console. */
export const manualWords: readonly (readonly [word: string, meaning: string])[] = [
  ["collecte", "une lecture d’un flux, de bout en bout"],
  ["flux", "le fichier ou l’adresse où un producteur publie ses aides"],
  ["connecteur", "la description d’un flux"],
  ["plan", "des changements préparés, qui se lisent avant de s’appliquer, et se défont"],
  ["garde-fou", "un contrôle qui retient un plan inhabituel jusqu’à la décision d’une personne"],
  ["proposition", "un changement du producteur qui attend une personne, sur un champ qu’elle a corrigé"],
  ["rejet", "un enregistrement du flux qui n’a pas pu devenir une aide"],
  ["instantané", "une copie du flux tel que reçu"],
  ["écarter", "refuser un plan : rien ne change"],
  ["défaire", "reprendre ce qu’un plan a fait, sauf ce qui a changé depuis"],
];

/** Returns the section that explains a page. */
function sectionOf(path: string): ManualSection | undefined {
  const isUnder = (above: string) => path === above || path.startsWith(`${above}/`);
  return manualSections.find(({ paths }) => paths.some(isUnder)) ?? manualSections[0];
}

/** Returns the address of the manual at the section of a page. */
export function manualHref(path: string): string {
  return `/mode-d-emploi#${sectionOf(path)?.id ?? ""}`;
}
