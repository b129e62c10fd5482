import { fieldName } from "../../../french/fields.ts";
import type { AidField } from "../../../model/aid/aid.ts";

/** Why a field is asked for, as a publisher understands it. */
const why: Partial<Readonly<Record<AidField, string>>> = {
  name: "un titre de 180 caractères au plus, qui dit ce que l’aide finance",
  description: "une description : à quoi l’aide sert, ce qu’elle finance",
  contact: "un contact : à quel service s’adresser",
  originUrl: "le lien vers la page de l’aide, sur votre site",
  recurrence: "si l’aide est ponctuelle, revient chaque année, ou est permanente",
  targetedAudiences: "à qui l’aide s’adresse : communes, intercommunalités, associations…",
  aidTypes: "ce qu’elle apporte : subvention, prêt, accompagnement…",
  mobilizationSteps: "à quel moment du projet la demander",
  categories: "les thématiques, par lesquelles on la trouve",
  destinations: "ce qu’elle finance : investissement, fonctionnement…",
  submissionDeadline: "la date limite pour candidater",
  financers: "qui la finance",
  perimeters: "sur quel territoire elle vaut",
};

/** What is missing, in words that say what it is for. */
export function missingInWords(field: AidField): string {
  return why[field] ?? fieldName(field);
}
