import type { WordTrial } from "../../../catalogue/connectors/word-repository.ts";
import { counted, french, isPlural } from "../../../french/typography.ts";
import type { TermFileName } from "../../../kit/rules/rule-context.ts";
import type { VersionContent } from "../../../model/run/connector-version.ts";
import { contentNow } from "../../../registry/change-content.ts";
import { nameOfConnector } from "../../../registry/connector-names.ts";
import { decideTerm } from "../../../registry/terms/decide-term.ts";
import { CannotDo, type Done, NotFound } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { type DefinitionView, definitionOf } from "../editor/connector/definition-of.ts";
import { abandonTrial, tryChange } from "../editor/connector/trial-acts.ts";
import { isOwn } from "./trial-row.tsx";
import { decisionInFrench, listFew } from "./words-in-french.tsx";

/** A decision on a word of one connector, in the connector's spelling. */
export interface Decision {
  readonly connector: string;
  readonly vocabulary: TermFileName;
  readonly word: string;
  /** Empty to ignore the word. */
  readonly targets: readonly string[];
}

const maxReported = 5;
const maxReasonLength = 500;

/** Result of the decisions for one connector. */
type Tried = { readonly connector: string } & ({ readonly is: "tried" | "kept" } | { readonly is: "refused"; readonly reason: string });

/**
 * Starts one trial for each connector. If the visitor already has an open trial, the new one repeats its decisions and replaces it. Trials
 * have no effect before they are kept.
 */
export async function tryDecisions(visit: Visit, decisions: readonly Decision[]): Promise<Done> {
  const mine = await ownTrials(visit);
  const byConnector = new Map<string, Decision[]>();
  for (const decision of decisions) byConnector.set(decision.connector, [...(byConnector.get(decision.connector) ?? []), decision]);
  const tried: Tried[] = [];
  for (const [connector, own] of byConnector) tried.push(await tryConnector(visit, connector, own, mine.get(connector)));
  const connectors = await visit.console.jobs.connectors();
  const nameOf = ({ connector }: Tried) => nameOfConnector(connectors, connector);
  const is = (state: Tried["is"]) => tried.filter((one) => one.is === state).map(nameOf);
  const refused = tried.filter((one) => one.is === "refused");
  const [first] = refused;
  if (first !== undefined && refused.length === tried.length) throw new CannotDo(first.reason);
  const [begun, kept] = [is("tried"), is("kept")];
  const message = [
    ...(begun.length > 0 ? [french`Essai lancé pour ${counted(begun.length, "producteur")} : rien ne change encore.`] : []),
    ...(kept.length > 0 ? [french`Enregistré sans essai, car aucun flux n'est conservé : ${listFew(kept)}.`] : []),
    ...refused.slice(0, maxReported).map((one) => french`${nameOf(one)} : ${one.reason}`),
  ].join(" ");
  return {
    message,
    to: begun.length > 0 ? "/mots/essais" : "/mots",
    subject: isPlural(byConnector.size) ? `mots de ${byConnector.size} connecteurs` : `mots de ${decisions[0]?.connector ?? "?"}`,
    details: {
      words: decisions.slice(0, 20).map(({ vocabulary, word, targets }) => ({ vocabulary, word, targets })),
      connectors: [...byConnector.keys()].slice(0, 50),
    },
  };
}

/** Returns the visitor's open trials by connector. */
async function ownTrials(visit: Visit): Promise<ReadonlyMap<string, WordTrial>> {
  const visitor = visitorOf(visit);
  const trials = await visit.catalogue.words.trials();
  const open = trials.filter((trial) => isOwn(trial, visitor) && !trial.isKept && trial.after === trial.newest);
  return new Map(open.map((trial) => [trial.connector, trial]));
}

async function tryConnector(
  visit: Visit,
  connector: string,
  decisions: readonly Decision[],
  before: WordTrial | undefined,
): Promise<Tried> {
  try {
    const view = await definitionOf(visit, connector);
    const content = contentWith(view, decisions, before);
    const sentences = decisions.map(({ word, vocabulary, targets }) => decisionInFrench(word, vocabulary, targets)).join(" ");
    const why = (before === undefined ? sentences : `${before.why} ${sentences}`).slice(0, maxReasonLength);
    const done = await tryChange(visit, view, { content, why, trial: "snapshot" });
    if ("problem" in done) return { connector, is: "refused", reason: done.problem };
    if (before !== undefined) await abandonTrial(visit, before);
    return { connector, is: done.details?.run === undefined ? "kept" : "tried" };
  } catch (error) {
    if (error instanceof CannotDo || error instanceof NotFound) return { connector, is: "refused", reason: error.message };
    throw error;
  }
}

function contentWith(view: DefinitionView, decisions: readonly Decision[], before: WordTrial | undefined): VersionContent {
  const content = contentNow(view.ofFile, view.version);
  const terms = decisions.reduce(
    (decided, { vocabulary, word, targets }) => decideTerm(decided, vocabulary, word, targets),
    before?.terms ?? content.terms,
  );
  return { ...content, terms };
}
