/** First words of audiences, folded, in French, English, German, Spanish and Italian. */
const audience =
  /^(?:les |toutes? |tous )?(?:communes?|collectivites?|intercommunalites?|epci|departements?|regions?|associations?|entreprises?|particuliers?|agriculteurs?|pme|tpe|etablissements? publics?|bailleurs?|startups?|municipalit(?:y|ies)|local authorit(?:y|ies)|compan(?:y|ies)|enterprises?|smes?|non-?profits?|gemeinden?|unternehmen|vereine?|kommunen?|ayuntamientos?|empresas?|asociaciones|comuni|imprese|associazioni)\b/;

/** Returns true for a folded label that starts like an audience: "associations loi 1901". */
export function isAudience(folded: string): boolean {
  return audience.test(folded);
}

const aidKind =
  /^(?:subventions?|prets?|avances? (?:recuperables?|remboursables?)|garanties?|bonification|ingenierie|aides? (?:financieres?|fiscales?|techniques?)|prestations? de conseil|accompagnement|financement|grants?|loans?|guarantees?|equity|zuschuss|zuschusse|darlehen|burgschaft|subvencion(?:es)?|prestamos?|contributo|finanziamento|exoneration|credit d'impot|appels? a projets?)\b/;
const aidTitle =
  /(?<!\p{L})(?:aides?|soutiens?|soutenir|fonds|dispositifs?|subventions?|prets?|accompagnements?|accompagner|financements?|financer|primes?|bourses?|cheques?|dotations?|credits? d'impot|garanties?|programmes?|grants?|funds?|funding|support|scheme|foerderung|forderung|forderprogramm|zuschuss|ayudas?|subvenciones|contributi|bando|bandi|appels?|calls?|exoneration|investir|beneficier)(?!\p{L})/u;
const callTitle =
  /(?<!\p{L})(?:appels? (?:a|aux) (?:projets?|manifestations?|candidatures?|propositions?|initiatives?)|calls? for|aap|ami|concours|trophees?|prix|convocatorias?|bando|bandi|aufruf|wettbewerb)(?!\p{L})|^horizon-/u;

/** Returns true for a folded label that starts like a type of aid: "subvention d'investissement". */
export function isAidKind(folded: string): boolean {
  return aidKind.test(folded);
}

/** Returns true for a folded title with a word of aids: "soutien aux radios locales". */
export function isAidTitle(folded: string): boolean {
  return aidTitle.test(folded);
}

/** Returns true for a folded title of a call for projects. */
export function isCallTitle(folded: string): boolean {
  return callTitle.test(folded);
}
