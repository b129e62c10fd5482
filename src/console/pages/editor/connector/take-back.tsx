import { french } from "../../../../french/typography.ts";
import type { VersionContent } from "../../../../model/run/connector-version.ts";
import { readWhy, WhyField } from "../../../forms/why-field.tsx";
import { Problems } from "../../../parts/alert.tsx";
import { ActForm } from "../../../parts/form.tsx";
import { SubmitOrLeave } from "../../../parts/submit-or-leave.tsx";
import { formatDateTime } from "../../../parts/time.ts";
import { type ActRoute, NotFound, type Page, type PageRoute } from "../../../route.ts";
import { param, type Visit } from "../../../visit.ts";
import { BaseField } from "../form-parts.tsx";
import { breadcrumbOf, type DefinitionView, definitionOf } from "./definition-of.ts";
import { conflictError, tryChange } from "./try-change.ts";

const path = "/connecteurs/:connecteur/versions/:version/reprendre";

/** Asks why an older version is restored. */
export const takeBackPage: PageRoute = {
  method: "get",
  path,
  who: "bizdev",
  async answer(visit) {
    const view = await definitionOf(visit);
    const { title } = await versionAsked(visit, view);
    return page(visit, view, title, { why: "", problems: {} });
  },
};

/** Starts a trial with the content of an older version or of the file. */
export const takeBack: ActRoute = {
  method: "post",
  path,
  who: "bizdev",
  act: "connector.take-version-back",
  async perform(visit, form) {
    const view = await definitionOf(visit);
    const { title, content } = await versionAsked(visit, view);
    if (form.text("version") !== String(view.version?.version ?? 0)) throw conflictError();
    const { why, problem } = readWhy(form);
    if (problem !== null) return page(visit, view, title, { why, problems: { raison: problem } });
    const done = await tryChange(visit, view, { content, why, trial: "snapshot" });
    return "problem" in done ? page(visit, view, title, { why, problems: { raison: done.problem } }) : done;
  },
};

/** Returns the version to restore, where 0 means the file. @throws NotFound */
async function versionAsked(visit: Visit, view: DefinitionView): Promise<{ title: string; content: VersionContent }> {
  const text = param(visit, "version");
  const number = /^\d{1,6}$/.test(text) ? Number(text) : -1;
  if (number === 0 && view.ofFile !== null)
    return { title: "Revenir aux fichiers de l’équipe technique", content: { definition: null, changes: {}, terms: {} } };
  const version = number > 0 ? await visit.catalogue.connectorVersions.find(view.id, number) : null;
  if (version === null) throw new NotFound("Ce connecteur n’a pas de version de ce numéro.");
  const { definition, changes, terms } = version;
  return { title: french`Reprendre la version ${number}, du ${formatDateTime(version.at)}`, content: { definition, changes, terms } };
}

function page(
  visit: Visit,
  view: DefinitionView,
  title: string,
  { why, problems }: { readonly why: string; readonly problems: Readonly<Record<string, string>> },
): Page {
  const back = `/connecteurs/${view.id}/versions`;
  return {
    title: "Reprendre une version",
    breadcrumb: breadcrumbOf(view, { title: "Versions", href: back }),
    menuPath: "/connecteurs",
    status: Object.keys(problems).length > 0 ? 422 : 200,
    content: (
      <>
        <h1>{title}</h1>
        <p>Rien n’est effacé : une nouvelle version est faite, avec ce que celle-ci disait. Elle est essayée d’abord.</p>
        <Problems problems={problems} />
        <ActForm action={`/connecteurs/${view.id}/versions/${param(visit, "version")}/reprendre`} csrf={visit.csrf}>
          <BaseField version={view.version?.version ?? 0} />
          <WhyField value={why} problem={problems.raison} />
          <SubmitOrLeave label="Essayer cette version" leaveLabel="Ne rien changer" leaveHref={back} />
        </ActForm>
      </>
    ),
  };
}
