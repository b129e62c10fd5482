import { rm } from "node:fs/promises";
import { runErrorMessage } from "../../../french/runs.ts";
import { french, sentence } from "../../../french/typography.ts";
import { addressVariable } from "../../../kit/address-variable.ts";
import type { ConnectorInput } from "../../../kit/definition.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { inTime } from "../../../platform/in-time.ts";
import { makeSpoolFolder } from "../../../platform/spool-folder.ts";
import { foldersOf } from "../../../registry/term-folders.ts";
import { publisherOf } from "../../../survey/propose/publisher-of.ts";
import { actRoute, CannotDo, type Form, type Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { admitCheck, busyPage, laterPage } from "./admit-check.tsx";
import type { CheckRequest } from "./check-file.ts";
import { anyFileField, checkForm, type Partner, partnerOf } from "./check-form.tsx";
import { checkResult } from "./check-result.tsx";
import { maxMegabytes, type ObtainedFile, obtainFile } from "./obtain-file.ts";

/** Maximum time of a check. Many proxies end a request after a minute. */
const checkTimeoutMs = 58_000;
const id = "verification";

/** Checks a file and shows the result. Stores nothing but the number of files of this network in the last hour. */
export const checkAct = actRoute(
  "/verifier",
  { who: "public", act: null, maxBytes: maxMegabytes * 1_000_000 + 100_000, admit: admitCheck },
  async (visit, form) => {
    const partner = await partnerOf(visit);
    const given = { address: form.text("adresse").slice(0, 2000), organisation: form.text("organisme").slice(0, 200) };
    const folder = await makeSpoolFolder();
    try {
      const read = async () => {
        const obtained = await obtainFile(visit, form, folder);
        return "problems" in obtained ? obtained : visit.console.samples.check(await requestOf(visit, obtained, partner, form));
      };
      // Work that is late fails later, because its file is deleted here.
      const answer = await inTime(read(), checkTimeoutMs, () => null);
      if (answer === null) return busyPage(503, "Cette vérification prend trop de temps. Recommencez dans quelques minutes.", 300);
      if ("problems" in answer) return checkForm(visit, partner, { ...given, problems: answer.problems, status: 422 });
      if ("refused" in answer) {
        const { code, params } = answer.refused;
        return checkForm(visit, partner, { ...given, fileProblem: sentence(runErrorMessage(code, params)), status: 422 });
      }
      if ("otherKind" in answer) return checkForm(visit, partner, { ...given, otherKind: answer.otherKind, status: 422 });
      return await checkResult(visit, partner, answer);
    } catch (error) {
      return errorPage(visit, partner, given, error);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);

async function requestOf(visit: Visit, { file, address }: ObtainedFile, partner: Partner | null, form: Form): Promise<CheckRequest> {
  const organisation = form.text("organisme").slice(0, 200);
  const name = partner?.name ?? organisation;
  const whole =
    partner === null
      ? null
      : publisherOf(id, { name, kind: partner.kind, ...(partner.territory !== null && { territory: partner.territory }) });
  const found = whole !== null && "publisher" in whole ? whole : publisherOf(id, name === "" ? {} : { name });
  if ("wrong" in found) throw new Error("the placeholder publisher is invalid");
  const feed: ConnectorInput["feed"] = address === null ? { urlFrom: addressVariable(id) } : { url: address };
  return {
    file,
    address,
    timeZone: found.publisher.kind === "european" ? "Europe/Brussels" : "Europe/Paris",
    folders: foldersOf(await visit.console.jobs.connectors()),
    options: { id, feed, publisher: found.publisher, territory: found.territory, isPublisherGiven: name !== "" },
    feed: { address, file: address === null ? file.name : null, day: parisDay(visit.now) },
    isAnyFile: form.has(anyFileField),
  };
}

/** Returns the form with the problem of an error. Logs an internal error without its message, which may quote the file. */
function errorPage(visit: Visit, partner: Partner | null, given: { address: string; organisation: string }, error: unknown): Page {
  if (error instanceof CannotDo && error.status === 503) return laterPage();
  if (error instanceof CannotDo) {
    const fileProblem = french`Ce fichier est trop long ou trop complexe pour être lu ici. Essayez avec un extrait, les premières lignes par exemple, ou écrivez-nous.`;
    return checkForm(visit, partner, { ...given, fileProblem, status: 422 });
  }
  visit.console.jobs.services.logger.error({ reason: error instanceof Error ? error.name : typeof error }, "a file could not be checked");
  const fileProblem = french`Une erreur s'est produite de notre côté. Rien n'a été conservé de votre fichier.`;
  return checkForm(visit, partner, { ...given, fileProblem, status: 500 });
}
