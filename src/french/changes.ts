import type { ChangeKind, FieldAction, MatchReason } from "../model/plan/plan.ts";
import { french, isPlural } from "./typography.ts";

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

/** Where a change stands: it was made, it is to be made, or its plan was closed without it. */
export type ChangeStanding = "done" | "to-do" | "left";

/** What is done with a field, in a word. */
const actions: Readonly<Record<FieldAction, Readonly<Record<ChangeStanding, string>>>> = {
  apply: { done: "appliqué", "to-do": "à appliquer", left: "non appliqué" },
  propose: { done: "proposé", "to-do": "à proposer", left: "non proposé" },
  keep: { done: "gardé", "to-do": "à garder", left: "gardé" },
  fill: { done: "rempli", "to-do": "à remplir", left: "non rempli" },
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

/** What was done with a field, is to be done, or was not done, in a word. */
export function fieldActionName(action: FieldAction, standing: ChangeStanding = "done"): string {
  return actions[action][standing];
}

/** Why two records are taken for the same aid. */
export function matchReasonName(reason: MatchReason): string {
  return reasons[reason];
}
