import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import type { Connector } from "../../../kit/definition.ts";
import { changeContent, contentNow } from "../../../registry/change-content.ts";
import { mergeForm } from "../../forms/conflict.tsx";
import { FormFields, type FormProblems, formStatus, readFields, type Typed, textLabel } from "../../forms/form.tsx";
import { agreementProblem, publisherFields, territoryText } from "../../forms/publisher-fields.ts";
import { Problems } from "../../parts/alert.tsx";
import { ActForm } from "../../parts/form.tsx";
import type { ActRoute, Page, PageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { territoryInWords } from "../publishers/read-publisher-rows.ts";
import { DefinitionConflict, definitionShown, isOutdated } from "./definition-conflict.tsx";
import { breadcrumbOf, type DefinitionView, definitionOf, runnable } from "./definition-of.ts";
import { TryButtons } from "./field-page.tsx";
import { tryChange } from "./try-change.ts";
import { BaseField, whyField } from "./why-field.tsx";

const path = "/connecteurs/:connecteur/definition/producteur";

type Publisher = Connector["publisher"];

const { nom, siren, nature, territoire, site, licence, accord } = publisherFields;
const shown = { nom: { ...nom, label: "Nom, tel que les exports le donnent" }, siren, nature, territoire };
const licenceHint = "Sans licence connue, ses aides ne sortent en données ouvertes que si une base de réutilisation est confirmée.";
const fields = { ...shown, licence: { ...licence, hint: licenceHint }, accord, site, raison: whyField };

/** Shows the publisher of a connector: name, kind, territory, licence. */
export const publisherPage: PageRoute = {
  method: "get",
  path,
  who: "bizdev",
  async answer(visit) {
    const view = await definitionOf(visit);
    const typed = typedOf(runnable(view).definition.publisher);
    const requested = await visit.catalogue.publishers.find(visit.query.get("producteur") ?? "");
    return page(visit, view, requested === null ? typed : { ...typed, ...typedOfStored(requested) }, {});
  },
};

/** Starts a trial with a new publisher: its licence is written into every aid. */
export const changePublisher: ActRoute = {
  method: "post",
  path,
  who: "bizdev",
  act: "connector.change-publisher",
  async perform(visit, form) {
    const view = await definitionOf(visit);
    const { publisher } = runnable(view).definition;
    const { typed, values, problems } = readFields(
      { ...fields, territoire: territoryKeeping(publisher.territory) },
      form,
      agreementProblem,
    );
    if (isOutdated(view, form)) {
      const before = await definitionShown(visit, view, form);
      const saved = typedOf(publisher);
      const { written, conflicts } = mergeForm(before && typedOf(before.publisher), saved, typed);
      const named = conflicts
        .filter((name) => name !== "raison")
        .map((name) => ({ label: fields[name].label, theirs: textLabel(fields[name], saved[name]) }));
      return page(visit, view, written, {}, <DefinitionConflict view={view} conflicts={named} />);
    }
    if (values === null) return page(visit, view, typed, problems);
    const made: Publisher = {
      name: values.nom,
      ...(values.siren !== "" && { siren: values.siren }),
      kind: values.nature,
      territory: { scale: values.territoire.scale, code: values.territoire.code },
      ...(values.site !== "" && { website: values.site }),
      licence: values.licence,
      ...(values.accord !== "" && { agreement: values.accord }),
    };
    const content = changeContent(contentNow(view.ofFile, view.version), view.ofFile?.definition ?? null, { publisher: made });
    const done = await tryChange(visit, view, { content, why: values.raison, trial: "snapshot" });
    return "problem" in done ? page(visit, view, typed, { nom: done.problem }) : done;
  },
};

/** Returns the territory field. It accepts the saved territory, even if that territory no longer exists. */
function territoryKeeping(saved: Publisher["territory"]) {
  return { ...territoire, read: (text: string) => (text === territoryText(saved) ? saved : territoire.read(text)) };
}

function typedOf({ name, siren = "", kind, territory, licence, agreement = "", website = "" }: Publisher): Typed<typeof fields> {
  const territoire = territoryText(territory);
  return { nom: name, siren, nature: kind, territoire, licence, accord: agreement, site: website, raison: "" };
}

/** Returns form values from another publisher, for a connector that was made for the wrong one. */
function typedOfStored({ name, siren, kind, territory, website, licence }: StoredPublisher): Partial<Typed<typeof fields>> {
  const known = { nom: name, siren: siren ?? "", nature: kind, territoire: territoryInWords(territory), site: website ?? "" };
  return { ...known, ...(licence !== null && { licence }) };
}

/** Returns the page with the form. `conflict`: the conflict alert, if somebody else saved first. */
function page(visit: Visit, view: DefinitionView, typed: Typed<typeof fields>, problems: FormProblems, conflict: Child = null): Page {
  return {
    title: "Producteur",
    breadcrumb: breadcrumbOf(view, { title: "Définition", href: `/connecteurs/${view.id}/definition` }),
    menuPath: "/connecteurs",
    status: formStatus(problems, conflict !== null),
    content: (
      <>
        <h1>Le producteur de {view.id}</h1>
        {conflict}
        <Problems problems={problems} />
        <ActForm action={`/connecteurs/${view.id}/definition/producteur`} csrf={visit.csrf}>
          <BaseField version={view.version?.version ?? 0} />
          <FormFields fields={fields} typed={typed} problems={problems} />
          <TryButtons back={`/connecteurs/${view.id}/definition`} />
        </ActForm>
      </>
    ),
  };
}
