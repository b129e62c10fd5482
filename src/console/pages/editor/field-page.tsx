import type { Child } from "hono/jsx";
import { askForIdentifier, certaintyLabel, evidenceMessage, fieldLabel } from "../../../french/survey.ts";
import { french, sentence } from "../../../french/typography.ts";
import type { Connector } from "../../../kit/definition.ts";
import type { Rule } from "../../../kit/field-rules.ts";
import type { OwnField } from "../../../model/survey/own-field.ts";
import { type DefinitionChange, withChanges } from "../../../registry/change-content.ts";
import type { FieldChoice } from "../../../survey/propose/field-choice.ts";
import type { Way } from "../../../survey/propose/proposal.ts";
import { ConflictAlert, type FieldConflict, formStatus, readWhy } from "../../forms/form.tsx";
import { Alert, Problems } from "../../parts/alert.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { ActForm } from "../../parts/form-controls.tsx";
import { type Form, NotFound, type Page } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { changedRules, ignoredAfter, ruleOf, ruleWords } from "./changed-rules.ts";
import { type EditedDefinition, isOutdated, type SampleAnalysis } from "./edited-definition.ts";
import type { EditorPage } from "./editor-routes.ts";
import { FieldChoiceFields, type OfferedWay, readFieldChoice } from "./field-choice.tsx";
import { BaseField, FormEnd, whyOf } from "./form-page.tsx";
import { ruledFields } from "./table/field-groups.ts";

interface Shown {
  readonly problems: Readonly<Record<string, string>>;
  readonly why: string;
  /** The submitted form, if it is shown again. */
  readonly typed?: Form;
  /** Somebody else has saved first. */
  readonly conflicts?: readonly FieldConflict[];
}

/** The source of one of our fields. */
export const fieldPage: EditorPage<EditedDefinition> = {
  path: "champs/:champ",
  act: "change-field",
  async show(visit, edited) {
    const field = fieldOf(visit);
    const look = await edited.analyse();
    return "content" in look ? look : page(visit, edited, field, look, { problems: {}, why: "" });
  },
  async change(visit, edited, form) {
    const { definition } = edited.connector;
    const field = fieldOf(visit);
    const look = await edited.analyse();
    if ("content" in look) return look;
    const rule = ruleOf(definition, field);
    if (isOutdated(edited, form)) {
      const conflicts = await changedRules(edited, Number(form.text("version")), [field]);
      return page(visit, edited, field, look, { problems: {}, why: readWhy(form).why, typed: form, conflicts });
    }
    const { current, others } = waysOf(edited, look, field);
    const paths = look.survey.fields.map(({ path }) => path);
    const read = readFieldChoice(form, field, current === null ? others : [{ rule: current.rule }, ...others], paths, current !== null);
    const { why, problem } = whyOf(edited, form);
    const again = (problems: Shown["problems"]) => page(visit, edited, field, look, { problems, why, typed: form });
    if ("problem" in read) return again({ [read.at]: read.problem });
    if (problem !== null) return again({ raison: problem });
    const back = edited.fieldBack(field);
    if (read.choice === null && !edited.isDraft)
      return again({ facon: "Rien ne change : choisissez une autre façon de remplir ce champ." });
    const chosen = read.choice === null ? (rule ?? null) : await ruleFor(edited, field, read.choice);
    const done = await edited.save({ change: fieldChange(edited, field, chosen), why, back, trial: "snapshot" });
    return done !== null && "problem" in done ? again({ facon: done.problem }) : done;
  },
};

/** Returns the change of a field's rule; null leaves the field empty. */
function fieldChange(
  { connector: { definition }, ignoredInOrder }: EditedDefinition,
  field: OwnField,
  rule: Rule | null,
): DefinitionChange {
  const changed = withChanges(definition, { fields: { [field]: rule } }) as unknown as Connector;
  return { fields: { [field]: rule }, ignored: ignoredAfter(definition, changed, ignoredInOrder) };
}

function fieldOf(visit: Visit): OwnField {
  const name = param(visit, "champ");
  const field = ruledFields.find((known) => known === name);
  if (field === undefined) throw new NotFound("Ce champ n’existe pas.");
  return field;
}

const maxWays = 12;

/** Returns the current source of a field with its evidence, or null; and the other proposed sources. */
function waysOf({ connector }: EditedDefinition, { proposal }: SampleAnalysis, field: OwnField): { current: Way | null; others: Way[] } {
  const rule = ruleOf(connector.definition, field);
  const now = [...proposal.fields, ...proposal.offered].find((candidate) => candidate.field === field);
  if (rule === undefined) return { current: null, others: now === undefined ? [] : [now, ...now.alternatives].slice(0, maxWays) };
  return { current: now ?? { rule, certainty: 1, evidence: [], from: [] }, others: (now?.alternatives ?? []).slice(0, maxWays) };
}

function page(visit: Visit, edited: EditedDefinition, field: OwnField, look: SampleAnalysis, shown: Shown): Page {
  const { problems, why, typed, conflicts } = shown;
  const { current, others } = waysOf(edited, look, field);
  const ways = [...(current === null ? [] : [currentWay(field, current)]), ...others.map((way) => otherWay(field, way))];
  const profiles = look.survey.fields;
  return edited.page({
    path: `champs/${field}`,
    title: fieldLabel(field),
    heading: french`D'où vient « ${fieldLabel(field)} »`,
    status: formStatus(problems, conflicts !== undefined),
    content: (
      <>
        {conflicts !== undefined && <ConflictAlert who={edited.changedBy} conflicts={conflicts} />}
        <Problems problems={problems} />
        {field === "externalId" && (
          <p>
            À quoi reconnaître la même aide d’une nuit à l’autre ? Un bon identifiant est unique, toujours rempli, et ne change jamais, même
            quand le titre ou la page change.
          </p>
        )}
        {profiles.length === 0 && <p>Aucun flux n’est gardé : ses champs ne sont pas connus. Seule une valeur fixe peut être choisie.</p>}
        <ActForm action={`${edited.base}/champs/${field}`} csrf={visit.csrf}>
          <BaseField version={edited.revision} />
          <FieldChoiceFields
            field={field}
            ways={ways}
            hasCurrent={current !== null}
            profiles={profiles}
            problems={problems}
            typed={typed}
          />
          <FormEnd
            edited={edited}
            why={why}
            problem={problems.raison}
            back={`${edited.base}${edited.fieldBack(field)}`}
            label={edited.isDraft && field === "externalId" ? "Enregistrer et continuer" : undefined}
          />
        </ActForm>
        {field === "externalId" && <FragileIdentifier look={look} />}
      </>
    ),
  });
}

function currentWay(field: OwnField, way: Way): OfferedWay {
  return { label: "Le choix actuel", hint: [ruleWords(field, way.rule), whyWords(way)].filter((text) => text !== "").join(" ") };
}

function otherWay(field: OwnField, way: Way): OfferedWay {
  return { label: way.from.join(", ") || "une valeur fixe", hint: [ruleWords(field, way.rule), whyWords(way)].join(" ") };
}

/** Returns the certainty of a proposal and its reasons; "" for a source that nobody proposed. */
function whyWords({ certainty, evidence }: Way): string {
  return evidence.length === 0 ? "" : sentence(`${certaintyLabel(certainty)} : ${evidence.map(evidenceMessage).join(" ; ")}`);
}

/** Asks for an identifier if no field of the feed is permanent. */
function FragileIdentifier({ look: { proposal } }: { readonly look: SampleAnalysis }): Child {
  const { identifier } = proposal;
  if (identifier === null || !identifier.isFragile) return null;
  return (
    <Alert kind="warning" title="Aucun champ n’est fait pour durer">
      <p>Demandez un identifiant au producteur. Le texte est prêt :</p>
      <p id="demande-identifiant" class="moisson-text">
        {askForIdentifier(identifier.chosen.from, identifier.chosen.evidence)}
      </p>
      <CopyButton of="demande-identifiant" label="Copier la demande" />
    </Alert>
  );
}

/** Returns the rule of a choice, or null if the field stays empty. */
async function ruleFor(edited: EditedDefinition, field: OwnField, choice: FieldChoice): Promise<Rule | null> {
  if (choice.way === "none") return null;
  const look = await edited.analyse({ field: { field, choice } });
  const found = "content" in look ? undefined : look.proposal.fields.find((shown) => shown.field === field);
  return found?.rule ?? null;
}
