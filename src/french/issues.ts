import type { IssueCode, IssueParams } from "../model/issue.ts";
import { labelOf } from "../model/vocabularies.ts";
import { frenchDay } from "./dates.ts";
import { fieldNameOrKey } from "./fields.ts";
import { causeMessage } from "./reasons.ts";
import { pageFailureMessage, pageFaultMessage } from "./site-pages.ts";
import { counted, french } from "./typography.ts";

const notKept = french` : l'enregistrement ne peut pas être gardé`;
const staysEmpty = french` ; le champ reste vide`;

const sentences: Readonly<Record<IssueCode, (params: IssueParams) => string>> = {
  "broken-record": (p) => french`l'enregistrement est illisible${causeMessage(p.reason)}`,
  "too-many-cells": (p) => french`la ligne a des cases remplies au-delà de la dernière colonne${cellsOf(p)}`,
  "too-few-cells": (p) => french`la ligne est plus courte que l'en-tête${cellsOf(p)} ; ce qui manque est laissé vide`,
  "repeated-header": () => french`la ligne d'en-tête est répétée parmi les enregistrements ; elle a été ignorée`,
  "duplicate-column": ({ title }) =>
    title === undefined
      ? french`plusieurs colonnes portent le même titre ; à partir de la deuxième, un numéro y est ajouté`
      : french`plusieurs colonnes portent le même titre, « ${title} » ; la deuxième est lue sous le titre « ${title} (2) »`,
  "total-row": () => french`une ligne de total a été laissée de côté`,
  "banner-row": () => french`une ligne dont une seule case est remplie a été laissée de côté : intertitre ou note`,
  "hidden-cells": ({ rows, columns }) =>
    french`la feuille a des lignes ou des colonnes masquées, lues comme les autres${rows ? french` ; lignes : ${rows}` : ""}${columns ? french` ; colonnes : ${columns}` : ""}`,
  "colours-ignored": () => french`les cases d'une même colonne ont plusieurs couleurs ; les couleurs ne sont pas lues`,
  "blank-below-merges": () => french`la colonne a des cases fusionnées, dont la valeur est répétée, et des cases vides, qui restent vides`,
  "unnamed-column": ({ column }) =>
    french`${column === undefined ? "une colonne" : french`la colonne n° ${column}`} contient des valeurs mais n'a pas de titre ; elle est lue quand même`,
  "wrong-encoding": () => french`certains caractères ne sont pas dans l'encodage du flux ; ils ont été lus en windows-1252 ou remplacés`,
  "encoded-twice": () => french`les textes ont été encodés deux fois en UTF-8 ; ils ont été réparés`,
  "characters-broken": () => french`des caractères sont perdus ou illisibles, sans réparation possible`,
  "cell-error": () => french`la case contient une erreur de tableur ; elle est considérée comme vide`,
  "link-formula": () => french`le lien est une formule de tableur sans résultat ; son texte et son adresse ont été lus`,
  "reading-changed": (p) =>
    p.delimiter === undefined
      ? french`les enregistrements ne sont plus à l'emplacement prévu (${placeName(p.declared)}) ; ils ont été lus à leur nouvel emplacement (${placeName(p.path)})`
      : french`les colonnes ne sont plus séparées par ${delimiterName(p.declared)} ; elles ont été lues avec ${delimiterName(p.delimiter)}`,
  "announced-total-differs": (p) => french`le flux annonce ${counted(p.announced, "enregistrement")} et en contient ${p.received}`,
  "licence-differs": ({ portal, licence }) =>
    french`${portal === undefined ? "le portail n’indique aucune licence" : french`le portail indique la licence « ${String(portal)} »`} ; celle du connecteur est « ${licenceName(licence)} »`,
  "page-waiting": () => french`la page n'a pas encore été lue ; un grand site est lu en plusieurs nuits`,
  "page-failed": (p) => french`la page n'a pas pu être lue : ${pageFailureMessage(p)}`,
  "page-unlike": (p) => french`la page reçue n'est pas celle de l'aide : ${pageFaultMessage(p)}`,
  "page-stale": (p) => french`la page n'a pas pu être relue : ${pageFailureMessage(p)} ; une copie plus ancienne a été lue`,
  "page-gone": (p) =>
    french`la page n'existe plus : ${p.status === undefined ? pageFaultMessage(p) : pageFailureMessage(p)} ; l'aide compte comme absente`,
  "missing-external-id": () => french`pas d'identifiant${notKept}`,
  "missing-name": () => french`pas de titre${notKept}`,
  "name-too-long": (p) => french`${tooLong("le titre", p)}${notKept}`,
  "name-too-long-to-publish": ({ length, limit }) =>
    length === undefined || limit === undefined
      ? "le titre est trop long pour être publié"
      : french`le titre compte ${length} caractères ; pour publier l'aide, il en faut ${limit} au plus`,
  "external-id-too-long": (p) => french`${tooLong("l’identifiant", p)}${notKept}`,
  "duplicate-id": () => french`cet identifiant a déjà été lu dans le même flux ; seul le premier enregistrement est gardé`,
  "exact-copy": () => french`l'enregistrement est la copie exacte d'un autre du même flux ; il n'est lu qu'une fois`,
  "text-too-long": (p) => french`${tooLong("le texte", p)}${staysEmpty}`,
  "html-in-text": () => french`le texte contient du HTML alors que du texte simple était prévu ; il a été nettoyé comme du HTML`,
  "unexpected-value": () => french`cette valeur n'est pas de la nature attendue ici${staysEmpty}`,
  "expected-filled": () => french`ce champ, que chaque enregistrement devrait remplir, est vide`,
  "unreadable-date": () => french`la date n'est pas écrite sous une forme prévue pour ce producteur${staysEmpty}`,
  "impossible-date": () => french`ce jour n'existe pas dans le calendrier${staysEmpty}`,
  "text-for-date": () => french`du texte se trouve à la place d'une date${staysEmpty}`,
  "blank-in-date": () => french`des espaces ont été retirés de la date`,
  "deadline-before-start": ({ start }) =>
    french`la date de clôture est antérieure à la date d'ouverture${start === undefined ? "" : french` (${frenchDay(String(start))})`}`,
  "unreadable-url": () => french`le lien n'est pas une adresse web lisible${staysEmpty}`,
  "blank-in-url": () => french`des espaces ont été retirés du lien`,
  "url-without-scheme": () => french`le lien ne commençait pas par https://, qui a été ajouté`,
  "misspelt-scheme": () => french`le début du lien était mal orthographié, il a été corrigé`,
  "unreadable-amount": () => french`le montant est illisible${staysEmpty}`,
  "foreign-currency": () => french`le montant n'est pas en euros${staysEmpty}`,
  "unreadable-rate": () => french`le taux est illisible${staysEmpty}`,
  "rate-out-of-range": () => french`le taux n'est pas compris entre 0 et 100 %${staysEmpty}`,
  "rate-bounds-inverted": ({ upper }) =>
    french`le taux minimal est supérieur au taux maximal${upper === undefined ? "" : french` (${upper} %)`}`,
  "unlikely-date": () => french`cette date est très ancienne ou très lointaine`,
  "permanent-call": () => french`un appel à projets est présenté comme permanent : il manque sans doute la date de clôture`,
  "says-closed": () => french`le texte dit que l'aide n'est plus ouverte, mais ses dates ne le disent pas`,
  "amount-without-unit": () => french`un montant est écrit sans unité`,
  "rate-above-100": () => french`le taux de l'aide dépasse 100 %`,
  "test-record": () => french`ce texte ressemble à un essai, pas à une aide`,
  "filler-text": () => french`ce texte est du faux texte (lorem ipsum)`,
  "cut-text": () => french`le texte s'arrête au milieu d'une phrase`,
  "placeholder-link": () => french`le lien mène à un site d'essai ou à une page provisoire, pas à l'aide`,
  "outside-territory": () => french`l'aide ne s'applique qu'en dehors du territoire du producteur`,
  "without-territory": () => french`l'aide est close et n'a aucun territoire`,
  "unreadable-yes-no": () => french`la réponse n'est ni oui ni non${staysEmpty}`,
  "out-of-scope": () => french`l'aide ne s'adresse pas aux publics du service : elle est conservée, sans être proposée à la relecture`,
  "unmapped-term": ({ vocabulary }) =>
    vocabulary === undefined
      ? french`ce mot n'a pas encore de correspondance dans nos nomenclatures`
      : french`ce mot n'a pas encore de correspondance dans notre nomenclature « ${fieldNameOrKey(String(vocabulary))} »`,
  "unknown-perimeter": () => french`nous ne connaissons pas ce territoire`,
  "old-commune-code": ({ code }) =>
    french`c'est le code d'un territoire qui n'existe plus${code === undefined ? "" : french` ; le code ${String(code)} a été retenu à sa place`}`,
  "unsafe-markup": () => french`un script ou un autre contenu actif a été retiré du texte, par sécurité`,
  "unreadable-json": () => french`la case devrait contenir du JSON et n'en contient pas ; elle est considérée comme vide`,
  "section-not-found": ({ heading }) =>
    french`l'intertitre${heading === undefined ? "" : french` « ${heading} »`} qui ouvre cette partie ne se trouve pas dans le texte`,
  "field-never-seen": () => french`le connecteur attend ce champ, mais aucun enregistrement du flux ne le contient`,
  "computed-failed": ({ name, message }) =>
    french`la règle de calcul${name === undefined ? "" : french` « ${name} »`} a échoué${causeMessage(message)}${staysEmpty}`,
};

const delimiterNames: Readonly<Record<string, string>> = {
  ";": "le point-virgule",
  ",": "la virgule",
  "\t": "la tabulation",
  "|": "la barre verticale",
};

function delimiterName(delimiter: string | number | undefined): string {
  return delimiterNames[String(delimiter)] ?? "le séparateur prévu";
}

function placeName(path: string | number | undefined): string {
  return path === undefined || path === "" ? "la racine" : french`« ${String(path)} »`;
}

/** Returns what an issue means, in one sentence without capital or full stop. */
export function issueMessage(code: IssueCode, params: IssueParams): string {
  return sentences[code](params);
}

/** Returns why a record is rejected, in a few words that follow its location; null if `code` is not an issue code. */
export function rejectionMessage(code: string): string | null {
  if (Object.hasOwn(rejections, code)) return rejections[code] ?? null;
  return isIssueCode(code) ? issueMessage(code, {}) : null;
}

const rejections: Readonly<Record<string, string>> = {
  "broken-record": "illisible",
  "too-many-cells": "trop de cases remplies",
  "missing-external-id": "sans identifiant",
  "missing-name": "sans titre",
  "name-too-long": "titre trop long",
  "external-id-too-long": "identifiant trop long",
  "duplicate-id": "identifiant déjà lu",
  "page-waiting": "page pas encore lue",
  "page-failed": "page impossible à lire",
  "page-unlike": "page inattendue",
};

function isIssueCode(code: string): code is IssueCode {
  return Object.hasOwn(sentences, code);
}

function licenceName(slug: string | number | undefined): string {
  return slug === undefined ? "?" : labelOf("importShareLicence", String(slug));
}

function cellsOf({ found, expected }: IssueParams): string {
  return expected === undefined || found === undefined ? "" : french` (${counted(found, "case")} pour ${expected})`;
}

/** Returns that `what` is too long, with its length if the rule reports it. */
function tooLong(what: string, { length, limit }: IssueParams): string {
  if (limit === undefined) return french`${what} est trop long`;
  return length === undefined
    ? french`${what} dépasse ${limit} caractères`
    : french`${what} compte ${length} caractères, pour ${limit} au plus`;
}
