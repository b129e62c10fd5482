import { tokenHash } from "../../access/tokens.ts";
import { NotFound, type Page } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { type MadeLetter, madeLetter } from "./letter-at.ts";

/** The letter of the public address, also where it is revoked. @throws NotFound */
export async function letterUnderToken(visit: Visit): Promise<MadeLetter> {
  const found = await visit.catalogue.letters.atAddress(tokenHash(param(visit, "jeton")));
  if (found === null) throw new NotFound("Cette adresse ne mène à aucune lettre. Vérifiez qu’elle a été recopiée en entier.");
  return madeLetter(found);
}

/** Of a letter whose address was closed. It says no more than that: who revoked it, and what was in it, is nobody's business any more. */
export const revokedPage: Page = {
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
