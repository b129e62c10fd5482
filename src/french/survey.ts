import type { Evidence, EvidenceCode } from "../model/survey/evidence.ts";
import type { FieldProfile, ValueKind } from "../model/survey/field-profile.ts";
import type { FileKind } from "../model/survey/file-kind.ts";
import type { OwnField } from "../model/survey/own-field.ts";
import { platformLabel } from "./connectors.ts";
import { dateFormatLabel } from "./dates.ts";
import { fieldNameOrKey } from "./fields.ts";
import { capitalize, counted, french, isPlural } from "./typography.ts";

/** Returns how aids are identified until the publisher adds an identifier, and what breaks with it. */
function untilThenMessage({ code }: Evidence, field: string): string {
  switch (code) {
    case "is-link":
      return french`En attendant, nous les reconnaissons à l'adresse de leur page (« ${field} ») : une page déplacée passe pour une autre aide.`;
    case "is-title":
      return french`En attendant, nous les reconnaissons à leur titre (« ${field} ») : un titre corrigé passe pour une autre aide.`;
    case "row-number":
      return french`Le champ « ${field} » suit l'ordre du fichier : une aide ajoutée au milieu change le numéro de toutes les suivantes.`;
    case "shared":
      return french`Le champ « ${field} » a la même valeur pour plusieurs aides : nous ne pouvons en garder qu'une.`;
    default:
      return french`En attendant, nous les reconnaissons au champ « ${field} », qui n'est pas fait pour durer.`;
  }
}

/** Returns the request to a publisher whose feed has no lasting identifier: see `askForIdentifier`. */
export function identifierRequest(from: readonly string[], evidence: readonly Evidence[]): string {
  const telling = evidence.find(({ code }) => ["is-link", "is-title", "row-number", "shared"].includes(code)) ?? evidence[0];
  return [
    french`Pourriez-vous y ajouter, pour chacune, un code ou un numéro qui ne change jamais`,
    french`(ni quand le titre ou l'adresse de la page change, ni quand l'aide est republiée) et qui ne soit pas réutilisé pour une autre ?`,
    ...(telling === undefined ? [] : [untilThenMessage(telling, from.join(french` » et « `))]),
    french`Sans lui, une aide modifiée peut apparaître en double et perdre les corrections faites en ligne.`,
  ].join(" ");
}

/**
 * Returns a message to a publisher whose feed has no lasting identifier. `from`: the fields used until then; `evidence`: what breaks with
 * them.
 */
export function askForIdentifier(from: readonly string[], evidence: readonly Evidence[]): string {
  return `${french`Bonjour, votre flux ne donne pas d'identifiant stable à ses aides.`} ${identifierRequest(from, evidence)} ${french`Merci !`}`;
}

type Sentence = (params: Evidence["params"]) => string;

const sentences: Record<EvidenceCode, Sentence> = {
  "name-known": (p) => french`« ${p.path} » est un nom habituel`,
  "name-only": (p) => french`« ${p.path} » est vide dans ce fichier : choisi pour son nom`,
  "no-known-name": (p) => french`« ${p.path} » ne porte pas un nom connu : repris pour que rien ne se perde`,
  "values-fit": (p) => french`${p.share} % des valeurs de « ${p.path} » se lisent ainsi`,
  "terms-known": (p) => french`${counted(p.known, "mot connu", "mots connus")} sur ${p.of}`,
  given: () => "choisi par vous",
  usual: () => french`aucun champ ne le dit : valeur habituelle, à confirmer`,
  "also-elsewhere": (p) => french`tiré du champ qui sert à « ${fieldNameOrKey(String(p.field))} »`,
  platform: (p) => french`tous les flux de ce type (${platformLabel(String(p.name))}) l'ont`,
  "several-fields": (p) => french`${p.count} champs mis ensemble`,
  "part-of": (p) => french`une partie de « ${p.path} »`,
  html: () => "texte mis en page (HTML)",
  markdown: () => "texte mis en page (Markdown)",
  "line-breaks": () => "texte simple avec des retours à la ligne",
  separated: (p) => french`liste dans une cellule, séparée par « ${p.separator} »`,
  "json-in-cell": () => "données structurées (JSON) dans une cellule",
  roles: (p) => french`organismes dont le rôle est « ${p.role} » dans « ${p.path} »`,
  "day-first": (p) => french`jour d'abord : ${p.example}`,
  "month-first": (p) => french`mois d'abord : ${p.example}`,
  "day-or-month": () => french`jour ou mois d'abord ? Aucune valeur ne le dit : nous avons pris le jour`,
  "both-orders": (p) => french`jour d'abord et mois d'abord dans le même champ : ${p.example}, ${p.other} ; à demander au producteur`,
  "several-formats": (p) => french`plusieurs écritures : ${p.formats}`,
  "midnight-in-utc": (p) => french`${p.hour} en temps universel est minuit à Paris : la date est celle de Paris`,
  "zone-not-meant": (p) => french`${p.hour} marque la fin d'un jour : la date est celle qui est écrite`,
  "no-end": (p) => french`${p.text} veut dire « sans fin »`,
  "not-all-read": (p) => french`${p.share} % se lisent, mais pas « ${p.example} »`,
  unique: (p) => french`${counted(p.count, "valeur")}, toutes différentes`,
  shared: (p) =>
    isPlural(Number(p.shared))
      ? french`${p.shared} enregistrements sur ${p.count} ont la même valeur qu'un autre : ils seraient perdus`
      : french`${p.shared} enregistrement sur ${p.count} a la même valeur qu'un autre : il serait perdu`,
  "sometimes-empty": (p) => french`${counted(p.missing, "enregistrement")} sans valeur : ils seraient perdus`,
  "row-number": () => french`numéro d'ordre dans le fichier : une aide ajoutée au milieu change tous les suivants`,
  "made-by-machine": () => french`attribué par une machine : une aide ressaisie en reçoit un autre`,
  "holds-path": () => french`contient un chemin du site du producteur : si le site change, l'identifiant change`,
  "is-link": () => french`c'est un lien : une page déplacée passe pour une autre aide`,
  "is-title": () => french`fait à partir du titre : un titre corrigé passe pour une autre aide`,
  "is-date": () => french`c'est une date : deux aides du même moment n'en feraient qu'une`,
  "is-text": () => french`c'est un texte, que l'on réécrit`,
  "given-anew": (p) => french`« ${p.path} » est redonné à chaque publication : toutes les aides reviendraient une deuxième fois`,
  stable: (p) => french`${p.share} % des aides de l'ancien fichier l'ont encore`,
  changed: (p) => french`${p.share} % seulement des aides de l'ancien fichier l'ont encore`,
  "few-records": (p) => french`${counted(p.count, "enregistrement")} seulement : on ne sait pas encore ce qui restera unique`,
  "only-first-records": (p) => french`les ${p.looked} premiers enregistrements sur ${p.received} ont été regardés`,
  "records-broken": (p) => french`${counted(p.count, "enregistrement illisible", "enregistrements illisibles")}`,
  "cut-short": (p) => french`le fichier s'interrompt ou est abîmé après ${counted(p.received, "enregistrement")}`,
  "announced-differs": (p) =>
    french`le flux annonce ${p.announced} enregistrements et en contient ${p.received} : y a-t-il d'autres pages ?`,
  "header-row": (p) => french`les titres des colonnes sont à la ligne ${p.row}`,
  "hints-below": (p) => french`${counted(p.rows, "ligne")} d'explications sous les titres : laissées de côté`,
  "header-rows": (p) => french`les titres des colonnes sont sur ${p.rows} lignes à partir de la ligne ${p.row}, réunis par « > »`,
  "totals-left-out": (p) => french`${counted(p.rows, "ligne")} de total : laissées de côté`,
  "banners-left-out": (p) => french`${counted(p.rows, "ligne")} dont une seule case est remplie (intertitre ou note) : laissées de côté`,
  "banner-field": (p) => french`l'intertitre au-dessus de chaque groupe est lu dans « ${p.field} »`,
  "filled-down": (p) => french`des cases de ${p.columns} sont fusionnées : les cases vides de la colonne reprennent celle du dessus`,
  "hidden-cells": (p) =>
    french`le fichier a des lignes ou des colonnes masquées, lues comme les autres (lignes : ${p.rows} ; colonnes : ${p.columns || "aucune"})`,
  "colours-ignored": () => french`les cases d'une même colonne ont plusieurs couleurs : leur sens n'est pas lu`,
  "sheets-joined": (p) =>
    french`les feuilles ${p.sheets} ont les mêmes colonnes : elles sont lues à la suite, avec leur nom dans « ${p.field} »`,
  "keyed-records": (p) => french`chaque enregistrement est rangé sous une clé, lue dans « ${p.field} »`,
  "file-field": (p) => french`tous les fichiers de l'archive sont lus, avec leur nom dans « ${p.field} »`,
  "other-lists": (p) => french`les enregistrements sont pris dans « ${p.path} » ; autres listes : ${p.others}`,
  "pages-compared": (p) =>
    french`${counted(p.count, "page lue", "pages lues")} sur les ${p.of} de la liste : leurs titres et leurs libellés communs sont devenus des champs`,
  "other-sheets": (p) => french`les aides sont prises dans la feuille « ${p.sheet} » ; autres feuilles : ${p.others}`,
  "not-for-publication": (p) => french`« ${p.path} » n'est pas à publier, d'après son nom : il n'est pas lu`,
  drafts: (p) => french`les enregistrements dont « ${p.path} » est ${p.states} sont laissés de côté`,
  placeholder: (p) => french`« ${p.text} » veut dire « rien »`,
  "unreachable-key": () => french`une colonne sans titre ne peut pas être lue`,
  "older-unread": () => french`l'ancien fichier n'est pas écrit comme celui-ci : il n'apprend rien`,
  schema: (p) => french`ses colonnes sont celles de ${p.name} : ${p.columns}`,
  "names-recipients": (p) => french`« ${p.path} » nomme ceux qui ont reçu une aide : ${p.example}`,
  "registered-recipients": (p) => french`« ${p.path} » donne un SIREN ou un SIRET à chaque ligne : ${p.example}`,
  "amounts-granted": (p) => french`« ${p.path} » donne un montant à chaque ligne : ${p.example}`,
  "days-of-decision": (p) => french`« ${p.path} » donne des dates de décision ou de versement : ${p.example}`,
  "year-of-each": (p) => french`« ${p.path} » donne des années : ${p.example}`,
  "projects-named": (p) => french`« ${p.path} » nomme des projets : ${p.example}`,
  "organisations-as-titles": (p) => french`« ${p.path} » contient des noms d'organismes ou de personnes : ${p.example}`,
  addresses: (p) => french`des adresses postales : ${p.path}`,
  "codes-with-labels": (p) => french`des codes et leurs libellés : ${p.path}`,
  "mostly-numbers": (p) => french`${p.share} % des champs sont des nombres`,
  "aids-for-whom": (p) => french`« ${p.path} » dit à qui l'aide s'adresse : ${p.example}`,
  "kinds-of-aid": (p) => french`« ${p.path} » dit de quel type d'aide il s'agit : ${p.example}`,
  deadlines: (p) => french`des dates limites : ${p.path}`,
  "conditions-written": (p) => french`des conditions à remplir : ${p.path}`,
  described: (p) => french`des descriptions : ${p.path}`,
  "page-of-each": (p) => french`« ${p.path} » renvoie à une page par ligne`,
  "titles-of-aids": (p) => french`« ${p.path} » contient des titres d'aides : ${p.example}`,
  "titles-of-calls": (p) => french`« ${p.path} » contient des titres d'appels à projets : ${p.example}`,
  "calls-named": (p) => french`« ${p.path} » nomme des appels : ${p.example}`,
  "nothing-typical": () => french`aucun champ n'est typique d'aides, de subventions versées, de projets, d'organismes ou de codes`,
};

/** Returns an argument for or against a proposal, without capital or full stop. */
export function evidenceMessage({ code, params }: Evidence): string {
  return sentences[code](params);
}

const fileKinds: Readonly<Record<FileKind, string>> = {
  aids: "une liste d'aides",
  calls: "une liste d'appels à projets",
  "grants-paid": "une liste de subventions déjà versées",
  projects: "une liste de projets",
  organisations: "une liste d'organismes",
  nomenclature: "une nomenclature",
  activities: "une liste d'activités d'aide au développement (IATI)",
  statistics: "des statistiques",
  unknown: "un fichier que nous ne reconnaissons pas",
};

/** Returns what a file contains, with its article. */
export function fileKindLabel(kind: FileKind): string {
  return french`${fileKinds[kind]}`;
}

/** Returns how certain a proposal is, in words. */
export function certaintyLabel(certainty: number): string {
  if (certainty >= 0.85) return "sûr";
  if (certainty >= 0.65) return "probable";
  return certainty >= 0.4 ? "à vérifier" : "incertain";
}

/** Returns the label of one of our fields in a form. */
export function fieldLabel(field: OwnField): string {
  return capitalize(field === "externalId" ? "identifiant du producteur" : fieldNameOrKey(field));
}

const kindNames: Readonly<Record<ValueKind, string>> = {
  empty: "aucune valeur",
  "yes-no": "oui ou non",
  number: "nombre",
  date: "date",
  link: "lien",
  email: "adresse électronique",
  phone: "numéro de téléphone",
  json: "données structurées (JSON)",
  html: "texte mis en page (HTML)",
  markdown: "texte mis en page (Markdown)",
  lines: "texte de plusieurs lignes",
  text: "texte long",
  line: "texte court",
};

const texts: ReadonlySet<ValueKind> = new Set(["html", "markdown", "lines", "text", "line"]);

/** Returns what the values of a field look like: kind, date format, separator and length. */
export function valuesMessage({ kind, dateFormats, separator, isList, medianLength, longest }: FieldProfile): string {
  const length = french`${counted(medianLength, "caractère")} en général, ${longest} au plus`;
  return [
    kindNames[kind],
    ...(kind === "date" && dateFormats.length > 0 ? [french`écrite ${dateFormats.map(dateFormatLabel).join(" ou ")}`] : []),
    ...(separator !== null ? [french`liste séparée par « ${separatorName(separator)} »`] : isList ? ["liste"] : []),
    ...(texts.has(kind) && separator === null ? [length] : []),
  ].join(", ");
}

function separatorName(separator: string): string {
  return separator === "\n" ? "retour à la ligne" : separator.trim() || "espace";
}

/** The name of a language that a survey recognises. */
export const languageNames = { fr: "français", en: "anglais", es: "espagnol", de: "allemand" } as const;
