import firstNameList from "./first-names.json" with { type: "json" };
import lists from "./name-vocabulary.json" with { type: "json" };

// Words around names, and words that are not part of names. All are folded: lower case, no accents, "oe" for "œ".

/**
 * Common first names of people in France, of all ages and origins. Names that are mainly words or places (France, Lorraine, Marine, Rose,
 * Victoire, Pays) are left out; a civility still reveals them.
 */
export const firstNames: ReadonlySet<string> = new Set(firstNameList);

/** Words before a person's name. `m` needs a full stop or a following capital. */
export const civilities: ReadonlySet<string> = new Set(lists.civilities);

/** Civilities written of people, not in names of streets and prizes. */
export const shortCivilities: ReadonlySet<string> = new Set(lists.shortCivilities);

/** Words that link parts of a name. */
export const particles: ReadonlySet<string> = new Set(lists.particles);

/** Professions. They end a name and are evidence for it. */
export const roles: ReadonlySet<string> = new Set(lists.roles);

/** Words of organisations, headings and addresses, which are not part of names. */
export const notNames: ReadonlySet<string> = new Set(lists.notNames);

/** A name after one of these belongs to a street, a house or a prize. */
export const namesakes: ReadonlySet<string> = new Set(lists.namesakes);

/** Titles between a street's word and the name: "rue du Général Leclerc". */
export const titles: ReadonlySet<string> = new Set(lists.titles);

/** People after whom many things are named. They count as people only with a civility. The words of each name are sorted. */
export const famousNames: ReadonlySet<string> = new Set(lists.famousNames.map((name) => name.split(" ").sort().join(" ")));

/** Words that make an address a mailbox. */
export const mailboxWords: ReadonlySet<string> = new Set(lists.mailboxWords);
