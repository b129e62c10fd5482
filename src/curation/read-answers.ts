import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { ChangedAid } from "../catalogue/plans/answered-aid-repository.ts";
import { shownContent } from "../model/aid/shown-value.ts";
import { isUnconfirmed } from "../model/aid/suggested-edit.ts";
import { groupedBy } from "../model/collect.ts";
import { type AnswerReach, contradict, formerAnswers, hasOutgrown, isRewritten, mayContradict } from "../model/plan/answer-review.ts";
import { holdsFor, type StandingDecision } from "../model/plan/standing-decision.ts";
import { takesSuggestions } from "./waiting-suggestions.ts";

/** An aid, as a page names it. */
export interface NamedAid {
  readonly aidId: string;
  readonly connector: string;
  readonly externalId: string;
  readonly title: string;
}

/** Another answer that gives some aids another value. */
export interface Contradiction {
  readonly other: StandingDecision;
  readonly aids: number;
  readonly examples: readonly NamedAid[];
}

/** An answer that is asked again, because its aids have changed or it contradicts another one. */
export interface AnswerToReview {
  readonly answer: StandingDecision;
  /** The connectors that it holds for. */
  readonly connectors: readonly string[];
  readonly reach: AnswerReach;
  readonly hasOutgrown: boolean;
  /** Aids whose text, or what the condition of the answer tests, has changed since. */
  readonly changed: readonly NamedAid[];
  readonly contradictions: readonly Contradiction[];
}

const maxExamples = 5;

/**
 * Returns the answers that are asked again, those about most aids first. `connectors`: only answers for their aids. Null: all. What answers
 * have filled stays until somebody decides.
 */
export async function answersToReview(catalogue: Catalogue, connectors: readonly string[] | null): Promise<AnswerToReview[]> {
  const all = await catalogue.standingDecisions.answers(connectors);
  const holding: Held[] = [];
  for (const answer of all.filter(({ endedAt, field }) => endedAt === null && field !== null)) {
    const of = await catalogue.standingDecisions.connectorsOf(answer);
    holding.push({ answer, connectors: of, filledBy: [answer, ...formerAnswers(answer, all)].map(({ id }) => id) });
  }
  const looked = holding.map(({ answer: { id, field, at }, ...rest }) => ({ id, field: field ?? "", at, ...rest }));
  const [reaches, changed] = [await catalogue.answeredAids.reach(looked), await catalogue.answeredAids.changed(looked)];
  const contradictions = await contradictionsOf(catalogue, holding);
  const found = holding.map(({ answer, connectors: of }): AnswerToReview => {
    const reach = reaches.get(answer.id) ?? { given: 0, now: 0 };
    return {
      ...{ answer, connectors: of, reach, hasOutgrown: hasOutgrown(reach) },
      changed: changed.filter((aid) => aid.answer === answer.id && doubtsAnswer(answer, aid)),
      contradictions: contradictions.get(answer.id) ?? [],
    };
  });
  return found
    .filter((one) => one.hasOutgrown || one.changed.length > 0 || one.contradictions.length > 0)
    .toSorted((a, b) => b.reach.now - a.reach.now || (a.answer.id < b.answer.id ? -1 : 1));
}

/** An answer that holds. `filledBy`: the ids that its values have. */
interface Held {
  readonly answer: StandingDecision;
  readonly connectors: readonly string[];
  readonly filledBy: readonly string[];
}

function doubtsAnswer({ condition }: StandingDecision, { before, after, isMoved, externalId, aidTypes, instructors }: ChangedAid): boolean {
  if (before !== null && isRewritten(before, after ?? "")) return true;
  return isMoved && condition !== null && !holdsFor(condition, { externalId, content: { aidTypes, instructors } });
}

/** Returns the contradictions by answer. Reads the aids of connectors only if the conditions of two answers allow one. */
async function contradictionsOf(catalogue: Catalogue, holding: readonly Held[]): Promise<ReadonlyMap<string, readonly Contradiction[]>> {
  const bySource = groupedBy(
    holding.flatMap((one) => one.connectors.map((connector) => ({ one, connector }))),
    ({ one, connector }) => `${connector} ${one.answer.field}`,
  );
  const pairs = [...bySource.values()].flatMap((own) =>
    own.flatMap(({ one: a, connector }, place) => own.slice(place + 1).map(({ one: b }) => ({ a, b, connector }))),
  );
  const found = new Map<string, Contradiction[]>();
  for (const { a, b, connector } of pairs.filter((pair) => mayContradict(pair.a.answer, pair.b.answer))) {
    const aids: NamedAid[] = [];
    for await (const page of catalogue.aids.curated({ connector })) {
      for (const aid of page.filter(takesSuggestions)) if (isContradicted(aid, a, b)) aids.push(named(aid));
    }
    if (aids.length === 0) continue;
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const known = found.get(one.answer.id) ?? [];
      const same = known.find((contradiction) => contradiction.other.id === other.answer.id);
      const rest = known.filter((contradiction) => contradiction !== same);
      const examples = [...(same?.examples ?? []), ...aids].slice(0, maxExamples);
      found.set(one.answer.id, [...rest, { other: other.answer, aids: (same?.aids ?? 0) + aids.length, examples }]);
    }
  }
  return found;
}

function isContradicted(aid: CuratedAid, a: Held, b: Held): boolean {
  const field = a.answer.field;
  if (field === null) return false;
  const edit = aid.edits[field];
  const by = isUnconfirmed(edit?.suggestion) ? edit?.suggestion?.decision : undefined;
  const shown = [a, b].find(({ filledBy }) => by !== undefined && filledBy.includes(by));
  // A value that a person chose for the aid, or that another answer gave it, is not in question.
  if (edit !== undefined && shown === undefined) return false;
  const { [field]: _, ...edits } = aid.edits;
  const content = shownContent({ ...aid, edits });
  return contradict([a.answer, b.answer], field, { externalId: aid.externalId, content, shownBy: shown?.answer.id ?? null });
}

function named(aid: CuratedAid): NamedAid {
  const { aidId, connector, externalId } = aid;
  return { aidId, connector, externalId, title: shownContent(aid).name };
}
