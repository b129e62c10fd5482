import { letterSubject } from "../../../texts/fr-letter.ts";
import { tokenHash } from "../../access/tokens.ts";
import { NotFound, type Page, type PageRoute } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { annexFile } from "./annex-file.ts";
import { annexOf, type MadeLetter, madeLetter } from "./letter-at.ts";
import { LetterBody } from "./letter-body.tsx";

/** A letter as its publisher reads it: whoever has the address. Nothing else of the console is on it. */
const publicLetter: PageRoute = {
  method: "get",
  path: "/lettre/:jeton",
  who: "anyone",
  async answer(visit) {
    const made = await letterUnderToken(visit);
    if (made.revokedAt !== null) return revokedPage;
    const { letter, by, at } = made;
    const annex = `/lettre/${param(visit, "jeton")}/annexe.csv`;
    return {
      title: letterSubject(letter),
      isBare: true,
      content: <LetterBody letter={letter} by={by} at={at} annex={annex} settings={visit.console.settings} />,
    };
  },
};

const publicAnnex: PageRoute = {
  method: "get",
  path: "/lettre/:jeton/annexe.csv",
  who: "anyone",
  async answer(visit) {
    const made = await letterUnderToken(visit);
    return made.revokedAt === null ? annexFile(await annexOf(visit, made), made.letter.feed.day) : revokedPage;
  },
};

async function letterUnderToken(visit: Visit): Promise<MadeLetter> {
  const found = await visit.catalogue.letters.atAddress(tokenHash(param(visit, "jeton")));
  if (found === null) throw new NotFound("Cette adresse ne mène à aucune lettre. Vérifiez qu’elle a été recopiée en entier.");
  return madeLetter(found);
}

/** It says no more than that: who revoked it, and what was in it, is nobody's business any more. */
const revokedPage: Page = {
  title: "Cette lettre n’est plus disponible",
  status: 410,
  isBare: true,
  content: (
    <>
      <h1>Cette lettre n’est plus disponible</h1>
      <p>Son adresse a été fermée. Si vous en avez besoin, demandez-en une nouvelle à la personne qui vous l’a envoyée.</p>
    </>
  ),
};

/** A letter and its annex, for whoever has its address. */
export const publicLetters: readonly PageRoute[] = [publicLetter, publicAnnex];
