import type { Child } from "hono/jsx";
import type { PublisherRequest } from "../../../../catalogue/publishers/publisher-request-repository.ts";
import { requestKindName } from "../../../../french/publisher-requests.ts";
import { french } from "../../../../french/typography.ts";
import { foreignLanguageOf } from "../../../../kit/values/text/language-of-text.ts";
import { maxRemarkLength } from "../../../../partners/correspondence/answer-letter.ts";
import type { CourtesyLetter } from "../../../../partners/correspondence/courtesy-letter.ts";
import { Alert } from "../../../parts/alert.tsx";
import { ActForm, Checkboxes, Select, SubmitButton, TextArea } from "../../../parts/form-controls.tsx";
import { Table } from "../../../parts/table.tsx";
import { formatDay } from "../../../parts/time.ts";

/** The kinds of requests about one aid, as form values. */
export const aidRequests = { correction: "correction", removal: "retrait" } as const;

/** Values typed into a request form, to show it again, with its problems. */
export interface TypedRequest {
  readonly request: string;
  readonly aid: string;
  readonly remark: string;
  readonly problems: Readonly<Record<string, string>>;
}

/** Input of the forms. `aid`: position of the aid that a link has chosen; `saved`: kind of the request that was just stored. */
export interface RequestsGiven {
  readonly path: string;
  readonly csrf: string;
  readonly letter: CourtesyLetter;
  readonly requests: readonly PublisherRequest[];
  readonly aid: string;
  readonly saved: string | null;
  readonly again: TypedRequest | null;
}

/** The form to ask for the correction or the removal of one aid. */
export function AidRequestForm({ given }: { readonly given: RequestsGiven }): Child {
  const { path, csrf, letter, again, aid } = given;
  const typed = again?.request === "arret" ? null : again;
  return (
    <section id="demande" class="moisson-no-print">
      <h2>Corriger ou retirer une aide</h2>
      <SavedRequest saved={given.saved} kinds={[aidRequests.correction, aidRequests.removal]} />
      <ActForm action={`${path}/demandes`} csrf={csrf} class="moisson-narrow">
        <Select
          name="aide"
          label="L’aide"
          empty="Choisissez une aide"
          value={typed?.aid ?? aid}
          choices={letter.aids.map(({ title }, index) => ({
            value: String(index),
            label: title,
            lang: foreignLanguageOf(title, letter.preview.aids[0]?.content.language),
          }))}
          problem={typed?.problems.aide}
        />
        <Select
          name="demande"
          label="Votre demande"
          value={typed?.request ?? aidRequests.correction}
          choices={[
            { value: aidRequests.correction, label: "Corriger cette aide" },
            { value: aidRequests.removal, label: "Retirer cette aide, pour toujours" },
          ]}
          problem={typed?.problems.demande}
        />
        <TextArea
          name="texte"
          label="Ce qui est à corriger, ou la raison du retrait"
          hint={french`${maxRemarkLength} caractères au plus. Nécessaire pour une correction. N'y mettez pas de nom de personne sans nécessité.`}
          rows={3}
          maxlength={maxRemarkLength}
          value={typed?.remark ?? ""}
          problem={typed?.problems.texte}
        />
        <SubmitButton label="Envoyer la demande" />
      </ActForm>
    </section>
  );
}

/** The form to ask that we stop reading the site, or the day since which we do not read it. */
export function StopForm({ given }: { readonly given: RequestsGiven }): Child {
  const { path, csrf, letter, again, requests } = given;
  const stopped = stopInForce(requests);
  const site = letter.hosts.join(", ");
  const typed = again?.request === "arret" ? again : null;
  return (
    <section id="arret" class="moisson-no-print">
      <h2>Ne plus nous lire</h2>
      {stopped !== undefined ? (
        <Alert kind="success" isAnnounced={given.saved === "arret"}>
          <p>
            {french`Nous ne lisons plus ${site} depuis le ${formatDay(new Date(stopped.at))}, et ne le lirons plus. Ses aides sont retirées de notre site.`}
          </p>
        </Alert>
      ) : (
        <ActForm action={`${path}/demandes`} csrf={csrf} class="moisson-narrow">
          <p>
            {french`Nous cessons aussitôt de lire ${site}, et retirons ses aides de notre site. Cela vaut pour toujours : nous ne recommencerons que si vous nous le demandez.`}
          </p>
          <input type="hidden" name="demande" value="arret" />
          <Checkboxes
            name="confirme"
            label="Votre confirmation"
            choices={[{ value: "oui", label: french`Oui, ne lisez plus ${site}` }]}
            values={[]}
            problem={typed?.problems.confirme}
          />
          <TextArea
            name="texte"
            id="raison-arret"
            label="Une raison (facultatif)"
            hint={french`${maxRemarkLength} caractères au plus.`}
            rows={2}
            maxlength={maxRemarkLength}
            value={typed?.remark ?? ""}
            problem={typed?.problems.texte}
          />
          <SubmitButton label="Ne plus lire notre site" isSecondary />
        </ActForm>
      )}
    </section>
  );
}

/** The requests so far, with what became of them. */
export function RequestTable({ requests }: { readonly requests: readonly PublisherRequest[] }): Child {
  if (requests.length === 0) return null;
  return (
    <Table caption="Demandes" isCaptionHidden head={["Demande", "Aide", "Remarque", "Le", "Suite"]}>
      {requests.map((request) => (
        <tr>
          <td>{requestKindName(request.kind)}</td>
          <td>{request.title ?? ""}</td>
          <td class="moisson-text">{request.remark ?? ""}</td>
          <td>{formatDay(new Date(request.at))}</td>
          <td>{outcomeOf(request)}</td>
        </tr>
      ))}
    </Table>
  );
}

/** Returns the stop that is in force, or undefined. */
export function stopInForce(requests: readonly PublisherRequest[]): PublisherRequest | undefined {
  return requests.find(({ kind, endedAt }) => kind === "stop" && endedAt === null);
}

function outcomeOf({ kind, handledAt, endedAt }: PublisherRequest): string {
  if (endedAt !== null) return french`levée le ${formatDay(new Date(endedAt))}, à votre demande`;
  if (handledAt !== null) return french`faite le ${formatDay(new Date(handledAt))}`;
  if (kind === "correction") return "à l’étude";
  return kind === "stop" ? "le site n’est plus lu ; ses aides sont en cours de retrait" : "en cours";
}

function SavedRequest({ saved, kinds }: { readonly saved: string | null; readonly kinds: readonly string[] }): Child {
  if (saved === null || !kinds.includes(saved)) return null;
  return (
    <Alert kind="success" isAnnounced>
      <p>
        {saved === aidRequests.removal ? "C’est noté : cette aide est retirée dans la minute, et ne reviendra pas." : "C’est noté, merci."}
      </p>
    </Alert>
  );
}
