import type { Child } from "hono/jsx";
import { counted, french } from "../../../french/typography.ts";
import { countStates } from "../../../partners/letters/what-is-left.ts";
import { ActForm } from "../../parts/form.tsx";
import { formatDateTime } from "../../parts/time.ts";
import type { Visit } from "../../visit.ts";
import type { MadeLetter } from "./letter-at.ts";
import { type Reread, readReread } from "./read-reread.ts";
import { whyNotReread } from "./why-not-reread.ts";

interface RereadGiven {
  readonly visit: Visit;
  readonly made: MadeLetter;
  /** Of the letter. */
  readonly path: string;
}

/** On a letter: what came of reading its feed again, and the button that has it read, or why it cannot be. */
export async function RereadSection({ visit, made, path }: RereadGiven): Promise<Child> {
  const reread = await readReread(visit, made);
  return (
    <section id="relecture" class="moisson-no-print">
      <h3>Vous avez corrigé ?</h3>
      {reread.state !== "never" && (
        <p>
          {rereadSentence(reread, "Vos données")}{" "}
          <a href={`${path}/relecture`}>{reread.state === "read" ? "Voir ce qui reste" : "Voir où elle en est"}</a>
        </p>
      )}
      <RereadForm visit={visit} made={made} path={path} />
    </section>
  );
}

/** The button that has the feed read again, or why it cannot be. */
export async function RereadForm({ visit, made, path }: RereadGiven): Promise<Child> {
  const why = await whyNotReread(visit, made);
  if (why !== null) return <p>{why}</p>;
  return (
    <ActForm action={`${path}/relecture`} csrf={visit.csrf} class="fr-mb-3w">
      <button class="fr-btn" type="submit">
        Relire maintenant
      </button>
      <p class="fr-hint-text fr-mt-1w">
        {french`Nous lisons vos données à leur adresse, telles qu'elles sont à l'instant, et vous disons ce qui reste à corriger. Rien n'est publié ni modifié par cette lecture.`}
      </p>
    </ActForm>
  );
}

/** What came of it, in a sentence. `whose`: as who reads it names the data. */
export function rereadSentence(reread: Exclude<Reread, { state: "never" }>, whose: "Vos données" | "Ses données"): string {
  const when = formatDateTime(reread.at);
  if (reread.state === "going-on") return french`La relecture demandée le ${when} est en cours.`;
  if (reread.state === "not-read") return french`La relecture du ${when} n'est pas allée jusqu'au bout.`;
  const { corrected, left, new: added } = countStates(reread.points);
  const parts = [
    counted(corrected, "point corrigé", "points corrigés"),
    french`${left} à corriger encore`,
    ...(added > 0 ? [counted(added, "nouveau point", "nouveaux points")] : []),
  ];
  return french`${whose} ont été relues le ${when} : ${parts.join(", ")}.`;
}
