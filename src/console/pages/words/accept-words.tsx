import type { Child } from "hono/jsx";
import { counted, french } from "../../../french/typography.ts";
import { targetProblem } from "../../../registry/terms/read-term-file.ts";
import { wordKey } from "../../../registry/terms/waiting-words.ts";
import { backTo } from "../../access/sign-in.ts";
import { Checkbox } from "../../parts/checkbox.tsx";
import { CsrfField } from "../../parts/form-controls.tsx";
import { truncate } from "../../parts/time.ts";
import { actRoute, CannotDo } from "../../route.ts";
import { mayCurate, type Visit } from "../../visit.ts";
import { readWords } from "./read-words.ts";
import { tryDecisions } from "./try-decisions.ts";
import { targetsInFrench } from "./words-in-french.tsx";

/** A suggestion that a person accepted. */
interface AcceptedWord {
  readonly vocabulary: string;
  readonly targets: readonly string[];
  readonly word: string;
}

/** Encodes a suggestion as one form value. A word may contain any character. */
export function writeAccepted({ vocabulary, targets, word }: AcceptedWord): string {
  return [vocabulary, targets.join(","), encodeURIComponent(word)].join("|");
}

/** Decodes a form value, or returns null if it is invalid. */
function readAccepted(value: string): AcceptedWord | null {
  const [, vocabulary, targets, word] = /^(\w+)\|([\w,-]*)\|([^|]+)$/.exec(value) ?? [];
  if (vocabulary === undefined || targets === undefined || word === undefined) return null;
  try {
    return { vocabulary, targets: targets.split(",").filter((slug) => slug !== ""), word: decodeURIComponent(word) };
  } catch {
    return null; // the value does not come from our pages
  }
}

/** The table of words that wait for a decision, with a button that tries all ticked suggestions at once. */
export function AcceptForm(given: { readonly table: Child; readonly visit: Visit; readonly isAnySure: boolean }): Child {
  const { table, visit, isAnySure } = given;
  if (!mayCurate(visit) || !isAnySure) return table;
  return (
    <form method="post" action="/mots/accepter">
      <CsrfField csrf={visit.csrf} />
      <div class="moisson-bulk">
        <Checkbox id="tout-cocher" ticks="mot">
          Cocher toutes les suggestions sûres de la page
        </Checkbox>
        <button type="submit" class="fr-btn fr-btn--secondary fr-btn--sm">
          Essayer les suggestions cochées
        </button>
      </div>
      {table}
    </form>
  );
}

/** Checkbox of a word with a sure suggestion. `sure`: the suggested terms, or null. */
export function Tick(given: {
  readonly vocabulary: string;
  readonly word: string;
  readonly sure: readonly string[] | null;
  readonly visit: Visit;
}): Child {
  const { vocabulary, word, sure, visit } = given;
  if (sure === null || !mayCurate(visit)) return null;
  const value = writeAccepted({ vocabulary, targets: sure, word });
  const id = `choix-${Buffer.from(value).toString("hex").slice(0, 400)}`;
  return (
    <Checkbox id={id} name="mot" value={value}>
      <span class="fr-sr-only">{french`Cocher « ${truncate(word, 120)} » : ${targetsInFrench(vocabulary, sure)}`}</span>
    </Checkbox>
  );
}

/** Tries the ticked suggestions for all publishers that use the words, with one trial for each connector. */
export const acceptAct = actRoute("/mots/accepter", { who: "bizdev", act: "words.accept" }, async (visit, form) => {
  const accepted = form.all("mot").flatMap((value) => readAccepted(value) ?? []);
  if (accepted.length === 0) throw new CannotDo("Aucun mot n’est coché. Revenez à la liste, cochez des mots, puis recommencez.");
  const { byKey } = await readWords(visit);
  const decisions = accepted.flatMap(({ vocabulary, word, targets }) => {
    const waiting = byKey.get(wordKey(vocabulary, word));
    if (waiting === undefined || targets.some((target) => targetProblem(target, waiting.vocabulary) !== undefined)) return [];
    return [waiting.uses.map(({ connector, term }) => ({ connector, vocabulary: waiting.vocabulary, word: term, targets }))];
  });
  const gone = accepted.length - decisions.length;
  if (decisions.length === 0)
    throw new CannotDo(french`Ces mots n'attendent plus de décision : quelqu'un d'autre a décidé entre-temps.`, 409);
  const done = await tryDecisions(visit, decisions.flat());
  const left = gone === 0 ? "" : french` Quelqu'un d'autre avait déjà décidé pour ${counted(gone, "mot")}.`;
  return { ...done, to: backTo(form, done.to), message: `${done.message ?? ""}${left}` };
});
