import { type MailSettings, readDigestSettings } from "../../../jobs/digest/settings.ts";
import type { Visit } from "../../visit.ts";

/** The server by which letters are sent, and in whose name: those of the morning page. Null where none is set: then people copy and send by themselves. */
export function mailOfConsole({ console: { jobs } }: Visit): Omit<MailSettings, "to"> | null {
  const { mail } = readDigestSettings(jobs.services.environment);
  return mail;
}

/** True for an address that a mail can go to: one, without a name, a list or a line of its own. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\.]+$/.test(text);
}
