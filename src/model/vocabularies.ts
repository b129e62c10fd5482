/**
 * The closed lists of the shared schema, in display order. Slugs and French labels are those of Aides-territoires; a slug that its code
 * does not contain is made from the label. `otherLabels` are spellings that feeds may use without a term file.
 */
export const vocabularies = {
  targetedAudiences: [
    { slug: "commune", label: "Communes", group: "collectivity", otherLabels: ["Commune"] },
    {
      slug: "epci",
      label: "Intercommunalités / Pays",
      group: "collectivity",
      otherLabels: ["Intercommunalité / Pays", "EPCI à fiscalité propre"],
    },
    { slug: "department", label: "Départements", group: "collectivity", otherLabels: ["Département"] },
    { slug: "region", label: "Régions", group: "collectivity", otherLabels: ["Région"] },
    {
      slug: "special",
      label: "Collectivités d'outre-mer à statuts particuliers",
      group: "collectivity",
      otherLabels: ["Collectivité d'outre-mer à statut particulier"],
    },
    {
      slug: "public-org",
      label: "Établissements publics (écoles, bibliothèques…) / Services de l'État",
      group: "other",
      otherLabels: [
        "Établissement public",
        "Établissements publics (écoles, bibliothèques…)",
        "Etablissement public dont services de l'Etat",
      ],
    },
    {
      slug: "public-cies",
      label: "Entreprises publiques locales (Sem, Spl, SemOp)",
      group: "other",
      otherLabels: ["Entreprise publique locale (Sem, Spl, SemOp)"],
    },
    { slug: "association", label: "Associations", group: "other", otherLabels: ["Association"] },
    { slug: "private-sector", label: "Entreprises privées", group: "other", otherLabels: ["Entreprise privée"] },
    { slug: "private-person", label: "Particuliers", group: "other", otherLabels: ["Particulier"] },
    { slug: "farmer", label: "Agriculteurs", group: "other", otherLabels: ["Agriculteur"] },
    { slug: "researcher", label: "Recherche", group: "other" },
  ],
  aidTypes: [
    { slug: "grant", label: "Subvention", group: "financial" },
    { slug: "loan", label: "Prêt", group: "financial" },
    { slug: "recoverable-advance", label: "Avance récupérable", group: "financial" },
    { slug: "cee", label: "Certificat d'économie d'énergie (CEE)", group: "financial" },
    { slug: "other", label: "Autre aide financière", group: "financial" },
    { slug: "technical-engineering", label: "Ingénierie technique", group: "engineering" },
    { slug: "financial-engineering", label: "Ingénierie financière", group: "engineering" },
    { slug: "legal-engineering", label: "Ingénierie Juridique / administrative", group: "engineering" },
  ],
  mobilizationSteps: [
    { slug: "preop", label: "Réflexion / conception" },
    { slug: "op", label: "Mise en œuvre / réalisation" },
    { slug: "postop", label: "Usage / valorisation" },
  ],
  destinations: [
    { slug: "supply", label: "Dépenses de fonctionnement" },
    { slug: "investment", label: "Dépenses d'investissement" },
  ],
  recurrence: [
    { slug: "oneoff", label: "Ponctuelle" },
    { slug: "ongoing", label: "Permanente" },
    { slug: "recurring", label: "Récurrente" },
  ],
  europeanAid: [
    { slug: "sectorial", label: "Sectorielle" },
    { slug: "organizational", label: "Structurelle" },
  ],
  status: [
    { slug: "draft", label: "Brouillon" },
    { slug: "reviewable", label: "En revue" },
    { slug: "published", label: "Publiée" },
    { slug: "deleted", label: "Supprimée" },
    { slug: "merged", label: "Fusionnée" },
  ],
  importShareLicence: [
    { slug: "openlicence20", label: "Licence ouverte 2.0" },
    { slug: "odbl", label: "Open Database License (ODbL) 1.0" },
    { slug: "cc-by-4.0", label: "Creative Commons Attribution 4.0" },
    { slug: "agreement", label: "Accord particulier" },
    { slug: "unknown", label: "Inconnue" },
  ],
  themes: [
    { slug: "culture-patrimoine-sports-tourisme", label: "Culture et identité collective / patrimoine / sports" },
    { slug: "developpement-economique", label: "Développement économique / production et consommation" },
    { slug: "eau-et-milieux-aquatiques", label: "Eau et milieux aquatiques" },
    { slug: "fonctions-support", label: "Fonctions support" },
    { slug: "mobilite-transports", label: "Mobilité / transports" },
    { slug: "nature-environnement-risques", label: "Nature / environnement" },
    { slug: "solidarites-lien-social", label: "Solidarités / lien social" },
    { slug: "urbanisme-logement-amenagement", label: "Urbanisme / logement / aménagement" },
    { slug: "energies-dechets", label: "Énergies / Déchets" },
  ],
  categories: [
    { slug: "arts", label: "Arts plastiques et photographie", theme: "culture-patrimoine-sports-tourisme" },
    { slug: "livres", label: "Bibliothèques et livres", theme: "culture-patrimoine-sports-tourisme" },
    { slug: "culture", label: "Culture et identité collective", theme: "culture-patrimoine-sports-tourisme" },
    { slug: "musee", label: "Musée", theme: "culture-patrimoine-sports-tourisme" },
    { slug: "medias", label: "Médias et communication", theme: "culture-patrimoine-sports-tourisme" },
    { slug: "patrimoine", label: "Patrimoine et monuments historiques", theme: "culture-patrimoine-sports-tourisme" },
    { slug: "spectaclevivant", label: "Spectacle vivant", theme: "culture-patrimoine-sports-tourisme" },
    { slug: "sport", label: "Sports et loisirs", theme: "culture-patrimoine-sports-tourisme" },
    { slug: "agriculture", label: "Agriculture et agroalimentaire", theme: "developpement-economique" },
    { slug: "artisanat", label: "Artisanat", theme: "developpement-economique" },
    { slug: "attractivite", label: "Attractivité économique", theme: "developpement-economique" },
    { slug: "commerces-et-services", label: "Commerces et services", theme: "developpement-economique" },
    { slug: "consommation-et-production", label: "Consommation et production", theme: "developpement-economique" },
    { slug: "economie-circulaire", label: "Economie circulaire", theme: "developpement-economique" },
    { slug: "circuits-courts-filieres", label: "Economie locale et circuits courts", theme: "developpement-economique" },
    { slug: "economie-sociale-et-solidaire", label: "Economie sociale et solidaire", theme: "developpement-economique" },
    { slug: "emploi", label: "Emploi", theme: "developpement-economique" },
    { slug: "fiscalite", label: "Fiscalité des entreprises", theme: "developpement-economique" },
    { slug: "formation", label: "Formation professionnelle", theme: "developpement-economique" },
    { slug: "industrie", label: "Industrie", theme: "developpement-economique" },
    { slug: "innovation-et-recherche", label: "Innovation, créativité et recherche", theme: "developpement-economique" },
    { slug: "cooperation-transfrontaliere", label: "International", theme: "developpement-economique" },
    { slug: "revitalisation", label: "Revitalisation", theme: "developpement-economique" },
    { slug: "numerique", label: "Technologies numériques et numérisation", theme: "developpement-economique" },
    { slug: "tiers-lieux", label: "Tiers-lieux", theme: "developpement-economique" },
    { slug: "tourisme", label: "Tourisme", theme: "developpement-economique" },
    { slug: "assainissement-des-eaux", label: "Assainissement des eaux", theme: "eau-et-milieux-aquatiques" },
    { slug: "cours-deau-canaux-plans-deau", label: "Cours d'eau / canaux / plans d'eau", theme: "eau-et-milieux-aquatiques" },
    { slug: "eau-de-pluie", label: "Eau de pluie", theme: "eau-et-milieux-aquatiques" },
    { slug: "eau-potable", label: "Eau potable", theme: "eau-et-milieux-aquatiques" },
    { slug: "eau-souterraine", label: "Eau souterraine", theme: "eau-et-milieux-aquatiques" },
    { slug: "mers", label: "Mers et océans", theme: "eau-et-milieux-aquatiques" },
    { slug: "animation-et-mise-en-reseau", label: "Animation et mise en réseau", theme: "fonctions-support" },
    { slug: "appui-methodologique", label: "Appui méthodologique", theme: "fonctions-support" },
    { slug: "prevention-des-risques", label: "Prévention des risques", theme: "fonctions-support" },
    { slug: "valorisation-dactions", label: "Valorisation d'actions", theme: "fonctions-support" },
    { slug: "connaissance-de-la-mobilite", label: "Connaissance de la mobilité", theme: "mobilite-transports" },
    {
      slug: "information-voyageur-billettique-multimodale",
      label: "Information voyageur, billettique multimodale",
      theme: "mobilite-transports",
    },
    { slug: "limiter-les-deplacements-subis", label: "Limiter les déplacements subis", theme: "mobilite-transports" },
    { slug: "logistique-urbaine", label: "Logistique urbaine", theme: "mobilite-transports" },
    { slug: "mobilite-et-vehicules-autonomes", label: "Mobilité et véhicules autonomes", theme: "mobilite-transports" },
    { slug: "mobilite-fluviale", label: "Mobilité fluviale", theme: "mobilite-transports" },
    { slug: "mobilite-partagee", label: "Mobilité partagée", theme: "mobilite-transports" },
    { slug: "mobilite-pour-tous", label: "Mobilité pour tous", theme: "mobilite-transports" },
    {
      slug: "amenagement-de-lespace-public-et-modes-actifs",
      label: "Modes actifs : vélo, marche et aménagements associés",
      theme: "mobilite-transports",
    },
    {
      slug: "transports-collectifs-et-optimisation-des-trafics",
      label: "Transports collectifs et optimisation des trafics routiers",
      theme: "mobilite-transports",
    },
    { slug: "biodiversite", label: "Biodiversité", theme: "nature-environnement-risques" },
    { slug: "forets", label: "Forêts", theme: "nature-environnement-risques" },
    { slug: "milieux-humides", label: "Milieux humides", theme: "nature-environnement-risques" },
    { slug: "montagne", label: "Montagne", theme: "nature-environnement-risques" },
    { slug: "qualite-de-lair", label: "Qualité de l'air", theme: "nature-environnement-risques" },
    { slug: "risques-naturels", label: "Risques naturels", theme: "nature-environnement-risques" },
    { slug: "sols", label: "Sols", theme: "nature-environnement-risques" },
    { slug: "acces-aux-services", label: "Accès aux services", theme: "solidarites-lien-social" },
    { slug: "alimentation", label: "Alimentation", theme: "solidarites-lien-social" },
    { slug: "citoyennete", label: "Citoyenneté", theme: "solidarites-lien-social" },
    { slug: "cohesion-sociale", label: "Cohésion sociale et inclusion", theme: "solidarites-lien-social" },
    { slug: "education", label: "Education et renforcement des compétences", theme: "solidarites-lien-social" },
    { slug: "egalite-des-chances", label: "Egalité des chances", theme: "solidarites-lien-social" },
    { slug: "famille-et-enfance", label: "Famille et enfance", theme: "solidarites-lien-social" },
    { slug: "handicap", label: "Handicap", theme: "solidarites-lien-social" },
    { slug: "inclusion-numerique", label: "Inclusion numérique", theme: "solidarites-lien-social" },
    { slug: "jeunesse", label: "Jeunesse", theme: "solidarites-lien-social" },
    { slug: "lutte-contre-la-precarite", label: "Lutte contre la précarité", theme: "solidarites-lien-social" },
    { slug: "personnes-agees", label: "Personnes âgées", theme: "solidarites-lien-social" },
    { slug: "sante", label: "Santé", theme: "solidarites-lien-social" },
    { slug: "accessibilite", label: "Accessibilité", theme: "urbanisme-logement-amenagement" },
    { slug: "architecture", label: "Architecture", theme: "urbanisme-logement-amenagement" },
    { slug: "batiments-construction", label: "Bâtiments et construction", theme: "urbanisme-logement-amenagement" },
    { slug: "cimetieres", label: "Cimetières et funéraire", theme: "urbanisme-logement-amenagement", otherLabels: ["Cimetières"] },
    { slug: "equipement-public", label: "Equipement public", theme: "urbanisme-logement-amenagement" },
    { slug: "espace-public", label: "Espace public", theme: "urbanisme-logement-amenagement" },
    { slug: "espaces-verts", label: "Espaces verts", theme: "urbanisme-logement-amenagement" },
    { slug: "foncier", label: "Foncier", theme: "urbanisme-logement-amenagement" },
    { slug: "friche", label: "Friche", theme: "urbanisme-logement-amenagement" },
    { slug: "logement-habitat", label: "Logement et habitat", theme: "urbanisme-logement-amenagement" },
    { slug: "paysage", label: "Paysage", theme: "urbanisme-logement-amenagement" },
    { slug: "rehabilitation", label: "Réhabilitation", theme: "urbanisme-logement-amenagement" },
    { slug: "voirie-et-reseaux", label: "Voirie et réseaux", theme: "urbanisme-logement-amenagement" },
    { slug: "economie-denergie", label: "Economie d'énergie et rénovation énergétique", theme: "energies-dechets" },
    { slug: "recyclage-valorisation", label: "Recyclage et valorisation des déchets", theme: "energies-dechets" },
    { slug: "empreinte-carbone", label: "Réduction de l'empreinte carbone", theme: "energies-dechets" },
    { slug: "reseaux-de-chaleur", label: "Réseaux de chaleur", theme: "energies-dechets" },
    { slug: "transition-energetique", label: "Transition énergétique", theme: "energies-dechets" },
    { slug: "securite", label: "Sécurité", theme: "solidarites-lien-social" },
  ],
} as const satisfies Record<string, readonly Term[]>;

/** A term of a vocabulary. `group` sorts audiences and aid types; `theme` is the theme of a category. */
export interface Term {
  readonly slug: string;
  readonly label: string;
  readonly otherLabels?: readonly string[];
  readonly group?: string;
  readonly theme?: string;
}

/** Name of a vocabulary, of the field with its terms, and of its term file. */
export type VocabularyName = keyof typeof vocabularies;

export type Slug<V extends VocabularyName> = (typeof vocabularies)[V][number]["slug"];

/** All vocabulary names in the order of this file. */
export const vocabularyNames = Object.keys(vocabularies) as VocabularyName[];

/** Returns a vocabulary's slugs in display order, typed for `z.enum`. */
export function slugsOf<V extends VocabularyName>(vocabulary: V): [Slug<V>, ...Slug<V>[]] {
  return vocabularies[vocabulary].map((term) => term.slug) as [Slug<V>, ...Slug<V>[]];
}

/** Returns the French label of a slug, or the slug itself if it is unknown. */
export function labelOf(vocabulary: VocabularyName, slug: string): string {
  return vocabularies[vocabulary].find((term) => term.slug === slug)?.label ?? slug;
}
