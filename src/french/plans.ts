import type { UndoRefusal, UndoRefusalCode } from "../model/plan/objection.ts";
import type { ChangeKind, FieldAction, MatchReason } from "../model/plan/plan.ts";
import type { RemarkCode } from "../model/plan/remark.ts";
import { frenchDay } from "./dates.ts";
import { french, isPlural } from "./typography.ts";

/** Remarks of a plan on aids: singular and plural. */
const remarks: Readonly<Record<RemarkCode | "re-identified", readonly [one: string, many: (count: number) => string]>> = {
  "re-identified": [
    "1 aide arrive sous un nouvel identifiant et reste la même aide",
    (n) => french`${n} aides arrivent sous un nouvel identifiant et restent les mêmes aides`,
  ],
  spared: [
    french`1 aide est laissée telle quelle, en tout ou en partie : une personne ou une collecte plus récente y a touché depuis`,
    (n) =>
      french`${n} aides sont laissées telles quelles, en tout ou en partie : une personne ou une collecte plus récente y a touché depuis`,
  ],
  "doubtful-pair": [
    french`2 enregistrements sont peut-être la même aide : ce n'est pas assez sûr, une personne en décide`,
    (n) => french`${n} paires d'enregistrements sont peut-être chacune la même aide : ce n'est pas assez sûr, une personne en décide`,
  ],
  "our-own": [
    french`1 aide de notre propre catalogue revient par ce flux : elle n'est pas prise une seconde fois`,
    (n) => french`${n} aides de notre propre catalogue reviennent par ce flux : elles ne sont pas prises une seconde fois`,
  ],
  "renamed-rejected": [
    french`1 aide qu'une personne a rejetée ou fusionnée revient sous un autre identifiant : elle n'est pas reprise`,
    (n) => french`${n} aides qu'une personne a rejetées ou fusionnées reviennent sous un autre identifiant : elles ne sont pas reprises`,
  ],
  "linked-elsewhere": [
    "1 nouvelle aide est rattachée à une aide d’un autre connecteur",
    (n) => french`${n} nouvelles aides sont rattachées à des aides d’autres connecteurs`,
  ],
  "known-elsewhere": [
    "1 nouvelle aide est déjà au catalogue, par un autre connecteur",
    (n) => french`${n} nouvelles aides sont déjà au catalogue, par un autre connecteur`,
  ],
  "contradicts-elsewhere": [
    "1 aide modifiée contredit son autre source",
    (n) => french`${n} aides modifiées contredisent leurs autres sources`,
  ],
  "maybe-elsewhere": [
    "1 nouvelle aide est peut-être déjà au catalogue : une personne en décide",
    (n) => french`${n} nouvelles aides sont peut-être déjà au catalogue : une personne en décide`,
  ],
  "no-match": ["1 aide du site ne correspond à aucune des nôtres", (n) => french`${n} aides du site ne correspondent à aucune des nôtres`],
  "not-in-file": [
    "1 aide n’est pas dans le nouveau fichier : elle reste telle quelle",
    (n) => french`${n} aides ne sont pas dans le nouveau fichier : elles restent telles quelles`,
  ],
  "territory-changed": ["1 territoire change avec la nouvelle édition", (n) => french`${n} territoires changent avec la nouvelle édition`],
};

/** Returns a remark on `count` aids, in one sentence without capital or full stop. */
export function remarkMessage(code: RemarkCode | "re-identified", count: number): string {
  const [one, many] = remarks[code];
  return isPlural(count) ? many(count) : one;
}

/** A kind of change: the noun, then the participle for one aid and for several. */
const kinds: Readonly<Record<ChangeKind, readonly [act: string, one: string, many: string]>> = {
  create: ["création", "créée", "créées"],
  update: ["modification", "modifiée", "modifiées"],
  withdraw: ["retrait", "retirée", "retirées"],
  restore: ["rétablissement", "rétablie", "rétablies"],
  "re-identify": ["nouvel identifiant", "sous un nouvel identifiant", "sous un nouvel identifiant"],
  remove: ["suppression", "supprimée du catalogue", "supprimées du catalogue"],
  edit: ["correction", "corrigée", "corrigées"],
  publish: ["publication", "publiée", "publiées"],
  unpublish: ["dépublication", "dépubliée", "dépubliées"],
  reject: ["rejet", "rejetée", "rejetées"],
  merge: ["fusion", "fusionnée dans une autre", "fusionnées dans une autre"],
  split: ["séparation", "séparée d’une autre", "séparées d’une autre"],
  accept: ["proposition acceptée", "avec une proposition acceptée", "avec une proposition acceptée"],
  refuse: ["proposition refusée", "avec une proposition refusée", "avec une proposition refusée"],
  confirm: ["confirmation", "confirmée", "confirmées"],
  suspend: ["suspension", "suspendue", "suspendues"],
  adopt: ["reprise du site", "reprise du site", "reprises du site"],
  "choose-source": ["choix d’une source", "avec une autre source choisie", "avec une autre source choisie"],
};

/** Whether a change was applied, is pending, or was left out when its plan was closed. */
export type ChangeStage = "done" | "to-do" | "left";

/** What happens to a field, in a word. */
const actions: Readonly<Record<FieldAction, Readonly<Record<ChangeStage, string>>>> = {
  apply: { done: "appliqué", "to-do": "à appliquer", left: "non appliqué" },
  propose: { done: "proposé", "to-do": "à proposer", left: "non proposé" },
  keep: { done: "gardé", "to-do": "à garder", left: "gardé" },
  fill: { done: "rempli", "to-do": "à remplir", left: "non rempli" },
};

/** Why two records are considered the same aid. */
export const matchReasonNames: Readonly<Record<MatchReason, string>> = {
  "same-import-id": "même identifiant d’import",
  "same-link": "même lien",
  "same-title": "même titre",
  "similar-title": "titre proche",
  "same-dates": "mêmes dates",
  "swapped-dates": "mêmes dates, jour et mois inversés",
  "same-text": "même texte",
  "similar-text": "texte proche",
  "same-territory": "même territoire",
  "same-financer": "même financeur",
};

/** Returns the kind of a change as a noun without article or capital: `retrait`. */
export function changeKindName(kind: ChangeKind): string {
  return kinds[kind][0];
}

/** Returns `1 aide retirée`, `12 aides retirées`. */
export function changedAidsMessage(kind: ChangeKind, count: number): string {
  const [, one, many] = kinds[kind];
  return french`${count} ${isPlural(count) ? `aides ${many}` : `aide ${one}`}`;
}

/** Returns the action on a field in a word: done, pending or left out. */
export function fieldActionName(action: FieldAction, stage: ChangeStage = "done"): string {
  return actions[action][stage];
}

/** When a missing aid is withdrawn: a day (`YYYY-MM-DD`). `isEarliest`: no run is scheduled, so that it may be later. */
interface Withdrawal {
  readonly day: string;
  readonly isEarliest: boolean;
}

/** Returns when an aid that is missing from its feed is withdrawn if it stays missing, without capital or full stop. */
export function withdrawalMessage(aid: {
  readonly isWithdrawn: boolean;
  readonly hasOtherSource: boolean;
  readonly withdrawal: Withdrawal | null;
}): string {
  if (aid.isWithdrawn) return "retirée par ce plan";
  if (aid.hasOtherSource) return "aucun : une autre source l’apporte";
  if (aid.withdrawal === null) return "date inconnue";
  return french`${aid.withdrawal.isEarliest ? "au plus tôt le" : "le"} ${frenchDay(aid.withdrawal.day)}`;
}

/**
 * Returns what happens to the aids that are missing from the feed of a plan. `newly`: those that the feed before still contained;
 * `withdrawal`: when these are withdrawn, or null if unknown.
 */
export function missingAidsMessage(count: number, newly: number, withdrawal: Withdrawal | null): string {
  const before = count - newly;
  const when =
    withdrawal === null ? "après leur délai" : french`${withdrawal.isEarliest ? "au plus tôt le" : "le"} ${frenchDay(withdrawal.day)}`;
  const first = isPlural(newly)
    ? french`Si vous appliquez ce plan, ${newly} aides restent au catalogue pour l'instant ; elles seront retirées ${when} si elles restent absentes du flux.`
    : french`Si vous appliquez ce plan, 1 aide reste au catalogue pour l'instant ; elle sera retirée ${when} si elle reste absente du flux.`;
  const others = isPlural(before)
    ? french`${before} ${newly > 0 ? "autres" : "aides"} manquaient déjà dans le flux précédent : le tableau donne la date de leur retrait.`
    : french`1 ${newly > 0 ? "autre" : "aide"} manquait déjà dans le flux précédent : le tableau donne la date de son retrait.`;
  return [...(newly > 0 ? [first] : []), ...(before > 0 ? [others] : [])].join(" ");
}

type Sentence = (params: UndoRefusal["params"], isRun: boolean) => string;

const refusals: Readonly<Record<UndoRefusalCode, Sentence>> = {
  "is-undo": ({ connector }) =>
    connector === undefined
      ? french`ce plan en défait déjà un autre, et ne se défait pas : refaites ce qu'il a repris`
      : french`ce plan défait déjà une collecte, et ne se défait pas : relancez plutôt la collecte de ${connector}`,
  "still-open": (_, isRun) => french`${planWord(isRun)} n'est pas appliqué, il n'y a donc rien à défaire ; vous pouvez l'écarter`,
  "never-applied": (_, isRun) => french`${planWord(isRun)} n'a jamais été appliqué : il n'y a rien à défaire`,
  "changed-nothing": (_, isRun) => french`${planWord(isRun)} n'a modifié aucune aide : il n'y a rien à défaire`,
  undone: (_, isRun) => french`${isRun ? "cette collecte a déjà été défaite" : "ce plan a déjà été défait"}`,
  "undo-open": (_, isRun) =>
    french`un plan qui défait ${isRun ? "cette collecte" : "ce plan"} est déjà prêt : il ne reste qu'à l'appliquer, ou à l'écarter`,
};

/**
 * Returns why something cannot be undone and what to do instead, in one sentence without capital or full stop. The caller links to the
 * plans.
 */
export function undoRefusalMessage({ code, params }: UndoRefusal): string {
  return refusals[code](params, params.run !== undefined);
}

function planWord(isRun: boolean): string {
  return isRun ? "le plan de cette collecte" : "ce plan";
}
