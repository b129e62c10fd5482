import type { ChangeKind, FieldAction, MatchReason } from "../aid/plan.ts";
import { french, isPlural } from "./fr-typography.ts";

/** A kind of change: the act, what becomes of one aid, of several. */
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
};

/** What is done with a field: once it is done, and before. */
const actions: Readonly<Record<FieldAction, readonly [done: string, toDo: string]>> = {
  apply: ["appliqué", "à appliquer"],
  propose: ["proposé", "à proposer"],
  keep: ["gardé", "à garder"],
  fill: ["rempli", "à remplir"],
};

const reasons: Readonly<Record<MatchReason, string>> = {
  "same-import-id": "même identifiant d’import",
  "same-link": "même lien",
  "same-title": "même titre",
  "similar-title": "titre proche",
  "same-dates": "mêmes dates",
  "same-text": "même texte",
  "similar-text": "texte proche",
  "same-territory": "même territoire",
  "same-financer": "même financeur",
};

/** What a change does to its aid, as a noun without article or capital: `retrait`. */
export function changeKindName(kind: ChangeKind): string {
  return kinds[kind][0];
}

/** `1 aide retirée`, `12 aides retirées`. */
export function aidsChanged(kind: ChangeKind, count: number): string {
  const [, one, many] = kinds[kind];
  return french`${count} ${isPlural(count) ? `aides ${many}` : `aide ${one}`}`;
}

/** What was done with a field, or is to be done, in a word. */
export function fieldActionName(action: FieldAction, isDone = true): string {
  return actions[action][isDone ? 0 : 1];
}

/** Why two records are taken for the same aid. */
export function matchReasonName(reason: MatchReason): string {
  return reasons[reason];
}
