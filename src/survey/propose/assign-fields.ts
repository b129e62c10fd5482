import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { FieldProfile } from "../../model/survey/field-profile.ts";
import type { OwnField } from "../../model/survey/own-field.ts";
import type { FeedAnalysis } from "../profile/feed-analysis.ts";
import { shareOf } from "../profile/field-values.ts";
import { isForMachines, isPrivate, nameScore } from "../profile/match-name.ts";
import { isAidTitle } from "../profile/words-in-labels.ts";
import { isContradicted } from "./contradictions.ts";
import { fitOf } from "./score-values.ts";

/** A field of the feed that may fill one of ours. */
export interface Match {
  readonly field: OwnField;
  readonly profile: FieldProfile;
  /** How well its name matches, 0 to 1. */
  readonly name: number;
  /** How well its values fit, 0 to 1; 0 without values. */
  readonly fit: number;
  readonly certainty: number;
}

const minCertainty = 0.45;
/** Minimum match of the name for an empty field. */
const minNameOfEmpty = 0.88;
const minName = 0.5;
const minFit = 0.3;

/** Assigns fields of the feed to our fields, the most certain matches first. Each field is used once. */
export function assign(feed: FeedAnalysis, fields: readonly OwnField[], free: readonly FieldProfile[]): Match[] {
  const matches = fields.flatMap((field) => matchesFor(feed, field, free)).sort(byCertainty);
  const taken = new Set<string>();
  return matches.filter(({ field, profile }) => {
    if (taken.has(`field ${field}`) || taken.has(`path ${profile.path}`)) return false;
    taken.add(`field ${field}`).add(`path ${profile.path}`);
    return true;
  });
}

/** Returns all candidates for one of our fields, most certain first. */
export function matchesFor(feed: FeedAnalysis, field: OwnField, free: readonly FieldProfile[]): Match[] {
  return free
    .filter(({ path }) => !isPrivate(path) && !isForMachines(path))
    .map((profile) => matchOf(feed, field, profile))
    .filter((match) => match.certainty >= minCertainty)
    .sort(byCertainty);
}

function matchOf(feed: FeedAnalysis, field: OwnField, profile: FieldProfile): Match {
  if (field === "originUrl" && profile.path === feed.survey.details?.url) return { field, profile, name: 1, fit: 1, certainty: 0.95 };
  const name = nameScore(profile.path, field);
  if (profile.kind === "empty") return { field, profile, name, fit: 0, certainty: name >= minNameOfEmpty ? rounded(0.55 * name) : 0 };
  const fit = name >= minName && !isContradicted(field, profile, feed) ? fitOf(field, profile, feed) : 0;
  return { field, profile, name, fit, certainty: fit >= minFit ? rounded(0.5 * name + 0.5 * fit) : 0 };
}

function byCertainty(one: Match, other: Match): number {
  return other.certainty - one.certainty || other.profile.fill - one.profile.fill;
}

/** Limits a certainty to 0–1 and rounds it to two digits. */
export function rounded(certainty: number): number {
  return Math.round(Math.min(1, Math.max(0, certainty)) * 100) / 100;
}

/** Finds the field with the title, or returns null. */
export function titleOf(feed: FeedAnalysis): Match | null {
  const named = matchesFor(feed, "name", feed.survey.fields);
  return named.find(({ fit }) => fit > 0) ?? longestLines(feed) ?? named[0] ?? null;
}

const textsRead = 200;

/** Finds the field with the longest lines among those whose values fit a title, preferring titles of aids. Used if no name matches. */
function longestLines(feed: FeedAnalysis): Match | null {
  const lines = feed.survey.fields.filter((profile) => {
    const { kind, isList, path, fill, distinct, filled, medianLength } = profile;
    return (
      kind === "line" &&
      !isContradicted("name", profile, feed) &&
      shareOf(feed.texts(path).slice(0, textsRead), (text) => text.includes("@")) < 0.3 &&
      !isList &&
      !path.includes("[]") &&
      fill > 0.9 &&
      distinct >= filled * 0.4 &&
      medianLength >= 8 &&
      medianLength <= 200
    );
  });
  const shareOfAids = ({ path }: FieldProfile) => shareOf(feed.texts(path).slice(0, textsRead), (text) => isAidTitle(foldTerm(text)));
  const titled = lines.filter((profile) => shareOfAids(profile) >= 0.2);
  const best = (titled.length > 0 ? titled : lines).reduce<FieldProfile | null>(
    (one, other) => (one === null || other.medianLength > one.medianLength ? other : one),
    null,
  );
  return best === null ? null : { field: "name", profile: best, name: 0, fit: 0.5, certainty: 0.3 };
}
