import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import { isEmptyValue } from "../model/aid/aid.ts";
import { type AidField, aidFields, factsOf } from "../model/aid/field-table.ts";
import { shownContent } from "../model/aid/shown-value.ts";
import type { Suggestion } from "../model/aid/suggestion.ts";
import { suggestFor } from "../suggest/suggest-for.ts";

/** The suggestions for one field of many aids. */
export interface FieldSuggestions {
  readonly field: AidField;
  /** Number of aids with an empty field, and of those with a suggestion for it. */
  readonly empty: number;
  readonly suggested: number;
  /** The first suggestions. */
  readonly sample: readonly AidSuggestion[];
}

/** Returns true for an aid that is, or may be, on the site: suggestions for others help nobody. */
export function takesSuggestions(aid: CuratedAid): boolean {
  const isKept = aid.status === "reviewable" || aid.status === "draft" || aid.status === "published";
  return isKept && aid.withdrawnAt === null && (aid.status === "published" || shownContent(aid).outOfScope === null);
}

/** Groups the suggestions for aids by field, in the order of the schema. `samples`: suggestions per field that are returned. */
export async function waitingSuggestions(
  pages: AsyncIterable<readonly CuratedAid[]>,
  { field: only, samples }: { readonly field?: AidField | undefined; readonly samples: number },
): Promise<FieldSuggestions[]> {
  const groups = new Map<AidField, { field: AidField; empty: number; suggested: number; sample: AidSuggestion[] }>();
  for await (const page of pages) {
    for (const aid of page.filter(takesSuggestions)) {
      const content = shownContent(aid);
      const bestOf = bestSuggestions(aid);
      for (const field of aidFields) {
        const isWanted = only === undefined ? factsOf(field).isSuggested === true : field === only;
        if (!isWanted || !isEmptyValue(content[field])) continue;
        const group = groups.get(field) ?? { field, empty: 0, suggested: 0, sample: [] };
        groups.set(field, group);
        group.empty++;
        const suggestion = bestOf.get(field);
        if (suggestion === undefined) continue;
        group.suggested++;
        if (group.sample.length < samples) group.sample.push(named(aid, content.name, suggestion));
      }
    }
  }
  return aidFields.flatMap((field) => groups.get(field) ?? []);
}

/** A suggestion and its aid. */
export type AidSuggestion = ReturnType<typeof named>;

function named({ aidId, connector, externalId, revision }: CuratedAid, title: string, suggestion: Suggestion) {
  return { aidId, connector, externalId, title, revision, suggestion };
}

/** Returns the best suggestion for each empty field of an aid that is, or may be, on the site. */
export function bestSuggestions(aid: CuratedAid): ReadonlyMap<AidField, Suggestion> {
  if (!takesSuggestions(aid)) return new Map();
  const best = new Map<AidField, Suggestion>();
  for (const one of suggestionsOf(aid)) if (!best.has(one.field)) best.set(one.field, one);
  return best;
}

/**
 * Returns the suggestions for the empty fields of an aid, the most certain of each field first. A field with a change of the publisher that
 * waits for a curator, or that a person has emptied, has none.
 */
export function suggestionsOf(aid: CuratedAid): Suggestion[] {
  const isOpen = ({ field }: Suggestion) => aid.proposals[field] === undefined && aid.edits[field] === undefined;
  return suggestFor(shownContent(aid)).filter(isOpen);
}
