import { measureFixture } from "../../src/ingest/run-fixture.ts";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import type { TermFileName, TermLookup } from "../../src/kit/rules/rule-context.ts";
import { type LossKind, lossKinds } from "../../src/model/run/losses.ts";

/** Figures about a connector's feed. */
export interface FeedFigures {
  readonly received: number;
  readonly valid: number;
  readonly rejected: number;
  readonly skipped: number;
  readonly outOfScope: number;
  /** Number of issues by `code` or `code:field`; for rejected records, by reason. */
  readonly issues: Readonly<Record<string, number>>;
  readonly unreadFields: readonly string[];
  /** Links, dates, words… of the records, and how many of them are nowhere in the aids. */
  readonly losses: Readonly<Partial<Record<LossKind, { readonly found: number; readonly lost: number }>>>;
  /**
   * Number of different mapped and unmapped terms by vocabulary. A term is mapped by a term file or one of our labels. Names of
   * organisations are not terms.
   */
  readonly terms: Readonly<Record<string, { readonly mapped: number; readonly unmapped: readonly string[] }>>;
}

/** Runs feeds through decode, map and validate of a connector, and counts the results. */
export async function feedFigures(connector: LoadedConnector, feeds: readonly string[]): Promise<FeedFigures> {
  const asked = new Map<TermFileName, Set<string>>();
  const terms: TermLookup = {
    targetsOf(file, term) {
      const targets = connector.terms.targetsOf(file, term);
      if (targets !== undefined && file !== "financers") asked.set(file, (asked.get(file) ?? new Set()).add(term.trim().toLowerCase()));
      return targets;
    },
  };
  const sum = { received: 0, valid: 0, rejected: 0, skipped: 0, outOfScope: 0 };
  const lost: Partial<Record<LossKind, { found: number; lost: number }>> = {};
  const issues = new Map<string, number>();
  const unread = new Set<string>();
  const unmapped = new Map<string, Set<string>>();
  const count = (key: string) => issues.set(key, (issues.get(key) ?? 0) + 1);
  for (const feed of feeds) {
    const { result, losses } = await measureFixture({ ...connector, terms }, feed);
    for (const kind of lossKinds) {
      const total = losses.totals[kind];
      if (total !== undefined) lost[kind] = { found: total.found + (lost[kind]?.found ?? 0), lost: total.lost + (lost[kind]?.lost ?? 0) };
    }
    sum.received += result.received;
    sum.valid += result.aids.length;
    sum.rejected += result.rejected.length;
    sum.skipped += Object.values(result.skippedBy).reduce((total, skipped) => total + skipped, 0);
    sum.outOfScope += result.aids.filter(({ outOfScope }) => outOfScope !== null).length;
    for (const { code, field } of result.issues) count(field === null ? code : `${code}:${field}`);
    for (const { reasons } of result.rejected) for (const code of reasons) count(code);
    for (const field of result.unreadFields) unread.add(field);
    for (const { vocabulary, term } of result.unmappedTerms) unmapped.set(vocabulary, (unmapped.get(vocabulary) ?? new Set()).add(term));
  }
  const names = [...new Set([...asked.keys(), ...unmapped.keys()])].sort();
  return {
    ...sum,
    issues: Object.fromEntries([...issues].sort(([a], [b]) => (a < b ? -1 : 1))),
    unreadFields: [...unread],
    losses: lost,
    terms: Object.fromEntries(
      names.map((name) => [name, { mapped: asked.get(name as TermFileName)?.size ?? 0, unmapped: [...(unmapped.get(name) ?? [])].sort() }]),
    ),
  };
}
