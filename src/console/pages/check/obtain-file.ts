import { writeFile } from "node:fs/promises";
import path from "node:path";
import { runErrorMessage } from "../../../french/runs.ts";
import { french, sentence } from "../../../french/typography.ts";
import { fetchFeed } from "../../../ingest/fetch/fetch-feed.ts";
import type { Connector } from "../../../kit/definition.ts";
import { RunError } from "../../../model/run/run-error.ts";
import { shownAddress } from "../../../platform/shown-address.ts";
import { placeholderConnector } from "../../../registry/check-connector.ts";
import type { SampleFile } from "../../../survey/sample/sample-request.ts";
import { nameOf } from "../../forms/keep-upload.ts";
import type { Form } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { isColleague } from "./admit-check.tsx";

/** Maximum size of a file. */
export const maxMegabytes = 20;
const fetchTimeoutMs = 20_000;

/** A file to check. `address`: the URL it was fetched from; null for an upload. */
export interface ObtainedFile {
  readonly file: SampleFile;
  readonly address: string | null;
}

/** Problems of the form, by field. */
export interface FileProblems {
  readonly problems: Readonly<Record<string, string>>;
}

/** Writes the uploaded file, or the content of the URL, into a folder. Fetches as safely as a run does. */
export async function obtainFile(visit: Visit, form: Form, folder: string): Promise<ObtainedFile | FileProblems> {
  const file = form.file("fichier");
  if (file !== null) return writeUpload(folder, file);
  const address = form.text("adresse").slice(0, 2000);
  if (address === "") return { problems: { fichier: "Choisissez un fichier, ou écrivez une adresse." } };
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return wrongAddress("Une adresse commence par http:// ou https://.");
  const url = new URL(address);
  url.hash = "";
  if (shownAddress(address) !== url.href) return wrongAddress("Cette adresse contient un mot de passe ou une clé : retirez-les.");
  return fetched(visit, url.href, folder);
}

async function writeUpload(folder: string, file: File): Promise<ObtainedFile | FileProblems> {
  if (file.size > maxMegabytes * 1_000_000) return { problems: { fichier: french`Ce fichier dépasse ${maxMegabytes} Mo.` } };
  const kept = path.join(folder, "fichier");
  await writeFile(kept, file.stream() as unknown as AsyncIterable<Uint8Array>);
  return { file: { path: kept, name: nameOf(file), contentType: null, bytes: file.size }, address: null };
}

async function fetched(visit: Visit, url: string, folder: string): Promise<ObtainedFile | FileProblems> {
  // Colleagues can use the private addresses that the operator allows.
  const allowHosts = isColleague(visit) ? visit.console.jobs.services.allowHosts : [];
  const signal = AbortSignal.timeout(fetchTimeoutMs);
  try {
    const { parts } = await fetchFeed({
      connector: anyConnector(),
      environment: {},
      allowHosts,
      spoolFolder: async () => folder,
      url,
      signal,
    });
    const [part] = parts;
    if (part === undefined) return wrongAddress("Cette adresse ne donne rien.");
    const { path: kept, name, contentType, bytes } = part;
    return { file: { path: kept, name, contentType, bytes }, address: url };
  } catch (error) {
    if (signal.aborted) return wrongAddress("Cette adresse n’a pas tout donné en vingt secondes.");
    if (!(error instanceof RunError)) throw error;
    // The answer must not reveal anything about a private address.
    if (error.code === "address-refused") return wrongAddress("Cette adresse n’est pas celle d’un site public.");
    return wrongAddress(sentence(runErrorMessage(error.code, error.params)));
  }
}

function anyConnector(): Connector {
  const connector = placeholderConnector("verification");
  if (connector === null) throw new Error("invalid connector id");
  return { ...connector, feed: { ...connector.feed, maxMegabytes: maxMegabytes, timeoutSeconds: fetchTimeoutMs / 1000 } };
}

function wrongAddress(problem: string): FileProblems {
  return { problems: { adresse: problem } };
}
