import type { Child } from "hono/jsx";
import type { WordTrial } from "../../../catalogue/connectors/word-repository.ts";
import { counted, french, isPlural } from "../../../french/typography.ts";
import { versionChanges } from "../../../french/versions.ts";
import type { TermFileName } from "../../../kit/rules/rule-context.ts";
import { goodOutcomes } from "../../../model/run/run-error.ts";
import { ConnectorName } from "../../lists/connector-column.tsx";
import { Badge, RunBadge } from "../../parts/badge.tsx";
import { mayCurate, type Visit, type Visitor } from "../../visit.ts";

export function trialValue({ connector, runId }: Pick<WordTrial, "connector" | "runId">): string {
  return `${connector} ${runId}`;
}

/** Returns true for the visitor's own trial. */
export function isOwn({ by, person }: WordTrial, visitor: Visitor): boolean {
  return person === null ? by === visitor.name : person === visitor.personId;
}

/** Returns true if the trial can be kept: its run succeeded and the connector has not changed since then. */
export function isGoodTrial({ isKept, outcome, after, newest }: WordTrial): boolean {
  return !isKept && after === newest && outcome !== null && (goodOutcomes.has(outcome) || outcome === "held");
}

/** Returns true if the connector has changed since the trial. */
function isOvertaken({ isKept, after, newest }: WordTrial): boolean {
  return !isKept && after !== newest;
}

/** Returns the decisions that the trial adds or changes. */
export function decisionsOf({ connector, before, terms }: WordTrial) {
  return Object.entries(terms).flatMap(([vocabulary, words]) => {
    const was = new Map(Object.entries(before[vocabulary] ?? {}));
    return Object.entries(words)
      .filter(([word, targets]) => String(was.get(word)) !== String(targets))
      .map(([word, targets]) => ({ connector, vocabulary: vocabulary as TermFileName, word, targets }));
  });
}

/**
 * Returns how many aids trials would change now. A run keeps the value of an aid whose word it does not know, so that a decision often
 * changes no aid at once.
 */
export function effectSentence(trials: readonly WordTrial[]): string {
  const changed = trials.reduce((sum, trial) => sum + touched(trial), 0);
  if (changed > 0) return `${counted(changed, "aide changerait", "aides changeraient")}.`;
  const words = trials.flatMap(decisionsOf);
  const areKept = words.every(({ targets }) => targets.length > 0) && trials.every(({ counts }) => counts?.ignored === 0);
  const which = isPlural(words.length) ? "ces mots" : "ce mot";
  return areKept
    ? french`Aucune aide ne changerait aujourd'hui : celles qui portent ${which} ont déjà cette valeur, gardée d'avant.`
    : french`Aucune aide ne changerait aujourd'hui.`;
}

/** The connector of a link or a button, for screen readers. `words`: before its name. */
export function AboutConnector(given: { readonly visit: Visit; readonly connector: string; readonly words: string }): Child {
  return (
    <span class="fr-sr-only">
      {` ${given.words} `}
      <ConnectorName {...given} />
    </span>
  );
}

/** The decisions of a trial, one sentence each. */
export function TrialWords({ trial: { before, terms } }: { readonly trial: WordTrial }): Child {
  const changes = versionChanges({ definition: {}, terms: before }, { definition: {}, terms }, (address) => address);
  return (
    <ul class="fr-mb-0">
      {changes.map((change) => (
        <li>{change}</li>
      ))}
    </ul>
  );
}

/** The effect of a trial on the aids, or the reason why it cannot be kept. */
export function TrialEffect({ trial, visit }: { readonly trial: WordTrial; readonly visit: Visit }): Child {
  const { connector, runId, state, outcome, planId } = trial;
  if (isOvertaken(trial)) {
    return (
      <>
        <p>Quelqu’un a changé ce connecteur depuis : l’essai est à refaire.</p>
        {mayCurate(visit) && (
          <button
            type="submit"
            class="fr-btn fr-btn--secondary fr-btn--sm"
            formaction="/mots/essais/refaire"
            name="un"
            value={trialValue(trial)}
          >
            Essayer à nouveau
            <AboutConnector visit={visit} connector={connector} words="pour" />
          </button>
        )}
      </>
    );
  }
  if (state !== "ended") return <RunBadge state={state} outcome={outcome} />;
  if (!isGoodTrial(trial)) {
    return (
      <>
        <Badge tone="error" label="essai sans résultat" />{" "}
        <a href={`/collectes/${runId}`}>
          Voir pourquoi
          <span class="fr-sr-only">
            {" "}
            l’essai de <ConnectorName visit={visit} connector={connector} /> n’a pas abouti
          </span>
        </a>
      </>
    );
  }
  return (
    <>
      {effectSentence([trial])}{" "}
      {planId !== null && outcome !== "unchanged" && (
        <a href={`/plans/${planId}`}>
          Lire le plan
          <AboutConnector visit={visit} connector={connector} words="de" />
        </a>
      )}
      {outcome === "held" && (
        <p class="fr-mt-1v">
          <Badge tone="warning" label="retenu par un garde-fou" />
        </p>
      )}
    </>
  );
}

function touched({ counts }: WordTrial): number {
  return counts === null ? 0 : counts.created + counts.updated + counts.restored + counts.withdrawn + counts.proposals;
}
