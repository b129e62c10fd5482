import { foldedSentence, sentencesAt } from "./sentences.ts";

// Patterns read folded sentences: without accents and capitals.

/** What an aid is called. Sessions, editions and the like are missing: a closed one says nothing about the next one. */
const aid =
  "(?:aides?|dispositifs?|appels?(?: a (?:projets?|candidatures?|manifestations? d'interets?))?|aap|ami|programmes?|guichets?|subventions?|primes?|mesures?|fonds|prets?|bonus|concours|candidatures?|inscriptions?|depots? (?:des? )?(?:dossiers?|candidatures?))";
const money = "(?:enveloppes?|budgets?|credits?|fonds|dotations?)";
const the = "(?:cette |cet |ce |ces |l'|le |la |les |notre |nos )";
/** Up to six words between a noun and its verb: "l'aide à l'achat d'un vélo est close". */
const few = "(?: (?!qui |que |qu'|dont |ou |si |et )[a-z\\d'-]{1,20}){0,6}";
const nowadays =
  "(?: (?:desormais|actuellement|maintenant|definitivement|provisoirement|temporairement|momentanement|malheureusement|deja|aujourd'hui|donc|a ce jour|entierement|totalement|integralement)){0,2}";
const is = `(?:est|sont|a ete|ont ete)${nowadays}`;
const ended = "(?:clos|close|closes|cloturee?s?|suspendue?s?|terminee?s?|fermee?s?|supprimee?s?|abrogee?s?)";
const offered =
  "(?:proposee?s?|disponibles?|ouverte?s?|actif|active|actifs|actives|accessibles?|en vigueur|attribuee?s?|distribuee?s?|accordee?s?|d'actualite|mobilisables?)";
const spent = "(?:epuisee?s?|consommee?s?)";
/** A day, an event or a group follows, so the aid is closed only then or only for them: "est fermé aux associations". */
const always =
  "(?! (?:a|au|aux|le|les|la|l'\\S+|du|des|en|entre|par|pour|sur|dans|si|avant|apres|chaque|tous|toutes|sauf|que|qu'\\S+|lors|lorsqu\\S+|quand|une fois|des que|a partir)\\b)";

const statements = [
  `${the}${aid}${few} (?:n'est|ne sont)${nowadays} plus${nowadays} ${offered}${always}`,
  `${the}${aid}${few} ${is} ${ended}${always}`,
  `${the}${aid}${few} (?:est|sont) (?:desormais|actuellement|maintenant|deja) compl(?:et|ete)s?${always}`,
  `${the}${aid}${few} a pris fin`,
  `${the}${money}${few} ${is} ${spent}`,
  `${money}(?: budgetaires?| regionale?s?| annuel(?:le)?s?)? ${spent}(?= ?(?:[.!;,:)]|$))`,
  "vous ne pouvez plus (?:(?:la |le |les |y )?(?:demander|candidater|solliciter|pretendre)|deposer (?:de|votre) (?:dossier|demande|candidature))",
  "il n'est (?:donc |malheureusement |desormais )?plus possible (?:d'en beneficier|de (?:candidater|solliciter cette|demander cette|beneficier de cette|deposer (?:de|une|un|votre) (?:nouvelle |nouveau )?(?:dossier|demande|candidature)))",
];
const statement = new RegExp(`(?<![a-z\\d'])(?:${statements.join("|")})`);
/** A headline without a verb: "AIDE SUSPENDUE", "Dispositif clôturé depuis le 3 mai". */
const headline = new RegExp(
  `^[^a-z]{0,4}(?:attention|information|important)?[^a-z]{0,4}${aid}${nowadays} ${ended}(?= ?(?:[.!;,:)\\]]|$|depuis|jusqu))`,
);
/** With accents, because "clôture" is also a noun, and a fence. */
const over = "(?:clos|closes?|clôturée?s?|suspendue?s?|terminée?s?|fermée?s?|supprimée?s?|épuisée?s?|complet|complète)";
/** A mark in a title: "Chèque vert (clos)", "SUSPENDU – Chèque vert". */
const mark = new RegExp(`[(\\[–-] ?${over} ?(?:[)\\]]|$)|^[^a-z]{0,2}${over}[^a-z]{0,2} ?[–:|)\\]-]`);
/** Words before a statement that make it a condition, or speak of something else than the aid. */
const condition =
  /\b(?:si|s'ils?|lorsqu\S*|quand|des (?:que|lors|l'\S+|le|la)|une fois|tant que|jusqu'a|au cas|cas ou|avant que|apres|en cas|reserve|mesure ou|qui|dont|au-dela|passe)\b/;
/** The next call is announced, so only a past one is closed. */
const next = /\b(?:prochaine?s?|suivante?s?|nouvel(?:le)? (?:session|edition|vague|appel)|re-?ouvr\w*|rouvr\w*|ouvrira)\b/;
const year = /\b20\d\d\b/;
/** Parts of words, at least one of which is in each statement. Most texts contain none. Reads HTML, in which a word may be bold. */
const traces =
  /plus\W{0,3}(?:[a-z]{1,12}\W{1,2})?(?:prop|disp|ouv|acti|acce|en v|attr|dist|acco|d.actu|mobi|poss|dema|cand|soll|pr[eé]t|y |l[ae]s? |d[eé]po)|\bclos|clôtur[ée]|suspendu|terminé|fermé|supprimé|abrogé|(?:mais|ment|nant|déjà) compl|pris fin|épuisé|[([–-] ?compl|^.{0,2}complet/gi;

/** Returns the sentence of a text (HTML or plain) that says that the aid is closed, suspended or out of money, or null. */
export function saysClosed(html: string): string | null {
  for (const { sentence, after } of sentencesAt(html, traces)) {
    if (sentence.endsWith("?")) continue;
    const folded = foldedSentence(sentence);
    const found = statement.exec(folded) ?? headline.exec(folded);
    if (found === null || condition.test(folded.slice(0, found.index + found[0].length))) continue;
    if (year.test(folded) && next.test(foldedSentence(`${sentence} ${after}`))) continue;
    return sentence;
  }
  return null;
}

/** Returns true if a title has a mark that says that the aid is closed. */
export function titleSaysClosed(title: string): boolean {
  return mark.test(title.toLowerCase());
}
