import { type Expression, type ExpressionInput, join, json, labelled } from "../../kit/expressions/expression.ts";
import type { Rule } from "../../kit/field-rules.ts";
import { html, markdown, plainText } from "../../kit/rules/texts.ts";
import { cleanLine } from "../../kit/values/text/clean-text.ts";
import { fieldsOfKind } from "../../model/aid/field-table.ts";
import { type Evidence, evidence } from "../../model/survey/evidence.ts";
import type { FieldProfile } from "../../model/survey/field-profile.ts";
import type { OwnField } from "../../model/survey/own-field.ts";
import type { FeedAnalysis } from "../profile/feed-analysis.ts";
import { shareOf, textsOfField } from "../profile/field-values.ts";
import { isForMachines, isLead, isPrivate, nameScore } from "../profile/match-name.ts";
import { shortened } from "../profile/profile-field.ts";
import { markupOf } from "../profile/single-values.ts";
import { rounded } from "./assign-fields.ts";
import { isContradicted } from "./contradictions.ts";
import type { FieldProposal } from "./proposal.ts";
import { emailPattern, phonePattern } from "./propose-parts.ts";

const textFields = fieldsOfKind("html");
type TextField = (typeof textFields)[number];

interface Part {
  readonly field: TextField;
  readonly profile: FieldProfile;
  /** Score of the name. 0 for a long text without a known name, which goes into the description. */
  readonly name: number;
}

const minName = 0.6;
/** Minimum score of fields inside lists. It is higher, because they usually describe the objects of the list and not the aid. */
const minNameInside = 0.9;
/** Minimum length, in characters, of a text without a known name that goes into the description. */
const longText = 100;
/** The same for whole sentences, if no other text is a description. */
const sentence = 50;
const shortSection = 10;
/** Longer sections say more than whom to contact. */
const maxReach = 400;
const reach = new RegExp(`${emailPattern}|${phonePattern}`, "u");
/** Texts up to this length get their name as prefix: "Montant : 5 000 €". */
const shortText = 60;

/**
 * Proposes the long texts of an aid. Each field of the feed goes into the text that its name fits. Fields keep the order of the feed, but
 * introductions come first. `ofContact`: paths of contact addresses and phone numbers, which are repeated in the contact.
 */
export function proposeTexts(feed: FeedAnalysis, free: readonly FieldProfile[], ofContact: ReadonlySet<string>): FieldProposal[] {
  const titles = feed.survey.fields.filter(({ path, kind }) => kind !== "empty" && nameScore(path, "name") > 0.9);
  const partsWith = (minText: (profile: FieldProfile) => number) =>
    withoutCopies(
      free
        .flatMap((profile) => partOf(profile, ofContact, feed, minText(profile)))
        .filter(({ profile }) => !titles.some((title) => isSame(profile, title, feed))),
      feed,
    );
  const long = partsWith((profile) => minTextOf(profile, feed));
  const isDescribed = long.some(({ field }) => field === "description");
  const minOf = (profile: FieldProfile) => Math.min(minTextOf(profile, feed), hasSentences(profile, feed) ? sentence : longText);
  const parts = isDescribed ? long : partsWith(minOf);
  return textFields.flatMap((field) => {
    const ofField = parts.filter((part) => part.field === field);
    // An amount describes an aid only beside a text.
    return ofField.every(({ profile }) => isAmount(profile))
      ? []
      : [proposalOf(field, field === "description" ? leadsFirst(ofField) : ofField, feed)];
  });
}

/** Proposes a long text from the fields that a person chose, in that order. Returns null for other aid fields. */
export function wayOfTexts(field: OwnField, profiles: readonly FieldProfile[], feed: FeedAnalysis): FieldProposal | null {
  const ours = textFields.find((known) => known === field);
  if (ours === undefined || profiles.length === 0) return null;
  return proposalOf(
    ours,
    profiles.map((profile) => ({ field: ours, profile, name: 1 })),
    feed,
  );
}

function partOf(profile: FieldProfile, ofContact: ReadonlySet<string>, feed: FeedAnalysis, minText: number): Part[] {
  if (ofContact.has(profile.path)) return profile.kind === "empty" ? [] : [{ field: "contact", profile, name: 0.9 }];
  if (isPrivate(profile.path) || isForMachines(profile.path) || !mayBeText(profile)) return [];
  const possible = textFields.filter((field) => !isContradicted(field, profile, feed));
  const scored = possible.map((field) => ({ field, profile, name: nameOf(profile.path, field, feed) }));
  if (scored.length === 0) return [];
  const best = scored.reduce((one, other) => (other.name > one.name ? other : one));
  if (best.name >= (profile.path.includes("[]") ? minNameInside : minName) && (profile.kind !== "empty" || best.name >= 0.9)) return [best];
  const field = isReach(profile, feed) ? "contact" : "description";
  return profile.medianLength >= minText && possible.includes(field) ? [{ field, profile, name: 0 }] : [];
}

/** Returns true for a short section with an e-mail address or a phone number on nearly every page. */
function isReach({ path, medianLength }: FieldProfile, feed: FeedAnalysis): boolean {
  if (!feed.isSection(path) || medianLength > maxReach) return false;
  return shareOf(feed.texts(path), (text) => reach.test(text)) >= 0.8;
}

/** Returns how well a name fits a long text. What a page says about its audience is part of the eligibility. */
function nameOf(path: string, field: TextField, feed: FeedAnalysis): number {
  const name = nameScore(path, field);
  return field === "eligibility" && feed.isSection(path) ? Math.max(name, nameScore(path, "targetedAudiences")) : name;
}

/** Returns the length from which a text is kept although its name is unknown. */
function minTextOf({ path }: FieldProfile, feed: FeedAnalysis): number {
  return feed.isSection(path) ? shortSection : longText;
}

/** Returns true if most texts have at least eight words, begin with a capital and end with a full stop. */
function hasSentences({ path }: FieldProfile, feed: FeedAnalysis): boolean {
  return shareOf(feed.texts(path), (text) => /^\p{Lu}/u.test(text) && text.endsWith(".") && text.split(" ").length >= 8) >= 0.6;
}

function mayBeText({ kind, path, isList, medianLength }: FieldProfile): boolean {
  if (path.includes("[]")) return kind === "html" || kind === "markdown" || medianLength >= 40;
  if (isList) return medianLength >= 20;
  return ["empty", "html", "markdown", "lines", "text", "line", "number", "email", "phone"].includes(kind);
}

/** Drops a summary that is the beginning of a longer text, or that breaks off beside another text. */
function withoutCopies(parts: readonly Part[], feed: FeedAnalysis): Part[] {
  const whole = parts.filter(
    ({ profile, field }) =>
      !isCutOff(profile, feed) ||
      !parts.some((other) => other.field === field && other.profile !== profile && !isCutOff(other.profile, feed)),
  );
  // The whole page is a description, and each of its sections may be another field.
  const mayRepeat = (part: Part, other: Part) => part.field !== other.field && part.field !== "description";
  return whole.filter(
    (part) =>
      !whole.some((other) => other.profile !== part.profile && !mayRepeat(part, other) && isCopyOf(part.profile, other.profile, feed)),
  );
}

/** Returns true for texts that end in "…", as in a list that leads to the whole text. */
function isCutOff({ path, kind }: FieldProfile, feed: FeedAnalysis): boolean {
  return (
    kind !== "empty" && shareOf(feed.texts(path), (text) => /(?:…|\.\.\.|\[(?:…|\.\.\.|&hellip;)\])\s*(?:<[^<>]*>\s*)*$/.test(text)) >= 0.8
  );
}

function isCopyOf(short: FieldProfile, long: FieldProfile, feed: FeedAnalysis): boolean {
  if (short.kind === "empty" || long.kind === "empty" || long.medianLength < short.medianLength) return false;
  // Sections of a page are parts of its text, however short they are.
  const minLength = feed.survey.details === null ? 15 : 2;
  const both = feed.survey.records.slice(0, 60).flatMap((record) => {
    const one = cleanLine(textsOfField(record, short.path).join(" ")).slice(0, 60);
    const other = cleanLine(textsOfField(record, long.path).join(" "));
    return one.length < minLength || other === "" ? [] : [other.includes(one)];
  });
  return both.length >= 2 && shareOf(both, (isIn) => isIn) >= 0.8 && (long.medianLength > short.medianLength || long.path < short.path);
}

/** Returns true for a text that repeats the title. */
function isSame({ path }: FieldProfile, title: FieldProfile, feed: FeedAnalysis): boolean {
  const both = feed.survey.records
    .slice(0, 60)
    .map((record) => [textsOfField(record, path).join(" "), textsOfField(record, title.path).join(" ")]);
  return title.path !== path && shareOf(both, ([one, other]) => one !== "" && cleanLine(one ?? "") === cleanLine(other ?? "")) >= 0.8;
}

/** Sorts the parts of a description: introductions, other texts, amounts. */
function leadsFirst(parts: readonly Part[]): Part[] {
  const rank = ({ profile }: Part) => (isLead(profile.path) ? 0 : isAmount(profile) ? 2 : 1);
  return parts.toSorted((one, other) => rank(one) - rank(other));
}

function isAmount({ shapes }: FieldProfile): boolean {
  return (shapes.number ?? 0) + (shapes.amount ?? 0) + (shapes.range ?? 0) >= 0.5;
}

function proposalOf(field: TextField, parts: readonly Part[], feed: FeedAnalysis): FieldProposal {
  const paths = parts.map(({ profile }) => profile.path);
  const markup = markupOf(paths.flatMap((path) => feed.texts(path)));
  const names = parts.map(({ name }) => (name === 0 ? 0.3 : name));
  const [only] = parts;
  const rule = ruleOf(markup, parts.length === 1 && only !== undefined ? [only.profile.path] : inputsOf(parts, field));
  return {
    field,
    rule,
    certainty: rounded((0.4 + 0.55 * (names.reduce((sum, name) => sum + name, 0) / names.length)) * (parts.length > 3 ? 0.85 : 1)),
    evidence: [
      ...parts.map(({ profile, name }): Evidence => partEvidence(profile, name, field)),
      ...(markup === "line" ? [] : [evidence(markup === "lines" ? "line-breaks" : markup)]),
      ...(parts.length > 1 ? [evidence("several-fields", { count: parts.length })] : []),
    ],
    from: paths,
    examples: parts
      .flatMap(({ profile }) => profile.examples.slice(0, 1))
      .map((example) => shortened(example))
      .slice(0, 3),
    alternatives: [],
  };
}

function partEvidence({ path, kind }: FieldProfile, name: number, field: OwnField): Evidence {
  if (kind === "empty") return evidence("name-only", { path, field });
  return evidence(name === 0 ? "no-known-name" : "name-known", { path, field });
}

/** Returns the inputs of a long text. A first name and a surname are joined on one line. */
function inputsOf(parts: readonly Part[], field: TextField): ExpressionInput[] {
  return parts.flatMap((part, index): ExpressionInput[] => {
    const [before, after] = [parts[index - 1]?.profile.path ?? "", parts[index + 1]?.profile.path ?? ""];
    const { path } = part.profile;
    if (arePersonsNames(path, after)) return [join([path, after], " ")];
    return arePersonsNames(before, path) ? [] : [inputOf(part, field)];
  });
}

function arePersonsNames(one: string, other: string): boolean {
  return (/pr[eé]nom/i.test(one) && /nom/i.test(other)) || (/(?<!pr[eé])nom/i.test(one) && /pr[eé]nom/i.test(other));
}

/** Returns the input of one part. A short value gets its name as prefix. */
function inputOf({ profile }: Part, field: TextField): ExpressionInput {
  const { path, kind, longest } = profile;
  if (kind === "json") return json(path);
  const isBare = longest <= shortText || /\w\.\S/.test(path);
  return isBare && field !== "contact" && kind !== "html" && kind !== "empty" && !isLead(path)
    ? labelled(`${readableName(path)} : `, path)
    : path;
}

/** Formats "montant_max" as "Montant max". */
function readableName(path: string): string {
  const words = (/[^.[\]]+$/.exec(path)?.[0] ?? path)
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .replace(/[_-]+/g, " ")
    .replace(/\s*[:?]\s*$/, "")
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function ruleOf(markup: ReturnType<typeof markupOf>, inputs: readonly ExpressionInput[]): Rule {
  const [only = ""] = inputs;
  const joined = (separator?: string): Expression | string =>
    inputs.length === 1 ? only : separator === undefined ? join([...inputs]) : join([...inputs], separator);
  if (markup === "markdown") return markdown(joined("\n\n"));
  return markup === "lines" ? plainText(joined("\n\n")) : html(joined());
}
