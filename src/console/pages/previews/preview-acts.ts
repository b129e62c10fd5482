import { parisDay } from "../../../model/text/paris-day.ts";
import { newToken, tokenHash } from "../../access/tokens.ts";
import { type ActRoute, CannotDo, NotFound } from "../../route.ts";
import { param, visitorOf } from "../../visit.ts";
import { lookAtDraft } from "../drafts/ask-of-draft.ts";
import { answersOf } from "../drafts/draft-steps.ts";
import { draftOf } from "../drafts/open-draft.tsx";
import { newPreviewPage } from "./new-preview-page.tsx";
import { previewContent } from "./preview-content.ts";
import { openUntil } from "./preview-days.ts";

const share: ActRoute = {
  method: "post",
  path: "/brouillons/:brouillon/apercus",
  who: "bizdev",
  act: "preview.share",
  async perform(visit, form) {
    const { catalogue, now } = visit;
    const draft = await draftOf(visit);
    const until = openUntil(now, form.text("jours"));
    const look = await lookAtDraft(visit, draft, { previews: true });
    const preview = "refused" in look ? null : look.preview;
    if (preview === null || preview.aids.length === 0)
      throw new CannotDo("Il n’y a pas encore d’aide à montrer : reprenez les étapes précédentes.", 422);
    const content = previewContent(answersOf(draft).publisher?.name ?? draft.title, preview);
    const publisher = await catalogue.publishers.ofDraft(draft.draftId);
    const token = newToken();
    const { name: by } = visitorOf(visit);
    const kept = { draftId: draft.draftId, publisherId: publisher?.publisherId ?? null, content, by, at: now, until };
    const previewId = await catalogue.previews.add({ ...kept, tokenHash: tokenHash(token) });
    const details = { preview: previewId, aids: content.aids.length, until: parisDay(until) };
    if (publisher !== null) await catalogue.exchanges.add(publisher.publisherId, { at: now, kind: "preview-shared", by, details });
    return { page: newPreviewPage(visit, draft, token, until), subject: `brouillon ${draft.title}`, details };
  },
};

const readdress: ActRoute = {
  method: "post",
  path: "/brouillons/:brouillon/apercus/:apercu/adresse",
  who: "bizdev",
  act: "preview.readdress",
  async perform(visit, form) {
    const draft = await draftOf(visit);
    const previewId = param(visit, "apercu");
    const token = newToken();
    const until = openUntil(visit.now, form.text("jours"));
    if (!(await visit.catalogue.previews.readdress(draft.draftId, previewId, { tokenHash: tokenHash(token), until })))
      throw new NotFound("Cet aperçu n’existe pas, ou n’existe plus.");
    return { page: newPreviewPage(visit, draft, token, until), subject: `brouillon ${draft.title}`, details: { preview: previewId } };
  },
};

const revoke: ActRoute = {
  method: "post",
  path: "/brouillons/:brouillon/apercus/:apercu/revoquer",
  who: "bizdev",
  act: "preview.revoke",
  async perform(visit) {
    const draft = await draftOf(visit);
    const previewId = param(visit, "apercu");
    if (!(await visit.catalogue.previews.revoke(draft.draftId, previewId, visitorOf(visit).name, visit.now)))
      throw new CannotDo("L’adresse de cet aperçu est déjà révoquée.", 409);
    return {
      message: "L’adresse est révoquée : elle ne mène plus à l’aperçu.",
      to: `/brouillons/${draft.draftId}/apercu`,
      subject: `brouillon ${draft.title}`,
      details: { preview: previewId },
    };
  },
};

/** What is done with shared previews. */
export const previewActs: readonly ActRoute[] = [share, readdress, revoke];
