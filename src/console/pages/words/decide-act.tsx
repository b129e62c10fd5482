import { french } from "../../../french/typography.ts";
import type { TermFileName } from "../../../kit/rules/rule-context.ts";
import { oneTermVocabularies } from "../../../kit/rules/terms.ts";
import { vocabularyNames } from "../../../model/vocabularies.ts";
import { decidedTargets } from "../../../registry/terms/decide-term.ts";
import { targetProblem } from "../../../registry/terms/read-term-file.ts";
import { wordKey } from "../../../registry/terms/waiting-words.ts";
import { connectorName } from "../../lists/connector-column.tsx";
import { Alert } from "../../parts/alert.tsx";
import { readTerritory } from "../../parts/territory-field.ts";
import { actRoute, CannotDo, type Form } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { type DecideAgain, decidePageOf } from "./decide-page.tsx";
import { readWords, wordFromQuery } from "./read-words.ts";
import { tryDecisions } from "./try-decisions.ts";
import { targetsInFrench } from "./words-in-french.tsx";

/** Tries a decision on a word for the chosen publishers. */
export const decideAct = actRoute("/mots/decider", { who: "bizdev", act: "words.try" }, async (visit, form) => {
  const [vocabulary, requestedWord] = [visit.query.get("vocabulaire") ?? "", visit.query.get("mot") ?? ""];
  const chosen = [...new Set(form.all("producteur"))];
  const { byKey } = await readWords(visit);
  const uses = byKey.get(wordKey(vocabulary, requestedWord))?.uses ?? [];
  const gone = chosen.filter((connector) => !uses.some((use) => use.connector === connector));
  if (uses.length === 0 && gone.length > 0)
    throw new CannotDo((await decisionsSince(visit, vocabulary, requestedWord, gone)).join(" "), 409);
  const { word, read } = await wordFromQuery(visit);
  const again = (given: Pick<DecideAgain, "status" | "problems" | "alert">) =>
    decidePageOf(visit, word, read, { ...given, written: writtenOf(form) });
  if (gone.length > 0) {
    const sentences = await decisionsSince(visit, vocabulary, requestedWord, gone);
    const alert = (
      <Alert kind="warning" title="Rien n’a été enregistré" isAnnounced level={2}>
        {sentences.map((sentence) => (
          <p>{sentence}</p>
        ))}
      </Alert>
    );
    return again({ status: 409, problems: {}, alert });
  }
  if (chosen.length === 0) return again({ status: 422, problems: { producteur: french`Cochez au moins un producteur.` } });
  const decided = readDecision(form, word.vocabulary);
  if ("problem" in decided) return again({ status: 422, problems: { [decided.at]: decided.problem } });
  const decisions = word.uses
    .filter(({ connector }) => chosen.includes(connector))
    .map(({ connector, term }) => ({ connector, vocabulary: word.vocabulary, word: term, targets: decided.targets }));
  return tryDecisions(visit, decisions);
});

function writtenOf(form: Form) {
  return { connectors: form.all("producteur"), targets: form.all("termes"), lines: form.text("territoires") || form.text("organismes") };
}

const connectorsNamed = 5;

/** Returns, for each connector, a sentence that says why the word no longer waits for a decision. */
async function decisionsSince(visit: Visit, vocabulary: string, word: string, connectors: readonly string[]): Promise<string[]> {
  const sentences: string[] = [];
  for (const connector of connectors.slice(0, connectorsNamed)) {
    const versions = await visit.catalogue.connectorVersions.list(connector);
    const decided = versions.map(({ terms }) => decidedTargets(terms, vocabulary as TermFileName, word));
    const [current] = decided;
    // Several of the newest versions can contain this decision. The author of the oldest of them made it.
    const older = decided.findIndex((targets) => String(targets) !== String(current));
    const by = versions.at(older === -1 ? -1 : older - 1)?.by ?? "?";
    const name = await connectorName(visit, connector);
    sentences.push(
      current === undefined
        ? french`Chez ${name}, ce mot n'attend plus : il est traduit ailleurs, ou n'est plus dans le flux.`
        : french`Chez ${name}, ${by} en a décidé entre-temps : ${targetsInFrench(vocabulary, current)}.`,
    );
  }
  return sentences;
}

/** Our terms for a word (an empty list ignores the word), or the problem of a form field. */
type DecisionRead =
  | { readonly targets: readonly string[] }
  | { readonly at: "termes" | "territoires" | "organismes"; readonly problem: string };

/** Reads the decision from the form: a clicked suggestion, « ignorer », or the ticked and typed values. */
function readDecision(form: Form, vocabulary: TermFileName): DecisionRead {
  if (form.has("proposition")) return checked(vocabulary, splitLines(form.text("proposition"), /;/));
  if (form.text("faire") === "ignorer") return { targets: [] };
  if (vocabulary === "perimeters") return readTerritories(form.text("territoires"));
  if (vocabulary === "financers") return readOrganisations(form.text("organismes"));
  return checked(vocabulary, form.all("termes"));
}

function checked(vocabulary: TermFileName, targets: readonly string[]): DecisionRead {
  const chosen = [...new Set(targets)];
  if (chosen.length === 0) return { at: "termes", problem: "Cochez au moins un terme, ou ignorez ce mot." };
  if (chosen.some((target) => targetProblem(target, vocabulary) !== undefined))
    return { at: "termes", problem: "Un de ces termes n’existe pas, ou n’existe plus." };
  const closed = vocabularyNames.find((name) => name === vocabulary);
  if (closed !== undefined && oneTermVocabularies.has(closed) && chosen.length > 1)
    return { at: "termes", problem: "Une aide ne porte qu’un terme de cette liste : n’en cochez qu’un." };
  return { targets: chosen };
}

function readTerritories(written: string): DecisionRead {
  const targets: string[] = [];
  for (const line of splitLines(written, /[\n;]/)) {
    const [territory, ...others] = readTerritory(line);
    if (territory === undefined)
      return {
        at: "territoires",
        problem: french`Nous ne connaissons pas « ${line} » : écrivez un nom (« Bretagne ») ou un code (« région 53 »).`,
      };
    if (others.length > 0)
      return {
        at: "territoires",
        problem: french`Plusieurs territoires s'appellent « ${line} » : écrivez aussi lequel (« département 75 »).`,
      };
    targets.push(`${territory.scale}:${territory.code}`);
  }
  return targets.length === 0
    ? { at: "territoires", problem: "Écrivez au moins un territoire, ou ignorez ce mot." }
    : { targets: [...new Set(targets)] };
}

/** Reads one organisation per line: `name` or `name|SIREN`. */
function readOrganisations(written: string): DecisionRead {
  const targets = splitLines(written, /\n/).map((line) =>
    line
      .split("|")
      .map((part) => part.trim())
      .join("|"),
  );
  const wrong = targets.find((target) => targetProblem(target, "financers") !== undefined);
  if (wrong !== undefined)
    return {
      at: "organismes",
      problem: french`« ${wrong} » ne se lit pas : écrivez un nom, ou un nom, une barre et le SIREN (« ADEME|385290309 »).`,
    };
  return targets.length === 0
    ? { at: "organismes", problem: "Écrivez au moins un organisme, ou ignorez ce mot." }
    : { targets: [...new Set(targets)] };
}

function splitLines(text: string, between: RegExp): string[] {
  return text
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .slice(0, 50);
}
