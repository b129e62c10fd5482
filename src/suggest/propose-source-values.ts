import type { Connector } from "../kit/definition.ts";
import { cleanLine, foldTerm } from "../kit/values/text/clean-text.ts";
import { termsNamedIn } from "../kit/values/text/terms-named-in.ts";
import { type AidContent, type AidField, isEmptyValue } from "../model/aid/aid.ts";
import { canonicalValue } from "../model/aid/canonical-value.ts";
import { type FieldOfKind, kindOf } from "../model/aid/field-table.ts";
import { missingForDescription } from "../model/aid/publishable.ts";
import { type SourceField, type SourceValue, sourceFields } from "../model/aid/source-value.ts";
import { countsOf } from "../model/collect.ts";
import { allSuggestions } from "./suggest-for.ts";
import type { Suggested } from "./suggested.ts";

/** Facts about a source, except its aids. */
export type SourceFacts = Pick<Connector["publisher"], "name" | "kind" | "website" | "territory">;

type TermField = Exclude<FieldOfKind<"terms">, "categories">;

/** Minimum share of the aids that must say anything about a field, and of those that must support a term. */
const minTelling = 0.2;
const minShare = 0.5;
/** Fewer aids say too little about the others. */
const minSupport = 3;
/** A wrong audience costs an applicant the aid. */
const minShareOfAudiences = 0.9;
/**
 * Never the implementation alone: a filter by preparation, which most curated aids have too, would then hide the aids. All steps, unless
 * half of the aids' texts name the implementation and fewer than a quarter the use after it.
 */
const firstSteps = ["preop", "op"];
const allSteps = ["preop", "op", "postop"];
const maxShareOfUse = 0.25;
/** Loans and tax credits pay for running costs too, whatever half of their texts say. */
const allExpenses = ["supply", "investment"];
/** Minimum share of the links that must lead to one site. */
const minLinks = 0.9;

/** Kinds of publishers whose aids are mostly grants. */
const givesGrants: ReadonlySet<SourceFacts["kind"]> = new Set<SourceFacts["kind"]>([
  ...(["ministry", "agency", "region", "department", "collectivity", "water-agency", "european"] as const),
]);

/** Lists the fields that the aids of a source lack for publication, each with a proposed value for all aids. Reads at most `maxRead` aids. */
export function proposeSourceValues(source: SourceFacts, aids: readonly AidContent[]): SourceValue[] {
  const lacking = lackingOf(aids);
  const suggested = aids.slice(0, maxRead).map((content) => ({ content, suggestions: allSuggestions(content) }));
  const found = new Map<SourceField, SourceValue>();
  for (const field of sourceFields) {
    const count = lacking.get(field) ?? 0;
    if (count === 0) continue;
    const { values, reason } = proposalFor(field, source, suggested, found) ?? { values: [], reason: null };
    const named = field === "categories" ? aids.filter((content) => isNamed(content)).length : null;
    found.set(field, { field, lacking: count, values, reason, named });
  }
  return [...found.values()];
}

/** Enough for a share, and read in about half a second. */
const maxRead = 200;

interface Read {
  readonly content: AidContent;
  readonly suggestions: readonly Suggested[];
}
type Proposed = Pick<SourceValue, "values" | "reason">;

/** Counts the aids that lack each field. Aids without a type count as lacking the expenses too, because most types require them. */
function lackingOf(aids: readonly AidContent[]): Map<AidField, number> {
  const missing = aids.flatMap((content) => {
    const mayNeedExpenses = content.aidTypes.length === 0 && content.destinations.length === 0;
    return [...new Set([...missingForDescription(content), ...(mayNeedExpenses ? ["destinations" as const] : [])])];
  });
  return countsOf(missing);
}

function isNamed({ name, categories }: AidContent): boolean {
  return categories.length === 0 && termsNamedIn("categories", foldTerm(cleanLine(name))).length > 0;
}

function proposalFor(
  field: SourceField,
  source: SourceFacts,
  read: readonly Read[],
  before: ReadonlyMap<SourceField, SourceValue>,
): Proposed | null {
  switch (kindOf(field)) {
    case "terms":
      // Categories differ from aid to aid.
      if (field === "categories") return null;
      if (field === "mobilizationSteps") return steps(read);
      if (field === "destinations" && areOtherThanGrants(read)) return { values: allExpenses, reason: { kind: "unclear" } };
      return sharedTerms(field as TermField, read) ?? usualTerms(field as TermField, source, before.get("aidTypes"), read);
    case "term":
      return read.every(({ content }) => content.submissionDeadline === null)
        ? { values: ["ongoing"], reason: { kind: "no-deadline" } }
        : null;
    case "organisations":
      // Other organisations that run the aids may finance them.
      return source.kind === "aggregator" || read.some(({ content }) => content.instructors.length > 0)
        ? null
        : { values: [source.name], reason: { kind: "publisher" } };
    case "places":
      return { values: [`${source.territory.scale}:${source.territory.code}`], reason: { kind: "publisher" } };
    default:
      return website(field, source, read);
  }
}

/** Returns what the aids support of a field, those that say something about it. None if too few do. */
function tellingOf(field: TermField, read: readonly Read[]): ReturnType<typeof supportOf>[] {
  const support = read.map(({ content, suggestions }) => supportOf(field, content, suggestions)).filter(({ terms }) => terms.size > 0);
  return support.length < Math.min(minSupport, read.length) || support.length < minTelling * read.length ? [] : support;
}

/** Returns the first two steps if the texts say clearly that the aids are for them only, else all three. */
function steps(read: readonly Read[]): Proposed {
  const support = tellingOf("mobilizationSteps", read);
  const naming = (step: string) => support.flatMap(({ terms }) => terms.get(step) ?? []);
  const agreeing = naming("op");
  if (agreeing.length === 0 || agreeing.length < minShare * support.length || naming("postop").length >= maxShareOfUse * support.length)
    return { values: allSteps, reason: { kind: "unclear" } };
  const example = agreeing.find((text) => text !== "") ?? "";
  return { values: firstSteps, reason: { kind: "texts", agreeing: agreeing.length, of: support.length, example } };
}

/** Returns the terms that half of the aids that say anything about the field support, by their value or by their words. */
function sharedTerms(field: TermField, read: readonly Read[]): Proposed | null {
  const support = tellingOf(field, read);
  const counts = countsOf(support.flatMap(({ terms }) => [...terms.keys()]));
  const wanted = field === "targetedAudiences" ? minShareOfAudiences : minShare;
  const shared = [...counts].filter(([, count]) => count >= wanted * support.length);
  if (shared.length === 0) return null;
  const [usual = ""] = shared.toSorted(([, a], [, b]) => b - a)[0] ?? [];
  const example = support.flatMap(({ terms }) => terms.get(usual) ?? []).find((text) => text !== "") ?? "";
  const values = canonicalValue(
    field,
    shared.map(([term]) => term),
  ) as readonly string[];
  return {
    values,
    reason: { kind: "texts", agreeing: Math.min(...shared.map(([, count]) => count)), of: support.length, example },
  };
}

/** Returns the terms that an aid supports, each with the sentence that says so. */
function supportOf(field: TermField, content: AidContent, suggestions: readonly Suggested[]): { readonly terms: Map<string, string> } {
  if (!isEmptyValue(content[field])) return { terms: new Map((content[field] as readonly string[]).map((term) => [term, ""])) };
  const terms = new Map<string, string>();
  for (const { evidence } of suggestions.filter((one) => one.field === field))
    for (const one of evidence)
      if (one.kind === "sentence" && one.term !== undefined && !terms.has(one.term)) terms.set(one.term, one.text);
  return { terms };
}

/** Returns the usual terms: grants of an administration, and what grants pay for. */
function usualTerms(field: TermField, { kind }: SourceFacts, types: SourceValue | undefined, read: readonly Read[]): Proposed | null {
  const reason = { kind: "usual" } as const;
  if (field === "aidTypes") return givesGrants.has(kind) ? { values: ["grant"], reason } : null;
  const areGrants = types?.values.includes("grant") ?? read.every(({ content }) => content.aidTypes.includes("grant"));
  return areGrants && field === "destinations" ? { values: ["investment"], reason } : null;
}

/** Returns true if most of the aids with a type are no grants. */
function areOtherThanGrants(read: readonly Read[]): boolean {
  const typed = read.filter(({ content }) => content.aidTypes.length > 0);
  return typed.filter(({ content }) => !content.aidTypes.includes("grant")).length > minShare * typed.length;
}

/** Returns the publisher's website, or the site that nearly all links of its aids lead to. */
function website(field: SourceField, { name, website: own, kind }: SourceFacts, read: readonly Read[]): Proposed | null {
  const site = own ?? (kind === "aggregator" ? null : siteOfLinks(read.flatMap(({ content }) => content.originUrl ?? [])));
  if (site === null) return null;
  const reason = { kind: "website", from: own === undefined ? "links" : "publisher" } as const;
  return { values: [field === "contact" ? `${name} : ${site}` : site], reason };
}

function siteOfLinks(links: readonly string[]): string | null {
  const counts = countsOf(links.filter((link) => URL.canParse(link)).map((link) => new URL(link).origin));
  const [origin, count = 0] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? [];
  return origin !== undefined && count >= minLinks * links.length ? `${origin}/` : null;
}
