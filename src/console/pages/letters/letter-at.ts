import type { StoredLetter } from "../../../catalogue/letters/letter-repository.ts";
import type { AnnexLine, Letter } from "../../../partners/letters/letter.ts";
import { NotFound } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";

/** A letter that was made, with what it says. */
export interface MadeLetter extends Omit<StoredLetter, "content"> {
  readonly letter: Letter;
}

/** What a stored letter says: nobody but us writes it. */
export function madeLetter({ content, ...rest }: StoredLetter): MadeLetter {
  return { ...rest, letter: content as Letter };
}

/** The letter of the address, about the connector of the address. @throws NotFound */
export async function letterOfAddress(visit: Visit): Promise<MadeLetter> {
  const found = await visit.catalogue.letters.find(param(visit, "lettre"));
  if (found === null || found.connector !== param(visit, "connecteur")) throw new NotFound("Cette lettre n’existe pas, ou n’existe plus.");
  return madeLetter(found);
}

/** The lines of a letter's annex. */
export async function annexOf({ catalogue }: Visit, { letterId }: MadeLetter): Promise<readonly AnnexLine[]> {
  return (await catalogue.letters.annex(letterId)) as readonly AnnexLine[];
}
