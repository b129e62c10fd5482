/** What must not come out, each under a word of its own that stands nowhere else: where it is found tells what leaks. */
const poisons = {
  /** People, and what only they may be reached by, in texts of aids that may be passed on. */
  people: [
    ...["titre", "titreinitial", "titrecourt", "description", "conditions", "exemples", "contact", "mailducontact", "detailducontact"],
    ...["lien", "texteduliens", "motcle", "programme", "projet", "porteur", "instructeur", "quipaie", "quiinstruit", "territoire"],
    ...["commentaire", "autreaide", "source", "mention", "corrigee"],
  ],
  /** Aids that nobody outside may read, by how they stand. */
  aids: [
    ...["arelire", "horschamp", "rejetee", "fusionnee", "retenue", "retiree", "depubliee", "rejeteeapres", "fusionneeapres"],
    ...["davant", "importee", "proposee", "porteurcache"],
  ],
  /** Aids that are on the site, and in nothing that is open. */
  unlicensed: ["sanslicence", "souscontrat", "exouverte", "porteursanslicence"],
  /** What is known of partners, and said among us. */
  partners: [
    ...["accordepar", "document", "action", "nomducontact", "role", "adresse", "notesurcontact", "journal", "detaildujournal"],
    ...["remarque", "destinataire", "brouillon", "contactdubrouillon", "apercuclos", "personnedansapercu", "essai", "raison"],
    ...["recherche", "reutilisateur", "audit", "compte", "notedecurateur", "curatrice", "rejet", "textedeflux"],
  ],
  /** Keys and passwords. */
  secrets: ["secretdeconsole", "cledeflux", "cheminduflux", "motdepassedeflux", "secretrange", "smtp", "cleexterne"],
} as const;

type PoisonKind = keyof typeof poisons;

/** The word of something. */
export function poison(name: string): string {
  if (!Object.values(poisons).some((names) => (names as readonly string[]).includes(name))) throw new Error(`nobody looks for ${name}`);
  return `poison${name}`;
}

/** The words of these kinds. */
export function wordsOf(...kinds: readonly PoisonKind[]): string[] {
  return kinds.flatMap((kind) => poisons[kind].map((name) => poison(name)));
}

/** The mobile number of everybody in these texts. */
export const mobile = "06 98 76 54 32";

/** Somebody, with address and number. */
export function somebody(name: string): string {
  return `Mme Claire ${capital(poison(name))}, ${mobile}, claire.${poison(name)}@exemple.fr`;
}

/** Somebody's name. */
export function nameOf(name: string): string {
  return `Mme Claire ${capital(poison(name))}`;
}

/** Words of poison in a text, and `mobile` for the number, however it is written. Each once, sorted. */
export function poisonIn(text: string): string[] {
  const words = text.toLowerCase().match(/poison[a-z]+/g) ?? [];
  const hasMobile = /(?:(?:\+|00)33\D{0,4}|0)6\D{0,3}98\D{0,3}76\D{0,3}54\D{0,3}32/.test(text);
  return [...new Set([...words, ...(hasMobile ? ["mobile"] : [])])].sort();
}

/** Address -> words that came out there, of those that are not `allowed`. What was asked for is not counted where nothing is there. */
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
