import { type AidField, aidFields } from "../model/aid/aid.ts";
import type { PublicationWarning } from "../model/aid/publication-warnings.ts";
import type { Objection, ObjectionCode } from "../model/plan/objection.ts";
import { frenchDay } from "./dates.ts";
import { fieldName } from "./fields.ts";
import { warningMessages } from "./publication.ts";
import { counted, french } from "./typography.ts";

const sentences: Readonly<Record<ObjectionCode, (p: Objection["params"]) => string>> = {
  "never-empty": (p) => french`${about(p)} ne peut pas rester vide`,
  "unknown-term": (p) => french`${about(p)} : « ${shortened(p.found)} » n'est pas un terme de la nomenclature`,
  "not-a-list": (p) => french`${about(p)} : « ${shortened(p.found)} » n'est pas une liste que nous savons lire`,
  "no-organisation": (p) =>
    french`${about(p)} : « ${shortened(p.found)} » n'est pas un organisme ; écrivez son nom, ou son nom suivi de | et d'un SIREN de neuf chiffres`,
  "no-territory": (p) => french`${about(p)} : « ${shortened(p.found)} » n'est pas un territoire que nous connaissons`,
  "not-a-date": (p) => french`${about(p)} : « ${shortened(p.found)} » n'est pas une date ; écrivez 31/12/2026`,
  "not-a-number": (p) => french`${about(p)} : « ${shortened(p.found)} » n'est pas un nombre ; écrivez des chiffres, comme 50 ou 12,5`,
  "not-yes-or-no": (p) => french`${about(p)} : répondez par oui ou par non`,
  "not-a-link": (p) =>
    french`${about(p)} : « ${shortened(p.found)} » n'est pas une adresse web ; une adresse commence par https:// ou http://`,
  "no-text-left": (p) => french`${about(p)} : il ne reste aucun texte de « ${shortened(p.found)} » une fois la mise en forme retirée`,
  "out-of-bounds": (p) => french`${about(p)} : ${boundsOf(p)}`,
  "already-so": (p) => french`${about(p)} : cette valeur est déjà affichée`,
  "not-edited": (p) => french`${about(p)} : aucune correction à reprendre`,
  "no-proposal": (p) => (p.field ? french`${about(p)} : aucune proposition n'attend` : french`aucune proposition n'attend sur cette aide`),
  "is-rejected": () => french`cette aide est rejetée : il faut d'abord la rétablir`,
  "is-merged": () => french`cette aide est fusionnée dans une autre : il faut d'abord la séparer`,
  "is-published": () => french`cette aide est déjà publiée`,
  "not-published": () => french`cette aide n'est pas publiée`,
  "missing-fields": (p) => french`avant de publier, il faut remplir ou corriger : ${fieldsOf(p.fields)}${offerOf(p)}`,
  "not-taken-off": () => french`personne n'a rejeté, retiré ou suspendu cette aide`,
  "left-its-feed": (p) => french`cette aide a quitté son flux le ${dayOf(p)} : elle reviendra avec lui`,
  "withdrawn-by": (p) => french`${p.by} a retiré cette aide le ${dayOf(p)} : il faut d'abord la rétablir`,
  "not-merged": () => french`cette aide n'est pas fusionnée`,
  "not-a-source": ({ connector, sources }) => french`${connector} n'est pas une source de cette aide : ses sources sont ${sources}`,
  "no-suggestion": (p) => french`${about(p)} : aucune valeur à proposer ; le champ est rempli, ou rien ne permet de le remplir`,
  "is-confirmed": (p) => french`${about(p)} : la suggestion est déjà acceptée`,
  "not-in-review": () => french`cette aide n'est pas en attente de relecture`,
  "has-warnings": (p) =>
    french`une personne doit d'abord la regarder : ${warningsOf(p.warnings)
      .map((one) => warningMessages[one])
      .join(", ")}`,
  warning: (p) =>
    warningsOf(p.warning)
      .map((one) => warningMessages[one])
      .join(", "),
  "into-itself": () => french`une aide ne se fusionne pas dans elle-même`,
  "into-merged": () => french`l'autre aide est elle-même fusionnée dans une troisième : choisissez celle-ci`,
  "into-rejected": () => french`l'autre aide est rejetée`,
  "into-its-own": () => french`l'autre aide est fusionnée dans celle-ci`,
  "no-courtesy-letter": (p) =>
    french`le producteur du site que lit ${p.connector} n'a pas encore reçu de lettre de courtoisie (page « Courriers » du connecteur)`,
  "licence-not-open": (p) =>
    p.licence === "agreement"
      ? french`ses données sont sous accord particulier : elle est sur le site, et ne sort en données ouvertes que si une base de réutilisation est confirmée`
      : french`la licence de ses données n'est pas connue : elle est sur le site, et ne sort en données ouvertes que si une base de réutilisation est confirmée`,
  "is-withdrawn": (p) => french`elle est retirée depuis le ${dayOf(p)} : personne ne la voit avant son retour`,
  "answers-proposal": (p) => french`la proposition du producteur qui attendait sur ce champ (${nameOf(p.field)}) est ainsi close`,
  "now-missing": (p) => french`l'aide est publiée, et il lui manque maintenant : ${fieldsOf(p.fields)}`,
};

/** Returns why an action is not possible, or a warning about its effect, in one sentence without capital or full stop. */
export function objectionMessage({ code, params }: Objection): string {
  return sentences[code](params);
}

/** Offers the suggestions that fill some of the missing fields. */
function offerOf({ suggested }: Objection["params"]): string {
  if (suggested === undefined) return "";
  return french` ; ${counted(suggested, "suggestion est", "suggestions sont")} à accepter sur la page de l'aide`;
}

/** Returns the warnings of an objection: `deadline-past, proposal-waits`. */
function warningsOf(codes = ""): PublicationWarning[] {
  return codes.split(", ") as PublicationWarning[];
}

function about(params: Objection["params"]): string {
  return nameOf(params.field);
}

/** Field names, in the format of an objection: `description, contact`. */
function fieldsOf(fields = ""): string {
  return fields.split(", ").map(nameOf).join(", ");
}

function nameOf(field = ""): string {
  return isAidField(field) ? fieldName(field) : field;
}

function isAidField(field: string): field is AidField {
  return aidFields.some((known) => known === field);
}

function dayOf({ day = "" }: Objection["params"]): string {
  return frenchDay(day);
}

/** Translates the schema's English message. */
function boundsOf({ field, found, allowed = "" }: Objection["params"]): string {
  const most = /more than (\d+) characters/.exec(allowed)?.[1];
  if (most !== undefined) return french`${Number(most)} caractères au plus`;
  if (field === "submissionDeadlineTime") return french`écrivez l'heure comme 15:00`;
  if (field === "language") return french`écrivez le code de la langue en deux lettres, comme fr`;
  if (field?.startsWith("subventionRate")) return french`un taux va de 0 à 100`;
  return french`« ${shortened(found)} » n'est pas possible ici`;
}

function shortened(text = ""): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
