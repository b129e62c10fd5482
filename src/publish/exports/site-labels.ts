import { labelOf, type VocabularyName } from "../../model/vocabularies.ts";

/** Labels that Aides-territoires' API has changed since 2023. */
const sinceThen: Partial<Record<VocabularyName, Readonly<Record<string, string>>>> = {
  targetedAudiences: {
    commune: "Commune",
    epci: "Intercommunalité / Pays",
    department: "Département",
    region: "Région",
    special: "Collectivité d’outre-mer à statut particulier",
    "public-org": "Etablissement public dont services de l'Etat",
    "public-cies": "Entreprise publique locale (Sem, Spl, SemOp)",
    association: "Association",
    "private-sector": "Entreprise privée",
    "private-person": "Particulier",
    farmer: "Agriculteur",
  },
  destinations: { investment: "Dépenses d’investissement" },
};

/** Returns a slug's label as Aides-territoires' API writes it today, because its clients compare labels. */
export function siteLabelOf(vocabulary: VocabularyName, slug: string): string {
  return sinceThen[vocabulary]?.[slug] ?? labelOf(vocabulary, slug);
}
