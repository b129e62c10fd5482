import { groupedBy } from "../collect.ts";
import type { AidField } from "./aid.ts";
import { missingAt } from "./publishable.ts";
import { type LackingAids, orderQuestions } from "./question.ts";

/** How far the aids of a connector, or of several, have come. Each step contains the next one, from `held` on, but for `fullyDescribed`. */
export interface FunnelCounts {
  /** Records of the last applied run, and those of them that gave a valid aid. */
  readonly received: number;
  readonly valid: number;
  /** Aids in the catalogue: in review, drafts and published ones, without those out of scope, withdrawn, rejected or merged. */
  readonly held: number;
  /** Aids that lack nothing for publication, or are published. */
  readonly publishable: number;
  /** Fully described aids, published or not: a part of the publishable ones, and no step to those below. */
  readonly fullyDescribed: number;
  readonly published: number;
  /** Published aids that everybody may read: an open licence, or a confirmed legal basis. */
  readonly open: number;
}

/** The steps in order. */
export const funnelSteps = ["received", "valid", "held", "publishable", "fullyDescribed", "published", "open"] as const;

export type FunnelStep = (typeof funnelSteps)[number];

/** Aids of a connector at the same step. */
export interface FunnelGroup extends LackingAids {
  readonly isOpen: boolean;
}

/** A field that blocks aids. `alone`: aids that lack nothing else. */
interface BlockingField {
  readonly field: AidField;
  readonly aids: number;
  readonly alone: number;
}

/** An act, and the number of aids that it lets pass to the next step. */
export type FunnelAct =
  /** Confirm the legal basis of the connector. */
  | { readonly kind: "confirm-basis"; readonly connector: string; readonly frees: number }
  /** Ask the publisher for a licence: no basis is proposed. */
  | { readonly kind: "ask-licence"; readonly connector: string; readonly frees: number }
  /** Read and publish aids that lack nothing, and whose deadline is not past. */
  | { readonly kind: "publish"; readonly connector: string; readonly frees: number }
  /** Answer the questions about these fields. `lack`: aids that lack the first of them; `describes`: aids that are then fully described. */
  | {
      readonly kind: "answer";
      readonly connector: string;
      readonly fields: readonly AidField[];
      readonly lack: number;
      readonly frees: number;
      readonly describes: number;
    };

export interface ConnectorFunnel {
  readonly connector: string;
  readonly counts: FunnelCounts;
  /** The most blocking field first. */
  readonly blocking: readonly BlockingField[];
  /** The act that frees most first. */
  readonly acts: readonly FunnelAct[];
}

const none: FunnelCounts = { received: 0, valid: 0, held: 0, publishable: 0, fullyDescribed: 0, published: 0, open: 0 };

/** Returns the funnel of a connector. `last`: of its last applied run. `canConfirm`: it proposes an unconfirmed legal basis. */
export function funnelOf(
  connector: string,
  groups: readonly FunnelGroup[],
  { last, canConfirm }: { readonly last: Pick<FunnelCounts, "received" | "valid"> | null; readonly canConfirm: boolean },
): ConnectorFunnel {
  const sum = (some: readonly FunnelGroup[]) => some.reduce((total, { aids }) => total + aids, 0);
  const published = groups.filter(({ isPublished }) => isPublished);
  const waiting = groups.filter(({ isPublished }) => !isPublished);
  const ready = sum(waiting.filter(({ missing }) => missingAt("publishable", missing).length === 0));
  const counts: FunnelCounts = {
    ...(last ?? none),
    held: sum(groups),
    publishable: ready + sum(published),
    fullyDescribed: sum(groups.filter(({ missing }) => missing.length === 0)),
    published: sum(published),
    open: sum(published.filter(({ isOpen }) => isOpen)),
  };
  const blocking = blockingFields(groups);
  const closed = counts.published - counts.open;
  const toPublish = sum(waiting.filter(({ missing, isExpired }) => isExpired !== true && missingAt("publishable", missing).length === 0));
  const acts: FunnelAct[] = [
    ...(closed === 0 ? [] : [{ kind: canConfirm ? "confirm-basis" : "ask-licence", connector, frees: closed } as const]),
    ...(toPublish === 0 ? [] : [{ kind: "publish", connector, frees: toPublish } as const]),
    ...bestAnswer(connector, groups),
  ];
  return { connector, counts, blocking, acts: inOrderOfGain(acts) };
}

/** Adds up funnels: the counts, the blocking fields and the acts of all. */
export function sumOfFunnels(funnels: readonly ConnectorFunnel[]): Omit<ConnectorFunnel, "connector"> {
  return {
    counts: funnels.reduce((total, { counts }) => addCounts(total, counts), none),
    blocking: summedByField(funnels.flatMap(({ blocking }) => blocking)),
    acts: inOrderOfGain(funnels.flatMap(({ acts }) => acts)),
  };
}

function addCounts(one: FunnelCounts, other: FunnelCounts): FunnelCounts {
  return Object.fromEntries(funnelSteps.map((step) => [step, one[step] + other[step]])) as unknown as FunnelCounts;
}

function blockingFields(waiting: readonly FunnelGroup[]): BlockingField[] {
  return summedByField(
    waiting.flatMap(({ missing, aids }) => missing.map((field) => ({ field, aids, alone: missing.length === 1 ? aids : 0 }))),
  );
}

/** Adds up the aids of each field, the most blocking field first. */
function summedByField(parts: readonly BlockingField[]): BlockingField[] {
  const fields = [...groupedBy(parts, ({ field }) => field)].map(([field, found]) => ({
    field,
    aids: found.reduce((sum, { aids }) => sum + aids, 0),
    alone: found.reduce((sum, { alone }) => sum + alone, 0),
  }));
  return fields.sort((a, b) => b.aids - a.aids || b.alone - a.alone || (a.field < b.field ? -1 : 1));
}

/** Returns the first questions to answer for the aids of a connector: those that free most aids for each answer. */
function bestAnswer(connector: string, groups: readonly FunnelGroup[]): FunnelAct[] {
  const questions = orderQuestions(groups);
  const first = questions.filter(({ set }) => set === questions[0]?.set);
  const last = first.at(-1);
  if (last === undefined || last.frees.publishable + last.frees.fullyDescribed === 0) return [];
  const { publishable, fullyDescribed } = last.frees;
  const fields = first.map(({ field }) => field);
  return [{ kind: "answer", connector, fields, lack: first[0]?.aids ?? 0, frees: publishable, describes: fullyDescribed }];
}

function inOrderOfGain(acts: readonly FunnelAct[]): FunnelAct[] {
  const lackOf = (act: FunnelAct) => (act.kind === "answer" ? act.lack : 0);
  const worth = (act: FunnelAct) => act.frees + (act.kind === "answer" ? act.describes : 0);
  return [...acts].sort(
    (a, b) => worth(b) - worth(a) || lackOf(b) - lackOf(a) || (a.connector < b.connector ? -1 : a.connector > b.connector ? 1 : 0),
  );
}
