import type { Child } from "hono/jsx";
import type { PublisherRequest } from "../../../../catalogue/publishers/publisher-request-repository.ts";
import { courtesySubject } from "../../../../french/letters/courtesy.ts";
import { requestKindNames } from "../../../../french/publisher-requests.ts";
import { french } from "../../../../french/typography.ts";
import { foreignLanguageOf } from "../../../../kit/values/text/language-of-text.ts";
import { byPublisher } from "../../../../model/publisher/letter-answer.ts";
import { maxRemarkLength } from "../../../../partners/correspondence/answer-letter.ts";
import { type CourtesyLetter, courtesyFacts } from "../../../../partners/correspondence/courtesy-letter.ts";
import { askForChange, type PublisherAsks } from "../../../../partners/correspondence/publisher-requests.ts";
import type { MadeCourtesy } from "../../../../partners/correspondence/stored-letter.ts";
import { controlsOf } from "../../../forms/form.tsx";
import { Alert } from "../../../parts/alert.tsx";
import { ActForm, Checkboxes, Select, SubmitButton, TextArea } from "../../../parts/form-controls.tsx";
import { Table } from "../../../parts/table.tsx";
import { formatDay } from "../../../parts/time.ts";
import { type Form, NotFound, type Page } from "../../../route.ts";
import { param, type Visit } from "../../../visit.ts";
import { anyLetterByToken } from "../find-letter.tsx";
import { OfferedFileLink } from "../open-data/offered-file-page.tsx";
import { publicLetterAct } from "../public-routes.tsx";
import { CourtesyBody } from "./courtesy-body.tsx";

/** The kinds of requests about one aid, as form values. */
const aidRequests = { correction: "correction", removal: "retrait" } as const;

/** Values typed into a request form, to show it again, with its problems. */
interface TypedRequest {
  readonly request: string;
  readonly aid: string;
  readonly remark: string;
  readonly problems: Readonly<Record<string, string>>;
}

/** Input of the forms. `aid`: position of the aid that a link has chosen; `saved`: kind of the request that was just stored. */
interface RequestsGiven {
  readonly path: string;
  readonly csrf: string;
  readonly letter: CourtesyLetter;
  readonly requests: readonly PublisherRequest[];
  readonly aid: string;
  readonly saved: string | null;
  readonly again: TypedRequest | null;
}

/** The form to ask for the correction or the removal of one aid. */
function AidRequestForm({ given }: { readonly given: RequestsGiven }): Child {
  const { path, csrf, letter, again, aid } = given;
  const typed = again?.request === "arret" ? null : again;
  const { aid: chosen, request, remark, problems } = typed ?? { aid, request: aidRequests.correction, remark: "", problems: {} };
  const control = controlsOf({ aide: chosen, demande: request, texte: remark }, problems);
  return (
    <section id="demande" class="moisson-no-print">
      <h2>Corriger ou retirer une aide</h2>
      <SavedRequest saved={given.saved} kinds={[aidRequests.correction, aidRequests.removal]} />
      <ActForm action={`${path}/demandes`} csrf={csrf} class="moisson-narrow">
        <Select
          {...control("aide")}
          label="L’aide"
          empty="Choisissez une aide"
          choices={letter.aids.map(({ title }, index) => ({
            value: String(index),
            label: title,
            lang: foreignLanguageOf(title, letter.preview.aids[0]?.content.language),
          }))}
        />
        <Select
          {...control("demande")}
          label="Votre demande"
          choices={[
            { value: aidRequests.correction, label: "Corriger cette aide" },
            { value: aidRequests.removal, label: "Retirer cette aide, pour toujours" },
          ]}
        />
        <TextArea
          {...control("texte")}
          label="Ce qui est à corriger, ou la raison du retrait"
          hint={french`${maxRemarkLength} caractères au plus. Nécessaire pour une correction. N'y mettez pas de nom de personne sans nécessité.`}
          rows={3}
          maxlength={maxRemarkLength}
        />
        <SubmitButton label="Envoyer la demande" />
      </ActForm>
    </section>
  );
}

/** The form to ask that we stop reading the site, or the day since which we do not read it. */
function StopForm({ given }: { readonly given: RequestsGiven }): Child {
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
function RequestTable({ requests }: { readonly requests: readonly PublisherRequest[] }): Child {
  if (requests.length === 0) return null;
  return (
    <Table caption="Demandes" isCaptionHidden head={["Demande", "Aide", "Remarque", "Le", "Suite"]}>
      {requests.map((request) => (
        <tr>
          <td>{requestKindNames[request.kind]}</td>
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

/** Returns the public page of a courtesy letter. `again`: a request with mistakes, to show its form again. */
export async function courtesyToAnswer(visit: Visit, made: MadeCourtesy, again: TypedRequest | null): Promise<Page> {
  const { letter, connector, at } = made;
  const path = `/lettre/${param(visit, "jeton")}`;
  const requests = await visit.catalogue.publisherRequests.list({ connector });
  const aid = visit.query.get("aide") ?? "";
  const given: RequestsGiven = { path, csrf: visit.csrf, letter, requests, aid, saved: visit.query.get("demande"), again };
  return {
    title: courtesySubject(courtesyFacts(letter)),
    isBare: true,
    status: again === null ? 200 : 422,
    content: (
      <CourtesyBody letter={letter} at={at} path={path} settings={visit.console.settings}>
        {requests.length > 0 && <h2>Vos demandes</h2>}
        <RequestTable requests={requests} />
        {stopInForce(requests) === undefined && <AidRequestForm given={given} />}
        <OfferedFileLink visit={visit} made={made} path={path} />
        {letter.hosts.length > 0 && <StopForm given={given} />}
      </CourtesyBody>
    ),
  };
}

/** Reads a request form, or returns its problems. */
function readRequest(form: Form, { aids, hosts }: CourtesyLetter): PublisherAsks | { readonly again: TypedRequest } {
  const request = form.text("demande");
  const typed = { request, aid: form.text("aide"), remark: form.text("texte").replace(/\r\n/g, "\n") };
  const remark = typed.remark === "" ? null : typed.remark;
  const aid = /^\d{1,4}$/.test(typed.aid) ? aids[Number(typed.aid)] : undefined;
  const problems: Record<string, string> = {};
  if ([...typed.remark].length > maxRemarkLength) problems.texte = french`Écrivez ${maxRemarkLength} caractères au plus.`;
  if (request === "arret" && hosts.length > 0) {
    if (form.text("confirme") !== "oui") problems.confirme = "Cochez cette case pour confirmer.";
    return Object.keys(problems).length > 0 ? { again: { ...typed, problems } } : { kind: "stop", aid: null, remark };
  }
  const kind = request === aidRequests.removal ? "removal" : request === aidRequests.correction ? "correction" : null;
  if (kind === null) problems.demande = "Choisissez une demande dans la liste.";
  if (aid === undefined) problems.aide = "Choisissez une aide dans la liste.";
  if (kind === "correction" && remark === null) problems.texte = "Dites ce qui est à corriger.";
  if (kind === null || aid === undefined || Object.keys(problems).length > 0) return { again: { ...typed, problems } };
  return { kind, aid, remark };
}

/** Stores what a publisher asks for on the page of a courtesy letter, without an account. */
export const requestAct = publicLetterAct("/demandes", "letter.request", anyLetterByToken, async (visit, made, path, form) => {
  if (made.kind !== "courtesy") throw new NotFound("Cette lettre ne prend pas de demande.");
  const read = readRequest(form, made.letter);
  if ("again" in read) return courtesyToAnswer(visit, made, read.again);
  const by = visit.visitor?.name ?? byPublisher;
  const details = await askForChange(visit.catalogue, made, read, { by, now: visit.now });
  const saved = read.kind === "stop" ? "arret" : aidRequests[read.kind];
  const to = `${path}?demande=${saved}#${read.kind === "stop" ? "arret" : "demande"}`;
  return details === null ? { to } : { message: null, to, subject: `connecteur ${made.connector}`, details };
});
