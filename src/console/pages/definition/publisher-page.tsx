import type { Child } from "hono/jsx";
import { publisherKindWord } from "../../../french/publishers.ts";
import { publisherKinds } from "../../../kit/definition.ts";
import { labelOf, slugsOf } from "../../../model/vocabularies.ts";
import { changeContent } from "../../../registry/change-content.ts";
import { Problems } from "../../parts/alert.tsx";
import { ActForm, Select, TextField } from "../../parts/form.tsx";
import type { ActRoute, Page, PageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { breadcrumbOf, contentNow, type DefinitionView, definitionOf, runnable } from "./definition-of.ts";
import { TryButtons } from "./field-page.tsx";
import { overtakenPublisher } from "./overtaken-publisher.tsx";
import {
  readPublisher,
  readWrittenPublisher,
  type WrittenPublisher,
  type WrongPublisher,
  writtenFor,
  writtenPublisher,
} from "./read-publisher.ts";
import { tryChange } from "./try-change.ts";
import { BaseField, readWhy, WhyField } from "./why-field.tsx";

const path = "/connecteurs/:connecteur/definition/producteur";

/** Who publishes: name, kind, territory, licence. */
export const publisherPage: PageRoute = {
  method: "get",
  path,
  who: "bizdev",
  async answer(visit) {
    const view = await definitionOf(visit);
    const written = writtenPublisher(runnable(view).definition.publisher);
    const asked = await visit.catalogue.publishers.find(visit.query.get("producteur") ?? "");
    return page(visit, view, asked === null ? written : writtenFor(asked, written), {});
  },
};

/** Other facts on a publisher: the licence goes into every aid, so that it is tried as any change. */
export const changePublisher: ActRoute = {
  method: "post",
  path,
  who: "bizdev",
  act: "connector.change-publisher",
  async perform(visit, form) {
    const view = await definitionOf(visit);
    const { publisher } = runnable(view).definition;
    const written = readWrittenPublisher(form);
    const overtaken = await overtakenPublisher(visit, view, publisher, form);
    if (overtaken !== null) return page(visit, view, overtaken.written, {}, overtaken.said);
    const { made, problems } = readPublisher(written, publisher);
    const { why, problem } = readWhy(form);
    if (made === null || problem !== null) return page(visit, view, written, { ...problems, ...(problem !== null && { raison: problem }) });
    const content = changeContent(contentNow(view), view.ofFile?.definition ?? null, { publisher: made });
    const done = await tryChange(visit, view, { content, why, trial: "snapshot" });
    return "problem" in done ? page(visit, view, written, { nom: done.problem }) : done;
  },
};

/** `moved`: what is said where somebody else was faster. */
function page(visit: Visit, view: DefinitionView, written: WrittenPublisher, problems: WrongPublisher, moved: Child = null): Page {
  const found = Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== undefined)) as Record<string, string>;
  return {
    title: "Producteur",
    breadcrumb: breadcrumbOf(view, { title: "Définition", href: `/connecteurs/${view.id}/definition` }),
    menuPath: "/connecteurs",
    status: moved !== null ? 409 : Object.keys(found).length > 0 ? 422 : 200,
    content: (
      <>
        <h1>Le producteur de {view.id}</h1>
        {moved}
        <Problems problems={found} />
        <ActForm action={`/connecteurs/${view.id}/definition/producteur`} csrf={visit.csrf}>
          <BaseField version={view.version?.version ?? 0} />
          <TextField
            name="nom"
            label="Nom, tel que les exports le donnent"
            value={written.nom}
            problem={problems.nom}
            required
            maxlength={200}
          />
          <TextField name="siren" label="SIREN" hint="Neuf chiffres." value={written.siren} problem={problems.siren} required={false} />
          <Select
            name="nature"
            label="Nature"
            choices={publisherKinds.map((value) => ({ value, label: publisherKindWord(value) }))}
            value={written.nature}
            problem={problems.nature}
            required
          />
          <TextField
            name="territoire"
            label="Territoire"
            hint="Là où il est : « Bretagne », « Drôme (département, 26) », « France »."
            value={written.territoire}
            problem={problems.territoire}
            required
          />
          <Select
            name="licence"
            label="Licence de ses données"
            hint="Sans licence connue, ses aides ne sont pas exportées en données ouvertes."
            choices={slugsOf("importShareLicence").map((value) => ({ value, label: labelOf("importShareLicence", value) }))}
            value={written.licence}
            problem={problems.licence}
            required
          />
          <TextField
            name="accord"
            label="Accord particulier"
            hint="Sa date, ou sa référence, si la licence est un accord."
            value={written.accord}
            problem={problems.accord}
            required={false}
          />
          <TextField name="site" label="Site du producteur" type="url" value={written.site} problem={problems.site} required={false} />
          <WhyField value={written.raison} problem={problems.raison} />
          <TryButtons back={`/connecteurs/${view.id}/definition`} />
        </ActForm>
      </>
    ),
  };
}
