import {
  capture,
  choose,
  constant,
  date,
  defineConnector,
  each,
  firstOf,
  identifier,
  join,
  json,
  labelled,
  literal,
  markdown,
  money,
  organisations,
  perimeters,
  section,
  split,
  terms,
  text,
  url,
  when,
} from "moisson/connector-kit";

const conditions = "conditions d'éligibilité";
const sector = `${conditions}.secteur géographique`;
/** The feed writes this date for programmes without an end date. */
const never = "31/12/2099";
const end = "fin de validité";
const hasEnd = { all: [{ field: end, isFilled: true }, { not: { field: end, isOneOf: [never] } }] };

const amounts = ["montant du financement", "montant du prêt", "durée du prêt", "montant de l'avantage fiscal"];
const support = ["coût de l'accompagnement", "durée de l'accompagnement"];
const criteria = ["taille de l'entreprise", "secteur d'activité", "nombre d'années d'activité"];
const label = (field: string) => `${field.charAt(0).toUpperCase()}${field.slice(1)} :`;
const paragraphs = (parts: Parameters<typeof join>[0]) => markdown(join(parts, "\n\n"));
const bullets = (name: string, field: string) => labelled(`${label(name)}\n\n- `, join([field], "\n- "));

/** `[texte](<lien>)`. The blank protects the bracket from a text that ends with a backslash; some links are "https://- <https://…>". */
const link = when(
  { field: "lien", isFilled: true },
  join([literal("["), "texte", literal(" ](<"), capture("lien", "((?:https?://[^-\\s<>]|mailto:[^\\s<>])[^\\s<>]*)"), literal(">)")], ""),
);
const steps = labelled("Étapes :\n\n- ", join([each("objectifs[]", join(["description", each("liens[]", link)], " "))], "\n- "));
/** Amounts, operators and addresses for one region or size. */
const variant = join(
  [
    "une de ces conditions",
    "Eligibilité taille",
    ...["opérateur de contact", "url"],
    ...["Montant du dispositif", "Durée du dispositif"],
    "autres critères d'éligibilité",
  ],
  " ; ",
);
const variants = labelled("Selon la région ou la taille :\n\n- ", join([each("champs conditionnels[]", variant)], "\n- "));

const question = "contact question";
const byMail = { field: question, hasWords: ["mailto"] };
/** "formulaire" is not a link: it means a form on the site itself. */
const byLink = { all: [{ field: question, isFilled: true }, { not: { field: question, isOneOf: ["formulaire"] } }] };
const email = when(byMail, section(question, { from: "mailto:" }));
const submitting = ["mon dossier", "un dossier", "votre dossier", "votre demande"].map((object) => `Déposer ${object}`);
/** Link texts of the steps that lead to an application. */
const applying = [...submitting, "Faire ma demande de prêt", "Inscription"];
const publicBodies = when({ field: "ouvert aux administrations publiques", isOneOf: ["oui"] }, literal("administrations publiques"));

/**
 * Transition écologique des entreprises (ADEME, DGE): a catalogue of 260 programmes. It has more details than the export on data.gouv.fr.
 *
 * Oddities:
 * - dates have the day first, and are correct. The export swaps day and month. 186 programmes are in this feed and in the export. There, 28
 *   of them have wrong dates, and 104 have no dates;
 * - "aide temporairement indisponible" marks a suspended programme, which is skipped;
 * - the territory is one text with regions, departments and other names ("Landes, Nouvelle-Aquitaine, Occitanie");
 * - amounts are texts. Only amounts of loans are read as numbers; the others go to the description or to comments;
 * - the contact operator is the aid's instructor, as in the export. The export lists all other operators as distributors (diffuseurs);
 * - "CCI ou CMA" means two organisations. Conditions are Markdown. Links end with spaces. Apostrophes are straight or curly;
 * - `champs conditionnels` has other amounts, addresses and operators for some regions or sizes; the description lists them;
 * - steps have links to documents and forms. A link to the site's own form is `{ "formulaire": true }`, without an address;
 * - `publicodes` and most of `eligibilityData` match programmes to companies;
 * - two programmes for different regions have the same title.
 */
export const connector = defineConnector({
  id: "tee-programmes",
  title: "programmes",
  publisher: {
    name: "Transition écologique des entreprises",
    kind: "state-service",
    territory: { scale: "country", code: "FRA" },
    website: "https://mission-transition-ecologique.beta.gouv.fr/",
    licence: "unknown",
  },
  reuse: { basis: "crpa", note: "descriptions d’aides de plusieurs administrations : demander s’il y a des droits de tiers" },
  schedule: "40 3 * * *",
  feed: { urlFrom: "MOISSON_URL_TEE_PROGRAMMES" },
  decode: { format: "json" },
  keepWhen: [{ when: { not: { field: "aide temporairement indisponible", isOneOf: ["oui"] } }, reason: "temporarily unavailable" }],
  ignored: [
    "metaTitre",
    "metaDescription",
    "illustration",
    "publicodes",
    "type",
    "activable en autonomie",
    "eligibilityData.company",
    "eligibilityData.validity",
  ],
  placeholders: [never],
  fields: {
    externalId: identifier("id"),
    name: text("titre"),
    description: paragraphs([
      ...["promesse", "description", "description longue"],
      ...[...amounts, ...support].map((field) => labelled(`${label(field)} `, field)),
      steps,
      variants,
    ]),
    eligibility: paragraphs([
      ...criteria.map((field) => labelled(`${label(field)} `, `${conditions}.${field}`)),
      bullets("autres critères d'éligibilité", `${conditions}.autres critères d'éligibilité`),
    ]),
    contact: paragraphs([
      "opérateur de contact",
      firstOf(email, when(byLink, question)),
      labelled("Autres opérateurs : ", "autres opérateurs"),
    ]),
    contactEmail: text(email),
    originUrl: url("url"),
    importDataUrl: url(join([literal("https://mission-transition-ecologique.beta.gouv.fr/aides-entreprise/"), "id"], "")),
    applicationUrl: url(json("objectifs[].liens[]", { path: "[].lien", where: { key: "texte", isOneOf: applying } })),
    isCharged: choose([{ when: { field: "coût de l'accompagnement", isOneOf: ["Gratuit", "Gratuite"] }, use: constant(false) }]),
    startDate: date("début de validité", ["dd/MM/yyyy"]),
    submissionDeadline: date(end, ["dd/MM/yyyy"]),
    recurrence: choose([{ when: hasEnd, use: constant("oneoff") }], constant("ongoing")),
    aidTypes: terms("nature de l'aide", "aidTypes"),
    targetedAudiences: terms(split(join([literal("entreprises"), publicBodies], "|"), "|"), "targetedAudiences"),
    categories: terms("eligibilityData.priorityObjectives", "categories"),
    instructors: organisations("opérateur de contact"),
    perimeters: perimeters(split(sector, ","), { written: "name", scales: ["region", "collectivity", "department", "country"] }),
    loanAmount: money("montant du prêt"),
    subventionComment: text(when({ field: "nature de l'aide", isOneOf: ["financement"] }, "montant du financement")),
    otherFinancialAidComment: text("montant de l'avantage fiscal"),
  },
  tellApartBy: [sector, "id"],
  otherSources: { link: true, rules: { "transition-ecologique-entreprises": "all" } },
  expect: { atLeast: 130 },
});
