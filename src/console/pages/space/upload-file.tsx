import type { Child } from "hono/jsx";
import type { ListedFile } from "../../../catalogue/publishers/publisher-file-repository.ts";
import { french } from "../../../french/typography.ts";
import { isWithinHourlyLimits } from "../../access/attempt-limits.ts";
import { nameOf } from "../../forms/keep-upload.ts";
import { Badge } from "../../parts/badge.tsx";
import { ActForm, FileField, SubmitButton } from "../../parts/form-controls.tsx";
import { formatDateTime } from "../../parts/time.ts";
import { type ActRoute, actRoute, CannotDo, NotFound } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { type ActingPublisher, actingByAccount } from "./acting-publisher.ts";
import { fileState } from "./file-state.ts";
import { done } from "./publisher-acts.ts";

/** Maximum size of a file, and files of a publisher per hour. */
const maxFileBytes = 20_000_000;
const maxFilesPerHour = 10;

/** Stores a file for one of the publisher's feeds. A worker reads it as a dry run, whose plan waits for us. */
export const uploadAct: ActRoute = actRoute(
  "/espace/flux/:connecteur/fichier",
  { who: "publisher", act: "space.upload", maxBytes: maxFileBytes + 100_000 },
  async (visit, form) => {
    const acting = await actingByAccount(visit);
    const connector = param(visit, "connecteur");
    if (!acting.connectors.includes(connector)) throw new NotFound("Ce flux n’est pas parmi les vôtres.");
    const file = form.file("fichier");
    if (file === null) throw new CannotDo(french`Choisissez un fichier : rien n'a été envoyé, ou le fichier est vide.`);
    if (file.size > maxFileBytes)
      throw new CannotDo(french`Le fichier dépasse ${maxFileBytes / 1_000_000} Mo : envoyez-le à la personne qui suit vos aides.`);
    if (!(await isWithinHourlyLimits(visit, [[`file-of:${acting.publisherId}`, maxFilesPerHour]])))
      throw new CannotDo(french`Plus de ${maxFilesPerHour} fichiers en une heure : revenez plus tard.`);
    const content = new Uint8Array(await file.arrayBuffer());
    const { publisherId, by } = acting;
    await visit.catalogue.publisherFiles.add({ publisherId, kind: "file", connector, name: nameOf(file), content, by, at: visit.now });
    const message = "Votre fichier est reçu. Nous le lisons, puis nous relisons ce qui change avant de le reprendre.";
    const outcome = { message, to: "/espace/flux", subject: `connecteur ${connector}`, details: { connector, bytes: file.size } };
    return done(visit, acting, "file", outcome, { connector });
  },
);

/** The form to upload a file for a feed, and the files that the publisher has uploaded for it. */
export function UploadSection(given: {
  readonly visit: Visit;
  readonly acting: ActingPublisher;
  readonly connector: string;
  readonly format: string | null;
  readonly files: readonly ListedFile[];
}): Child {
  const { visit, acting, connector, format, files } = given;
  const own = files.filter((file) => file.connector === connector);
  return (
    <>
      {own.length > 0 && (
        <ul>
          {own.map((file) => {
            const [tone, label] = fileState(file);
            return (
              <li>
                {french`« ${file.name} », le ${formatDateTime(new Date(file.at))} `}
                <Badge tone={tone} label={label} />
              </li>
            );
          })}
        </ul>
      )}
      {format !== null && (
        <details class="fr-mb-2w">
          <summary>Déposer une nouvelle version du fichier</summary>
          <ActForm action={`${acting.base}/flux/${connector}/fichier`} csrf={visit.csrf} hasFiles class="moisson-narrow fr-mt-2w">
            <FileField
              name="fichier"
              id={`fichier-${connector}`}
              label="Le fichier entier"
              hint={french`Au même format que d'habitude (${format}) ; ${maxFileBytes / 1_000_000} Mo au plus. Rien ne change avant notre relecture.`}
              required
            />
            <SubmitButton label="Déposer le fichier" isSecondary />
          </ActForm>
        </details>
      )}
    </>
  );
}
