import { rm } from "node:fs/promises";
import type { Child } from "hono/jsx";
import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import { issueMessage } from "../../../../french/issues.ts";
import { runErrorMessage } from "../../../../french/runs.ts";
import { counted, french, sentence } from "../../../../french/typography.ts";
import { sampleMorePages } from "../../../../ingest/sample-site.ts";
import { RunError } from "../../../../model/run/run-error.ts";
import { makeSpoolFolder } from "../../../../platform/spool-folder.ts";
import type { ShownSurvey } from "../../../../survey/sample/sample-request.ts";
import { keepSample } from "../../../forms/keep-upload.ts";
import { ActButton } from "../../../parts/form-controls.tsx";
import { List } from "../../../parts/list.tsx";
import { actRoute, CannotDo } from "../../../route.ts";
import type { Visit } from "../../../visit.ts";
import { proposeDraft } from "./analyse-draft.ts";
import { definitionOfDraft } from "./draft-definition.ts";
import { answersOf } from "./draft-steps.ts";
import { editedDraft, kept } from "./edited-draft.tsx";

/** Says how many pages of a site were read, and why others were not. Offers to read more. */
export function PagesRead(given: {
  readonly draft: Pick<Draft, "draftId" | "revision">;
  readonly csrf: string;
  readonly site: ShownSurvey["site"];
}): Child {
  const { draft, csrf, site } = given;
  if (site === null) return null;
  const { read, listed, unread } = site;
  const tried = unread.filter(({ example: { code } }) => code !== "page-waiting");
  return (
    <section aria-labelledby="pages" class="fr-mb-4w">
      <h3 id="pages">Les pages du site</h3>
      <p>{`${counted(read, "page lue", "pages lues")} sur ${listed}. ${read < listed ? "Les champs et l’aide ci-dessous viennent de ces pages." : ""}`}</p>
      <List
        items={tried.map(
          ({ example, count }) =>
            french`${counted(count, "page")} : ${issueMessage(example.code, example.params)}${example.value === null ? "" : french` (par exemple ${String(example.value)})`}`,
        )}
      />
      {unread.some(({ example: { code } }) => code !== "page-gone") && (
        <>
          <ActButton action={`/brouillons/${draft.draftId}/pages`} csrf={csrf} label="Essayer sur toutes les pages" size="md" />
          <p class="moisson-mention">
            Nous lisons une page à la fois, avec une pause, pendant une demi-minute au plus. Recommencez pour continuer ; la collecte lira
            le reste.
          </p>
        </>
      )}
    </section>
  );
}

/** Reads more pages of a site into the sample of a draft. */
export const readPagesAct = actRoute("/brouillons/:brouillon/pages", { who: "bizdev", act: "draft.read-pages" }, async (visit) => {
  const { draft, keep } = await editedDraft(visit);
  const upload = await readMore(visit, draft);
  return kept(await keep({ answers: await proposeDraft(visit, { ...draft, upload }), upload }, "/champs#pages"));
});

async function readMore(visit: Visit, draft: Draft): Promise<string> {
  const { catalogue, console, now } = visit;
  const connector = definitionOfDraft(answersOf(draft));
  const { details } = connector ?? {};
  const file = draft.upload === null ? null : await console.samples.spooled.fileOf(catalogue, draft.upload);
  if (connector === null || details === undefined || file === null) throw new CannotDo("Ce brouillon ne lit pas les pages d’un site.");
  const folder = await makeSpoolFolder();
  try {
    const { environment, allowHosts } = console.jobs.services;
    const request = { connector, environment, allowHosts, spoolFolder: async () => folder };
    const [part] = (await sampleMorePages(request, details, file.path, now)).parts;
    if (part === undefined) throw new CannotDo("Ce site ne donne rien.");
    return await keepSample(visit, { name: part.name, contentType: part.contentType, url: part.url ?? null, open: () => part.open() });
  } catch (error) {
    if (error instanceof RunError) throw new CannotDo(sentence(runErrorMessage(error.code, error.params)));
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
