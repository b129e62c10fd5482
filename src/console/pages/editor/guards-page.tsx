import type { Child } from "hono/jsx";
import { mergeForm } from "../../../curation/merge-form.ts";
import { fieldName } from "../../../french/fields.ts";
import { guardLimitsMessage } from "../../../french/guards.ts";
import { capitalize, french, sentence } from "../../../french/typography.ts";
import type { Connector } from "../../../kit/definition.ts";
import { type AidField, aidFields } from "../../../model/aid/aid.ts";
import { canonicalJson } from "../../../model/text/canonical.ts";
import { controlsOf, formStatus } from "../../forms/form.tsx";
import { Problems } from "../../parts/alert.tsx";
import { ActForm, TextField } from "../../parts/form.tsx";
import type { Form, Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { definitionShown, type EditedDefinition, editedBack, isOutdated } from "./edited-definition.ts";
import type { EditorPage } from "./editor-routes.ts";
import { BaseField, EditConflict, FormEnd, whyOf } from "./form-parts.tsx";
import { filledName, readGuards, readWrittenGuards, shareLimits, type WrittenGuards, writtenGuards } from "./read-guards.ts";

/** The guard limits. A change is tried on the last feed, which shows its effect. */
export const guardsPage: EditorPage<EditedDefinition> = {
  path: "garde-fous",
  act: "change-guards",
  show: (visit, edited) => page(visit, edited, writtenGuards(edited.connector.definition), {}),
  async change(visit, edited, form) {
    const { definition } = edited.connector;
    const written = readWrittenGuards(form, fieldsOf(definition));
    const merged = await mergedGuards(edited, form, written);
    if (merged !== null) return page(visit, edited, merged.written, {}, merged.alert);
    const read = readGuards(written, definition, fieldsOf(definition));
    const { why, problem } = whyOf(edited, form);
    const again = (problems: WrittenGuards) => page(visit, edited, written, problems);
    if ("problems" in read) return again(read.problems);
    const { guards, expect } = definition;
    if (canonicalJson(read.change) === canonicalJson({ guards, expect }))
      return again({ minimum: "Rien ne change : écrivez une autre limite." });
    if (problem !== null) return again({ raison: problem });
    const done = await edited.save({ change: read.change, why, back: editedBack(edited), trial: "snapshot" });
    return done !== null && "problem" in done ? again({ minimum: done.problem }) : done;
  },
};

/** Returns the fields that the connector fills. */
function fieldsOf({ fields }: Connector): readonly AidField[] {
  return aidFields.filter((field) => field in fields && field !== "name");
}

const shares: Readonly<Record<(typeof shareLimits)[number], { readonly label: string; readonly hint: string }>> = {
  gone: { label: "Aides disparues du flux, en %", hint: "D’habitude 10." },
  newIds: {
    label: "Aides sous un identifiant inconnu, en %",
    hint: "D’habitude 30, ou le double de ce que les dernières collectes ont apporté.",
  },
  rejected: {
    label: "Enregistrements rejetés, en %",
    hint: "D’habitude 10, ou 5 points de plus que dans les dernières collectes.",
  },
  linksMoved: { label: "Liens vers un site encore jamais vu, en %", hint: "D’habitude 20." },
  paths: { label: "Champ du flux disparu, s’il était rempli à plus de (en %)", hint: "D’habitude 5 ; 100 : jamais retenu." },
  shifted: { label: "Aides aux textes, titres ou dates bouleversés, en %", hint: "D’habitude 5 à 20, selon le changement." },
};

/** Returns the page with the form. `moved`: the conflict alert, if somebody else saved first. */
function page(visit: Visit, edited: EditedDefinition, written: WrittenGuards, problems: WrittenGuards, moved: Child = null): Page {
  const { definition } = edited.connector;
  const control = controlsOf<string>(written, problems);
  return edited.page({
    path: "garde-fous",
    title: "Garde-fous",
    heading: `Les garde-fous de ${edited.name}`,
    status: formStatus(problems, moved !== null),
    content: (
      <>
        {moved}
        <Problems problems={problems} />
        <p>
          {french`Une collecte qui atteint une limite est retenue : rien n'est écrit avant qu'une personne ait lu son plan. Une limite laissée vide est l'habituelle ; 100 % l'enlève.`}
        </p>
        <ActForm action={`${edited.base}/garde-fous`} csrf={visit.csrf}>
          <BaseField version={edited.revision} />
          <TextField
            {...control("minimum")}
            label="Le moins d’aides valides d’un flux normal"
            hint="D’habitude aucun minimum. Ne vaut pas pour un fichier déposé à la main."
            required={false}
          />
          {shareLimits.map((name) => (
            <TextField {...control(name)} {...shares[name]} required={false} />
          ))}
          <Rates fields={fieldsOf(definition)} written={written} problems={problems} />
          <FormEnd edited={edited} why={written.raison ?? ""} problem={problems.raison} back={`${edited.base}${editedBack(edited)}`} />
        </ActForm>
      </>
    ),
  });
}

function Rates(given: { readonly fields: readonly AidField[]; readonly written: WrittenGuards; readonly problems: WrittenGuards }): Child {
  const { fields, written, problems } = given;
  const control = controlsOf<string>(written, problems);
  const isSaid = fields.some((field) => (written[filledName(field)] ?? "") !== "");
  return (
    <details class="fr-mb-3w" open={isSaid}>
      <summary>Champs qui se vident ({fields.length})</summary>
      <p>
        Le taux de remplissage le plus bas d’un flux sain, en % des aides. D’habitude, 20 points de moins que dans les dernières collectes ;
        0 enlève la limite.
      </p>
      {fields.map((field) => (
        <TextField {...control(filledName(field))} label={`${capitalize(fieldName(field))}, en %`} required={false} />
      ))}
    </details>
  );
}

/** Returns the merged form and the conflict alert if somebody else saved first, or null. */
async function mergedGuards(
  edited: EditedDefinition,
  form: Form,
  typed: WrittenGuards,
): Promise<{ readonly written: WrittenGuards; readonly alert: Child } | null> {
  if (!isOutdated(edited, form)) return null;
  const { definition } = edited.connector;
  const shown = await definitionShown(edited, form);
  const empty = Object.fromEntries(Object.keys(typed).map((name) => [name, ""]));
  const saved = { ...empty, ...writtenGuards(definition) };
  const { written, conflicts } = mergeForm(shown && { ...empty, ...writtenGuards(shown) }, saved, typed);
  const limits = guardLimitsMessage(definition);
  const theirs = limits === "" ? "Les limites habituelles." : sentence(limits);
  const named = conflicts.some((name) => name !== "raison") ? [{ label: "Garde-fous", theirs }] : [];
  return { written, alert: <EditConflict edited={edited} conflicts={named} /> };
}
