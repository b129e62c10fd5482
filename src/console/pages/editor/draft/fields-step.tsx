import type { Connector } from "../../../../kit/definition.ts";
import { Alert, Problems } from "../../../parts/alert.tsx";
import { List } from "../../../parts/list.tsx";
import { AllFields } from "../table/all-fields.tsx";
import { tablePage } from "../table/table-page.tsx";
import { doneWith, nextAfter } from "./draft-steps.ts";
import type { DraftDefinition } from "./edited-draft.tsx";
import { PagesRead } from "./site-section.tsx";

/** Step for our fields: the table of the file, and the source of each field. */
export const fieldsPage = tablePage<DraftDefinition>({
  path: "champs",
  acceptAll: ({ answers, keep }) => keep({ answers: doneWith(answers, "champs") }, nextAfter("champs")),
  frame(visit, { draft, base, page }, { table, look, problem, status }) {
    const { fields = [], problems = [], definition } = look?.proposal ?? {};
    const content = (
      <>
        <p>Cliquez sur le titre d’une colonne pour dire ce qu’elle contient. À côté, l’aide qu’elle donne.</p>
        {problems.length > 0 && (
          <Alert kind="error" title="À corriger avant d’aller plus loin">
            <List items={problems.map(({ key, message }) => `${key} : ${message}`)} />
          </Alert>
        )}
        <Problems problems={problem === undefined ? {} : { editeur: problem }} />
        <PagesRead draft={draft} csrf={visit.csrf} site={look?.survey.site ?? null} />
        {table}
        <AllFields fields={definition?.fields as Connector["fields"]} notes={fields} base={base} />
      </>
    );
    // The script of the table needs only the table.
    return page({ path: "champs", status, content: visit.headers.has("x-part") ? table : content });
  },
});
