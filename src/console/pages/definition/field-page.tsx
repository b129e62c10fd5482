import type { AidField } from "../../../aid/aid.ts";
import type { Rule } from "../../../connector-kit/field-rules.ts";
import { changeContent } from "../../../registry/change-content.ts";
import type { LoadedConnector } from "../../../registry/load-connectors.ts";
import { Bench } from "../../../survey/bench.ts";
import type { FieldChoice } from "../../../survey/field-choice.ts";
import type { OwnField } from "../../../survey/known-names.ts";
import { wayOf } from "../../../survey/revise-proposal.ts";
import type { Reading, Survey } from "../../../survey/survey.ts";
import { surveyRecords } from "../../../survey/survey-records.ts";
import { ruleMessage } from "../../../texts/fr-rules.ts";
import { ownFieldName } from "../../../texts/fr-survey-evidence.ts";
import { french, sentence } from "../../../texts/fr-typography.ts";
import { FieldChoiceFields } from "../../mapping/field-choice-fields.tsx";
import { readFieldChoice } from "../../mapping/read-field-choice.ts";
import { Problems } from "../../parts/alert.tsx";
import { ActForm } from "../../parts/form.tsx";
import { shortened } from "../../parts/shortened.ts";
import { type ActRoute, NotFound, type Page, type PageRoute } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { ruledFields } from "./definition-fields.tsx";
import { contentNow, type DefinitionView, definitionOf, runnable, trailOf } from "./definition-of.ts";
import { type DefinitionSample, readDefinitionSample } from "./read-sample.ts";
import { movedMeanwhile, tryChange } from "./try-change.ts";
import { BaseField, readWhy, WhyField } from "./why-field.tsx";

const path = "/connecteurs/:connecteur/definition/champs/:champ";

interface Shown {
  readonly problems: Readonly<Record<string, string>>;
  readonly why: string;
}

/** One of our fields of a connector: what it is made of, to be changed. */
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

/** Another source for one of our fields: it is tried first. */
export const changeField: ActRoute = {
  method: "post",
  path,
  who: "bizdev",
  act: "connector.change-field",
  async perform(visit, form) {
    const view = await definitionOf(visit);
    const connector = runnable(view);
    if (form.text("version") !== String(view.version?.version ?? 0)) throw movedMeanwhile();
    const sample = await readDefinitionSample(visit, connector);
    const survey = surveyOf(connector, sample);
    const field = fieldOf(visit);
    const rule = ruleOf(connector, field);
    const read = readFieldChoice(
      form,
      field,
      rule === undefined ? [] : [{ rule }],
      survey.fields.map((profile) => profile.path),
    );
    const { why, problem } = readWhy(form);
    const again = (problems: Shown["problems"]) => page(visit, view, connector, sample, { problems, why });
    if ("problem" in read) return again({ [read.at]: read.problem });
    if (problem !== null) return again({ raison: problem });
    if (read.choice === null) return again({ facon: "Rien ne change : choisissez une autre façon de remplir ce champ." });
    const chosen = ruleFor(connector, survey, field, read.choice);
    const content = changeContent(contentNow(view), view.ofFile?.definition ?? null, { fields: { [field]: chosen } });
    const done = await tryChange(visit, view, { content, why, trial: "snapshot" });
    return "problem" in done ? again({ facon: done.problem }) : done;
  },
};

function fieldOf(visit: Visit): OwnField {
  const asked = param(visit, "champ");
  const field = ruledFields.find((known) => known === asked);
  if (field === undefined) throw new NotFound("Ce champ n’existe pas.");
  return field;
}

function ruleOf({ definition }: LoadedConnector, field: OwnField): Rule | undefined {
  return (definition.fields as unknown as Readonly<Record<string, Rule | undefined>>)[field];
}

function surveyOf({ definition }: LoadedConnector, { records }: DefinitionSample): Survey {
  return surveyRecords(records, definition.decode as Reading, definition.timeZone);
}

/** The rule that was meant, as the values of the feed are written; null: none. */
function ruleFor({ definition, terms }: LoadedConnector, survey: Survey, field: OwnField, choice: FieldChoice): Rule | null {
  if (choice.way === "none") return null;
  const { id, publisher } = definition;
  const context = { id, publisher, terms, feed: definition.feed, isPublisherGiven: true, territory: publisher.territory, knownTerms: [] };
  return wayOf(field, choice, new Bench(survey, context))?.rule ?? null;
}

function page(visit: Visit, view: DefinitionView, connector: LoadedConnector, sample: DefinitionSample, { problems, why }: Shown): Page {
  const field = fieldOf(visit);
  const rule = ruleOf(connector, field);
  const { id } = view;
  const survey = surveyOf(connector, sample);
  const ways =
    rule === undefined ? [] : [{ label: "Comme aujourd’hui", hint: sentence(shortened(ruleMessage(field as AidField, rule), 400)) }];
  return {
    title: ownFieldName(field),
    trail: trailOf(view, { title: "Définition", href: `/connecteurs/${id}/definition` }),
    under: "/connecteurs",
    status: Object.keys(problems).length > 0 ? 422 : 200,
    content: (
      <>
        <h1>{french`D'où vient « ${ownFieldName(field)} »`}</h1>
        <Problems problems={problems} />
        {survey.fields.length === 0 && (
          <p>Aucun flux n’est gardé : ses champs ne sont pas connus. Seule une valeur fixe peut être choisie.</p>
        )}
        <ActForm action={`/connecteurs/${id}/definition/champs/${field}`} csrf={visit.csrf}>
          <BaseField version={view.version?.version ?? 0} />
          <FieldChoiceFields field={field} ways={ways} profiles={survey.fields} problems={problems} />
          <WhyField value={why} problem={problems.raison} />
          <TryButtons back={`/connecteurs/${id}/definition#ligne-${field}`} />
        </ActForm>
      </>
    ),
  };
}

/** Nothing counts before it was tried. */
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
