import type { AidField } from "../../model/aid/aid.ts";

/** A field of an aid, or its identifier. */
export type OwnField = AidField | "externalId";

/**
 * Publishers' names for our fields, French and English, likeliest first, compared by words (`nameWords`). A name with `=` must match as a
 * whole. Long fields without such a name are judged by their values.
 */
export const knownNames: Partial<Readonly<Record<OwnField, string>>> = {
  externalId:
    "id | identifiant | uid | uuid | id unique | unique id | external id | identifiant unique | " +
    "reference administrative | id article | numero | reference | ref | intervention id | ref partenaire | guid | " +
    "nid | code | identifier | cle | key | recordid",
  name:
    "titre | title | intitule | nom | name | post title | titre principal | libelle | label | designation | " + "headline | nom complet",
  nameInitial: "nom initial | name initial | titre initial | titre origine | initial name",
  shortTitle:
    "titre court | short title | nom court | sigle | acronyme | acronym | reference programme | reference appel | " +
    "reference | identifier | topic id",
  description:
    "description | presentation | resume | chapo | chapeau | introduction | objet | contenu | content | body | " +
    "corps | summary | abstract | promesse | accroche | entete | note | excerpt | descriptif | " +
    "descriptif complet | description longue | description complete objectif | objectif | description courte | " +
    "objet court | finalite | but | contexte | enjeu | plus info | encoded | amorce | priority | priory | goal | " +
    "details | detail | pourquoi candidater | texte | text | engagement | baseline | operation eligible | " +
    "operation ei | we | you | introduction us | introduction you",
  eligibility:
    "eligibilite | eligibility | condition eligibilite | critere eligibilite | condition | critere | " +
    "critere selection | modalite | demarche | qui peut beneficier | pour qui | public beneficiaire precision | " +
    "beneficiaire detail | public detail | condition attribution | montant | amount | plafond | " +
    "montant financement | condition versement | comment beneficier | comment faire demande | depense eligible | " +
    "obligation | reglement | piece fournir | region eligible | info region | aidcondition | " +
    "public beneficiaire detail",
  projectExamples: "exemple projet | exemple projet realisable | project example | exemple | realisation",
  contact:
    "contact | contact complet | interlocuteur | renseignement | correspondant | coordonnee | " +
    "information contact | service contact | contact question | contact guideline | advice | utile | " +
    "adresse contact | texte gris | direction | service | pole | service gestionnaire | service reference",
  contactEmail:
    "contact email | email contact | email | courriel | mail | contact mail | adresse mail | " + "adresse electronique | contact courriel",
  contactPhone: "contact phone | contact telephone | telephone | tel | phone | telephone contact | contact tel",
  originUrl:
    "url origine | origin url | url source | url | lien | link | permalink | url fiche | lien descriptif complet | " +
    "page | lien page edition | source info | view node | url agir | source url | lien fiche | fiche | guid | " +
    "site | website | source | funding source url | adresse web | web | linkoffer | lien offre",
  applicationUrl:
    "application url | url demarche | url teleservice | lien demarche ligne | lien vers demarche ligne | " +
    "lien je fais ma demande | url candidature | lien candidature | teleservice | formulaire | lien formulaire | " +
    "demarche ligne | dematerialise url | candidature | source lien | depot dossier | inscription",
  originUrlText: "origin url text | texte lien",
  applicationUrlText: "application url text",
  isCallForProject:
    "call project | appel projet | aap | appel projet manifestation interet | is call project | " +
    "appel projet manifestation d interet | is aap",
  isCharged: "charged | is charged | payant | aide payante",
  inFranceRelance: "france relance | in france relance | plan relance",
  startDate:
    "date debut | date ouverture | start date | debut | ouverture | date start | opening date | date open | " +
    "open date | debut validite | date debut campagne | date ouverture campagne | date lancement | " +
    "application start date | debut depot | lancement | validity start | open",
  predepositDate: "predeposit date | date predepot | date pre depot | pre depot",
  submissionDeadline:
    "date limite | date fin | date cloture | deadline | submission deadline | date limite depot | cloture | " +
    "echeance | deadline date | date echeance | closing date | close date | date fin campagne | fin validite | " +
    "fin | date limite candidature | application end date | end date | date deadline | date end | limite | " +
    "limite depot | validity end",
  recurrence: "recurrence | temporalite | periodicite | frequence",
  aidTypes:
    "type | nature | type subvention | forme | nature type | type financement | categorie financement | " +
    "nature financiere | nature ingenierie | type financier | type soutien | funding type | categorie",
  targetedAudiences:
    "beneficiaire | public | cible | targeted audience | audience | public cible | profil | type beneficiaire | " +
    "public beneficiaire | beneficiary | destinataire | cible projet | public vise | benef | porteur projet | " +
    "beneficiaire eligible | eligible | eligibilite | eligibility",
  destinations: "destination | type depense | depense | action concernee | type depense action couverte",
  mobilizationSteps: "mobilization step | etat avancement | avancement | etat avancement projet beneficier | maturite projet | etape",
  categories:
    "thematique | theme | categorie | category | sous thematique | domaine | secteur | sector | competence | " +
    "topic | thematique libelle | sous theme | domaine intervention | environmental topic | domaine action | " +
    "politique | domaine competence | ss thematique",
  keywords: "mot cle | keyword | tag | etiquette",
  programs: "programme | program | programme parent | framework programme | programme aide | dispositif parent",
  projectReferences: "projet referent | project reference",
  financers:
    "financeur | financer | porteur | organisme | attribuant | nom attribuant | financer full | structure | " +
    "backer | funder | org | organisation",
  instructors: "instructeur | instructor | service instructeur | operateur contact",
  perimeters:
    "perimetre | perimeter | territoire | zone geographique | perimetre geo | eligibilite geographique | " +
    "couverture geo | couverture geographique | region | departement | secteur geographique | localisation | geo | " +
    "zone | commune | couverture | territory",
  perimeterExclusions: "eligibilite geographique exclusion | territoire exclu | perimetre exclu",
  perimeterSuggestion: "perimeter suggestion | perimetre suggere",
  subventionRateLowerBound: "subvention rate lower bound | taux min | taux minimum | taux subvention min",
  subventionRateUpperBound:
    "subvention rate upper bound | taux max | taux maximum | taux subvention max | taux subvention | " +
    "subvention rate | taux | taux sub",
  subventionComment: "subvention comment | taux subvention commentaire optionnel | commentaire subvention | taux commentaire",
  loanAmount: "loan amount | montant pret",
  recoverableAdvanceAmount: "recoverable advance amount | montant avance recuperable",
  otherFinancialAidComment: "other financial comment | autre financiere commentaire",
  importDataUrl: "import data url | url origine donnee importee",
  sourceUpdatedDate:
    "date mise jour | date modification | modification date | date updated | date update | updated | modified | " +
    "modified gmt | date maj | maj | date derniere modification | last modified | last update | date modif | " +
    "mise jour | modification | updated at | update | =date",
};

/** Names of introductions, which come first in a description. */
export const leadNames =
  "promesse | chapo | chapeau | accroche | resume | summary | introduction | entete | baseline | excerpt | " +
  "amorce | description courte | objet court";

/** Names of fields that must not be shown. */
export const privateNames =
  "non publiee | non public | non publie | confidentiel | interne | prive | private | internal | " + "brouillon texte | password";

/** Names of copies for machines, which are never part of a text. */
export const machineNames = "meta | search | slug | fingerprint | hash | embedding | seo | raw | index | json | excerpt html";
