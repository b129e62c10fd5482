import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import type { ConsoleSettings } from "../../console-settings.ts";
import { formatDay } from "../../parts/time.ts";

/** The head of a letter to a publisher: who writes, when, to whom. */
export function LetterHead({
  publisher,
  at,
  settings,
}: {
  readonly publisher: string;
  readonly at: Date;
  readonly settings: ConsoleSettings;
}): Child {
  return (
    <>
      <p class="fr-mb-1w">
        {settings.name}
        {settings.owner !== null && french`, ${settings.owner.split("|").join(", ")}`}
        <br />
        {french`Le ${formatDay(at)}`}
      </p>
      <p>{french`À l'attention de : ${publisher}`}</p>
    </>
  );
}
