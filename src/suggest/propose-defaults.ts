import { escapeAttribute, escapeText } from "../kit/values/html/html-markup.ts";
import { type AidContent, type AidField, isEmptyValue, limits } from "../model/aid/aid.ts";
import { canonicalValue } from "../model/aid/canonical-value.ts";
import type { DefaultEvidence, Suggestion } from "../model/aid/suggestion.ts";
import { countsOf } from "../model/collect.ts";
import type { Neighbourhood } from "./neighbours/neighbourhood.ts";
import { allSuggestions } from "./suggest-for.ts";

/** A value that a connector could use for all its aids that have none. A person accepts it; it is never sure by itself. */
export interface ProposedDefault {
  readonly field: AidField;
  /** A constant, or the names of the organisations that run each aid. */
  readonly value: { readonly kind: "constant"; readonly value: unknown } | { readonly kind: "instructors" };
  /** The default is for aids with exactly these types; null: for all aids. */
  readonly onlyTypes: AidContent["aidTypes"] | null;
  readonly evidence: DefaultEvidence;
  /** Number of these aids that lack the field. */
  readonly lacking: number;
}

/** Facts about a connector that defaults rest on. */
export interface DefaultsSource {
  readonly connector: string;
  readonly publisher: string;
  readonly website: string | null;
}

/** Fields whose terms may hold for all aids of a connector. Categories are not: they differ from aid to aid. */
const sharedFields = ["aidTypes", "mobilizationSteps", "destinations"] as const;
type SharedField = (typeof sharedFields)[number];
/** Minimum share of the aids that say anything about a field whose values or texts support a term. */
const minShare = 0.9;

/**
 * Proposes defaults for the fields that aids of a connector lack. A term needs the support of nine in ten of the aids that say anything
 * about the field: their own value, or their words and their neighbours together. Where all aids have nothing in common, those with the
 * same types may. The most frequent lack comes first.
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
function valueOfDefault({ value, onlyTypes }: Pick<ProposedDefault, "value" | "onlyTypes">, content: AidContent): unknown {
  if (onlyTypes !== null && onlyTypes.join(",") !== content.aidTypes.join(",")) return null;
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
  const supported = aids.map((content) => ({ content, support: supportFor(content, neighbourhood) }));
  return sharedFields.flatMap((field) => {
    const whole = sharedBy(field, null, supported, connector);
    if (whole.length > 0 || field === "aidTypes") return whole;
    const kinds = new Set(aids.map(({ aidTypes }) => aidTypes.join(",")).filter((types) => types !== ""));
    return [...kinds].flatMap((types) => {
      const ofKind = supported.filter(({ content }) => content.aidTypes.join(",") === types);
      return sharedBy(field, types.split(",") as AidContent["aidTypes"], ofKind, connector);
    });
  });
}

/** An aid with the terms that it supports by field. */
interface SupportedAid {
  readonly content: AidContent;
  readonly support: Readonly<Record<SharedField, Support>>;
}

/** `terms` is empty if the evidence disagrees. `isTelling`: anything says something about the field. */
interface Support {
  readonly terms: ReadonlySet<string>;
  readonly isTelling: boolean;
}

function sharedBy(
  field: SharedField,
  onlyTypes: AidContent["aidTypes"] | null,
  aids: readonly SupportedAid[],
  connector: string,
): ProposedDefault[] {
  const telling = aids.map(({ support }) => support[field]).filter(({ isTelling }) => isTelling);
  const counts = countsOf(telling.flatMap(({ terms }) => [...terms]));
  const shared = [...counts].filter(([, count]) => count >= minShare * telling.length);
  if (shared.length === 0) return [];
  const terms = shared.map(([term]) => term);
  const evidence = { kind: "default", connector, agreeing: Math.min(...shared.map(([, count]) => count)), of: telling.length } as const;
  const lacking = lackingIn(
    aids.map(({ content }) => content),
    field,
  );
  return [{ field, value: { kind: "constant", value: canonicalValue(field, terms) }, onlyTypes, evidence, lacking }];
}

/** Returns the terms of each shared field that the aid has itself, or that its words and its neighbours both support. */
function supportFor(content: AidContent, neighbourhood: Neighbourhood | null): Record<SharedField, Support> {
  const suggested = allSuggestions(content, neighbourhood);
  const supportOf = (field: SharedField): Support => {
    if (content[field].length > 0) return { terms: new Set<string>(content[field]), isTelling: true };
    const about = suggested.filter((one) => one.field === field);
    const both = about.filter(({ rule }) => rule === "neighbours-and-words").flatMap(({ value }) => value as string[]);
    return { terms: new Set(both), isTelling: about.length > 0 };
  };
  return {
    aidTypes: supportOf("aidTypes"),
    mobilizationSteps: supportOf("mobilizationSteps"),
    destinations: supportOf("destinations"),
  };
}

/** Proposes the contact of nine in ten aids that have one; else the publisher's website, which all of its aids have in common. */
function sharedContact({ connector, publisher, website }: DefaultsSource, aids: readonly AidContent[]): ProposedDefault[] {
  const contacts = aids.flatMap(({ contact }) => contact ?? []);
  const [usual, count = 0] = [...countsOf(contacts)].sort((a, b) => b[1] - a[1])[0] ?? [];
  const lacking = lackingIn(aids, "contact");
  if (usual !== undefined && contacts.length > 1 && count >= minShare * contacts.length) {
    const evidence = { kind: "default", connector, agreeing: count, of: contacts.length } as const;
    return [{ field: "contact", value: { kind: "constant", value: usual }, onlyTypes: null, evidence, lacking }];
  }
  if (website === null) return [];
  const value = `<p>${escapeText(publisher)} : <a href="${escapeAttribute(website)}" rel="noopener">${escapeText(website)}</a></p>`;
  return [
    {
      field: "contact",
      value: { kind: "constant", value },
      onlyTypes: null,
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
  return [{ field: "financerSuggestion", value: { kind: "instructors" }, onlyTypes: null, evidence, lacking: without.length }];
}

function lackingIn(aids: readonly AidContent[], field: AidField): number {
  return aids.filter((content) => isEmptyValue(content[field])).length;
}
