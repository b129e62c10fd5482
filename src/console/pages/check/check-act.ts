import { rm } from "node:fs/promises";
import { runErrorMessage } from "../../../french/runs.ts";
import { french, sentence } from "../../../french/typography.ts";
import { addressVariable } from "../../../kit/address-variable.ts";
import type { ConnectorInput } from "../../../kit/definition.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { makeSpoolFolder } from "../../../platform/spool-folder.ts";
import { foldersOf } from "../../../registry/term-folders.ts";
import { publisherOf } from "../../../survey/propose/publisher-of.ts";
import { actRoute, CannotDo, type Form, type Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { admitCheck, busyPage } from "./admit-check.tsx";
import { anyFileField, checkForm } from "./check-form.tsx";
import type { CheckAnswer, CheckRequest } from "./check-request.ts";
import { checkResult } from "./check-result.tsx";
import { maxMegabytes, type ObtainedFile, obtainFile } from "./obtain-file.ts";
import { type Partner, partnerOf } from "./partner.ts";

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
      const answer = await withinTimeout(read(visit, form, partner, folder));
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

async function read(
  visit: Visit,
  form: Form,
  partner: Partner | null,
  folder: string,
): Promise<CheckAnswer | { problems: Record<string, string> }> {
  const obtained = await obtainFile(visit, form, folder);
  if ("problems" in obtained) return { problems: obtained.problems };
  return visit.console.samples.check(await requestOf(visit, obtained, partner, form));
}

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

/** Waits for the work; returns null after the maximum time. The work then fails, because the caller deletes its file. */
async function withinTimeout<T>(work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, checkTimeoutMs, null);
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Returns the form with the problem of an error. Logs an internal error without its message, which may quote the file. */
function errorPage(visit: Visit, partner: Partner | null, given: { address: string; organisation: string }, error: unknown): Page {
  if (error instanceof CannotDo && error.status === 503)
    return busyPage(503, french`Plusieurs fichiers sont vérifiés en ce moment. Recommencez dans une minute.`, 60);
  if (error instanceof CannotDo) {
    const fileProblem = french`Ce fichier est trop long ou trop complexe pour être lu ici. Essayez avec un extrait, les premières lignes par exemple, ou écrivez-nous.`;
    return checkForm(visit, partner, { ...given, fileProblem, status: 422 });
  }
  visit.console.jobs.services.logger.error({ reason: error instanceof Error ? error.name : typeof error }, "a file could not be checked");
  const fileProblem = french`Une erreur s'est produite de notre côté. Rien n'a été conservé de votre fichier.`;
  return checkForm(visit, partner, { ...given, fileProblem, status: 500 });
}
