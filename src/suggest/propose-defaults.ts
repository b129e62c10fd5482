import { escapeAttribute, escapeText } from "../kit/values/html/html-markup.ts";
import { type AidContent, type AidField, isEmptyValue, limits } from "../model/aid/aid.ts";
import { canonicalValue } from "../model/aid/canonical-value.ts";
import type { DefaultEvidence, Suggestion } from "../model/aid/suggestion.ts";
import type { Neighbourhood } from "./neighbours/neighbourhood.ts";
import { allSuggestions } from "./suggest-for.ts";

/** A value that a connector could use for all its aids that have none. A person accepts it; it is never sure by itself. */
export interface ProposedDefault {
  readonly field: AidField;
  /** A constant, or the names of the organisations that run each aid. */
  readonly value: { readonly kind: "constant"; readonly value: unknown } | { readonly kind: "instructors" };
  readonly evidence: DefaultEvidence;
  /** Number of the connector's aids that lack the field. */
  readonly lacking: number;
}

/** Facts about a connector that defaults rest on. */
export interface DefaultsSource {
  readonly connector: string;
  readonly publisher: string;
  /** The publisher's website, or null. */
  readonly website: string | null;
}

/** Fields whose terms may hold for all aids of a connector. Categories are not: they differ from aid to aid. */
const sharedFields = ["aidTypes", "mobilizationSteps", "destinations"] as const;
/** Minimum share of the aids that say anything about a field whose values or texts support a term. */
const minShare = 0.9;
/** Share of the neighbours from which they support a term. */
const minNeighbours = 0.5;

/**
 * Proposes defaults for the fields that aids of a connector lack. A term needs the support of nine in ten of the aids that say anything
 * about the field, in their value, their words or their neighbours. The most frequent lack comes first.
 */
export function proposeDefaults(
  source: DefaultsSource,
  aids: readonly AidContent[],
  neighbourhood: Neighbourhood | null,
): ProposedDefault[] {
  const proposed = [...sharedTerms(source, aids, neighbourhood), ...sharedContact(source, aids), ...operators(source, aids)];
  return proposed.filter(({ lacking }) => lacking > 0).sort((a, b) => b.lacking - a.lacking);
}

/** Returns the value that a default gives an aid, or null if it gives none. */
export function valueOfDefault({ value }: Pick<ProposedDefault, "value">, content: AidContent): unknown {
  if (value.kind === "constant") return value.value;
  const names = content.instructors.map(({ name }) => name).join(", ");
  return names === "" || names.length > limits.line ? null : names;
}

/** Returns a default as the suggestion for an aid that lacks the field, or undefined. */
export function suggestDefault(proposed: ProposedDefault, content: AidContent): Suggestion | undefined {
  const value = isEmptyValue(content[proposed.field]) ? valueOfDefault(proposed, content) : null;
  if (value === null) return undefined;
  return { field: proposed.field, rule: "connector-default", value, strength: 1, certainty: 0, evidence: [proposed.evidence] };
}

function sharedTerms({ connector }: DefaultsSource, aids: readonly AidContent[], neighbourhood: Neighbourhood | null): ProposedDefault[] {
  const supportOf = aids.map((content) => supportedTerms(content, neighbourhood));
  return sharedFields.flatMap((field): ProposedDefault[] => {
    const telling = supportOf.map((support) => support[field]).filter((terms) => terms.size > 0);
    const counts = new Map<string, number>();
    for (const terms of telling) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
    const shared = [...counts].filter(([, count]) => count >= minShare * telling.length);
    if (shared.length === 0) return [];
    const value = canonicalValue(
      field,
      shared.map(([term]) => term),
    );
    const agreeing = Math.min(...shared.map(([, count]) => count));
    const evidence = { kind: "default", connector, agreeing, of: telling.length } as const;
    return [{ field, value: { kind: "constant", value }, evidence, lacking: lackingIn(aids, field) }];
  });
}

/** Returns the terms of each shared field: the aid's own, or else those of its words and neighbours. */
function supportedTerms(content: AidContent, neighbourhood: Neighbourhood | null): Record<(typeof sharedFields)[number], Set<string>> {
  const suggested = allSuggestions(content, neighbourhood?.nearest(content) ?? []);
  const termsOf = (field: (typeof sharedFields)[number]) => {
    if (content[field].length > 0) return new Set<string>(content[field]);
    const supporting = suggested.filter((one) => one.field === field && (one.rule !== "neighbours" || one.strength >= minNeighbours));
    return new Set(supporting.flatMap(({ value }) => value as string[]));
  };
  return { aidTypes: termsOf("aidTypes"), mobilizationSteps: termsOf("mobilizationSteps"), destinations: termsOf("destinations") };
}

/** Proposes the contact of nine in ten aids that have one; else the publisher's website, which all of its aids have in common. */
function sharedContact({ connector, publisher, website }: DefaultsSource, aids: readonly AidContent[]): ProposedDefault[] {
  const contacts = aids.flatMap(({ contact }) => contact ?? []);
  const counts = new Map<string, number>();
  for (const contact of contacts) counts.set(contact, (counts.get(contact) ?? 0) + 1);
  const [usual, count = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  const lacking = lackingIn(aids, "contact");
  if (usual !== undefined && contacts.length > 1 && count >= minShare * contacts.length) {
    const evidence = { kind: "default", connector, agreeing: count, of: contacts.length } as const;
    return [{ field: "contact", value: { kind: "constant", value: usual }, evidence, lacking }];
  }
  if (website === null) return [];
  const value = `<p>${escapeText(publisher)} : <a href="${escapeAttribute(website)}" rel="noopener">${escapeText(website)}</a></p>`;
  return [
    {
      field: "contact",
      value: { kind: "constant", value },
      evidence: { kind: "default", connector, agreeing: aids.length, of: aids.length },
      lacking,
    },
  ];
}

/** Proposes the names of the organisations that run each aid as text about the financers, if nine in ten aids without financers have one. */
function operators({ connector }: DefaultsSource, aids: readonly AidContent[]): ProposedDefault[] {
  const without = aids.filter(({ financers, financerSuggestion }) => financers.length === 0 && financerSuggestion === null);
  const named = without.filter(({ instructors }) => instructors.length > 0);
  if (without.length === 0 || named.length < minShare * without.length) return [];
  const evidence = { kind: "default", connector, agreeing: named.length, of: without.length } as const;
  return [{ field: "financerSuggestion", value: { kind: "instructors" }, evidence, lacking: without.length }];
}

function lackingIn(aids: readonly AidContent[], field: AidField): number {
  return aids.filter((content) => isEmptyValue(content[field])).length;
}
