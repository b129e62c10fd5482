import { previewAids } from "../../../src/ingest/preview-aids.ts";
import type { TableLookup } from "../../../src/kit/rules/rule-context.ts";
import { foldTerm } from "../../../src/kit/values/text/fold-term.ts";
import type { AidContent } from "../../../src/model/aid/aid.ts";
import { checkConnector } from "../../../src/registry/check-connector.ts";
import { termsOver } from "../../../src/registry/stored-versions.ts";
import { type Proposal, termsOf } from "../../../src/survey/propose/proposal.ts";
import type { Survey } from "../../../src/survey/survey.ts";
import type { MadeAid } from "./made-pages.ts";

/** What a careful person finds about the proposals for a site. */
export interface Judgement {
  readonly proposed: readonly string[];
  /** Proposals that are right for every aid. */
  readonly kept: readonly string[];
  /** Proposals that a person corrects, with a wrong value. */
  readonly wrong: Readonly<Record<string, unknown>>;
  /** Facts of the pages that no field has. */
  readonly missing: readonly string[];
}

/** Facts that the pages of a site tell, besides title and purpose. */
export type Fact = "audience" | "deadline" | "amount" | "contact" | "rate";

const slugs: Readonly<Record<string, NonNullable<AidContent["targetedAudiences"]>[number]>> = {
  Communes: "commune",
  Associations: "association",
  Entreprises: "private-sector",
  Agriculteurs: "farmer",
};

type Check = (content: AidContent, aid: MadeAid) => boolean;

function says(text: string | null | undefined, wanted: string): boolean {
  return (text ?? "").replace(/&nbsp;|\s/g, " ").includes(wanted);
}

/** What each field of an aid may say. A field without a check is wrong. */
const checks: Partial<Readonly<Record<keyof AidContent, Check>>> = {
  name: ({ name }, { title }) => name === title,
  description: ({ description }, { purpose }) => says(description, purpose.slice(0, 40)),
  eligibility: ({ eligibility }, { audience }) => says(eligibility, audience),
  targetedAudiences: ({ targetedAudiences }, { audience }) => {
    const wanted = slugs[audience];
    return wanted !== undefined && (targetedAudiences ?? []).includes(wanted);
  },
  contact: ({ contact }, aid) => says(contact, aid.contact),
  contactEmail: ({ contactEmail }, aid) => contactEmail === aid.contact,
  submissionDeadline: ({ submissionDeadline }, { deadlineIso }) => submissionDeadline === deadlineIso,
  recurrence: ({ recurrence, submissionDeadline }) => (submissionDeadline === null) === (recurrence !== "oneoff"),
  subventionComment: ({ subventionComment }, { amount }) => says(subventionComment, amount) || says(subventionComment, "20 %"),
  subventionRateUpperBound: ({ subventionRateUpperBound }) => subventionRateUpperBound === 20,
  originUrl: ({ originUrl }) => URL.canParse(originUrl ?? ""),
  financers: ({ financers }) => financers?.[0]?.name === "Département Exemple",
  // From the factory of news feeds, as in a connector that a person writes.
  sourceUpdatedDate: ({ sourceUpdatedDate }) => sourceUpdatedDate === "2026-11-02",
  keywords: ({ keywords }) => (keywords ?? []).length === 0,
  perimeters: ({ perimeters }) => perimeters?.[0]?.code === "26",
};

const facts: Readonly<Record<Fact, Check>> = {
  audience: (content, aid) => says(content.eligibility, aid.audience) || checks.targetedAudiences?.(content, aid) === true,
  deadline: (content, aid) => content.submissionDeadline === aid.deadlineIso,
  amount: (content, { amount }) => [content.description, content.subventionComment, content.eligibility].some((text) => says(text, amount)),
  contact: (content, aid) => says(content.contact, aid.contact) || content.contactEmail === aid.contact,
  rate: (content) =>
    content.subventionRateUpperBound === 20 || says(content.subventionComment, "20 %") || says(content.description, "20 %"),
};

/** An aid with its identifier. */
type FoundAid = AidContent & { readonly externalId: string };

/** What a site tells. `aids`: all of its aids. */
interface Told {
  readonly aids: readonly MadeAid[];
  readonly told: readonly Fact[];
}

/** Judges each proposed field by the aids that it gives for the surveyed pages. */
export async function judgeProposal(survey: Survey, proposal: Proposal, lookup: TableLookup, told: Told): Promise<Judgement> {
  const checked = checkConnector(proposal.definition);
  if ("problems" in checked) throw new Error(`the proposal is no connector: ${JSON.stringify(checked.problems)}`);
  async function* decode() {
    yield survey.records.map((values, index) => ({ kind: "record" as const, locator: String(index), values }));
  }
  const { aids } = await previewAids(decode, checked.connector, termsOver(termsOf(proposal), lookup), survey.records.length);
  const found = aids.map(({ content, externalId }) => ({ ...content, externalId }));
  return judgeAids(
    found,
    proposal.fields.map(({ field }) => field),
    told,
  );
}

function slugOf(title: string): string {
  return foldTerm(title)
    .split(/[^a-z0-9]+/)
    .slice(0, 3)
    .join("-");
}

/** Judges each proposed field by the aids that it gives. */
export function judgeAids(found: readonly FoundAid[], proposed: readonly string[], { aids, told }: Told): Judgement {
  const pairs = found.map((content) => ({ content, aid: aids.find(({ title }) => content.name.includes(title)) }));
  const wrong: Record<string, unknown> = {};
  for (const field of proposed) {
    if (field === "externalId") {
      // A title is no identifier.
      const isTitle = pairs.some(({ content, aid }) => aid !== undefined && content.externalId.includes(slugOf(aid.title)));
      if (isTitle || new Set(found.map(({ externalId }) => externalId)).size < found.length) wrong[field] = found[0]?.externalId;
      continue;
    }
    const key = field as keyof AidContent;
    const bad = pairs.find(({ content, aid }) => aid === undefined || checks[key]?.(content, aid) !== true);
    if (bad !== undefined || pairs.length === 0) wrong[field] = bad?.content[key] ?? null;
  }
  const missing = told.filter((fact) => pairs.some(({ content, aid }) => aid === undefined || !facts[fact](content, aid)));
  return { proposed, kept: proposed.filter((field) => !(field in wrong)), wrong, missing };
}
