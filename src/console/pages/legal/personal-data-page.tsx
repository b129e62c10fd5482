import { Table } from "../../parts/table.tsx";
import { pageRoute } from "../../route.ts";
import { Contact } from "./contact.tsx";

const publicInterest = "mission d’intérêt public";
const security = "intérêt légitime : la sécurité du service";

/** Stored personal data, its purpose, the legal basis, and how long it is stored. See "Purposes and legal basis" in docs/privacy.md. */
const kept: readonly (readonly [what: string, why: string, basis: string, howLong: string])[] = [
  [
    "Compte : nom, adresse électronique, rôle, identité chez le fournisseur d’identité, empreinte du mot de passe",
    "savoir qui peut faire quoi",
    security,
    "tant que le compte existe ; un compte fermé reste, pour que l’historique dise toujours qui a agi",
  ],
  [
    "Notifications par courrier : ce que vous avez choisi, les décisions déjà annoncées, les envois échoués",
    "vous prévenir de ce que vous avez demandé, une seule fois",
    publicInterest,
    "tant que le compte existe ; une décision annoncée, une heure après qu’elle a été prise",
  ],
  [
    "Sessions : navigateur, heures de connexion et de dernier passage",
    "vous reconnaître, vous montrer où vous êtes connecté",
    security,
    "deux jours au plus après la connexion",
  ],
  [
    "Essais de connexion échoués : adresse électronique saisie, adresse IP, numéro d’un navigateur connu",
    "freiner qui essaie des mots de passe",
    security,
    "deux jours au plus",
  ],
  [
    "Navigateur déjà connecté à un compte : un numéro tiré au hasard, dans le navigateur seulement",
    "ne pas freiner ce navigateur quand d’autres se trompent de mot de passe",
    security,
    "un an, ou jusqu’au changement de mot de passe",
  ],
  [
    "Connexions, et réponses aux lettres : adresse IP, heure",
    "limiter ce qui se fait en une heure depuis une même adresse",
    security,
    "deux jours au plus",
  ],
  ["Fichiers vérifiés : adresse IP, heure ; rien du fichier", "limiter le nombre de fichiers par heure", security, "deux jours au plus"],
  [
    "Journal : qui a fait quoi, quand, sur quoi",
    "rendre compte des décisions, comprendre un incident",
    "obligation légale de sécurité (RGPD, article 32)",
    "un an ; d’ici là, personne ne peut rien y effacer",
  ],
  [
    "Décisions : nom de qui a appliqué un plan, corrigé une aide, mis en pause",
    "l’historique du catalogue",
    publicInterest,
    "tant que le catalogue existe",
  ],
  [
    "Contacts que les producteurs publient dans leurs aides : noms, adresses, numéros",
    "savoir à qui une commune peut s’adresser",
    publicInterest,
    "tant que l’aide est au catalogue, et dans son historique ; la personne peut être effacée partout",
  ],
  [
    "Correspondants des producteurs : nom, fonction, coordonnées, ce qui s’est dit avec eux, qui a donné l’accord",
    "amener leurs aides, signaler ce qui ne va pas dans leurs données",
    publicInterest,
    "tant que dure le partenariat ; trois ans après un refus pour les coordonnées ; la personne peut être effacée partout",
  ],
  [
    "Personnes des producteurs qui ont un compte : nom, adresse électronique, ce qu’elles ont proposé, confirmé ou annoncé ; sessions et liens de connexion",
    "les laisser confirmer et corriger leurs aides, savoir qui l’a fait",
    publicInterest,
    "tant que dure le partenariat ; sessions et liens, sept jours au plus ; la personne peut être effacée partout",
  ],
  [
    "Lettres aux producteurs : adresse où elles ont été envoyées, réponses et remarques",
    "suivre ce qui a été corrigé ou promis",
    publicInterest,
    "trois ans ; un an après leur révocation",
  ],
  [
    "Recherches de l’API sans résultat : les mots, par mois ; rien de qui a cherché",
    "savoir quelles aides manquent",
    publicInterest,
    "tant que le catalogue existe",
  ],
  [
    "Personnes qui ont demandé leur effacement : une empreinte chiffrée, sans le nom",
    "ne pas les ramener avec la collecte suivante",
    "obligation légale (RGPD, articles 17 et 21)",
    "tant que le catalogue existe",
  ],
];

/** Information for people who use the console, and for those named by publishers. */
export const personalDataRoute = pageRoute("/donnees-personnelles", "public", ({ console: { settings } }) => ({
  title: "Données personnelles",
  breadcrumb: [],
  content: (
    <>
      <h1>Données personnelles</h1>
      <p>
        Responsable du traitement&nbsp;: {settings.owner?.split("|")[0] ?? "à renseigner (réglage MOISSON_CONSOLE_OWNER)"}. Le service
        rassemble les aides publiques, pour que les communes et les autres bénéficiaires les trouvent.
      </p>
      <Table
        caption="Ce qui est gardé, pourquoi, sur quel fondement, et combien de temps"
        head={["Données", "Pourquoi", "Fondement", "Combien de temps"]}
        rows={kept.map((row) => [...row.map((text) => text.replace(/ (?=:)/g, "\u00a0").replace(/ (?=;)/g, "\u202f"))])}
      />
      <h2>Qui les voit</h2>
      <p>
        Les administrateurs du service voient les comptes et le journal. Toute personne connectée voit le nom de qui a pris une décision.
        Rien n’est transmis à d’autres, sauf les contacts que les producteurs publient eux-mêmes.
      </p>
      <p>
        Les noms, les adresses et les numéros personnels sont retirés automatiquement des données ouvertes, de l’API et des aperçus publics
        (obligation légale&nbsp;: code des relations entre le public et l’administration, articles L312-1-2 et L322-2). Les coordonnées des
        services y restent. Si vous y trouvez encore votre nom, écrivez-nous.
      </p>
      <h2>Vos droits</h2>
      <p>
        Vous pouvez demander à consulter vos données, à les faire corriger ou effacer, ou vous opposer à leur usage. Une personne nommée
        dans une aide peut être effacée du catalogue, de son historique et des fichiers reçus&nbsp;; les collectes suivantes ne la ramènent
        pas. Il n’y a ni profilage ni décision automatique sur des personnes.
      </p>
      <p>
        Écrire à&nbsp;: <Contact settings={settings} />. Vous recevez une réponse en un mois au plus.
      </p>
      <p>
        Si la réponse ne vous convient pas, vous pouvez <a href="https://www.cnil.fr/fr/plaintes">adresser une plainte à la CNIL</a>.
      </p>
    </>
  ),
}));
