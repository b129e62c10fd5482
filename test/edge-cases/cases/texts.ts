import { foldTerm } from "../../../src/kit/values/text/clean-text.ts";
import type { EdgeCase } from "../edge-case.ts";
import { fieldCase } from "../field-cases.ts";
import { richTexts } from "../kinds.ts";

const shown = (out: unknown) => (out === null ? "kept, no text" : `kept ${String(out)}`);

const long = `<p>${"é".repeat(20_000)} fin</p>`;

function lengthInWords(out: unknown): string {
  if (out === null) return "kept, no text";
  return String(out).includes("fin") && String(out).length > 20_000 ? "kept whole" : `kept cut to ${String(out).length} characters`;
}

/** Texts with markup, and texts without meaning. */
export const textCases: readonly EdgeCase[] = [
  fieldCase("text: HTML that is not closed", richTexts, () => ({ value: "<ul><li>un<li><b>deux" }), shown),
  fieldCase(
    "text: HTML with a script",
    richTexts,
    () => ({ value: '<p>Avant</p><script>alert(1)</script><p onclick="x()">Après</p>' }),
    shown,
  ),
  fieldCase("text: more than 20,000 bytes", richTexts, () => ({ value: long }), lengthInWords),
  fieldCase("text: &oeliguvre", richTexts, () => ({ value: "Mise en &oeliguvre" }), shown),
  fieldCase("text: A DEFINIR APRES REPRISE", richTexts, () => ({ value: "A DEFINIR APRES REPRISE" }), shown),
  fieldCase("text: gda_editeur_de_texte", richTexts, () => ({ value: "Texte, gda_editeur_de_texte" }), shown),
  fieldCase(
    "text: the connector's own placeholder, in other letters",
    richTexts,
    ({ connector }) => {
      const [placeholder] = connector.definition.placeholders;
      return placeholder === undefined ? { none: "it has none" } : { value: foldTerm(placeholder) };
    },
    shown,
  ),
];
