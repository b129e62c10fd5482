import { french } from "../../../french/typography.ts";
import type { TermFileName } from "../../../kit/rules/rule-context.ts";
import { oneTermVocabularies } from "../../../kit/rules/terms.ts";
import { vocabularyNames } from "../../../model/vocabularies.ts";
import { targetProblem } from "../../../registry/terms/read-term-file.ts";
import { readTerritory } from "../../parts/territory-field.ts";
import type { Form } from "../../route.ts";

/** Our terms for a word (an empty list ignores the word), or the problem of a form field. */
export type DecisionRead =
  | { readonly targets: readonly string[] }
  | { readonly at: "termes" | "territoires" | "organismes"; readonly problem: string };

/** Reads the decision from the form: a clicked suggestion, « ignorer », or the ticked and typed values. */
export function readDecision(form: Form, vocabulary: TermFileName): DecisionRead {
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
