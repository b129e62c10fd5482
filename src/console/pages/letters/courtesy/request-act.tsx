import { french } from "../../../../french/typography.ts";
import { byPublisher } from "../../../../model/publisher/letter-answer.ts";
import { maxRemarkLength } from "../../../../partners/correspondence/answer-letter.ts";
import type { CourtesyLetter } from "../../../../partners/correspondence/courtesy-letter.ts";
import { askForChange, type PublisherAsks } from "../../../../partners/correspondence/publisher-requests.ts";
import { type ActRoute, actRoute, type Form, NotFound } from "../../../route.ts";
import { param } from "../../../visit.ts";
import { admitAnswer, maxFormBytes } from "../answer-limits.tsx";
import { anyLetterByToken, revokedPage } from "../find-letter.tsx";
import { courtesyToAnswer } from "./public-courtesy.tsx";
import { aidRequests, type TypedRequest } from "./request-forms.tsx";

/** Reads a request form, or returns its problems. */
function readRequest(form: Form, { aids }: CourtesyLetter): PublisherAsks | { readonly again: TypedRequest } {
  const request = form.text("demande");
  const typed = { request, aid: form.text("aide"), remark: form.text("texte").replace(/\r\n/g, "\n") };
  const remark = typed.remark === "" ? null : typed.remark;
  const aid = /^\d{1,4}$/.test(typed.aid) ? aids[Number(typed.aid)] : undefined;
  const problems: Record<string, string> = {};
  if ([...typed.remark].length > maxRemarkLength) problems.texte = french`Écrivez ${maxRemarkLength} caractères au plus.`;
  if (request === "arret") {
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
export const requestAct: ActRoute = actRoute(
  "/lettre/:jeton/demandes",
  { who: "public", act: "letter.request", maxBytes: maxFormBytes, admit: admitAnswer },
  async (visit, form) => {
    const made = await anyLetterByToken(visit);
    if (made.revokedAt !== null) return revokedPage;
    if (made.kind !== "courtesy") throw new NotFound("Cette lettre ne prend pas de demande.");
    const read = readRequest(form, made.letter);
    if ("again" in read) return courtesyToAnswer(visit, made, read.again);
    const by = visit.visitor?.name ?? byPublisher;
    const details = await askForChange(visit.catalogue, made, read, { by, now: visit.now });
    const saved = read.kind === "stop" ? "arret" : aidRequests[read.kind];
    const to = `/lettre/${param(visit, "jeton")}?demande=${saved}#${read.kind === "stop" ? "arret" : "demande"}`;
    return details === null ? { to } : { message: null, to, subject: `connecteur ${made.connector}`, details };
  },
);
