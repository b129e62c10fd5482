import type { Child } from "hono/jsx";
import { counted, french } from "../../../french/typography.ts";
import type { Letter } from "../../../partners/letters/letter.ts";

/** Where the annex of a letter is had; nothing where it has no line. */
export function AnnexLink({ letter, annex }: { readonly letter: Letter; readonly annex: string }): Child {
  const { lines, isWhole } = letter.annex;
  if (lines === 0) return null;
  const which = isWhole ? "toutes les anomalies" : "les anomalies relevées";
  return (
    <p>
      <a class="fr-link fr-link--download" href={annex}>
        {french`Télécharger l'annexe : ${which}, une par ligne (${counted(lines, "ligne")}, CSV)`}
      </a>
      {!isWhole && french` Vos données en contiennent peut-être d'autres, que nous n'avons pas pu lister.`}
    </p>
  );
}
