import type { Child } from "hono/jsx";
import { counted, french } from "../../../french/typography.ts";
import type { WaitingWord } from "../../../registry/terms/waiting-words.ts";
import { ActForm, Checkboxes } from "../../parts/form.tsx";
import { truncate } from "../../parts/truncate.ts";
import type { Visit } from "../../visit.ts";
import { Certainty } from "./certainty.tsx";
import { DefaultButton } from "./default-button.tsx";
import { OwnChoice, type WrittenDecision } from "./own-choice.tsx";
import type { WordsRead } from "./read-words.ts";
import type { SuggestedTargets } from "./suggested-targets.ts";
import { targetsInFrench, wordHref } from "./words-in-french.ts";

/** For which publishers, and what the word means: one click where a suggestion is right, else a choice among all our terms. */
export function DecideForm(given: {
  readonly visit: Visit;
  readonly word: WaitingWord;
  readonly read: WordsRead;
  readonly suggestions: readonly SuggestedTargets[];
  readonly written: WrittenDecision | null;
  readonly problems: Readonly<Record<string, string>>;
}): Child {
  const { visit, word, suggestions, written, problems } = given;
  return (
    <ActForm action={wordHref(word.vocabulary, word.word)} csrf={visit.csrf}>
      <DefaultButton name="faire" value="choisir" />
      <h2>Décision</h2>
      <p>La décision est d’abord essayée sur le dernier flux : rien ne change avant que vous n’ayez vu ce qu’elle ferait.</p>
      <ForWhom given={given} />
      {suggestions.length > 0 && (
        <>
          <h3>Suggestions</h3>
          <ul class="fr-raw-list">
            {suggestions.map((suggested) => (
              <Suggestion vocabulary={word.vocabulary} suggested={suggested} />
            ))}
          </ul>
        </>
      )}
      <h3>{suggestions.length > 0 ? "Ou choisir soi-même" : "Chez nous, ce mot veut dire"}</h3>
      <OwnChoice word={word} suggestions={suggestions} written={written} problems={problems} />
      <ul class="fr-btns-group fr-btns-group--inline">
        <li>
          <button type="submit" class="fr-btn" name="faire" value="choisir">
            Essayer cette traduction
          </button>
        </li>
        <li>
          <button type="submit" class="fr-btn fr-btn--secondary" name="faire" value="ignorer">
            Essayer d’ignorer ce mot
          </button>
        </li>
      </ul>
    </ActForm>
  );
}

/** All who have it, unless some are left out. */
function ForWhom({
  given: { word, read, written, problems },
}: {
  readonly given: {
    readonly word: WaitingWord;
    readonly read: WordsRead;
    readonly written: WrittenDecision | null;
    readonly problems: Readonly<Record<string, string>>;
  };
}): Child {
  const [only, ...others] = word.uses;
  if (only !== undefined && others.length === 0) return <input type="hidden" name="producteur" value={only.connector} />;
  return (
    <details open={written !== null || word.uses.length <= 8} class="fr-mb-3w">
      <summary>{french`Pour les ${word.uses.length} producteurs qui l'emploient, ou pour certains`}</summary>
      <Checkboxes
        name="producteur"
        label="Producteurs"
        problem={problems.producteur}
        choices={word.uses.map(({ connector, count, term }) => ({
          value: connector,
          label: french`${read.connectors.get(connector)?.definition.publisher.name ?? connector} : ${counted(count, "aide")}${term === word.word ? "" : french`, écrit « ${truncate(term, 80)} »`}`,
        }))}
        values={written?.connectors ?? word.uses.map(({ connector }) => connector)}
      />
    </details>
  );
}

function Suggestion({ vocabulary, suggested }: { readonly vocabulary: string; readonly suggested: SuggestedTargets }): Child {
  const { targets, certainty, because } = suggested;
  const does =
    targets.length === 0
      ? { name: "faire", value: "ignorer", label: "Ignorer ce mot" }
      : { name: "proposition", value: targets.join(";"), label: targetsInFrench(vocabulary, targets) };
  return (
    <li class="fr-mb-2w">
      <button type="submit" class="fr-btn fr-btn--secondary fr-btn--sm fr-mr-1w" name={does.name} value={does.value}>
        {does.label}
      </button>
      <Certainty certainty={certainty} />
      <ul class="moisson-mention fr-mt-1v">
        {because.slice(0, 4).map((why) => (
          <li>{why}</li>
        ))}
      </ul>
    </li>
  );
}
