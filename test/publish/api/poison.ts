/** Words that must not leak, each unique to one place, so that a found word names the leak. */
const poisons = {
  /** Persons and their contact data, in texts of reusable aids. */
  people: [
    ...["titre", "titreinitial", "titrecourt", "description", "conditions", "exemples", "contact", "mailducontact", "detailducontact"],
    ...["lien", "texteduliens", "motcle", "programme", "projet", "porteur", "instructeur", "quipaie", "quiinstruit", "territoire"],
    ...["commentaire", "autreaide", "source", "mention", "corrigee"],
  ],
  /** Aids that nobody outside may read, by state. */
  aids: [
    ...["arelire", "horschamp", "rejetee", "fusionnee", "retenue", "retiree", "depubliee", "rejeteeapres", "fusionneeapres"],
    ...["davant", "importee", "proposee", "porteurcache"],
  ],
  /** Aids that are on the site, but in no open data. */
  unlicensed: ["sanslicence", "souscontrat", "exouverte", "porteursanslicence"],
  /** Internal notes about partners. */
  partners: [
    ...["accordepar", "document", "action", "nomducontact", "role", "adresse", "notesurcontact", "journal", "detaildujournal"],
    ...[
      "remarque",
      "destinataire",
      "valideur",
      "fonction",
      "brouillon",
      "contactdubrouillon",
      "apercuclos",
      "personnedansapercu",
      "essai",
      "raison",
    ],
    ...["recherche", "reutilisateur", "audit", "compte", "notedecurateur", "curatrice", "rejet", "textedeflux"],
  ],
  /** Keys and passwords. */
  secrets: ["secretdeconsole", "cledeflux", "cheminduflux", "motdepassedeflux", "secretrange", "smtp", "cleexterne"],
} as const;

type PoisonKind = keyof typeof poisons;

/** Returns the word of a place. */
export function poison(name: string): string {
  if (!Object.values(poisons).some((names) => (names as readonly string[]).includes(name))) throw new Error(`nobody looks for ${name}`);
  return `poison${name}`;
}

/** Returns the words of these kinds. */
export function wordsOf(...kinds: readonly PoisonKind[]): string[] {
  return kinds.flatMap((kind) => poisons[kind].map((name) => poison(name)));
}

/** The mobile number of every person in these texts. */
export const mobile = "06 98 76 54 32";

/** Returns a person with address and number. */
export function somebody(name: string): string {
  return `Mme Claire ${capital(poison(name))}, ${mobile}, claire.${poison(name)}@exemple.fr`;
}

/** Returns a person's name. */
export function nameOf(name: string): string {
  return `Mme Claire ${capital(poison(name))}`;
}

/** Returns the poison words in a text, each once, sorted; `mobile` means the number in any notation. */
export function poisonIn(text: string): string[] {
  const words = text.toLowerCase().match(/poison[a-z]+/g) ?? [];
  const hasMobile = /(?:(?:\+|00)33\D{0,4}|0)6\D{0,3}98\D{0,3}76\D{0,3}54\D{0,3}32/.test(text);
  return [...new Set([...words, ...(hasMobile ? ["mobile"] : [])])].sort();
}

/** Returns the leaked words by address, without the `allowed` ones. Words of the request itself do not count in a 404. */
export function leaks(
  answers: ReadonlyMap<string, { readonly status: number; readonly text: string }>,
  allowed: readonly string[] = [],
): Record<string, string[]> {
  const found = [...answers].map(([address, { status, text }]) => {
    const said = status >= 300 ? poisonIn(address) : [];
    return [address, poisonIn(text).filter((word) => !allowed.includes(word) && !said.includes(word))] as const;
  });
  return Object.fromEntries(found.filter(([, words]) => words.length > 0));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
