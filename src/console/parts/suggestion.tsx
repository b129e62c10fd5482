import type { Child } from "hono/jsx";
import { certaintyMessage, evidenceMessage, ruleNames } from "../../french/suggestions.ts";
import { french } from "../../french/typography.ts";
import { frenchMember } from "../../french/values.ts";
import type { Suggestion, SuggestionEvidence } from "../../model/aid/suggestion.ts";
import { Quoting } from "./aid-text.tsx";
import { FieldValue } from "./field-value.tsx";

/** Pieces of evidence that are shown. */
const maxEvidence = 4;

/** Renders a suggestion with its evidence and its certainty. `act`: the button that accepts it. */
export function SuggestionNote({ suggestion, act }: { readonly suggestion: Suggestion; readonly act: Child }): Child {
  const { field, value, rule, certainty, evidence } = suggestion;
  return (
    <div class="moisson-suggestion">
      <p class="fr-mb-1v">Suggestion de Moisson :</p>
      <FieldValue field={field} value={value} isShort />
      <Evidence field={field} evidence={evidence} />
      <p class="moisson-mention fr-mb-1v">{french`${ruleNames[rule]} ; ${certaintyMessage(certainty)} : à vérifier`}</p>
      {act}
    </div>
  );
}

/** Renders the evidence of a suggestion: the sentences of the aid, or the number of similar aids. */
export function Evidence({ field, evidence }: Pick<Suggestion, "field" | "evidence">): Child {
  return (
    <ul class="moisson-evidence">
      {evidence.slice(0, maxEvidence).map((one) => (
        <li>
          {"term" in one && one.term !== undefined && french`${frenchMember(field, one.term)} : `}
          {one.kind === "sentence" ? <Sentence evidence={one} /> : evidenceMessage(one)}
        </li>
      ))}
    </ul>
  );
}

function Sentence({ evidence }: { readonly evidence: Extract<SuggestionEvidence, { kind: "sentence" }> }): Child {
  return (
    <>
      <mark>
        <Quoting text={french`« ${evidence.text} »`} />
      </mark>{" "}
      <span class="moisson-mention">{evidenceMessage(evidence)}</span>
    </>
  );
}
