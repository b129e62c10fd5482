import { foldWord } from "./fold-name.ts";
import { namesakes, ranks, roles } from "./name-vocabulary.ts";

/** Mark of a removed name. */
export const removed = "\ue0f1";
/** Mark of a removed number or address. */
export const removedDetail = "\ue0f2";
/** Mark of several removed names, used while a line is tidied. */
const removedNames = "\ue0f3";
const [name, mark] = ["[\ue0f1\ue0f3]", "[\ue0f1-\ue0f3]"];
const anyMark = new RegExp(mark);

const blank = "[ \\t\\u00a0\\u202f]";
const gap = `${blank}*`;
const civility =
  "(?:M\\.|MM\\.|Mr\\.?|Mmes?|Mlles?|Melle|[Mm]adame|[Mm]ademoiselle|[Mm]onsieur|Mesdames|Messieurs|Mgr|Dr\\.?|Pr\\.?|Docteur|Professeur|Me|Ma[iî]tre|Adjudant(?:-chef)?|Capitaine|Colonel|Commandant|Général|Lieutenant(?:-colonel)?|Père|Sœur|Sergent(?:-chef)?)";
const detailHeading =
  "(?:n[°o] de )?(?:t[ée]l(?:[ée]phone)?|portable|mobile|mob|port|ligne directe|fax|e-?mail|mail|m[ée]l|courriel|adresse (?:e-?mail|mail|électronique)|☎️?|✉️?)s?";
const nameHeading =
  "(?:nom(?:\\s*(?:et|/)\\s*pr[ée]nom)?|pr[ée]nom|contacts?|(?:votre |vos )?interlocut(?:eur|rice)s?|renseignements?|personnes? (?:à contacter|ressource)|r[ée]f[ée]rente?s?|suivi(?: du dossier| administratif)?|responsable|(?:r[ée]dig[ée]|suivi|sign[ée]|photographie) par|photos?|photographie|cr[ée]dits? photos?|textes?|illustrations?|©|sign[ée])";
const heading = `(?:${detailHeading}|${nameHeading})`;
/** Words that join a person, a number and an address. Each alternative is one word, so that long lines take linear time. */
const joining =
  "(?<!\\p{L})(?:par|au|aux|à|sur|via|ou|et|soit|puis|de|auprès|le|la|son|un|l['’]adresse|num[ée]ro|portable|mobile|t[ée]l[ée]phone|mail|e-?mail|courriel|m[ée]l|suivante?|poste \\d{1,5}|joignables?)(?!\\p{L})";

const civilBefore = new RegExp(`(?<!\\p{L}|(?<!\\p{L})(?:le|la|du|au|Le|La)\\s)${civility}${gap}(${name})`, "gu");
const headingBefore = new RegExp(
  `(?<!\\p{L})(?=\\S)(?:${detailHeading}|(?<=(?:^|[\\n.,;:()–—•|/-])${gap})${nameHeading})\\.?${gap}[:.–—-]?${gap}(${mark})`,
  "giu",
);
const inBrackets = new RegExp(`[(«"]${gap}(${mark})${gap}[)»"]`, "gu");
const together = new RegExp(`(${mark})((?:[ \\t\\u00a0\\u202f,;:/|•·&–—-]|${joining})*)(${mark})`, "giu");
/** Joining words in a row. It matches with or without a mark after them, so that a long row is read once. */
const joiningRow = new RegExp(`(?:,${gap}|(?<!${blank})${blank}+)?(?:${joining}[ \\t\\u00a0\\u202f:]*(?:,${gap})?)+`, "giu");
/** A sentence longer than this is tidied in parts, because each mark in it takes time for all of it. */
const longSentence = 2000;
const betweenSentences = /(?<=[.!?])(?=\s+\p{Lu})|(?<=;)(?=\s)|(?<=[.!?])(?=\s+[\ue0f1-\ue0f3])/u;

/** A verb that needs the person it governs, at the end of a text: "vous pouvez contacter", "à l’attention de". */
const asks =
  /(?<!\p{L})(?:contacte[rz]|joindre|joignez|appele[rz]|[ée]cri(?:re|vez)|adresse[rz]-?(?:vous)?|adress[ée]e?s?|rapprocher|demande[rz]|voir|rendez-vous|prendre contact|prenez contact|[ée]change[rz]|(?:interlocut(?:eur|rice)s?|contacts?|r[ée]f[ée]rente?s?)\s+(?:est|sont)|auprès|à l['’]attention|n['’]hésitez pas à)(?:[ \u00a0]+(?:directement|d['’]abord|par (?:t[ée]l[ée]phone|courriel|mail)))?[ \u00a0,:]*(?:à|de|avec|auprès de|au|par|à l['’]attention de)?[ \u00a0]*$/iu;
/** A verb after a name, which is its subject. */
const verbs =
  "a|ont|est|sont|était|étaient|avait|sera|seront|peut|peuvent|va|vont|fait|font|[vV]ous|se|(?:accompagn|assur|anim|gèr|pilot|propos|présent|dirig|coordonn|port|lanc|organis|rest|expliqu|soulign|rappell|estim|témoign|travaill|aid|conseill|renseign|traversait|particip)(?:e|ent)|répond(?:ent)?|instrui(?:t|sent)|reçoi(?:t|vent)|intervien(?:t|nent)|suit|suivent|met|mettent|produi(?:t|sent)|tien(?:t|nent)";
const isSubject = new RegExp(`^\\s*(?:,[^,.;]{2,80},\\s*|(?:et|ou)\\s+[^,.;]{2,40}\\s+)?(?:${verbs})(?!\\p{L})`, "iu");
const hasVerb = new RegExp(
  `(?<!\\p{L})(?:${verbs}|(?:consist|couvr|financ|concern|souhait|trouv)(?:e|ent)|doi(?:t|vent)|[nN]ous|qui|être|réduit|(?:pouv|dev)(?:ez|ons))(?!\\p{L})`,
  "u",
);
/** A word that governs a noun, at the end of a text. */
const governs =
  /(?<!\p{L})(?:de|d['’]|à|par|avec|chez|pour|selon|entre|sans|contre|vers|sur|est|sont|explique|souligne|témoigne|déclare|raconte|précise|affirme|confie|conclut|indique|ajoute|rappelle|estime|réjouit|remercie|demande|demander|contacter|joindre|rencontrer)[ \u00a0]*$/iu;
/** An office at the end of a text; a name after it is an apposition: "Mme la Maire". */
const longCivilities = /^(?:docteur|professeur|maitre)$/;
const office = /(\p{L}+)[ \u00a0]*,?[ \u00a0]*$/u;
const service =
  /@|https?:|www\.|\d{2}[ .\u00a0-]?\d{2}[ .\u00a0-]?\d{2}|(?<!\d)3\d{3}(?!\d)|\b\d{5}\b|(?<!\p{L})(?:standard|secr[ée]tariat|formulaire|guichet|services?|direction|mairie|bureau|p[ôo]le|r[ée]gion|d[ée]partement|conseil|chambre|agence|d[ée]l[ée]gation|communaut[ée]|CCI|DDTM?|DREAL|DRAAF|DRAC|office|syndicat|groupement|institut|pr[ée]fecture|maison|espace|cellule|unit[ée]|GAL|GIP|ADEME|ADIL|ALEC|CAUE|mission|BP|CS)(?!\p{L})/iu;
/** A place, a law or an aid that has a name: "lycée Marie Curie", "dispositif Exemple". */
const named = new RegExp(`(?<!\\p{L})(?:${[...namesakes].map(withAccents).join("|")})\\s+(?:(?:d[eu]s?|l[ae])\\s+)?\\p{Lu}\\p{Ll}`, "u");
/** Headings, joining words and punctuation. A text of these alone is useless. */
const emptyWord = new RegExp(
  `(?<!\\p{L})(?:${heading}|${civility}|contacter|contactez|joindre|veuillez|merci|vous|pouvez|de mission|adjointe?s?)(?!\\p{L})|${joining}|[\\s,;:./|•·&()*–—-]`,
  "giu",
);

/**
 * Makes a line with marks readable: removes the headings, civilities and joining words of removed people. In a sentence that needs
 * somebody, "l’interlocuteur" or "une personne" takes the place of the name. Returns an empty text if nothing is left. `holdsContact`:
 * returns true for a sentence to keep because it names another contact.
 */
export function tidyLine(line: string, holdsContact: (sentence: string) => boolean): string {
  let text = line.replace(/\s{2,}/g, (blanks) => (blanks.includes("\n") ? "\n" : " "));
  // Each round removes one heading before a mark. More in a row say nothing.
  for (let [before, round] = ["", 0]; before !== text && round < 20; round++) {
    before = text;
    text = text.replace(civilBefore, "$1").replace(headingBefore, "$1").replace(inBrackets, "$1").replace(together, joinMarks);
  }
  const parts = text.split(betweenSentences).flatMap(inParts);
  let isDropped = false;
  text = parts
    .map((part) => {
      const left = anyMark.test(part) ? tidySentence(part, holdsContact) : part;
      const isFirst = isDropped || part !== left;
      isDropped = left === "" || (isDropped && left.trim() === "");
      return isFirst ? capitalised(left) : left;
    })
    .join("");
  text = withoutLoosePunctuation(text);
  return saysNothing(text) ? "" : text;
}

/** Returns the pattern of a folded word, whose first letter may be a capital. */
function withAccents(folded: string): string {
  const letters = folded.replace(/[aeiou]/g, (letter) => ({ a: "[aâ]", e: "[eéèê]", i: "[iî]", o: "[oô]", u: "[uû]" })[letter] ?? letter);
  return folded.startsWith("e")
    ? letters.replace("[eéèê]", "[eéEÉ]")
    : `[${folded.charAt(0)}${folded.charAt(0).toUpperCase()}]${letters.slice(/^[aiou]/.test(folded) ? 4 : 1)}`;
}

/** Cuts a long sentence, after a comma if possible. */
function inParts(sentence: string): string[] {
  const parts: string[] = [];
  let rest = sentence;
  while (rest.length > longSentence) {
    const comma = rest.lastIndexOf(",", longSentence);
    const end = comma === -1 ? longSentence : comma + 1;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...parts, rest];
}

/** Returns true for a text that names a service, or contains a number or an address. */
export function namesService(text: string): boolean {
  return service.test(text);
}

/** Returns true for a text of headings, joining words, professions and punctuation alone. */
export function saysNothing(text: string): boolean {
  const left = text.replace(emptyWord, " ").trim();
  return left === "" || (left.length < 40 && left.split(/\s+/).every((word) => roles.has(foldWord(word))));
}

/** Joins two marks: names stay, details of a name vanish with it. */
function joinMarks(_: string, first: string, between: string, second: string): string {
  if (first === removedDetail) return second;
  if (second === removedDetail) return first;
  return /(?:,|&|\/|et|ou)/.test(between) ? removedNames : first;
}

function tidySentence(sentence: string, holdsContact: (sentence: string) => boolean): string {
  let text = sentence;
  for (let at = text.search(mark); at !== -1; at = text.search(mark)) {
    const place = { before: text.slice(0, at), kind: text[at] ?? removed, after: text.slice(at + 1) };
    const next = withoutMark(place, hasVerb.test(sentence.replace(/[\ue0f1-\ue0f3]/g, "")), holdsContact);
    if (next === null) return "";
    text = next;
  }
  return text;
}

interface MarkPlace {
  readonly before: string;
  readonly kind: string;
  readonly after: string;
}

/** Returns a sentence without its first mark, or null if the sentence says nothing without the person. */
function withoutMark({ before, kind, after }: MarkPlace, isProse: boolean, holdsContact: (sentence: string) => boolean): string | null {
  const rest = `${before} ${after}`;
  const isUsable = () => service.test(rest) || named.test(rest) || holdsContact(rest);
  if (asks.test(before)) {
    if (!isUsable()) return null;
    const bare = `${before}${kind}`.replace(
      /,?\s*(?:ou|et)?\s*(?:(?:à )?l['’]attention de|demander|joindre|contacter|appeler|(?:auprès )?(?:à|de|avec|auprès de)|poste \d+)\s*[\ue0f1-\ue0f3]$/iu,
      kind,
    );
    const start = bare.slice(0, -1);
    // "Contactez le service ou …": the person is only an alternative.
    if (/(?:ou|et)\s*$/.test(start) || (/,?\s+(?:ou|et)\s+\p{L}+(?:\s+\p{L}+)?\s*$/u.test(before) && service.test(start)))
      return `${start.replace(/,?\s*(?:ou|et)\s*$/, "")}${after}`;
    if (/à l['’]attention de\s*$/iu.test(before)) return `${start}${after}`;
    const alternative = /^\s*,?\s*ou\s+((?:avec|à|auprès)\s)/.exec(after);
    if (alternative !== null)
      return `${before.replace(/(?:avec|à|auprès de)\s*$/u, "")}${after.slice(alternative[0].length - (alternative[1] ?? "").length)}`;
    const next = /^\s*,\s*(?=\p{Lu})/u.exec(after);
    if (kind === removedDetail) return withoutJoiningEnd(before) + after;
    return next !== null ? `${before}${after.slice(next[0].length)}` : withNoun({ before, kind, after }, true);
  }
  if (kind === removedDetail) return markGone({ before, kind, after }, isProse, isUsable);
  if (isOffice(before))
    return `${before.replace(/[ \u00a0]*,?[ \u00a0]*$/, "")}${after.replace(/^\s*,(?=\s*(?:vous|a|est|sont|répond|accompagne|assure)(?!\p{L}))/u, "")}`;
  if (/(?:^|[.!?»:]\s*|,\s*)$/.test(before.trimStart()) && isSubject.test(after)) return withNoun({ before, kind, after }, isContact(rest));
  if (
    governs.test(before) &&
    (isProse ||
      (/\p{L}\s+(?:de|d['’])\s*$/iu.test(before) && !/auprès de\s*$/iu.test(before) && after.trim() === "") ||
      /\p{L}[ée]e?s? par\s*$/u.test(before) ||
      /^\s*[:.«]/.test(after))
  ) {
    if (/\p{L}\s+(?:ou|et)\s+(?:auprès\s+)?(?:de|par|avec|à)\s*$/u.test(before) && service.test(before))
      return `${before.replace(/,?\s+(?:ou|et)\s+(?:auprès\s+)?\p{L}+\s*$/u, "")}${after}`;
    return withNoun({ before, kind, after }, isContact(rest));
  }
  return markGone({ before, kind, after }, isProse, isUsable);
}

/** Removes a mark with the words that join it. Returns null if only what qualifies the person is left: "secteur nord". */
function markGone({ before, after }: MarkPlace, isProse: boolean, isUsable: () => boolean): string | null {
  const start = withoutJoiningEnd(before);
  const isLabel = start.trim() === "" || /[:–—]\s*$/.test(start);
  if (!isLabel || anyMark.test(after)) return start + (isProse ? after : withoutQualifier(after));
  if (!isProse && !isUsable()) return null;
  return start + withoutQualifier(after).replace(/^\s*,?\s*(?:ou|et|puis)\s+/u, " ");
}

/** Removes the joining words at the end of a text. */
function withoutJoiningEnd(text: string): string {
  for (const { 0: row, index } of text.matchAll(joiningRow)) {
    if (index + row.length === text.length) return /,\s*$/.test(row) ? text : text.slice(0, index);
  }
  return text;
}

/** Removes brackets after a name: "(secteur nord)". */
function withoutQualifier(after: string): string {
  const [brackets = ""] = /^[ \u00a0]*\([^()]{0,80}\)/.exec(after) ?? [];
  return anyMark.test(brackets) || service.test(brackets) ? after : after.slice(brackets.length);
}

function isOffice(before: string): boolean {
  const word = foldWord(office.exec(before)?.[1] ?? "");
  return (
    (roles.has(word) || ranks.has(word) || longCivilities.test(word)) &&
    /(?<!\p{L})(?:le|la|l['’]|du|au|votre|son|sa|notre|M\.|Mme|Madame|Monsieur)\s*(?:[\p{L}-]+\s*){1,2},?\s*$/iu.test(before)
  );
}

function isContact(text: string): boolean {
  return /contact|question|renseign|répond|rendez-vous|écoute|dossier|demande|inscri|accompagn|joign|interlocut|suivi|instrui/iu.test(text);
}

/** Puts a noun in the place of a name, and joins it to "de" or "à". */
function withNoun({ before, kind, after }: MarkPlace, isOfContact: boolean): string {
  const isPlural = kind === removedNames;
  const noun = isOfContact ? (isPlural ? "les interlocuteurs" : "l’interlocuteur") : isPlural ? "plusieurs personnes" : "une personne";
  const isFirst = before.trim() === "";
  const start = isFirst ? before : before.replace(/\s*$/, " ").replace(/(?<!\p{L})d['’] $/iu, "de ");
  const joined = `${start}${isFirst ? capitalised(noun) : noun}`
    .replace(/(?<!\p{L})de une personne$/u, "d’une personne")
    .replace(/(?<!\p{L})de les /u, "des ")
    .replace(/(?<!\p{L})à les /u, "aux ");
  // "contacter … au 04 00 00 00 00 ou par mail": only one way is left.
  return joined + after.replace(/^\s*,?\s*ou\s+(?=(?:par|à l['’]adresse|via)\s)/u, " ");
}

/** Begins a text with a capital, unless it begins with an address. */
function capitalised(text: string): string {
  return text.replace(
    /^([\s,;:./|•·–—-]*)(\p{Ll})(?![^\s]*[@/]|[^\s]*\.\p{L})/u,
    (_, start: string, letter: string) => start + letter.toUpperCase(),
  );
}

function withoutLoosePunctuation(text: string): string {
  return text
    .replace(/[ \t\u00a0\u202f]{2,}/g, " ")
    .replace(/[(«]\s*[,;:–—-]*\s*[)»]/g, "")
    .replace(/([:–—])(?!\/\/)\s*[/|,;]\s*/g, "$1 ")
    .replace(/\(\s*[,;:–—-]\s*/g, "(")
    .replace(/\s*[,;:–—-]\s*\)/g, ")")
    .replace(/(?:\s*[,;:•·|–—]|\s-(?=\s))+(?=\s*[,;:.•·|–—](?!\/\/)|\s-\s)/g, "")
    .replace(/\s+([,.])/g, "$1")
    .replace(/^[\s,;:./|•·–—-]+/, "")
    .replace(/[\s,;:/|•·–—-]+$/, "")
    .replace(/^\(([^()]*)\)$/, (_, inside: string) => capitalised(inside));
}
