import type { FieldRules } from "../field-rules.ts";
import { date } from "../rules/date.ts";
import { html } from "../rules/html.ts";
import { list } from "../rules/list.ts";
import { money } from "../rules/money.ts";
import { terms } from "../rules/terms.ts";
import { text } from "../rules/text.ts";
import { url } from "../rules/url.ts";
import { yesNo } from "../rules/yes-no.ts";

/** Returns the rules for the keys that every version of the API of Aides-territoires has. `days`: formats of its dates. */
export function fieldsOfEveryVersion(days: string[]) {
  return {
    name: text("name"),
    shortTitle: text("short_title"),
    description: html("description"),
    eligibility: html("eligibility"),
    projectExamples: html("project_examples"),
    contact: html("contact"),
    originUrl: url("origin_url"),
    applicationUrl: url("application_url"),
    isCallForProject: yesNo("is_call_for_project"),
    startDate: date("start_date", days),
    predepositDate: date("predeposit_date", days),
    submissionDeadline: date("submission_deadline", days),
    recurrence: terms("recurrence", "recurrence"),
    aidTypes: terms("aid_types", "aidTypes"),
    targetedAudiences: terms("targeted_audiences", "targetedAudiences"),
    destinations: terms("destinations", "destinations"),
    mobilizationSteps: terms("mobilization_steps", "mobilizationSteps"),
    programs: list("programs"),
    subventionComment: text("subvention_comment"),
  } satisfies Partial<FieldRules>;
}

/** Returns the rules for the keys that the API of the site itself, its exports and ours have. */
export function fieldsOfSite(days: string[]) {
  return {
    ...fieldsOfEveryVersion(days),
    isCharged: yesNo("is_charged"),
    europeanAid: terms("european_aid", "europeanAid"),
    projectReferences: list("project_references"),
    loanAmount: money("loan_amount"),
    recoverableAdvanceAmount: money("recoverable_advance_amount"),
    importDataMention: text("import_data_mention"),
  } satisfies Partial<FieldRules>;
}
