import firstNameList from "./first-names.json" with { type: "json" };
import lists from "./name-vocabulary.json" with { type: "json" };

// All words are folded: lower case, without accents, "oe" for "œ".

/** Common first names in France, without those that are words or places (France, Rose). Partly from Faker (MIT). */
export const firstNames: ReadonlySet<string> = new Set(firstNameList);

/** Words before a person's name. `m` counts only with a full stop, or before more than an initial. */
export const civilities: ReadonlySet<string> = new Set(lists.civilities);

/** Civilities that are used for people, but not in names of streets and prizes. */
export const shortCivilities: ReadonlySet<string> = new Set(lists.shortCivilities);

/** Ranks and titles of orders before a name: "le capitaine Dupont". They are words too. */
export const ranks: ReadonlySet<string> = new Set(lists.ranks.split(" "));

/** Nouns of places, organisations and offices that are common surnames. */
export const surnameNouns: ReadonlySet<string> = new Set(lists.surnameNouns.split(" "));

/** Words that link parts of a name. */
export const particles: ReadonlySet<string> = new Set(lists.particles);

/** Professions. They end a name and are evidence of a person. */
export const roles: ReadonlySet<string> = new Set(lists.roles);

/** Words of organisations, headings and addresses, which are not part of names. */
export const notNames: ReadonlySet<string> = new Set(lists.notNames);

/** A name after one of these belongs to a street, a house or a prize. */
export const namesakes: ReadonlySet<string> = new Set(lists.namesakes);

/** Titles between a street's word and the name: "rue du Général Leclerc". */
export const titles: ReadonlySet<string> = new Set(lists.titles);

/** People after whom many places are named. They count as people only after a civility. The words of each name are sorted. */
export const famousNames: ReadonlySet<string> = new Set(lists.famousNames.map((name) => name.split(" ").sort().join(" ")));

/** Words that show that an address is a mailbox. */
export const mailboxWords: ReadonlySet<string> = new Set(lists.mailboxWords);
