import type { Slug } from "../../../model/vocabularies.ts";

/** Words that support a term, as an alternation over folded text (`foldTerm`). `\b` is added before them. */
type TermWords<Term extends string> = Readonly<Partial<Record<Term, string>>>;

/** Words of a sentence that say what kind of aid it is. */
export const typeWords: TermWords<Slug<"aidTypes">> = {
  grant:
    "subventions?|subventionn|taux d'aide|taux de financement|cofinanc|aide (?:est )?plafonn|montant (?:maximum )?de l'aide|primes?\\b",
  loan: "prets?\\b",
  "recoverable-advance": "avances? (?:recuperable|remboursable)",
  cee: "certificats? d'economies? d'energie|cee\\b",
  "technical-engineering":
    "(?:accompagnement|appui|conseil|assistance|expertise)s? (?:technique|personnalise|gratuit)|diagnostic|ingenierie technique",
  "financial-engineering": "ingenierie financiere|montage financier|plan de financement",
  "legal-engineering": "(?:conseil|appui|ingenierie|assistance|accompagnement)s? (?:juridique|administrati)",
};

/** Words of a sentence that say how far a project must be. */
export const stepWords: TermWords<Slug<"mobilizationSteps">> = {
  preop:
    "etudes? (?:de|d'|prealable|technique|strategique)|faisabilite|diagnostic|conception|audit|schema directeur|avant-projet|emergence|prefiguration",
  op: "travaux|investi[rs]|mise en oeuvre|realisation|acquisition|achat|construction|installation|equipement|deploiement|rehabilitation|renovation",
  postop: "valorisation|evaluation|suivi|capitalis|essaim|usage|exploitation",
};

/** Words of a sentence that say which expenses the aid funds. */
export const destinationWords: TermWords<Slug<"destinations">> = {
  investment:
    "investi[rs]|travaux|acquisition|acquerir|achats?\\b|acheter|equip|constru|install|materiel|rehabilit|renov|immobili|amenag|modernis",
  supply: "fonctionnement|depenses de personnel|salaires?|animation|prestations?|formation|honoraires|frais (?:de|d')",
};

/** Words of a title that name a theme. Only titles, because texts mention many themes in passing. */
export const categoryWords: TermWords<Slug<"categories">> = {
  arts: "arts plastiques|photograph",
  livres: "livres?\\b|bibliotheque|librairie|lecture publique|edition litteraire",
  musee: "musees?\\b",
  medias: "medias?\\b|audiovisuel|cinema|presse\\b",
  patrimoine: "patrimoine|monuments? historiques?",
  spectaclevivant: "spectacles?|theatre|musique|danse|festival",
  sport: "sports?\\b|sportif|sportive",
  agriculture: "agricol|agricultur|agroalimentaire|agro-alimentaire|elevage|agroeco|agriculteur|viticol|exploitations?",
  artisanat: "artisan|metiers d'art",
  "commerces-et-services": "commerces?\\b|commercant",
  "economie-circulaire": "economie circulaire",
  "circuits-courts-filieres": "circuits? courts?|filieres? locales?",
  "economie-sociale-et-solidaire": "economie sociale|\\bess\\b|innovation sociale",
  emploi: "emplois?\\b|embauche|recrut",
  formation: "formation|apprenti",
  industrie: "industri",
  "innovation-et-recherche": "innovation|innovant|recherche|\\br&d\\b",
  "cooperation-transfrontaliere": "international|export|interreg|transfrontali",
  revitalisation: "revitalis|centres?-bourgs?|centre-ville",
  numerique: "numeri|digital|cybersecurite|logiciel",
  "tiers-lieux": "tiers-lieux?|tiers lieux?|coworking|fablab",
  tourisme: "touris|hotel|hebergements? de plein air|camping",
  "assainissement-des-eaux": "assainissement|eaux usees|stations? d'epuration|epuration",
  "cours-deau-canaux-plans-deau": "cours d'eau|rivieres?\\b|canaux|plans? d'eau|continuite ecologique",
  "eau-de-pluie": "eaux? (?:de pluie|pluviales?)",
  "eau-potable": "eau potable|captage",
  "eau-souterraine": "eaux? souterraines?|nappes?\\b",
  mers: "\\bmers?\\b|littoral|marin|peche|aquacultur|maritime",
  "prevention-des-risques": "prevention",
  "logistique-urbaine": "logistique",
  "mobilite-fluviale": "fluvia",
  "mobilite-partagee": "covoiturage|autopartage|mobilite partagee",
  "amenagement-de-lespace-public-et-modes-actifs": "velos?\\b|cyclable|pieton|modes actifs|cyclis",
  "transports-collectifs-et-optimisation-des-trafics": "transports? collectifs?|transports? en commun|\\bbus\\b|autocar",
  biodiversite: "biodiversite|especes?\\b|haies?\\b|trame verte",
  forets: "forets?\\b|forestier|sylvic|bois\\b",
  "milieux-humides": "zones? humides?|milieux humides",
  montagne: "montagne|pastoral",
  "qualite-de-lair": "qualite de l'air|pollution de l'air|emissions atmospheriques",
  "risques-naturels": "inondation|risques? naturels?|erosion|submersion",
  sols: "\\bsols?\\b|depollution",
  alimentation: "alimenta",
  handicap: "handicap",
  "inclusion-numerique": "inclusion numerique|mediation numerique",
  jeunesse: "jeunes?\\b|jeunesse",
  "personnes-agees": "personnes agees|seniors?",
  sante: "sante\\b|medecin|medical|soins",
  accessibilite: "accessibilite",
  "batiments-construction": "batiment",
  friche: "friches?\\b",
  "logement-habitat": "logement|habitat\\b|bailleur",
  "economie-denergie": "renovation energetique|economies? d'energie|efficacite energetique|isolation",
  "recyclage-valorisation": "dechets?\\b|recycl|reemploi|compost|biodechets",
  "empreinte-carbone": "bas carbone|decarbon|empreinte carbone|bilan carbone|gaz a effet de serre|emissions de ges",
  "reseaux-de-chaleur": "reseaux? de chaleur|chaleur|geotherm|biomasse",
  "transition-energetique": "energies?\\b|energetique|solaire|photovolta|methanis|hydrogene|eolien|biogaz|biomasse|geotherm",
};

/** Words that name an audience, in a sentence about applicants. */
export const audienceWords: TermWords<Slug<"targetedAudiences">> = {
  commune: "communes?\\b(?! nouvelles? de)|collectivites?\\b|mairies?\\b",
  epci: "epci\\b|intercommun|communautes? (?:de communes|d'agglomeration|urbaine)|metropoles?\\b|groupements? de (?:communes|collectivites)|collectivites?\\b",
  department: "(?:les|des|conseils?) departement(?:s|aux)|collectivites?\\b",
  region: "(?:les|des) regions\\b|conseils? regiona|collectivites?\\b",
  "public-org": "etablissements? publics?|hopita|lycees?\\b|colleges?\\b|services? de l'etat",
  "public-cies": "entreprises? publiques? locales?|societes? d'economie mixte|sem\\b|spl\\b",
  association: "associations?\\b|associatif|associative",
  "private-sector": "entreprises?\\b|pme\\b|tpe\\b|eti\\b|societes?\\b|commercants?|artisans?\\b|start-?ups?",
  "private-person": "particuliers?\\b|menages\\b|proprietaires? occupants?",
  farmer: "agriculteurs?|agricultrices?|exploitants? agricoles?|exploitations? agricoles?|gaec\\b|cuma\\b",
  researcher: "laboratoires?\\b|organismes? de recherche|universites?\\b|chercheurs?",
};
