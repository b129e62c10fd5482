import { type FieldLoss, type Losses, type LossGroup, type LossKind, lossKinds } from "../../model/run/losses.ts";

/** Maximum number of fields that are counted. A hostile feed may contain a million. */
const maxGroups = 2000;
const maxExamples = 3;
/** Number of fields per kind in the report. */
const groupsPerKind = 8;

type GroupBeingCounted = LossGroup & { found: number; lost: number; records: number; readonly examples: LossGroup["examples"][number][] };

/** Sums up the losses of compared records in constant memory. */
export class LossTally {
  #measured = 0;
  readonly #totals = new Map<LossKind, { found: number; lost: number }>();
  readonly #groups = new Map<string, GroupBeingCounted>();

  /** Counts a compared record. */
  add(locator: string, fields: readonly FieldLoss[]): void {
    this.#measured++;
    for (const { path, kind, found, lost } of fields) {
      const total = this.#totals.get(kind) ?? { found: 0, lost: 0 };
      total.found += found;
      total.lost += lost.length;
      this.#totals.set(kind, total);
      const group = this.#groupOf(path, kind);
      if (group === undefined) continue;
      group.found += found;
      group.lost += lost.length;
      if (lost.length > 0) group.records++;
      // One example of each record shows more than several of one.
      const [value] = lost;
      if (value !== undefined && group.examples.length < maxExamples && !group.examples.some((example) => example.value === value))
        group.examples.push({ locator, value });
    }
  }

  #groupOf(path: string, kind: LossKind): GroupBeingCounted | undefined {
    const key = `${kind} ${path}`;
    const known = this.#groups.get(key);
    if (known !== undefined || this.#groups.size >= maxGroups) return known;
    const group = { path, kind, found: 0, lost: 0, records: 0, examples: [] };
    this.#groups.set(key, group);
    return group;
  }

  /** Returns the totals and the greatest losses. */
  summary(): Losses {
    const groups = [...this.#groups.values()].filter(({ lost }) => lost > 0).sort((a, b) => b.lost - a.lost || (a.path < b.path ? -1 : 1));
    return {
      measured: this.#measured,
      totals: Object.fromEntries(lossKinds.flatMap((kind) => [[kind, this.#totals.get(kind)] as const]).filter(([, total]) => total)),
      groups: lossKinds.flatMap((kind) => groups.filter((group) => group.kind === kind).slice(0, groupsPerKind)),
    };
  }
}
