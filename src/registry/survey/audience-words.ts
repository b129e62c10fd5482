/** First words of audiences, folded, in French, English, German, Spanish and Italian. */
const audience =
  /^(?:les |toutes? |tous )?(?:communes?|collectivites?|intercommunalites?|epci|departements?|regions?|associations?|entreprises?|particuliers?|agriculteurs?|pme|tpe|etablissements? publics?|bailleurs?|startups?|municipalit(?:y|ies)|local authorit(?:y|ies)|compan(?:y|ies)|enterprises?|smes?|non-?profits?|gemeinden?|unternehmen|vereine?|kommunen?|ayuntamientos?|empresas?|asociaciones|comuni|imprese|associazioni)\b/;

/** Returns true for a folded label that starts like an audience: "associations loi 1901". */
export function isAudience(folded: string): boolean {
  return audience.test(folded);
}
