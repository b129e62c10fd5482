import type { Child } from "hono/jsx";
import { missingFieldName } from "../../french/fields.ts";
import { counted, french, sentence } from "../../french/typography.ts";
import type { CheckedEntry } from "../../jobs/entry/check-entry.ts";
import { entryQuestions } from "../../jobs/entry/entry-questions.ts";
import { entryName } from "../../jobs/entry/entry-record.ts";
import type { AidField } from "../../model/aid/aid.ts";
import { missingAt } from "../../model/aid/publishable.ts";
import { isWithinHourlyLimits } from "../access/attempt-limits.ts";
import { Alert } from "../parts/alert.tsx";
import { List } from "../parts/list.tsx";
import { PreviewFiche } from "../parts/preview-fiche.tsx";
import type { Visit } from "../visit.ts";

/**
 * What an entry lacks for publication, and the aid as a local authority will see it. A script renews it while a person types: see
 * `data-previews`. `checked`: null for an empty form.
 */
export function EntryPreview({ checked }: { readonly checked: CheckedEntry | null }): Child {
  return (
    <section class="moisson-entry-preview" aria-labelledby="apercu-titre" tabindex={0}>
      <h2 class="moisson-editor__title" id="apercu-titre">
        Ce que verra une collectivité
      </h2>
      <p role="status" id="apercu-etat" data-preview>
        {stateSentence(checked)}
      </p>
      <div id="apercu" data-preview>
        {checked !== null && <Details checked={checked} />}
      </div>
    </section>
  );
}

function stateSentence(checked: CheckedEntry | null): string {
  if (checked === null) return "L’aperçu se remplit avec le formulaire.";
  const { content, missing, problems } = checked;
  const wrong = Object.keys(problems).length;
  const misread = wrong === 0 ? "" : ` ${counted(wrong, "réponse ne peut pas être lue", "réponses ne peuvent pas être lues")}.`;
  if (content === null) return `Un titre suffit pour voir l’aide.${misread}`;
  if (missing.length === 0) return `Rien ne manque : cette aide peut être publiée.${misread}`;
  const blocking = missingAt("publishable", missing).length;
  if (blocking > 0) return `Pour publier, il manque ${counted(blocking, "information")}.${misread}`;
  return `Cette aide peut être publiée. Pour que tout en soit dit, il manque ${counted(missing.length, "information")}.${misread}`;
}

function Details({ checked: { content, missing, problems, remarks } }: { readonly checked: CheckedEntry }): Child {
  const wrong = Object.entries(problems).filter(([, problem]) => content !== null || !problem.startsWith("Titre"));
  return (
    <>
      {missing.length > 0 && <List items={missing.map((field) => <a href={`#${anchorOf(field)}`}>{missingFieldName(field)}</a>)} />}
      {wrong.length > 0 && (
        <>
          <h3 class="fr-h6">À corriger</h3>
          <List items={wrong.map(([name, problem]) => <a href={`#${anchor(name)}`}>{problem}</a>)} />
        </>
      )}
      {remarks.length > 0 && (
        <>
          <h3 class="fr-h6">À vérifier</h3>
          <List items={remarks.map((one) => sentence(one))} />
        </>
      )}
      {content !== null && <PreviewFiche aid={{ content, missing: [], isPermanent: true }} />}
    </>
  );
}

function anchorOf(field: AidField): string {
  const own = Object.values(entryQuestions).find((question) => question.field === field);
  return anchor(entryName(own?.field ?? "name"));
}

function anchor(name: string): string {
  return `champ-${name.replace(/[^\w-]/g, "-")}`;
}

/** Maximum number of previews of a person in an hour. The script of the form asks for one at each pause in typing. */
const maxPreviewsPerHour = 1000;

/** Counts a preview of the visitor's entry. Returns false if there were too many. */
export function isPreviewAllowed(visit: Visit): Promise<boolean> {
  const person = visit.publisherVisitor?.accountId ?? visit.visitor?.personId;
  return isWithinHourlyLimits(visit, [[`preview-of:${person}`, maxPreviewsPerHour]]);
}

/** Says that there is no preview because there were too many. */
export function NoPreview(): Child {
  return (
    <Alert kind="warning" title="Trop d’aperçus à la fois" level={2} isAnnounced>
      <p>{french`Plus de ${maxPreviewsPerHour} aperçus en une heure : l'aperçu revient plus tard. Vos réponses sont là, et peuvent être envoyées.`}</p>
    </Alert>
  );
}
