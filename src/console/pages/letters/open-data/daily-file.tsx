import { french } from "../../../../french/typography.ts";
import { clientNetwork } from "../../../../platform/client-network.ts";
import { isServed } from "../../../../publish/open-data/offers.ts";
import { hourMs, isWithinHourlyLimits } from "../../../access/attempt-limits.ts";
import { barePage } from "../../../parts/bare-page.tsx";
import { NotFound, type Page, pageRoute } from "../../../route.ts";
import { param } from "../../../visit.ts";

/** Maximum number of whole files that a network may download in an hour. Unchanged files (304) do not count. */
const maxPerClient = 120;

/** The daily address of a publisher's validated file. Before the validation, and after its revocation, it says so. */
export const dailyFile = pageRoute("/donnees/:producteur/aides.csv", "public", async (visit) => {
  const { openDataOffers } = visit.catalogue;
  const file = await openDataOffers.findBySlug(param(visit, "producteur"));
  if (file === null || file.validatedAt === null) return notValidatedPage;
  if (!isServed(file)) return revokedFilePage(file.publisher);
  const etag = `"${file.sha256}"`;
  const headers = {
    etag,
    "last-modified": new Date(file.changedAt).toUTCString(),
    "cache-control": "public, max-age=3600",
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
    "x-robots-tag": "noindex, nofollow",
  };
  if (isKnown(visit.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
  if (!(await isWithinHourlyLimits(visit, [[`publisher-file:${clientNetwork(visit.client)}`, maxPerClient]]))) return tooManyPage;
  const csv = await openDataOffers.contents(file.publisherId, "csv");
  if (csv === null) throw new NotFound("Ce fichier n’existe plus.");
  return new Response(csv as Uint8Array<ArrayBuffer>, {
    headers: { ...headers, "content-type": "text/csv; charset=utf-8", "content-disposition": 'attachment; filename="aides.csv"' },
  });
});

function isKnown(sent: string | null, etag: string): boolean {
  if (sent === null) return false;
  return sent.trim() === "*" || sent.split(",").some((one) => one.trim().replace(/^W\//, "") === etag);
}

const notValidatedPage = barePage(
  "Ce fichier n’est pas publié",
  french`Aucun fichier n'est publié à cette adresse. Un fichier ne l'est qu'après la validation de son producteur : rien ne paraît en son nom sans lui.`,
  { status: 404 },
);

function revokedFilePage(publisher: string): Page {
  const text = french`${publisher} ne publie plus ce fichier. Demandez-lui où trouver ses aides.`;
  return barePage("Ce fichier n’est plus publié", text, { status: 410 });
}

const tooManyPage = barePage(
  "Trop de téléchargements",
  french`Ce fichier change une fois par jour. Revenez dans une heure, ou envoyez l'en-tête If-None-Match.`,
  { status: 429, retryAfter: hourMs / 1000 },
);
