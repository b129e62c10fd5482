import type { ConnectorInput } from "../../kit/definition.ts";
import { counted, french } from "../typography.ts";

/** What a first contact with a publisher says. */
export interface FirstContact {
  readonly subject: string;
  /** A mail, to copy and adapt. */
  readonly mail: string;
  /** What to say and to ask in a call, in order. */
  readonly call: readonly string[];
}

/** Facts for the first contact. */
export interface FirstContactGiven {
  readonly publisher: string;
  readonly kind: string;
  /** Number of its open aids that we have from others. */
  readonly aidsThroughOthers: number;
  /** Searches of the last year for its territory that found nothing. */
  readonly missedSearches: number;
  /** Addresses of our pages: how to publish aids, and how to check a file. */
  readonly guide: string;
  readonly check: string;
  /** Name of the person who writes, and of the service. */
  readonly by: string;
  readonly service: string;
}

interface KindWords {
  /** What its list of aids is usually called. */
  readonly list: string;
  /** Who usually decides there. */
  readonly whom: string;
  /** What usually exists already. */
  readonly source: string;
}

const ofKind: Readonly<Partial<Record<ConnectorInput["publisher"]["kind"], KindWords>>> = {
  region: {
    list: french`votre guide des aides`,
    whom: french`la direction qui tient le guide des aides, ou le service des données ouvertes`,
    source: french`le guide des aides en ligne a presque toujours un export, ou un jeu sur le portail de données ouvertes de la région`,
  },
  department: {
    list: french`vos aides aux communes et aux associations`,
    whom: french`la direction de l'aide aux territoires, ou l'agence technique départementale`,
    source: french`le plus souvent un tableau tenu à jour pour le site ou pour les élus`,
  },
  collectivity: {
    list: french`vos aides et fonds de concours`,
    whom: french`le service des subventions, ou la direction générale des services`,
    source: french`le plus souvent un tableau, ou quelques pages du site`,
  },
  "water-agency": {
    list: french`les aides de votre programme d'intervention`,
    whom: french`la direction des interventions, ou la communication`,
    source: french`les fiches du programme, une par aide`,
  },
  ministry: {
    list: french`vos dispositifs et appels à projets`,
    whom: french`le bureau qui suit les subventions, ou l'administrateur ministériel des données`,
    source: french`le site a souvent un export de ses démarches`,
  },
  agency: {
    list: french`vos dispositifs d'aide`,
    whom: french`l'équipe du site, ou celle qui tient le catalogue des dispositifs`,
    source: french`le site a souvent une interface de programmation ou un export`,
  },
  "state-service": {
    list: french`vos dotations et appels à projets`,
    whom: french`le bureau des dotations, ou la mission d'appui aux territoires`,
    source: french`le plus souvent des circulaires et des pages du site`,
  },
  "public-bank": {
    list: french`vos prêts et offres d'ingénierie`,
    whom: french`l'équipe du site, ou la direction du réseau`,
    source: french`le site a souvent un catalogue d'offres que l'on peut exporter`,
  },
};

const usual: KindWords = {
  list: french`vos aides`,
  whom: french`la personne qui tient la liste des aides`,
  source: french`le plus souvent un tableau ou quelques pages`,
};

/** Returns what to write and to say to a publisher that nobody has contacted yet. Promises nothing, and asks for one thing: its list. */
export function firstContact(given: FirstContactGiven): FirstContact {
  const { publisher, kind, aidsThroughOthers: aids, missedSearches, guide, check, by, service } = given;
  const { list, whom, source } = ofKind[kind as keyof typeof ofKind] ?? usual;
  const reasons = [
    ...(aids > 0
      ? [
          french`Nous présentons déjà ${counted(aids, "de vos aides, reprise", "de vos aides, reprises")} d'autres sources : avec votre liste, tout serait complet et à jour.`,
        ]
      : []),
    ...(missedSearches > 0
      ? [
          french`Ces douze derniers mois, ${counted(missedSearches, "recherche")} pour votre territoire n'${missedSearches > 1 ? "ont" : "a"} rien trouvé.`,
        ]
      : []),
  ];
  return {
    subject: french`${publisher} : faire connaître ${list}`,
    mail: [
      "Bonjour,",
      french`${service} présente les aides publiques aux communes, aux associations et aux entreprises, à un seul endroit. ${list[0]?.toUpperCase()}${list.slice(1)} y ont leur place.`,
      ...(reasons.length > 0 ? [reasons.join(" ")] : []),
      french`Auriez-vous cette liste dans un fichier : un tableau, un export de votre site, ou l'adresse d'un jeu de données ouvertes ? Tel qu'il est : c'est nous qui l'adaptons. Vous verrez ce que nous en faisons avant que rien ne soit publié, et vous restez maître de vos textes.`,
      french`Vous pouvez essayer un fichier vous-même, sans compte (${check}), et lire comment d'autres publient leurs aides (${guide}).`,
      french`Dix minutes au téléphone suffisent pour commencer. Quand puis-je vous appeler ?`,
      "Cordialement,",
      by,
    ].join("\n\n"),
    call: [
      french`Demander ${whom}.`,
      ...reasons,
      french`Demander où la liste est tenue : ${source}.`,
      french`Proposer de montrer ses aides avant tout accord : « Amener son flux », puis « Partager cet aperçu ».`,
      french`Demander qui prévenir quand une fiche est à corriger, et sous quelle licence la liste peut être réutilisée.`,
      french`Convenir d'une date, et la noter comme prochaine action.`,
    ],
  };
}
