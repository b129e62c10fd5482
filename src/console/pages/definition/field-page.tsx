import type { Child } from "hono/jsx";
import { ruleMessage } from "../../../french/rules.ts";
import { fieldLabel } from "../../../french/survey.ts";
import { french, sentence } from "../../../french/typography.ts";
import type { Connector } from "../../../kit/definition.ts";
import type { Rule } from "../../../kit/field-rules.ts";
import type { AidField } from "../../../model/aid/aid.ts";
import { canonicalJson } from "../../../model/text/canonical.ts";
import { changeContent, contentNow } from "../../../registry/change-content.ts";
import type { LoadedConnector } from "../../../registry/load-connectors.ts";
import { FeedAnalysis } from "../../../registry/survey/feed-analysis.ts";
import type { FieldChoice } from "../../../registry/survey/field-choice.ts";
import type { OwnField } from "../../../registry/survey/match-name.ts";
import { wayOf } from "../../../registry/survey/revise-proposal.ts";
import type { Reading, Survey } from "../../../registry/survey/survey.ts";
import { surveyRecords } from "../../../registry/survey/survey-feed.ts";
import { FieldChoiceFields, readFieldChoice } from "../../mapping/field-choice.tsx";
import { Problems } from "../../parts/alert.tsx";
import { ActForm } from "../../parts/form.tsx";
import { truncate } from "../../parts/time.ts";
import { type ActRoute, type Form, NotFound, type Page, type PageRoute } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { DefinitionConflict, definitionShown, isOutdated } from "./definition-conflict.tsx";
import { ruledFields } from "./definition-fields.tsx";
import { breadcrumbOf, type DefinitionView, definitionOf, runnable } from "./definition-of.ts";
import { type DefinitionSample, readDefinitionSample } from "./read-sample.ts";
import { tryChange } from "./try-change.ts";
import { BaseField, readWhy, WhyField } from "./why-field.tsx";

const path = "/connecteurs/:connecteur/definition/champs/:champ";

interface Shown {
  readonly problems: Readonly<Record<string, string>>;
  readonly why: string;
  /** The submitted form, if it is shown again. */
  readonly typed?: Form;
  /** The conflict alert. */
  readonly moved?: Child;
}

/** Shows the source of a field. */
export const fieldPage: PageRoute = {
  method: "get",
  path,
  who: "bizdev",
  async answer(visit) {
    const view = await definitionOf(visit);
    const connector = runnable(view);
    return page(visit, view, connector, await readDefinitionSample(visit, connector), { problems: {}, why: "" });
  },
};

/** Starts a trial that changes the source of a field. */
export const changeField: ActRoute = {
  method: "post",
  path,
  who: "bizdev",
  act: "connector.change-field",
  async perform(visit, form) {
    const view = await definitionOf(visit);
    const connector = runnable(view);
    const sample = await readDefinitionSample(visit, connector);
    const survey = surveyOf(connector, sample);
    const field = fieldOf(visit);
    const rule = ruleOf(connector.definition, field);
    const moved = await fieldConflict(visit, view, connector.definition, field, form);
    if (moved !== null) return page(visit, view, connector, sample, { problems: {}, why: readWhy(form).why, typed: form, moved });
    const read = readFieldChoice(
      form,
      field,
      rule === undefined ? [] : [{ rule }],
      survey.fields.map((profile) => profile.path),
    );
    const { why, problem } = readWhy(form);
    const again = (problems: Shown["problems"]) => page(visit, view, connector, sample, { problems, why, typed: form });
    if ("problem" in read) return again({ [read.at]: read.problem });
    if (problem !== null) return again({ raison: problem });
    if (read.choice === null) return again({ facon: "Rien ne change : choisissez une autre façon de remplir ce champ." });
    const chosen = ruleFor(connector, survey, field, read.choice);
    const content = changeContent(contentNow(view.ofFile, view.version), view.ofFile?.definition ?? null, { fields: { [field]: chosen } });
    const done = await tryChange(visit, view, { content, why, trial: "snapshot" });
    return "problem" in done ? again({ facon: done.problem }) : done;
  },
};

function fieldOf(visit: Visit): OwnField {
  const name = param(visit, "champ");
  const field = ruledFields.find((known) => known === name);
  if (field === undefined) throw new NotFound("Ce champ n’existe pas.");
  return field;
}

function surveyOf({ definition }: LoadedConnector, { records }: DefinitionSample): Survey {
  return surveyRecords(records, definition.decode as Reading, definition.timeZone);
}

function page(visit: Visit, view: DefinitionView, connector: LoadedConnector, sample: DefinitionSample, shown: Shown): Page {
  const { problems, why, typed, moved = null } = shown;
  const field = fieldOf(visit);
  const rule = ruleOf(connector.definition, field);
  const { id } = view;
  const survey = surveyOf(connector, sample);
  const ways = rule === undefined ? [] : [{ label: "Comme aujourd’hui", hint: ruleWords(field, rule) }];
  return {
    title: fieldLabel(field),
    breadcrumb: breadcrumbOf(view, { title: "Définition", href: `/connecteurs/${id}/definition` }),
    menuPath: "/connecteurs",
    status: moved !== null ? 409 : Object.keys(problems).length > 0 ? 422 : 200,
    content: (
      <>
        <h1>{french`D'où vient « ${fieldLabel(field)} »`}</h1>
        {moved}
        <Problems problems={problems} />
        {survey.fields.length === 0 && (
          <p>Aucun flux n’est gardé : ses champs ne sont pas connus. Seule une valeur fixe peut être choisie.</p>
        )}
        <ActForm action={`/connecteurs/${id}/definition/champs/${field}`} csrf={visit.csrf}>
          <BaseField version={view.version?.version ?? 0} />
          <FieldChoiceFields field={field} ways={ways} profiles={survey.fields} problems={problems} typed={typed} />
          <WhyField value={why} problem={problems.raison} />
          <TryButtons back={`/connecteurs/${id}/definition#ligne-${field}`} />
        </ActForm>
      </>
    ),
  };
}

export function TryButtons({ back, label = "Essayer ce changement" }: { readonly back: string; readonly label?: string }) {
  return (
    <p>
      <button class="fr-btn" type="submit">
        {label}
      </button>{" "}
      <a class="fr-btn fr-btn--secondary" href={back}>
        Ne rien changer
      </a>
    </p>
  );
}

/** Returns the conflict alert if somebody else saved first, or null. */
async function fieldConflict(visit: Visit, view: DefinitionView, saved: Connector, field: OwnField, form: Form): Promise<Child | null> {
  if (!isOutdated(view, form)) return null;
  const shown = await definitionShown(visit, view, form);
  const rule = ruleOf(saved, field);
  const isSame = shown !== null && canonicalJson(ruleOf(shown, field) ?? null) === canonicalJson(rule ?? null);
  const theirs = rule === undefined ? "De rien : il est laissé vide." : ruleWords(field, rule);
  return <DefinitionConflict view={view} conflicts={isSame ? [] : [{ label: fieldLabel(field), theirs }]} />;
}

/** Returns the rule of a field, or undefined. */
function ruleOf({ fields }: Connector, field: OwnField): Rule | undefined {
  return (fields as unknown as Readonly<Record<string, Rule | undefined>>)[field];
}

/** Returns a rule in words, short enough for a hint. */
function ruleWords(field: OwnField, rule: Rule): string {
  return sentence(truncate(ruleMessage(field as AidField, rule), 400));
}

/** Returns the rule of a choice, or null if the field stays empty. */
function ruleFor({ definition, terms }: LoadedConnector, survey: Survey, field: OwnField, choice: FieldChoice): Rule | null {
  if (choice.way === "none") return null;
  const { id, publisher } = definition;
  const context = { id, publisher, terms, feed: definition.feed, isPublisherGiven: true, territory: publisher.territory, knownTerms: [] };
  return wayOf(field, choice, new FeedAnalysis(survey, context))?.rule ?? null;
}
