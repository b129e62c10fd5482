import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { type Evidence, type EvidenceCode, evidence } from "../../model/survey/evidence.ts";
import type { FieldProfile, ValueShape } from "../../model/survey/field-profile.ts";
import type { FileKind } from "../../model/survey/file-kind.ts";
import { allTexts, shareOf } from "../profile/field-values.ts";
import { wordsIn } from "../profile/name-words.ts";
import { isAidKind, isAidTitle, isAudience, isCallTitle } from "../profile/words-in-labels.ts";
import type { Survey } from "../survey.ts";

/** A sign of what a file contains. Weight, -1 to 1: certainty that it gives alone; a negative weight speaks against the kind. */
export interface Sign {
  readonly weights: Readonly<Partial<Record<FileKind, number>>>;
  readonly why: Evidence;
}

/** A field with the words of its name and its folded values. */
interface Column {
  readonly profile: FieldProfile;
  readonly words: ReadonlySet<string>;
  readonly texts: readonly string[];
  has(...shapes: readonly ValueShape[]): boolean;
}

interface Test {
  readonly code: EvidenceCode;
  readonly weights: Sign["weights"];
  /** Number of columns that must pass. Default: one. */
  readonly atLeast?: number;
  holds(column: Column, count: number): boolean;
}

const recordsRead = 1_000;
/** In fewer rows, any column has distinct values. */
const minRows = 5;
const set = (words: string) => new Set(words.split(" "));

/** Words of column names, folded and singular, in French, English, German, Spanish and Italian. */
const recipients = set(
  "beneficiaire beneficiary recipient attributaire demandeur applicant titulaire laureat grantee allocataire empfanger zuwendungsempfanger antragsteller beneficiario destinatario fournisseur association",
);
const identities = set(
  "nom name denomination raison sociale organisme organisation siret siren id identifiant identifier identification code rna nombre nome bezeichnung",
);
const paid = set(
  "subvention montant amount somme betrag importe importo fordersumme zuwendung paiement payment concours prime ecmaxcontribution contribution pret depense cofinancement",
);
const granted = set(
  "attribue accorde verse vote paye engage alloue octroye notifie mandate awarded disbursed granted paid bewilligt ausgezahlt concedido concesso erogato mandat total",
);
const limits = set(
  "max maximum maximal min minimum minimal plafond plancher seuil limite taux rate ceiling budget enveloppe limit cap mini maxi",
);
const decisions = set(
  "convention decision deliberation attribution award versement paiement mandat emission notification signature visa bewilligung concesion concessione payment triennalite",
);
const years = set("annee year exercice jahr ano anno millesime");
const projects = set("projet project projekt proyecto progetto operation chantier travaux action");
const projectFacts = set("nom name titre title intitule libelle objet acronym acronyme description cout cost bezeichnung titel");
const addresses = set(
  "adresse address rue street postal postcode zip cp ville city telephone phone lat lon latitude longitude anschrift plz",
);
const codes = set("code cle id key num numero niveau level order ordre rang parent nuts insee");
const labels = set("libelle label intitule nom name description designation bezeichnung definition");
const eligibility = set(
  "eligibilite eligible eligibility critere criteria condition requisito voraussetzung fordervoraussetzung requisiti ammissibilita",
);
const deadlines = set("cloture limite deadline closing close echeance frist einreichfrist antragsfrist plazo cierre scadenza chiusura");
const pages = set("url lien link page site web source fiche permalink");

const isLine = ({ profile: { kind, isList } }: Column) => kind === "line" && !isList;
const isProse = ({ profile: { kind, medianLength } }: Column) => medianLength >= 100 && kind !== "link" && kind !== "json";
const varies = ({ profile: { distinct, filled } }: Column, share: number) => filled < 10 || distinct >= filled * share;
const any = ({ words }: Column, wanted: ReadonlySet<string>) => [...words].some((word) => wanted.has(word));

/** The signs, and the kinds of file that they speak for. */
const tests: readonly Test[] = [
  {
    code: "names-recipients",
    weights: { "grants-paid": 0.6, projects: 0.35, aids: -0.5, calls: -0.5 },
    holds: (column) =>
      any(column, recipients) &&
      any(column, identities) &&
      !any(column, set("type categorie category public cible")) &&
      !isProse(column) &&
      varies(column, 0.15),
  },
  {
    code: "registered-recipients",
    weights: { "grants-paid": 0.4, organisations: 0.4, aids: -0.4, calls: -0.5 },
    holds: (column) => column.has("siren", "siret") && varies(column, 0.15),
  },
  {
    code: "amounts-granted",
    weights: { "grants-paid": 0.5, projects: 0.25, aids: -0.3, calls: -0.3 },
    holds: (column) =>
      any(column, paid) &&
      !any(column, limits) &&
      (column.profile.kind === "number" || column.has("amount")) &&
      column.profile.fill >= 0.7 &&
      (any(column, granted) || varies(column, 0.2)),
  },
  {
    code: "days-of-decision",
    weights: { "grants-paid": 0.4, aids: -0.3, calls: -0.3 },
    holds: (column) =>
      any(column, decisions) && (column.profile.kind === "date" || column.profile.datesRead >= 0.4) && !any(column, deadlines),
  },
  {
    code: "year-of-each",
    weights: { "grants-paid": 0.25, statistics: 0.3 },
    holds: (column) => any(column, years) && (column.has("year") || column.profile.kind === "number"),
  },
  {
    code: "projects-named",
    weights: { projects: 0.5 },
    holds: (column) =>
      any(column, projects) && any(column, projectFacts) && isLine(column) && varies(column, 0.4) && !column.profile.path.includes("?"),
  },
  {
    code: "organisations-as-titles",
    weights: { organisations: 0.4, "grants-paid": 0.25, aids: -0.4, calls: -0.4 },
    holds: (column) =>
      isLine(column) &&
      varies(column, 0.5) &&
      column.profile.fill > 0.8 &&
      (column.profile.shapes.company ?? 0) + (column.profile.shapes.person ?? 0) >= 0.4,
  },
  {
    code: "addresses",
    weights: { organisations: 0.45, projects: 0.1 },
    atLeast: 2,
    holds: (column) => any(column, addresses) && !column.has("email", "link") && column.profile.kind !== "empty" && varies(column, 0.3),
  },
  {
    code: "codes-with-labels",
    weights: { nomenclature: 0.75 },
    atLeast: 2,
    holds: (column, count) =>
      count <= 10 &&
      column.profile.filled >= minRows &&
      column.profile.fill > 0.9 &&
      column.profile.isUnique &&
      ((any(column, codes) && column.profile.longest <= 30) || (any(column, labels) && isLine(column))),
  },
  {
    code: "aids-for-whom",
    weights: { aids: 0.4, calls: 0.2, nomenclature: -0.8, statistics: -0.4 },
    holds: (column) => column.texts.length > 0 && shareOf(column.texts, isAudience) >= 0.3 && !column.words.has("budget"),
  },
  {
    code: "kinds-of-aid",
    weights: { aids: 0.35, calls: 0.2, nomenclature: -0.3 },
    holds: (column) => column.texts.length > 0 && shareOf(column.texts, isAidKind) >= 0.4 && !varies(column, 0.8),
  },
  {
    code: "deadlines",
    weights: { aids: 0.35, calls: 0.5, nomenclature: -0.8, organisations: -0.5, statistics: -0.8 },
    holds: (column) =>
      any(column, deadlines) && (column.profile.kind === "date" || column.profile.kind === "empty" || column.profile.datesRead > 0.2),
  },
  {
    code: "conditions-written",
    weights: { aids: 0.45, calls: 0.3, organisations: -0.4, "grants-paid": -0.2 },
    holds: (column) =>
      any(column, eligibility) &&
      !any(column, set("versement paiement payment")) &&
      column.profile.kind !== "yes-no" &&
      column.profile.kind !== "number",
  },
  {
    code: "described",
    weights: { aids: 0.3, calls: 0.25, projects: 0.15, nomenclature: -0.5, statistics: -0.8 },
    holds: (column) => isProse(column) && column.profile.fill > 0.4 && varies(column, 0.3),
  },
  {
    code: "page-of-each",
    weights: { aids: 0.3, calls: 0.3, organisations: 0.1, statistics: -0.8, nomenclature: -0.6, "grants-paid": -0.2 },
    holds: (column) => any(column, pages) && column.profile.fill > 0.6 && column.has("link", "site-path") && varies(column, 0.5),
  },
  {
    code: "titles-of-aids",
    weights: { aids: 0.45, calls: 0.2, organisations: -0.3, nomenclature: -0.9 },
    holds: (column) => isTitle(column) && shareOf(column.texts, isAidTitle) >= 0.2,
  },
  {
    code: "titles-of-calls",
    weights: { calls: 0.45 },
    holds: (column) => (isTitle(column) || column.words.has("call")) && shareOf(column.texts, isCallTitle) >= 0.3,
  },
  {
    code: "calls-named",
    weights: { calls: 0.4 },
    holds: (column) => column.words.has("call") && any(column, set("id identifier title reference")) && column.profile.fill > 0.9,
  },
];

function isTitle(column: Column): boolean {
  return (
    (isLine(column) || column.profile.kind === "html" || column.profile.kind === "text") &&
    varies(column, 0.5) &&
    column.profile.medianLength >= 12 &&
    !isProse(column)
  );
}

/** Returns the signs that a file shows, each once. */
export function fileSigns({ fields, records }: Survey): Sign[] {
  const first = records.slice(0, recordsRead);
  const columns = fields.map((profile): Column => {
    const texts = allTexts(first, profile.path).map((text) => foldTerm(text.slice(0, 200)));
    return {
      profile,
      words: new Set(wordsIn(profile.path)),
      texts,
      has: (...shapes) => shapes.reduce((sum, shape) => sum + (profile.shapes[shape] ?? 0), 0) >= 0.7,
    };
  });
  const found = tests.flatMap(({ code, weights, atLeast = 1, holds }) => {
    const passed = columns.filter((column) => holds(column, columns.length));
    const paths = passed.map(({ profile }) => profile.path);
    return passed.length < atLeast
      ? []
      : [{ weights, why: evidence(code, { path: paths.slice(0, 3).join(", "), example: passed[0]?.profile.examples[0] ?? "" }) }];
  });
  return [...found, ...numbersOnly(fields)];
}

/** A file of which most fields are numbers, other than codes, is a statistic. */
function numbersOnly(fields: readonly FieldProfile[]): Sign[] {
  const filled = fields.filter(({ kind }) => kind !== "empty");
  const numbers = filled.filter(({ kind, path }) => kind === "number" && !wordsIn(path).some((word) => codes.has(word)));
  if (numbers.length < 3 || numbers.length < filled.length * 0.6) return [];
  const share = Math.round((numbers.length / filled.length) * 100);
  return [{ weights: { statistics: 0.6, aids: -0.4, calls: -0.4 }, why: evidence("mostly-numbers", { share }) }];
}
