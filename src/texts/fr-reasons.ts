import { french } from "./fr-typography.ts";

/** What machines, libraries and our own stages give as `reason`. */
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
  UND_ERR_SOCKET: "connexion coupée",
  UND_ERR_CONNECT_TIMEOUT: "délai de connexion dépassé",
  UND_ERR_HEADERS_TIMEOUT: "délai de réponse dépassé",
  UND_ERR_BODY_TIMEOUT: "délai de réception dépassé",
  Z_BUF_ERROR: "réponse incomplète",
  // certificates
  CERT_HAS_EXPIRED: "certificat expiré",
  CERT_NOT_YET_VALID: "certificat pas encore valable",
  DEPTH_ZERO_SELF_SIGNED_CERT: "certificat signé par le serveur lui-même",
  SELF_SIGNED_CERT_IN_CHAIN: "certificat signé par une autorité inconnue",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "chaîne de certificats incomplète",
  UNABLE_TO_GET_ISSUER_CERT: "chaîne de certificats incomplète",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "chaîne de certificats incomplète",
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
 * What is said of a cause after a sentence: ` : certificat expiré`, nothing where there is none. What we have no French words for, a library's own
 * message, is quoted as a technical detail.
 */
export function causeMessage(reason: string | number | undefined): string {
  if (reason === undefined || reason === "") return "";
  const known = reasonInFrench(String(reason));
  return known === null ? french` (détail technique : « ${String(reason)} »)` : french` : ${known}`;
}

function reasonInFrench(reason: string): string | null {
  if (Object.hasOwn(reasons, reason)) return reasons[reason] ?? null;
  for (const [pattern, sentence] of countedReasons) {
    const found = pattern.exec(reason)?.[1];
    if (found !== undefined) return sentence(found);
  }
  return null;
}
