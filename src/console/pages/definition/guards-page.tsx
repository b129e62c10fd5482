import type { Child } from "hono/jsx";
import { fieldName } from "../../../french/fields.ts";
import { guardLimitsMessage } from "../../../french/guards.ts";
import { capitalize, french, sentence } from "../../../french/typography.ts";
import type { Connector } from "../../../kit/definition.ts";
import { type AidField, aidFields } from "../../../model/aid/aid.ts";
import { canonicalJson } from "../../../model/text/canonical.ts";
import { changeContent, contentNow } from "../../../registry/change-content.ts";
import { mergeForm } from "../../forms/conflict.tsx";
import { Problems } from "../../parts/alert.tsx";
import { ActForm, TextField } from "../../parts/form.tsx";
import type { ActRoute, Form, Page, PageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { DefinitionConflict, definitionShown, isOutdated } from "./definition-conflict.tsx";
import { breadcrumbOf, type DefinitionView, definitionOf, runnable } from "./definition-of.ts";
import { TryButtons } from "./field-page.tsx";
import { filledName, readGuards, readWrittenGuards, shareLimits, type WrittenGuards, writtenGuards } from "./read-guards.ts";
import { tryChange } from "./try-change.ts";
import { BaseField, readWhy, WhyField } from "./why-field.tsx";

const path = "/connecteurs/:connecteur/definition/garde-fous";

/** Shows the guard limits of a connector. */
export const guardsPage: PageRoute = {
  method: "get",
  path,
  who: "bizdev",
  async answer(visit) {
    const view = await definitionOf(visit);
    const { definition } = runnable(view);
    return page(visit, view, definition, writtenGuards(definition), {});
  },
};

/** Starts a trial with new limits, which shows their effect on the last feed. */
export const changeGuards: ActRoute = {
  method: "post",
  path,
  who: "bizdev",
  act: "connector.change-guards",
  async perform(visit, form) {
    const view = await definitionOf(visit);
    const { definition } = runnable(view);
    const written = readWrittenGuards(form, fieldsOf(definition));
    const merged = await mergedGuards(visit, view, definition, form, written);
    if (merged !== null) return page(visit, view, definition, merged.written, {}, merged.alert);
    const read = readGuards(written, definition, fieldsOf(definition));
    const { why, problem } = readWhy(form);
    const again = (problems: WrittenGuards) => page(visit, view, definition, written, problems);
    if ("problems" in read) return again(read.problems);
    const { guards, expect } = definition;
    if (canonicalJson(read.change) === canonicalJson({ guards, expect }))
      return again({ minimum: "Rien ne change : écrivez une autre limite." });
    if (problem !== null) return again({ raison: problem });
    const content = changeContent(contentNow(view.ofFile, view.version), view.ofFile?.definition ?? null, read.change);
    const done = await tryChange(visit, view, { content, why, trial: "snapshot" });
    return "problem" in done ? again({ minimum: done.problem }) : done;
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
function page(
  visit: Visit,
  view: DefinitionView,
  definition: Connector,
  written: WrittenGuards,
  problems: WrittenGuards,
  moved: Child = null,
): Page {
  const { id } = view;
  return {
    title: "Garde-fous",
    breadcrumb: breadcrumbOf(view, { title: "Définition", href: `/connecteurs/${id}/definition` }),
    menuPath: "/connecteurs",
    status: moved !== null ? 409 : Object.keys(problems).length > 0 ? 422 : 200,
    content: (
      <>
        <h1>Les garde-fous de {id}</h1>
        {moved}
        <Problems problems={problems} />
        <p>
          {french`Une collecte qui atteint une limite est retenue : rien n'est écrit avant qu'une personne ait lu son plan. Une limite laissée vide est l'habituelle ; 100 % l'enlève.`}
        </p>
        <ActForm action={`/connecteurs/${id}/definition/garde-fous`} csrf={visit.csrf}>
          <BaseField version={view.version?.version ?? 0} />
          <TextField
            name="minimum"
            label="Le moins d’aides valides d’un flux normal"
            hint="D’habitude aucun minimum. Ne vaut pas pour un fichier déposé à la main."
            value={written.minimum}
            problem={problems.minimum}
            required={false}
          />
          {shareLimits.map((name) => (
            <TextField
              name={name}
              label={shares[name].label}
              hint={shares[name].hint}
              value={written[name]}
              problem={problems[name]}
              required={false}
            />
          ))}
          <Rates fields={fieldsOf(definition)} written={written} problems={problems} />
          <WhyField value={written.raison ?? ""} problem={problems.raison} />
          <TryButtons back={`/connecteurs/${id}/definition`} />
        </ActForm>
      </>
    ),
  };
}

function Rates(given: { readonly fields: readonly AidField[]; readonly written: WrittenGuards; readonly problems: WrittenGuards }): Child {
  const { fields, written, problems } = given;
  const isSaid = fields.some((field) => (written[filledName(field)] ?? "") !== "");
  return (
    <details class="fr-mb-3w" open={isSaid}>
      <summary>Champs qui se vident ({fields.length})</summary>
      <p>
        Le taux de remplissage le plus bas d’un flux sain, en % des aides. D’habitude, 20 points de moins que dans les dernières collectes ;
        0 enlève la limite.
      </p>
      {fields.map((field) => (
        <TextField
          name={filledName(field)}
          label={`${capitalize(fieldName(field))}, en %`}
          value={written[filledName(field)]}
          problem={problems[filledName(field)]}
          required={false}
        />
      ))}
    </details>
  );
}

/** Returns the merged form and the conflict alert if somebody else saved first, or null. */
async function mergedGuards(
  visit: Visit,
  view: DefinitionView,
  definition: Connector,
  form: Form,
  typed: WrittenGuards,
): Promise<{ readonly written: WrittenGuards; readonly alert: Child } | null> {
  if (!isOutdated(view, form)) return null;
  const shown = await definitionShown(visit, view, form);
  const empty = Object.fromEntries(Object.keys(typed).map((name) => [name, ""]));
  const saved = { ...empty, ...writtenGuards(definition) };
  const { written, conflicts } = mergeForm(shown && { ...empty, ...writtenGuards(shown) }, saved, typed);
  const limits = guardLimitsMessage(definition);
  const theirs = limits === "" ? "Les limites habituelles." : sentence(limits);
  const named = conflicts.some((name) => name !== "raison") ? [{ label: "Garde-fous", theirs }] : [];
  return { written, alert: <DefinitionConflict view={view} conflicts={named} /> };
}
