import type { Role } from "../../../../model/publisher/role.ts";
import type { OfConnector } from "../../../../model/run/digest.ts";
import type { Tone } from "../../../parts/badge.tsx";

/** The kinds of decisions, most urgent first, with their labels. */
export const cardKinds = {
  machine: ["error", "panne de machine"],
  "missing-runs": ["error", "collectes manquantes"],
  failed: ["error", "en échec, de notre fait"],
  abandoned: ["error", "collecte interrompue"],
  "refused-file": ["error", "définition refusée"],
  gone: ["error", "définition disparue"],
  held: ["warning", "retenue"],
  requested: ["info", "application demandée"],
  unreadable: ["error", "flux illisible"],
  refused: ["error", "accès refusé"],
  "stopped-early": ["error", "flux interrompu"],
  unreachable: ["error", "injoignable"],
  late: ["warning", "en retard"],
  "first-run": ["new", "première collecte à lire"],
  expiring: ["warning", "ferment cette semaine"],
  reports: ["warning", "erreurs signalées"],
  proposed: ["warning", "proposé par un producteur"],
  promised: ["warning", "correction promise"],
  action: ["info", "action prévue"],
  "file-due": ["info", "fichier attendu"],
  silent: ["warning", "silencieux"],
  "look-at": ["new", "à regarder"],
  words: ["info", "mots nouveaux"],
  trials: ["info", "essai à enregistrer"],
  duplicates: ["info", "doublons probables"],
  "dead-links": ["info", "liens morts"],
  expired: ["info", "échues avant relecture"],
  drafts: ["info", "brouillons à finir"],
  paused: ["neutral", "en pause"],
} as const satisfies Readonly<Record<string, readonly [Tone, string]>>;

/** The kind of a decision. */
export type CardKind = keyof typeof cardKinds;

/** The kinds in the order of their cards. */
export const kindsInOrder = Object.keys(cardKinds) as readonly CardKind[];

/** An act of a card: a form that is posted, or a page that opens. `effect`: its result, and whether it can be undone. */
export interface CardAct {
  readonly label: string;
  /** The lowest role that may do it. */
  readonly who: Role;
  readonly effect: string;
  readonly href?: string;
  /** Path that the form is posted to. */
  readonly action?: string;
  readonly fields?: Readonly<Record<string, string | readonly string[]>>;
}

/** The aids that a card concerns: those of a connector, changed by a plan, missing from its feed, or named ones. */
export type ConcernedAids =
  | { readonly of: "connector"; readonly connector: string }
  | { readonly of: "plan" | "absences"; readonly planId: string; readonly connector: string }
  | { readonly of: "deadlines"; readonly from: string; readonly to: string };

/** A decision that waits for a person. */
export interface Card {
  readonly kind: CardKind;
  /** Identifies the decision while its cause lasts: a new cause has a new key. */
  readonly key: string;
  /** Null if it concerns no single connector. */
  readonly connector: string | null;
  /** Name of the connector or publisher, or a short title. */
  readonly who: string;
  readonly whoHref: string | null;
  /** The cause, in one sentence. */
  readonly cause: string;
  /** Further sentences: what changed, since when, whether it was seen before. */
  readonly evidence: readonly string[];
  /** The recommended act comes first. */
  readonly acts: readonly CardAct[];
  readonly aids: ConcernedAids | null;
}

/** Contents of a card; the others have defaults. */
type CardGiven = Pick<Card, "kind" | "key" | "cause" | "acts"> & Partial<Card>;

/** Returns a card about a connector, which by default concerns all its aids. */
export function connectorCard({ connector, publisher }: OfConnector, given: CardGiven): Card {
  const aids = { of: "connector", connector } as const;
  return { connector, who: publisher, whoHref: `/connecteurs/${connector}`, evidence: [], aids, ...given };
}

/** Returns a card about `count` things that concerns no single connector, or nothing without any. */
export function countCard(count: number, given: CardGiven & Pick<Card, "who">): readonly Card[] {
  return count === 0 ? [] : [{ connector: null, whoHref: null, evidence: [], aids: null, ...given }];
}

/** Returns the HTML id of a card. */
export function cardId({ key }: Pick<Card, "key">): string {
  return `carte-${key.replace(/[^\w-]+/g, "-")}`;
}

/** Returns an act that opens a page. */
export function open(label: string, href: string, { who = "read", effect = "" }: Partial<Pick<CardAct, "who" | "effect">> = {}): CardAct {
  return { who, effect, label, href };
}

/** Returns the act that starts a run of a connector. */
export function runAgain(connector: string, label = "Relancer la collecte"): CardAct {
  return {
    label,
    who: "ops",
    action: `/connecteurs/${connector}/lancer`,
    effect: "Le flux est demandé de nouveau, tout de suite. Si rien ne retient la collecte, elle s’applique, et pourra être défaite.",
  };
}

/** Returns the act that starts a letter to the publisher of a connector. */
export function writeToPublisher(connector: string): CardAct {
  return {
    label: "Écrire au producteur",
    who: "bizdev",
    action: `/connecteurs/${connector}/courriers`,
    effect: "Une lettre est commencée avec ce qui a été constaté. Rien n’est envoyé avant votre relecture.",
  };
}

/** Returns the act that pauses a connector. */
export function pause(connector: string): CardAct {
  return {
    label: "Mettre en pause",
    who: "ops",
    action: `/connecteurs/${connector}/pause`,
    effect: "Le calendrier ne le collecte plus avant la reprise.",
  };
}
