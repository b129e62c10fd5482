import { previewAids } from "../../../../src/ingest/preview-aids.ts";
import { foldTerm } from "../../../../src/kit/values/text/fold-term.ts";
import type { AidContent } from "../../../../src/model/aid/aid.ts";
import { checkConnector } from "../../../../src/registry/check-connector.ts";
import { termsOver } from "../../../../src/registry/stored-versions.ts";
import { termsOf } from "../../../../src/survey/propose/proposal.ts";
import type { SurveyedSite } from "../../../support/surveyed-site.ts";
import type { FirstSightSite, ToldAid } from "./told-aid.ts";

/** What a careful person finds about the proposals for a site. */
export interface FirstSight {
  /** Whether the first list offered is the list of aids, with each aid of its first page once. */
  readonly isListRight: boolean;
  /** Facts of the compared pages, each found in a field where a reader looks for it, or lost. */
  readonly found: readonly Fact[];
  readonly lost: readonly Fact[];
  /** Proposed fields: right for every compared aid, or wrong, with a value. */
  readonly right: readonly string[];
  readonly wrong: Readonly<Record<string, unknown>>;
}

type Fact = Exclude<keyof ToldAid, "path" | "applicationUrl" | "isCall" | "updated">;
type Content = AidContent & { readonly externalId: string };
type Pair = { readonly content: Content; readonly aid: ToldAid | undefined };

const plain = (html: string | null | undefined) =>
  foldTerm(
    (html ?? "")
      .replace(/<[^<>]*>/g, " ")
      .replaceAll("&nbsp;", " ")
      .replaceAll("&amp;", "&"),
  ).replace(/\s+/g, " ");

/** Returns true if a text contains the expected text, or every item of the expected list. Nothing expected is contained. */
function says(text: string | null | undefined, told: string | readonly string[] | undefined): boolean {
  return told === undefined || [told].flat().every((one) => plain(text).includes(plain(one)));
}

function saysAny(text: string | null, told: readonly (string | readonly string[] | undefined)[]): boolean {
  return told.some((one) => one !== undefined && says(text, one));
}

const everything = ({ description, eligibility, contact, subventionComment }: Content) =>
  [description, eligibility, contact, subventionComment].join(" ");

/** Where a reader looks for each fact. */
const facts: Readonly<Record<Fact, (content: Content, aid: ToldAid) => boolean>> = {
  title: ({ name }, { title }) => name === title,
  purpose: ({ description }, { purpose }) => says(description, purpose),
  beneficiaries: ({ eligibility }, { beneficiaries }) => says(eligibility, beneficiaries),
  conditions: ({ eligibility }, { conditions }) => says(eligibility, conditions),
  expenses: ({ eligibility, description }, { expenses }) => says(`${eligibility} ${description}`, expenses),
  amount: ({ subventionComment, description, eligibility }, { amount }) =>
    says(`${subventionComment} ${description} ${eligibility}`, amount),
  deadline: ({ submissionDeadline }, { deadline }) => submissionDeadline === (deadline?.[1] ?? null),
  contact: ({ contact }, { contact: told }) => says(contact, told),
  email: ({ contact, contactEmail }, { email }) => says(contact, email) || contactEmail === email,
  phone: ({ contact, contactPhone }, { phone }) => says(contact, phone) || contactPhone?.replace(/\s/g, "") === phone?.replace(/\s/g, ""),
  apply: (content, { apply }) => says(everything(content), apply),
};

/** Words of the pages, and the audience that a careful person ticks. */
const audiences: readonly (readonly [RegExp, readonly string[]])[] = [
  [/commune|collectivite|maitres d'ouvrage publics/, ["commune"]],
  [/intercommunal|communautes? de communes|groupement|syndicat|collectivite|maitres d'ouvrage publics/, ["epci"]],
  [/collectivite/, ["department", "region"]],
  [/association|clubs|federation|structures d'insertion|ressourcerie|compagnies/, ["association"]],
  [/entreprise|tpe|pme|commerc|artisan|industri|hotels|cooperative|bailleurs|compagnies/, ["private-sector"]],
  [/agricult|exploitants|eleveur|gaec/, ["farmer"]],
  [/proprietaire|habitants|particulier|locataire|jeunes de|createurs|artistes/, ["private-person"]],
  [/etablissement|lycee|hopita|bibliotheque|ecoles|syndicat|centres sociaux|conservatoire/, ["public-org", "public-cies"]],
  [/doctor|chercheur|laboratoire/, ["researcher", "private-person"]],
];

function audiencesOf({ beneficiaries = [] }: ToldAid): string[] {
  const text = [beneficiaries].flat().map(foldTerm).join(" ");
  return audiences.flatMap(([words, slugs]) => (words.test(text) ? slugs : []));
}

const isRateOf = (rate: number | null, { amount }: ToldAid) =>
  rate === null || [amount ?? ""].flat().some((text) => new RegExp(`(?<!\\d)${rate}( à \\d+)? %`).test(text));

type Check = (content: Content, aid: ToldAid) => boolean;

/** What each field may say. A field without a check is wrong. */
const checks: Partial<Readonly<Record<keyof AidContent, Check>>> = {
  name: facts.title,
  description: facts.purpose,
  eligibility: ({ eligibility }, { beneficiaries, conditions, expenses, contact, email }) =>
    saysAny(eligibility, [beneficiaries, conditions, expenses]) && !saysAny(eligibility, [contact, email]),
  targetedAudiences: ({ targetedAudiences }, aid) => targetedAudiences.every((slug) => audiencesOf(aid).includes(slug)),
  contact: ({ contact }, { contact: told, email, phone }) => saysAny(contact, [told, email, phone]),
  contactEmail: ({ contactEmail }, { email }) => contactEmail === (email ?? null),
  contactPhone: facts.phone,
  submissionDeadline: facts.deadline,
  submissionDeadlineTime: ({ submissionDeadlineTime: time }, { deadline }) =>
    time === null || new RegExp(`\\b${Number(time.slice(0, 2))} h`).test(deadline?.[0] ?? ""),
  recurrence: ({ recurrence }, { deadline }) => recurrence === null || (deadline === undefined) === (recurrence !== "oneoff"),
  subventionComment: ({ subventionComment }, { amount }) => says(subventionComment, amount),
  subventionRateLowerBound: ({ subventionRateLowerBound }, aid) => isRateOf(subventionRateLowerBound, aid),
  subventionRateUpperBound: ({ subventionRateUpperBound }, aid) => isRateOf(subventionRateUpperBound, aid),
  originUrl: ({ originUrl }, { path }) => originUrl?.endsWith(path) === true,
  applicationUrl: ({ applicationUrl }, { applicationUrl: told }) => applicationUrl === (told ?? null),
  isCallForProject: ({ isCallForProject }, { isCall }) => isCallForProject === null || isCallForProject === (isCall === true),
  aidTypes: ({ aidTypes }, { amount }) =>
    aidTypes.every(
      (slug) => slug === "grant" || (slug === "loan" ? /prêt/i : slug === "recoverable-advance" ? /avance/ : /$^/).test(`${amount}`),
    ),
  sourceUpdatedDate: ({ sourceUpdatedDate }, { updated }) => sourceUpdatedDate === null || sourceUpdatedDate === updated,
  financers: ({ financers }) => financers[0]?.name === "Département Exemple",
  perimeters: ({ perimeters }) => perimeters[0]?.code === "26",
};

/** Judges the proposals for a site by the aids that they give for the compared pages. */
export async function judgeFirstSight({ look, survey, proposal, lookup }: SurveyedSite, site: FirstSightSite): Promise<FirstSight> {
  const checked = checkConnector(proposal.definition);
  if ("problems" in checked) throw new Error(`the proposal is no connector: ${JSON.stringify(checked.problems)}`);
  async function* decode() {
    yield survey.records.map((values, index) => ({ kind: "record" as const, locator: String(index), values }));
  }
  const { aids } = await previewAids(decode, checked.connector, termsOver(termsOf(proposal), lookup), survey.records.length);
  const pairs: Pair[] = aids.map(({ content, externalId }) => ({
    content: { ...content, externalId },
    aid: site.aids.find(({ title }) => plain(content.name).includes(plain(title))),
  }));
  const told = (Object.keys(facts) as Fact[]).filter((fact) => pairs.some(({ aid }) => aid?.[fact] !== undefined));
  const isFound = (fact: Fact) => pairs.every(({ content, aid }) => aid !== undefined && facts[fact](content, aid));
  const wrong = Object.fromEntries(
    proposal.fields.flatMap(({ field }) => {
      const bad = field === "externalId" ? badIdentifier(pairs) : badValue(field as keyof AidContent, pairs, site.noise);
      return bad === undefined ? [] : [[field, bad]];
    }),
  );
  const listed = look.lists[0]?.pages ?? [];
  const isAid = (url: string) => site.aids.some(({ path }) => url.endsWith(path));
  return {
    isListRight: look.lists[0]?.count === site.listed && listed.every(isAid),
    found: told.filter(isFound),
    lost: told.filter((fact) => !isFound(fact)),
    right: proposal.fields.map(({ field }) => field).filter((field) => !(field in wrong)),
    wrong,
  };
}

function badIdentifier(pairs: readonly Pair[]): unknown {
  const identifiers = pairs.map(({ content }) => content.externalId);
  return new Set(identifiers).size < pairs.length ? identifiers : undefined;
}

function badValue(field: keyof AidContent, pairs: readonly Pair[], noise: readonly string[]): unknown {
  const isNoisy = (value: unknown) => typeof value === "string" && noise.some((text) => plain(value).includes(plain(text)));
  const bad = pairs.find(({ content, aid }) => aid === undefined || isNoisy(content[field]) || checks[field]?.(content, aid) !== true);
  return pairs.length === 0 ? "no aid" : bad === undefined ? undefined : (bad.content[field] ?? null);
}
