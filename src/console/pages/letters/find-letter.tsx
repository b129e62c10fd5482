import type { Child } from "hono/jsx";
import type { StoredLetter } from "../../../catalogue/letters/letter-repository.ts";
import type { AnnexLine, Letter } from "../../../partners/letters/letter.ts";
import { tokenHash } from "../../access/tokens.ts";
import { Badge } from "../../parts/badge.tsx";
import { NotFound, type Page } from "../../route.ts";
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
export async function letterFromPath(visit: Visit): Promise<MadeLetter> {
  const found = await visit.catalogue.letters.find(param(visit, "lettre"));
  if (found === null || found.connector !== param(visit, "connecteur")) throw new NotFound("Cette lettre n’existe pas, ou n’existe plus.");
  return madeLetter(found);
}

/** The lines of a letter's annex. */
export async function annexOf({ catalogue }: Visit, { letterId }: MadeLetter): Promise<readonly AnnexLine[]> {
  return (await catalogue.letters.annex(letterId)) as readonly AnnexLine[];
}

/** The letter of the public address, also where it is revoked. @throws NotFound */
export async function letterByToken(visit: Visit): Promise<MadeLetter> {
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

/** Pages above a letter. */
export function letterBreadcrumb({ id, publisher }: { readonly id: string; readonly publisher: string }): NonNullable<Page["breadcrumb"]> {
  return [
    { title: "Connecteurs", href: "/connecteurs" },
    { title: publisher, href: `/connecteurs/${id}` },
    { title: "Courriers", href: `/connecteurs/${id}/courriers` },
  ];
}

/** Whether the address of a letter leads to it. */
export function AddressBadge({ letter }: { readonly letter: Pick<MadeLetter, "revokedAt"> }): Child {
  return letter.revokedAt === null ? <Badge tone="success" label="adresse active" /> : <Badge tone="neutral" label="adresse révoquée" />;
}
