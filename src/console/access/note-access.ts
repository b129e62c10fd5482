import type { Visit } from "../visit.ts";

/** What the audit trail holds of signing in elsewhere and of what failed: no form of a known person did it. */
export interface AccessNote {
  readonly act: "account.sign-in" | "account.sign-in-failed" | "account.link" | "account.sign-up";
  /** Whose account; of a try that failed, the address that was given, cut. */
  readonly subject: string;
  readonly by?: { readonly personId: string; readonly name: string } | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Writes it into the audit trail. */
export async function noteAccess({ catalogue, console: { jobs }, now }: Visit, { act, subject, by, details }: AccessNote): Promise<void> {
  await catalogue.audit.add({ act, subject, by: by?.name ?? "personne", person: by?.personId ?? null, details: details ?? {}, at: now });
  jobs.services.logger.info({ act, by: by?.name ?? "personne" }, "somebody at the door");
}

/** `ma…@exemple.fr`: enough to see whom a try was for, and no list of addresses. What is no address, it may be a password, is not told at all. */
export function shortenedEmail(email: string): string {
  const [, beginning, domain] = /^([^\s@]{1,2})[^\s@]*@([^\s@]{1,100})$/.exec(email) ?? [];
  return beginning === undefined || domain === undefined ? "(pas une adresse)" : `${beginning}…@${domain}`;
}
