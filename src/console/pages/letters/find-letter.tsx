import type { Child } from "hono/jsx";
import type { AnnexLine } from "../../../model/letter/letter.ts";
import { type AnyLetter, anyLetter, type MadeLetter } from "../../../partners/correspondence/stored-letter.ts";
import { tokenHash } from "../../access/tokens.ts";
import { Badge } from "../../parts/badge.tsx";
import { barePage } from "../../parts/bare-page.tsx";
import { type ActRoute, type Answer, actRoute, type Done, type Form, NotFound, type Page } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";

/** A letter on a page. `path`: of the page with the letter. */
export interface LetterGiven<Made = AnyLetter> {
  readonly visit: Visit;
  readonly made: Made;
  readonly path: string;
}

/** Returns a letter about errors. Throws `NotFound` for a courtesy letter, which has neither points nor an annex. */
export function aboutErrors(found: AnyLetter): MadeLetter {
  if (found.kind !== "errors") throw new NotFound("Cette lettre ne dit rien d’erreurs.");
  return found;
}

/** Finds the letter that the path names. Throws `NotFound` if it does not exist or belongs to another connector. */
export async function letterFromPath(visit: Visit): Promise<AnyLetter> {
  const found = await visit.catalogue.letters.find(param(visit, "lettre"));
  if (found === null || found.connector !== param(visit, "connecteur")) throw new NotFound("Cette lettre n’existe pas, ou n’existe plus.");
  return anyLetter(found);
}

/** Returns the route of a colleague's act on a letter. `place`: below the address of the letter. */
export function letterAct(
  place: string,
  options: Pick<ActRoute, "who" | "act">,
  perform: (visit: Visit, made: AnyLetter, form: Form) => ReturnType<ActRoute["perform"]>,
): ActRoute {
  return actRoute(`/connecteurs/:connecteur/courriers/:lettre/${place}`, options, async (visit, form) =>
    perform(visit, await letterFromPath(visit), form),
  );
}

/** Leads back to a letter after an act. `details`: for the audit trail; null if the act was done before. */
export function backToLetter(made: AnyLetter, message: string, details: object | null): Done | Answer {
  const to = letterPath(made);
  return details === null ? { to } : { message, to, subject: `connecteur ${made.connector}`, details: { ...details } };
}

/** Returns the path of a letter's page. */
export function letterPath({ connector, letterId }: Pick<AnyLetter, "connector" | "letterId">): string {
  return `/connecteurs/${connector}/courriers/${letterId}`;
}

export async function annexOf({ catalogue }: Visit, { letterId }: MadeLetter): Promise<readonly AnnexLine[]> {
  return (await catalogue.letters.annex(letterId)) as readonly AnnexLine[];
}

/** Finds the letter of a public address, active or revoked. Throws `NotFound` if no letter has the address. */
export async function anyLetterByToken(visit: Visit): Promise<AnyLetter> {
  const found = await visit.catalogue.letters.findByToken(tokenHash(param(visit, "jeton")));
  if (found === null) throw new NotFound("Cette adresse ne mène à aucune lettre. Vérifiez qu’elle a été recopiée en entier.");
  return anyLetter(found);
}

/** Finds the letter about errors of a public address, like `anyLetterByToken`. */
export async function letterByToken(visit: Visit): Promise<MadeLetter> {
  return aboutErrors(await anyLetterByToken(visit));
}

/** Page of a revoked address. It names neither the person who revoked it nor the letter's content. */
export const revokedPage = barePage(
  "Cette lettre n’est plus disponible",
  "Son adresse a été fermée. Si vous en avez besoin, demandez-en une nouvelle à la personne qui vous l’a envoyée.",
  { status: 410 },
);

export function letterBreadcrumb({ id, publisher }: { readonly id: string; readonly publisher: string }): NonNullable<Page["breadcrumb"]> {
  return [
    { title: "Connecteurs", href: "/connecteurs" },
    { title: publisher, href: `/connecteurs/${id}` },
    { title: "Courriers", href: `/connecteurs/${id}/courriers` },
  ];
}

/** Shows whether the public address of a letter is active. */
export function AddressBadge({ letter }: { readonly letter: Pick<AnyLetter, "revokedAt"> }): Child {
  return letter.revokedAt === null ? <Badge tone="success" label="adresse active" /> : <Badge tone="neutral" label="adresse révoquée" />;
}
