import { french } from "./typography.ts";

/** Values of `reason` from systems, libraries and our own stages. */
const reasons: Readonly<Record<string, string>> = {
  // network
  ENOTFOUND: "nom de domaine introuvable",
  EAI_AGAIN: "le nom de domaine n’a pas pu être vérifié",
  ECONNREFUSED: "connexion refusée",
  ECONNRESET: "connexion coupée",
  EPIPE: "connexion coupée",
  EHOSTUNREACH: "machine injoignable",
  ENETUNREACH: "réseau injoignable",
  ETIMEDOUT: "délai dépassé",
  NOT_HTTP: "la réponse n’est pas celle d’un serveur web",
  Z_BUF_ERROR: "réponse incomplète",
  // certificates
  CERT_HAS_EXPIRED: "certificat expiré",
  CERT_NOT_YET_VALID: "certificat pas encore valable",
  DEPTH_ZERO_SELF_SIGNED_CERT: "certificat signé par le serveur lui-même",
  SELF_SIGNED_CERT_IN_CHAIN: "certificat signé par une autorité inconnue",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "chaîne de certificats incomplète",
  UNABLE_TO_GET_ISSUER_CERT: "chaîne de certificats incomplète",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "chaîne de certificats incomplète",
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: "le serveur demande un certificat, que ce connecteur ne déclare pas",
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: "le serveur ne s’entend pas avec nous sur le chiffrement, ou demande un certificat",
  ERR_TLS_CERT_ALTNAME_INVALID: "certificat établi pour un autre site",
  // storage: system codes and SQLSTATE
  ENOSPC: "disque plein",
  "53100": "disque plein",
  "53200": "mémoire insuffisante",
  "53300": "trop de connexions à la base de données",
  "57P01": "la base de données s’est arrêtée",
  "57P03": "la base de données démarre encore",
  "staged-aids-lost": "des aides en attente d’écriture ont été perdues",
  "bytes-changed": "le contenu du flux a changé pendant son enregistrement",
  "snapshot-damaged": "l’instantané est abîmé",
  unknown: "cause inconnue",
  // addresses and secrets
  unreadable: "adresse illisible",
  "only http and https are read": "seules les adresses http:// et https:// sont lues",
  "not a header value": "sa valeur contient des caractères qui ne peuvent pas être envoyés",
  "not PEM": "ce secret ne contient pas de texte PEM",
  "neither PEM nor the path of its file": "il n’y a là ni texte PEM, ni chemin d’un fichier lisible",
  "no certificate": "il n’y a là aucun certificat lisible",
  "no key of this certificate": "la clé n’est pas celle du certificat, ou sa phrase secrète est fausse",
  "a redirect takes a POST to another site": "une redirection mène vers un autre site, où la demande ne peut pas être renvoyée",
  invalid_request: "demande non comprise",
  invalid_client: "identifiant ou code secret refusé",
  invalid_grant: "autorisation refusée",
  unauthorized_client: "ce compte n’a pas le droit de demander un jeton ainsi",
  unsupported_grant_type: "cette façon de demander un jeton n’existe pas ici",
  invalid_scope: "droits demandés refusés",
  // files
  NUL: "caractère nul, qui n’a pas sa place dans un texte",
  depth: "trop d’éléments emboîtés",
  "merges or links overlap": "des cases fusionnées ou des liens se chevauchent",
  "the part is missing": "une partie du fichier manque",
  "the checksum differs": "la somme de contrôle ne correspond pas",
  "the row is larger than a record may be": "la ligne est trop longue pour un enregistrement",
};

const countedReasons: readonly (readonly [pattern: RegExp, reason: (found: string) => string])[] = [
  [/^more than (\d+) parts$/, (found) => french`plus de ${Number(found)} parties`],
  [/^more than (\d+) merges and links$/, (found) => french`plus de ${Number(found)} cases fusionnées et liens`],
  [/^unknown compression (\d+)$/, (found) => french`compression inconnue (${found})`],
];

/**
 * Returns the end of a sentence that names a cause: ` : certificat expiré`; empty without a cause. A cause without French words, such as
 * a library's message, is quoted as a technical detail.
 */
export function causeMessage(reason: string | number | undefined): string {
  if (reason === undefined || reason === "") return "";
  const known = reasonInFrench(String(reason));
  return known === null ? french` (détail technique : « ${String(reason)} »)` : french` : ${known}`;
}

/** Like `causeMessage`, without causes that have no French words: for people outside of the service. */
export function knownCauseMessage(reason: string | number | undefined): string {
  const known = reasonInFrench(String(reason ?? ""));
  return known === null ? "" : french` : ${known}`;
}

function reasonInFrench(reason: string): string | null {
  if (Object.hasOwn(reasons, reason)) return reasons[reason] ?? null;
  for (const [pattern, sentence] of countedReasons) {
    const found = pattern.exec(reason)?.[1];
    if (found !== undefined) return sentence(found);
  }
  return null;
}
