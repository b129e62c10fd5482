import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import type { Connector } from "../../../../kit/definition.ts";
import { changeBetween, type DefinitionChange, withChanges } from "../../../../registry/change-content.ts";
import { checkConnector } from "../../../../registry/check-connector.ts";
import { ignoredAfter } from "../ignored-after.ts";
import { answersOf, type DraftAnswers } from "./draft-steps.ts";

/** Number of revisions whose definition can be shown again. */
const maxEarlier = 30;

/** Returns the definition of a draft: what the analysis proposes, with the changes of people; null before the file is analysed. */
export function definitionOfDraft({ proposed, changes = {} }: DraftAnswers): Connector | null {
  if (proposed === undefined) return null;
  const before = wholeConnector(proposed);
  const after = wholeConnector(withChanges(proposed, changes));
  return { ...after, ignored: ignoredAfter(before, after, before.ignored) };
}

/** Returns the checked definition. An invalid one gets the usual values, so that its pages can be opened and corrected. */
export function wholeConnector(definition: object): Connector {
  const checked = checkConnector(definition);
  if ("connector" in checked) return checked.connector;
  return { state: "draft", ignored: [], placeholders: [], guards: {}, expect: {}, ...definition } as unknown as Connector;
}

/** Returns the answers to save, with the way back to the saved ones. */
export function withHistory(draft: Draft, after: DraftAnswers): DraftAnswers {
  const before = answersOf(draft);
  const [from, to] = [definitionOfDraft(after), definitionOfDraft(before)];
  const isChanged = (key: "publisher" | "terms") => JSON.stringify(before[key]) !== JSON.stringify(after[key]);
  const earlier = {
    revision: draft.revision,
    before: from === null || to === null ? {} : changeBetween(from, to),
    ...(isChanged("publisher") && { publisher: before.publisher ?? null }),
    ...(isChanged("terms") && { terms: before.terms ?? null }),
  };
  return { ...after, history: [earlier, ...(before.history ?? [])].slice(0, maxEarlier) };
}

/** An earlier revision of a draft. */
interface EarlierAnswers extends Pick<DraftAnswers, "publisher" | "terms"> {
  readonly definition: Connector | null;
}

/** Returns the definition, the publisher and the words of an earlier revision, or null if they are not stored. */
export function answersAt(draft: Draft, revision: number): EarlierAnswers | null {
  const answers = answersOf(draft);
  const { history = [] } = answers;
  const later = history.filter((earlier) => earlier.revision >= revision);
  if (!(revision >= 1 && revision <= draft.revision) || later.length < draft.revision - revision) return null;
  const now = definitionOfDraft(answers);
  const back = (definition: object, { before }: { readonly before: DefinitionChange }) => withChanges(definition, before);
  // The last of these entries is the oldest one after the revision.
  const { publisher = answers.publisher } = later.findLast((earlier) => earlier.publisher !== undefined) ?? {};
  const { terms = answers.terms } = later.findLast((earlier) => earlier.terms !== undefined) ?? {};
  return {
    definition: now === null ? null : (later.reduce(back, now as object) as unknown as Connector),
    publisher: publisher ?? undefined,
    terms,
  };
}
