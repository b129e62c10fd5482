import type { PageFault } from "../kit/pages/page-fault.ts";
import type { IssueParams } from "../model/issue.ts";
import type { PageFeed } from "../model/survey/page-feed.ts";
import { counted, french } from "./typography.ts";

const faults: Readonly<Record<PageFault, string>> = {
  "not-found": french`elle indique elle-même qu'elle n'existe pas`,
  "sent-elsewhere": french`elle renvoie vers une page plus générale`,
  "sign-in": french`elle demande de s'identifier`,
  consent: french`elle n'affiche qu'une demande de consentement (cookies)`,
  maintenance: french`le site est en maintenance`,
  "needs-script": french`elle est vide sans JavaScript, que nous n'exécutons pas ; demandez au producteur un fichier, un flux RSS ou l'adresse des données que la page charge`,
  "other-structure": french`sa structure a changé : rien ne s'y trouve à l'endroit prévu`,
  repeated: french`elle a le même contenu que d'autres pages`,
  unreadable: french`son contenu n'est pas une page web lisible`,
};

const failures: Readonly<Record<string, string>> = {
  robots: french`le site demande aux robots de ne pas la lire (robots.txt)`,
  elsewhere: french`elle se trouve sur un autre site, que le connecteur ne nomme pas`,
  "no-page": french`le serveur a envoyé un fichier, pas une page`,
  "no-address": french`la liste ne donne pas son adresse`,
  "timed-out": french`le serveur n'a pas répondu à temps`,
  "connection-failed": french`connexion impossible au serveur`,
  "tls-failed": french`le certificat de sécurité du serveur n'est pas accepté`,
  "body-cut-short": french`la réponse du serveur s'est interrompue avant la fin`,
  "too-many-redirects": french`le serveur renvoie sans fin d'une adresse à une autre`,
  "address-refused": french`son adresse n'est pas publique`,
  "too-large": french`elle est trop grande`,
};

/** Returns why a page is not the expected one. */
export function pageFaultMessage({ reason, missing }: IssueParams): string {
  const fault = faults[reason as PageFault] ?? faults["other-structure"];
  return missing === undefined ? fault : french`${fault} (il manque : ${String(missing)})`;
}

/** Returns why a page could not be requested. */
export function pageFailureMessage({ reason, status }: IssueParams): string {
  if (status !== undefined) return french`le serveur a répondu ${status}`;
  return failures[reason ?? ""] ?? french`le serveur n'a pas pu l'envoyer`;
}

/** Returns why the pages of a site do not count as complete; null if pagination stopped for another reason. */
export function unreadPagesMessage({ reason, read, listed, share }: IssueParams): string | null {
  if (reason !== "pages-waiting" && reason !== "pages-unread") return null;
  const found = french`${counted(read, "page lue", "pages lues")} sur ${counted(listed, "page")}`;
  if (reason === "pages-waiting") return french`${found} ; les autres seront lues les nuits prochaines`;
  return french`${found}, alors qu'il en faut ${Math.round(Number(share) * 100)} % : ce qui manque ne compte pas comme disparu`;
}

const softwares: Readonly<Record<string, string>> = {
  spip: "SPIP",
  drupal: "Drupal",
  wordpress: "WordPress",
  typo3: "TYPO3",
  ez: "eZ Publish ou Ibexa",
  "sites-faciles": "Sites Faciles",
};

/** Returns the name of a site's software. */
export function softwareName(software: string | number): string {
  return softwares[software] ?? String(software);
}

/** What to do if a site cannot be read, and what to ask the publisher for. */
export const siteAdvices: Readonly<Record<PageFault | "robots", string>> = {
  "not-found": french`Cette page n'existe pas, dit le site. Vérifiez l'adresse.`,
  "sent-elsewhere": french`Cette page renvoie ailleurs. Donnez l'adresse de la page qui liste les aides.`,
  "sign-in": french`Cette page demande de s'identifier. Demandez au producteur une page publique, ou un fichier (CSV, Excel).`,
  consent: french`Cette page n'affiche qu'une demande de consentement (cookies). Demandez au producteur une page lisible sans elle, un flux RSS ou un fichier.`,
  maintenance: french`Le site est en maintenance : recommencez plus tard.`,
  "needs-script": french`Cette page est vide sans JavaScript, que nous n'exécutons pas. Demandez au producteur un fichier, un flux RSS, ou l'adresse des données que la page charge.`,
  "other-structure": french`Nous ne trouvons pas de liste sur cette page. Donnez l'adresse de la page qui liste les aides, avec un lien vers la page de chacune.`,
  repeated: french`Les pages de cette liste ont toutes le même contenu. Donnez l'adresse de la page qui liste les aides.`,
  unreadable: french`Le contenu de cette adresse n'est pas une page web lisible.`,
  robots: french`Nous le respectons : demandez au producteur d'y autoriser « moisson », ou de donner un fichier.`,
};

/** What a feed is that a page names, with its article. */
export const feedKindNames: Readonly<Record<PageFeed["kind"], string>> = {
  rss: "Un flux RSS",
  wordpress: "Les articles de WordPress, en JSON",
  dataGouv: "Une page de data.gouv.fr",
  openDataSoft: "Un jeu de données Opendatasoft",
  openApi: "La description d’une API",
  sitemap: "Le plan du site (sitemap)",
  file: "Un fichier",
};
