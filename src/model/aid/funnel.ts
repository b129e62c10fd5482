import { groupedBy } from "../collect.ts";
import type { AidField } from "./aid.ts";

/** How far the aids of a connector, or of several, have come. Each step contains the next one, from `held` on. */
export interface FunnelCounts {
  /** Records of the last applied run, and those of them that gave a valid aid. */
  readonly received: number;
  readonly valid: number;
  /** Aids in the catalogue: in review, drafts and published ones, without those out of scope, withdrawn, rejected or merged. */
  readonly held: number;
  /** Aids that lack nothing for publication, or are published. */
  readonly publishable: number;
  readonly published: number;
  /** Published aids that everybody may read: an open licence, or a confirmed legal basis. */
  readonly open: number;
}

/** The steps in order. */
export const funnelSteps = ["received", "valid", "held", "publishable", "published", "open"] as const;

export type FunnelStep = (typeof funnelSteps)[number];

/** Aids of a connector at the same step. `missing`: for aids that are not published, the fields to fill or correct first. */
export interface FunnelGroup {
  readonly connector: string;
  readonly isPublished: boolean;
  readonly isOpen: boolean;
  readonly missing: readonly AidField[];
  readonly aids: number;
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
  /** Read and publish aids that lack nothing. */
  | { readonly kind: "publish"; readonly connector: string; readonly frees: number }
  /** Fill these fields. `lack`: aids that lack the first of them. */
  | {
      readonly kind: "fill";
      readonly connector: string;
      readonly fields: readonly AidField[];
      readonly lack: number;
      readonly frees: number;
    };

export interface ConnectorFunnel {
  readonly connector: string;
  readonly counts: FunnelCounts;
  /** The most blocking field first. */
  readonly blocking: readonly BlockingField[];
  /** The act that frees most first. */
  readonly acts: readonly FunnelAct[];
}

const none: FunnelCounts = { received: 0, valid: 0, held: 0, publishable: 0, published: 0, open: 0 };

/** Returns the funnel of a connector. `last`: of its last applied run. `canConfirm`: it proposes an unconfirmed legal basis. */
export function funnelOf(
  connector: string,
  groups: readonly FunnelGroup[],
  { last, canConfirm }: { readonly last: Pick<FunnelCounts, "received" | "valid"> | null; readonly canConfirm: boolean },
): ConnectorFunnel {
  const sum = (some: readonly FunnelGroup[]) => some.reduce((total, { aids }) => total + aids, 0);
  const published = groups.filter(({ isPublished }) => isPublished);
  const waiting = groups.filter(({ isPublished }) => !isPublished);
  const complete = sum(waiting.filter(({ missing }) => missing.length === 0));
  const counts: FunnelCounts = {
    ...(last ?? none),
    held: sum(groups),
    publishable: complete + sum(published),
    published: sum(published),
    open: sum(published.filter(({ isOpen }) => isOpen)),
  };
  const blocking = blockingFields(waiting);
  const closed = counts.published - counts.open;
  const fill = bestFill(waiting, blocking);
  const acts: FunnelAct[] = [
    ...(closed === 0 ? [] : [{ kind: canConfirm ? "confirm-basis" : "ask-licence", connector, frees: closed } as const]),
    ...(complete === 0 ? [] : [{ kind: "publish", connector, frees: complete } as const]),
    ...(fill === null ? [] : [{ kind: "fill", connector, ...fill } as const]),
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

/** Maximum number of fields of one act: longer lists help nobody. */
const maxFields = 3;

/** Returns the few fields whose filling completes most aids for each field filled: one field, or those that aids lack together. */
function bestFill(
  waiting: readonly FunnelGroup[],
  blocking: readonly BlockingField[],
): { readonly fields: readonly AidField[]; readonly lack: number; readonly frees: number } | null {
  const lacking = waiting.filter(({ missing }) => missing.length > 0);
  const sets = [
    ...blocking.map(({ field }) => [field]),
    ...lacking.filter(({ missing }) => missing.length > 1 && missing.length <= maxFields).map(({ missing }) => missing),
  ];
  let best: { fields: readonly AidField[]; lack: number; frees: number } | null = null;
  for (const fields of sets) {
    const frees = lacking
      .filter(({ missing }) => missing.every((field) => fields.includes(field)))
      .reduce((sum, { aids }) => sum + aids, 0);
    if (best !== null && frees / fields.length <= best.frees / best.fields.length) continue;
    const inOrder = blocking.filter(({ field }) => fields.includes(field));
    best = { fields: inOrder.map(({ field }) => field), lack: inOrder[0]?.aids ?? 0, frees };
  }
  return best;
}

function inOrderOfGain(acts: readonly FunnelAct[]): FunnelAct[] {
  const lackOf = (act: FunnelAct) => (act.kind === "fill" ? act.lack : 0);
  return [...acts].sort(
    (a, b) => b.frees - a.frees || lackOf(b) - lackOf(a) || (a.connector < b.connector ? -1 : a.connector > b.connector ? 1 : 0),
  );
}
