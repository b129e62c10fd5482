import type { Visit } from "../visit.ts";

/** An audit entry of an external sign-in or a failed sign-in, which no form of a known person caused. */
export interface AccessNote {
  readonly act: "account.sign-in" | "account.sign-in-failed" | "account.link" | "account.sign-up";
  /** The account; after a failure, the shortened address that was typed. */
  readonly subject: string;
  readonly by?: { readonly personId: string; readonly name: string } | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Writes an access into the audit trail. */
export async function noteAccess({ catalogue, console: { jobs }, now }: Visit, { act, subject, by, details }: AccessNote): Promise<void> {
  await catalogue.audit.add({ act, subject, by: by?.name ?? "personne", person: by?.personId ?? null, details: details ?? {}, at: now });
  jobs.services.logger.info({ act, by: by?.name ?? "personne" }, "somebody at the door");
}

/** Returns `ma…@exemple.fr`: enough to recognise an account, not enough to collect addresses. Anything else may be a password and is omitted. */
export function shortenedEmail(email: string): string {
  const [, beginning, domain] = /^([^\s@]{1,2})[^\s@]*@([^\s@]{1,100})$/.exec(email) ?? [];
  return beginning === undefined || domain === undefined ? "(pas une adresse)" : `${beginning}…@${domain}`;
}
