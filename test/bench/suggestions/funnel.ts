import type { AidContent, AidField } from "../../../src/model/aid/aid.ts";
import { missingForPublication } from "../../../src/model/aid/publishable.ts";
import type { Suggestion } from "../../../src/model/aid/suggestion.ts";
import { isSure } from "../../../src/suggest/is-sure.ts";
import type { LabelledAid, Neighbourhood } from "../../../src/suggest/neighbours/neighbourhood.ts";
import { type DefaultsSource, type ProposedDefault, proposeDefaults, suggestDefault } from "../../../src/suggest/propose-defaults.ts";
import { suggestFor } from "../../../src/suggest/suggest-for.ts";

/** Number of aids that lack a field, by the best help for it. */
interface FieldHelp {
  readonly lacking: number;
  sure: number;
  byDefault: number;
  unsure: number;
  none: number;
}

/** How far suggestions bring the aids of a feed to publication. */
export interface Funnel {
  readonly aids: number;
  /** Numbers of aids that lack nothing: as received, with sure suggestions, with defaults too, and with all suggestions. */
  readonly publishable: { received: number; sure: number; defaults: number; all: number };
  readonly fields: Map<AidField, FieldHelp>;
  /** Fields that still lack a value after sure suggestions and defaults -> number of aids. */
  readonly holding: Map<AidField, number>;
  readonly defaults: readonly ProposedDefault[];
  /** CPU time of the suggestions. */
  readonly seconds: number;
}

/** Suggests values for all aids of a feed, and counts the aids that would be publishable. */
export function funnelOf(source: DefaultsSource, aids: readonly LabelledAid[], neighbourhood: Neighbourhood): Funnel {
  const contents = aids.map(({ content }) => content);
  const started = process.cpuUsage();
  const suggested = contents.map((content) => suggestFor(content, neighbourhood));
  const { user, system } = process.cpuUsage(started);
  const seconds = (user + system) / 1_000_000;
  const defaults = proposeDefaults(source, contents, neighbourhood);
  const publishable = { received: 0, sure: 0, defaults: 0, all: 0 };
  const fields = new Map<AidField, FieldHelp>();
  const holding = new Map<AidField, number>();
  for (const [place, content] of contents.entries()) {
    const own = suggested[place] ?? [];
    const sure = own.filter(isSure);
    const byDefault = defaults.flatMap((proposed) => suggestDefault(proposed, content) ?? []);
    const withSure = filledBy(content, sure);
    const withDefaults = filledBy(withSure, byDefault);
    const withAll = filledBy(withDefaults, own);
    const missing = [content, withSure, withDefaults, withAll].map((one) => missingForPublication(one));
    for (const [step, key] of (["received", "sure", "defaults", "all"] as const).entries())
      if (missing[step]?.length === 0) publishable[key]++;
    for (const field of missing[2] ?? []) holding.set(field, (holding.get(field) ?? 0) + 1);
    for (const field of missing[0] ?? []) {
      const help = fields.get(field) ?? { lacking: 0, sure: 0, byDefault: 0, unsure: 0, none: 0 };
      const [, afterSure = [], afterDefaults = [], afterAll = []] = missing;
      const best = !afterSure.includes(field)
        ? "sure"
        : !afterDefaults.includes(field)
          ? "byDefault"
          : !afterAll.includes(field)
            ? "unsure"
            : "none";
      fields.set(field, { ...help, lacking: help.lacking + 1, [best]: help[best] + 1 });
    }
  }
  return { aids: aids.length, publishable, fields, holding, defaults, seconds };
}

/** Fills the empty fields of an aid with suggestions, the best of each field. */
function filledBy(content: AidContent, suggestions: readonly Suggestion[]): AidContent {
  const filled: Record<string, unknown> = { ...content };
  const done = new Set<AidField>();
  for (const { field, value } of suggestions) {
    const isEmpty = filled[field] === null || (Array.isArray(filled[field]) && filled[field].length === 0);
    if (isEmpty && !done.has(field)) filled[field] = value;
    done.add(field);
  }
  return filled as AidContent;
}
